"""What preprocessing says of the way back, from a pixel of the image to the pad, is true.

The witness knows only the strokes and the three numbers that an account is made of: crop, scale and
shift. It follows each pixel of the 28×28 back to its square of the pad, and looks what was drawn
there.
"""

from functools import partial
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image

from model.preprocess import Stroke, preprocess_file, preprocess_strokes
from model.preprocess.place import BOX, PEN, SIDE
from model.preprocess.strokes import HAIR
from tests.model.preprocess.pictures import encode, grey

SUB = 5
"""Places looked at in each pixel, along each axis."""

NEAR = 0.1
"""Pixels of the 28 by which a named place may be beside the ink."""


def way_back(result, at, axis):
    """Where on the pad a coordinate of the image comes from, as the page works it out."""
    middle = (float(result.crop[axis]) + float(result.crop[axis + 2])) / 2
    return middle + (at - SIDE / 2 - int(result.shift[axis])) / result.scale


def witness(strokes, back, scale):
    """(28, 28) ink of what was drawn where the pixels come from."""
    at = (np.arange(SIDE * SUB) + 0.5) / SUB
    x, y = np.meshgrid(back(at, 0), back(at, 1))
    ink = np.zeros(x.shape, bool)
    for stroke in strokes:
        radius = max(stroke.width, HAIR, PEN / scale) / 2
        ends = np.concatenate([stroke.points[1:], stroke.points[-1:]])
        for a, b in zip(stroke.points, ends, strict=True):
            length = float(((b - a) ** 2).sum()) or 1.0
            part = ((x - a[0]) * (b[0] - a[0]) + (y - a[1]) * (b[1] - a[1])) / length
            part = part.clip(0, 1)
            near = np.hypot(x - a[0] - part * (b[0] - a[0]), y - a[1] - part * (b[1] - a[1]))
            ink[near <= radius] = not stroke.erase
    ink &= (x > 0) & (x < 1) & (y > 0) & (y < 1)
    return ink.reshape(SIDE, SUB, SIDE, SUB).mean((1, 3))


def offset(pixels, expected):
    """(x, y) in pixels by which the expected ink lies beside that of the image: least squares."""
    down, across = np.gradient((pixels + expected) / 2)
    slopes = np.stack([across.ravel(), down.ravel()], -1)
    moved, *_ = np.linalg.lstsq(slopes, (pixels - expected).ravel(), rcond=None)
    return -moved


