"""Where ink ends up in 28×28, and what the network reads."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.preprocess import Preprocessed, preprocess_pixels, to_input
from model.preprocess.place import Box, bounding_box, centre_of_mass, even_pixels, place, shrink
from model.spec import InputSpec
from tests.model.preprocess.witnesses import area_average


@settings(max_examples=25, deadline=None)
@given(
    st.integers(2, 12),
    st.integers(2, 12),
    st.floats(0.0, 1.5),
    st.floats(0.0, 1.5),
    st.sampled_from([4, 7, 10]),
    st.integers(0, 2**32 - 1),
)
def test_shrinking_is_an_exact_area_average(rows, columns, left, top, longest, seed):
    picture = np.random.default_rng(seed).random((rows, columns), np.float32)
    box = Box(left, top, columns - 0.25, rows - 0.1)
    small = shrink(picture, box, longest)
    step = box.longest / longest
    x = (box.left + box.right - small.shape[1] * step) / 2
    y = (box.top + box.bottom - small.shape[0] * step) / 2
    assert small.dtype == np.float32
    assert np.allclose(small, area_average(picture, x, y, step, *small.shape), atol=1e-5)


def test_an_even_number_of_pixels_holds_any_length():
    assert [even_pixels(x) for x in (0, 1.9, 2.0, 2.1, 19.9, 20.0000000001)] == [2, 2, 2, 4, 20, 20]


def test_the_bounding_box_leaves_out_what_is_faint():
    ink = np.zeros((9, 7), np.float32)
    ink[2:5, 3:6] = 0.5
    ink[8, 0] = 0.1
    assert bounding_box(ink) == Box(3, 2, 6, 5)
    assert bounding_box(ink, 0.05) == Box(0, 2, 6, 9)
    assert bounding_box(ink * 0.1) is None


def test_the_centre_of_mass_comes_to_the_middle():
    small = np.zeros((20, 12), np.float32)
    small[:6] = 1
    small[6:, :3] = 0.7
    placed = place(small, (0, 0, 1, 1), 20)
    assert np.abs(placed.centre - 14).max() <= 0.5
    assert np.allclose(centre_of_mass(placed.pixels), placed.centre)
    assert placed.pixels.sum() == pytest.approx(small.sum())
    moved = np.roll(placed.pixels, -placed.shift[::-1], (0, 1))
    assert (moved[4:24, 8:20] == small).all()


def test_the_centre_of_no_mass_is_the_middle():
    assert centre_of_mass(np.zeros((6, 4), np.float32)) == (2, 3)


def test_ink_is_never_moved_across_the_edge():
    small = np.zeros((20, 20), np.float32)
    small[0] = 1
    small[19, 19] = 1
    for turned, shift in ((small, [0, 4]), (small[::-1, ::-1], [0, -4]), (small.T, [4, 0])):
        placed = place(turned, (0, 0, 1, 1), 20)
        assert placed.pixels.sum() == pytest.approx(small.sum())
        assert placed.shift.tolist() == shift


def test_pixels_are_taken_as_they_are():
    values = np.zeros((28, 28))
    values[2:4, 20:25] = 255
    values[3, 20] = 51
    result = preprocess_pixels(values.ravel().tolist())
    assert isinstance(result, Preprocessed)
    assert (result.pixels == (values / 255).astype(np.float32)).all()
    assert result.pixels.dtype == np.float32
    assert result.crop.tolist() == pytest.approx([20 / 28, 2 / 28, 25 / 28, 4 / 28])
    assert (result.blank, result.scale, result.shift.tolist()) == (False, 28, [0, 0])
    assert result.centre.tolist() == pytest.approx([22.5, 3], abs=0.2)


def test_pixels_so_faint_that_they_have_no_box_are_ink_all_the_same():
    values = np.zeros(784)
    values[30] = 5
    result = preprocess_pixels(values)
    assert not result.blank
    assert result.crop.tolist() == pytest.approx([2 / 28, 1 / 28, 3 / 28, 2 / 28])


def test_pixels_without_ink_are_blank():
    result = preprocess_pixels([0] * 784)
    assert result.blank
    assert result.centre.tolist() == [14, 14]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ([0] * 783, "783 values; give 784"),
        ([0] * 783 + [256], "from 0 .* to 255"),
        ([0] * 783 + [-1], "from 0 .* to 255"),
        ([0] * 783 + [float("nan")], "from 0 .* to 255"),
    ],
)
def test_wrong_pixels_are_refused_with_a_sentence(values, sentence):
    with pytest.raises(ValueError, match=sentence):
        preprocess_pixels(values)


def test_the_border_is_paper_in_the_network_s_own_scale():
    pixels = np.random.default_rng(0).random((28, 28), np.float32)
    image = to_input(pixels, InputSpec(shape=(1, 32, 32), border=2, scale=1.275, offset=-0.1))
    assert image.shape == (1, 32, 32)
    assert image.dtype == np.float32
    assert np.allclose(image[0, 2:30, 2:30], pixels * 1.275 - 0.1, atol=1e-6)
    assert (image[0, :2] == np.float32(-0.1)).all()
    assert (image[0, :, 30:] == np.float32(-0.1)).all()


def test_plain_scaling_leaves_every_pixel_untouched():
    pixels = np.random.default_rng(0).random((28, 28), np.float32)
    assert (to_input(pixels, InputSpec())[0, 2:30, 2:30] == pixels).all()
    assert (to_input(pixels, InputSpec(shape=(3, 28, 28), border=0)) == pixels).all()


def test_an_image_of_another_size_is_refused_with_a_sentence():
    with pytest.raises(ValueError, match=r"reads 28×28 pixels .* border of 2, but .* 14×14"):
        to_input(np.zeros((14, 14), np.float32), InputSpec())
