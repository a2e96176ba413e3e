"""Pictures as they are, reduced: held against averages in plain loops."""

import io
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from model.preprocess import ImageError, read_levels

LUMA = (0.299, 0.587, 0.114)


def png(levels, **how):
    file = io.BytesIO()
    Image.fromarray(levels).save(file, "PNG", **how)
    return file.getvalue()


def shared(length, count):
    """How much of each pixel lies in each cell, and which, along one side of the picture."""
    for cell in range(count):
        low, high = cell * length / count, (cell + 1) * length / count
        yield [
            (pixel, min(pixel + 1, high) - max(pixel, low))
            for pixel in range(math.ceil(length))
            if pixel + 1 > low and pixel < high
        ]


def together(plane, factor):
    """So many pixels each way made one; at the far edges fewer."""
    high, wide = plane.shape
    return np.array(
        [
            [plane[y : y + factor, x : x + factor].mean() for x in range(0, wide, factor)]
            for y in range(0, high, factor)
        ]
    )


def averaged(plane, rows, columns, factor=1):
    """Each cell the mean of its part of the picture, parts of pixels counted as such."""
    high, wide = (length / factor for length in plane.shape)
    plane = together(plane, factor)
    area = high * wide / rows / columns
    return [
        [
            sum(float(plane[y, x]) * down * right for y, down in some for x, right in others) / area
            for others in shared(wide, columns)
        ]
        for some in shared(high, rows)
    ]


@settings(max_examples=40, deadline=None)
@given(
    rows=st.integers(1, 40),
    columns=st.integers(1, 40),
    side=st.integers(6, 12),
    colour=st.booleans(),
    seed=st.integers(0, 99),
)
def test_a_file_is_reduced_by_averages_of_areas(rows, columns, side, colour, seed):
    picture = np.random.default_rng(seed).integers(0, 256, (rows, columns, 3), np.uint8)
    levels = read_levels(png(picture), side, colour=colour)
    shrink = min(1, side / max(rows, columns))
    size = [max(1, round(length * shrink)) for length in (rows, columns)]
    factor = max(1, max(rows, columns) // (2 * side))
    planes = picture.transpose(2, 0, 1) if colour else (picture @ np.array(LUMA))[None]
    assert levels.dtype == np.uint8
    assert levels.shape == (3 if colour else 1, *size)
    for plane, level in zip(planes, levels, strict=True):
        np.testing.assert_allclose(level, averaged(plane, *size, factor), atol=1.6)


def test_what_is_much_larger_is_reduced_to_whole_pixels_first():
    slope = np.linspace(0, 255, 997)[:, None] * np.linspace(0.5, 1, 733)
    picture = slope.round().astype(np.uint8)
    (level,) = read_levels(png(picture), 20)
    assert level.shape == (20, 15)
    np.testing.assert_allclose(level, averaged(picture, 20, 15), atol=1.5)


def test_what_is_as_small_as_asked_for_stays_as_it_is():
    picture = np.random.default_rng(3).integers(0, 256, (20, 31, 3), np.uint8)
    np.testing.assert_array_equal(
        read_levels(png(picture), 31, colour=True), picture.transpose(2, 0, 1)
    )


def test_what_is_transparent_lies_on_white():
    picture = np.zeros((2, 2, 4), np.uint8)
    picture[0, 0] = (200, 0, 0, 255)
    picture[0, 1] = (200, 0, 0, 0)
    red, green, _ = read_levels(png(picture), 9, colour=True)
    assert (red[0, 0], green[0, 0]) == (200, 0)
    assert (red[0, 1], green[0, 1]) == (255, 255)


def test_a_photograph_stands_as_the_camera_was_held():
    picture = np.arange(6, dtype=np.uint8).reshape(2, 3) * 40
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned to the left
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "WebP", lossless=True, exif=exif.tobytes())
    levels = read_levels(file.getvalue(), 9)
    np.testing.assert_allclose(levels[0], np.rot90(picture, -1), atol=1)


def test_sixteen_bits_and_palettes_are_read_too():
    deep = np.array([[0, 65_535], [30_000, 10_000]], np.uint16)
    np.testing.assert_allclose(read_levels(png(deep), 9)[0], deep / 257, atol=1)
    file = io.BytesIO()
    Image.new("RGB", (3, 2), (10, 200, 30)).quantize(4).save(file, "PNG")
    assert read_levels(file.getvalue(), 9, colour=True)[:, 1, 2].tolist() == [10, 200, 30]


def test_what_is_no_picture_or_is_cut_is_refused():
    whole = png(np.zeros((400, 400), np.uint8))
    with pytest.raises(ImageError):
        read_levels(b"no picture", 9)
    with pytest.raises(ImageError):
        read_levels(whole[: len(whole) // 2], 9)