def drawing(seed):
    """Strokes in and over the pad's edges, of any width, some erased again."""
    rng = np.random.default_rng(seed)
    low, high = [(0.1, 0.9), (-0.2, 1.2), (0.3, 0.6)][seed % 3]
    widths = [(0.07,), (0.001, 0.01), (0.2, 0.4), (0.003, 0.05, 0.3)][seed // 3 % 4]

    def strokes(count, *, erase=False):
        return [
            Stroke(
                rng.uniform(low, high, (rng.integers(1, 6), 2)), float(rng.choice(widths)), erase
            )
            for _ in range(count)
        ]

    drawn = strokes(rng.integers(1, 4))
    wiped = [
        Stroke(
            rng.uniform(0, 1, (rng.integers(1, 4), 2)), float(rng.choice((0.05, 0.15, 0.4))), True
        )
        for _ in range(rng.integers(0, 3))
    ]
    return drawn + wiped + strokes(rng.integers(0, 2))


def test_the_place_that_a_pixel_names_is_where_the_ink_is():
    compared = 0
    for seed in range(230):
        strokes = drawing(seed)
        result = preprocess_strokes(strokes)
        if result.blank:
            continue
        expected = witness(strokes, partial(way_back, result), result.scale)
        compared += 1
        beside = offset(result.pixels, expected)
        assert np.abs(beside).max() < NEAR, f"drawing {seed}: {beside} px"
        assert np.abs(result.pixels - expected).mean() < 0.02, f"drawing {seed}"
    assert compared >= 200


def test_the_crop_is_the_box_of_the_ink_that_is_left():
    for seed in range(230):
        strokes = drawing(seed)
        result = preprocess_strokes(strokes)
        if result.blank:
            continue
        rows, columns = (np.flatnonzero((result.pixels > 0.01).any(axis)) for axis in (1, 0))
        for axis, marked in ((0, columns), (1, rows)):
            first, last = (way_back(result, at, axis) for at in (marked[0], marked[-1] + 1))
            # The box is known to a third of a pixel, and a pixel that is partly ink reaches on.
            assert (first - result.crop[axis]) * result.scale == pytest.approx(0, abs=1.4), seed
            assert (last - result.crop[axis + 2]) * result.scale == pytest.approx(0, abs=1.4), seed
        assert result.crop.min() >= 0
        assert result.crop.max() <= 1


def test_what_an_eraser_left_of_a_digit_is_where_the_account_says():
    three = [(0.3, 0.2), (0.6, 0.2), (0.7, 0.35), (0.5, 0.48), (0.7, 0.65), (0.6, 0.8), (0.3, 0.8)]
    for erased in (
        [[0.75, 0.1], [0.75, 0.9]],
        [[0.25, 0.1], [0.25, 0.9]],
        [[0.1, 0.1], [0.9, 0.1]],
    ):
        strokes = [Stroke(three), Stroke(erased, 0.4, erase=True)]
        result = preprocess_strokes(strokes)
        assert (
            np.abs(
                offset(result.pixels, witness(strokes, partial(way_back, result), result.scale))
            ).max()
            < NEAR
        )


def test_a_centred_drawing_never_has_the_scale_of_one_that_stands_as_it_is():
    # Who reads the numbers tells the two apart by the scale of exactly 28.
    width = 0.1
    side = BOX / SIDE - width
    box = [[0.05, 0.05], [0.05 + side, 0.05], [0.05 + side, 0.05 + side], [0.05, 0.05 + side]]
    result = preprocess_strokes([Stroke([*box, box[0]], width)])
    assert result.shift.tolist() == [0, 0]
    assert result.scale == pytest.approx(SIDE, rel=1e-6)
    assert np.float32(result.scale) != SIDE


@pytest.mark.parametrize("size", [(200, 200), (300, 200), (131, 400), (1031, 640), (700, 1537)])
@pytest.mark.parametrize("turn", [1, 3, 6])
def test_the_place_that_a_pixel_of_a_picture_names_is_where_the_ink_is(size, turn):
    columns, rows = size
    unit = min(size) / 4
    for width, place in ((0.3, (0.5, 0.5)), (0.03, (0.3, 0.35)), (0.3, (0.72, 0.66))):
        picture = hook(columns, rows, unit, width * unit, place)
        exif = {1: None, 3: 180, 6: 90}[turn]
        sent = np.rot90(picture, exif // 90) if exif else picture
        data = encode(grey(1 - sent), exif=orientation(turn))
        result = preprocess_file(data)
        pen = PEN / result.scale * max(size)  # what is thinner has been drawn as thick as that
        seen = hook(columns, rows, unit, max(width * unit, pen), place)
        expected = seen_back(seen, result)
        beside = offset(result.pixels, expected)
        assert np.abs(beside).max() < NEAR, f"{width} {place}: {beside} px"


def hook(columns, rows, unit, width, place):
    """A line with a corner, around a place of the picture."""
    y, x = np.mgrid[0:rows, 0:columns] + 0.5
    points = np.array([(-0.5, -0.7), (0.5, -0.7), (-0.2, 0.7)]) * unit
    points += (place[0] * columns, place[1] * rows)
    near = np.full(x.shape, np.inf)
    for a, b in pairwise(points):
        part = ((x - a[0]) * (b[0] - a[0]) + (y - a[1]) * (b[1] - a[1])) / ((b - a) ** 2).sum()
        part = part.clip(0, 1)
        near = np.minimum(
            near, np.hypot(x - a[0] - part * (b[0] - a[0]), y - a[1] - part * (b[1] - a[1]))
        )
    return (width / 2 + 0.5 - near).clip(0, 1)


def seen_back(picture, result):
    """(28, 28) mean ink of the picture over the square that each pixel comes from."""
    rows, columns = picture.shape
    longest = max(picture.shape)
    at = (np.arange(SIDE * SUB * 2) + 0.5) / SUB / 2 - SIDE / 2
    middle = (result.crop[:2] + result.crop[2:]) / 2
    x = middle[0] * columns + (at - result.shift[0]) / result.scale * longest
    y = middle[1] * rows + (at - result.shift[1]) / result.scale * longest
    inside = ((y >= 0) & (y < rows))[:, None] & ((x >= 0) & (x < columns))
    seen = picture[
        np.floor(y).astype(int).clip(0, rows - 1)[:, None],
        np.floor(x).astype(int).clip(0, columns - 1),
    ]
    return np.where(inside, seen, 0).reshape(SIDE, SUB * 2, SIDE, SUB * 2).mean((1, 3))


def orientation(turn):
    exif = Image.Exif()
    exif[0x0112] = turn
    return exif
