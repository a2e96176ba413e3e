"""Strokes become the same digit wherever, however large, and in whatever pieces they are drawn."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.preprocess import Stroke, preprocess_strokes
from model.preprocess.place import bounding_box, centre_of_mass
from model.preprocess.strokes import FINE, PAD, rasterise

TURN = np.linspace(0, 2 * np.pi, 60)
RING = np.stack([0.5 + 0.2 * np.cos(TURN), 0.5 + 0.3 * np.sin(TURN)], -1)
FLAG = np.array([[0.35, 0.4], [0.5, 0.25], [0.5, 0.8]])


def transformed(strokes, factor, shift):
    return [
        Stroke(stroke.points * factor + shift, stroke.width * factor, stroke.erase)
        for stroke in strokes
    ]


def digit(seed=0):
    rng = np.random.default_rng(seed)
    return [Stroke(rng.uniform(0.2, 0.8, (5, 2))), Stroke(rng.uniform(0.2, 0.8, (3, 2)), 0.04)]


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 2**32 - 1),
    st.floats(0.05, 0.9),
    st.tuples(st.floats(0, 1), st.floats(0, 1)),
    st.booleans(),
)
def test_the_same_drawing_elsewhere_and_at_another_size_is_the_same_image(seed, f, at, erase):
    strokes = digit(seed)
    if erase:
        strokes.append(Stroke(np.array([[0.1, 0.45], [0.9, 0.5]]), 0.1, erase=True))
    here = preprocess_strokes(strokes)
    there = preprocess_strokes(transformed(strokes, f, np.array(at) * (1 - f)))
    assert np.abs(here.pixels - there.pixels).max() < 0.02
    assert (here.shift == there.shift).all()
    assert there.scale == pytest.approx(here.scale / f, rel=1e-3)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_the_longest_side_is_twenty_and_the_centre_of_mass_in_the_middle(seed):
    result = preprocess_strokes(digit(seed))
    box = bounding_box(result.pixels, 0.02)
    assert 19 <= box.longest <= 20
    off = np.abs(np.array(centre_of_mass(result.pixels)) - 14)
    at_the_edge = np.abs(result.shift) == 4  # as far as 20 of 28 px can be moved
    assert ((off <= 0.5001) | at_the_edge).all()
    assert np.allclose(result.centre, centre_of_mass(result.pixels), atol=1e-4)
    assert result.pixels.min() >= 0
    assert result.pixels.max() <= 1


def test_the_crop_is_the_ink_s_box_on_the_pad():
    result = preprocess_strokes([Stroke(RING, 0.06)])
    assert result.crop.tolist() == pytest.approx([0.27, 0.17, 0.73, 0.83], abs=2e-3)
    assert result.scale == pytest.approx(20 / 0.66, rel=5e-3)
    assert (result.pixels.shape, result.pixels.dtype) == ((28, 28), np.float32)
    assert result.crop.dtype == result.centre.dtype == np.float32
    assert result.shift.dtype == np.int32


def test_a_point_of_the_pad_is_found_again_in_the_image():
    spot = np.array([0.75, 0.6])
    result = preprocess_strokes([Stroke(FLAG, 0.01), Stroke(spot[None], 0.12)])
    middle = (result.crop[:2] + result.crop[2:]) / 2
    x, y = 14 + result.shift + (spot - middle) * result.scale
    result.pixels[:, : int(x) - 3] = 0
    assert centre_of_mass(result.pixels) == pytest.approx((x, y), abs=0.1)


def test_pieces_and_their_order_do_not_matter_without_an_eraser():
    whole = preprocess_strokes([Stroke(RING)])
    pieces = preprocess_strokes([Stroke(RING[40:]), Stroke(RING[:20]), Stroke(RING[19:41])])
    assert np.abs(whole.pixels - pieces.pixels).max() < 0.03


def test_a_dot_is_a_disc_twenty_pixels_wide():
    result = preprocess_strokes([Stroke(np.array([[0.3, 0.9]]), 0.1)])
    assert result.pixels.sum() == pytest.approx(np.pi * 100, rel=0.01)
    assert result.pixels[13, 4:24].min() > 0.9


def test_a_thick_brush_leaves_more_ink_than_a_thin_one():
    sums = [preprocess_strokes([Stroke(FLAG, width)]).pixels.sum() for width in (0.05, 0.1, 0.2)]
    assert sums == sorted(sums)


def test_a_hair_is_drawn_as_wide_as_a_pen_and_does_not_vanish():
    hair = preprocess_strokes([Stroke(RING, 1e-5)])
    assert not hair.blank
    assert hair.pixels.max() > 0.5
    speck = preprocess_strokes([Stroke(np.array([[0.5, 0.5]]), 1e-9)])
    assert not speck.blank
    assert speck.pixels.sum() == pytest.approx(np.pi * 100, rel=0.01)
    assert not preprocess_strokes([Stroke(RING, 1e-5)], center=False).blank


def test_an_eraser_takes_away_what_lies_below_it_and_not_what_comes_after():
    line = np.array([[0.2, 0.5], [0.8, 0.5]])
    gap = Stroke(np.array([[0.5, 0.4], [0.5, 0.6]]), 0.1, erase=True)
    erased = rasterise([Stroke(line), gap])
    redrawn = rasterise([Stroke(line), gap, Stroke(line)])
    middle = PAD.rows // 2
    assert erased[:, PAD.columns // 2].max() == 0
    assert erased[middle, PAD.columns // 4] == 1
    assert np.allclose(redrawn, rasterise([Stroke(line)]))


def test_what_is_left_by_the_eraser_fills_the_image():
    left = np.array([[0.2, 0.3], [0.25, 0.4], [0.2, 0.5]])
    rest = Stroke(np.array([[0.6, 0.1], [0.9, 0.9]]), 0.05)
    eraser = Stroke(rest.points, 0.08, erase=True)
    alone = preprocess_strokes([Stroke(left, 0.05)])
    cleaned = preprocess_strokes([Stroke(left, 0.05), rest, eraser])
    assert np.abs(alone.pixels - cleaned.pixels).mean() < 0.02
    assert np.allclose(alone.crop, cleaned.crop, atol=5e-3)


def test_closing_in_on_what_is_left_takes_few_steps(monkeypatch):
    strokes = [Stroke(RING), Stroke(RING[:45], 0.2, erase=True)]
    found = preprocess_strokes(strokes)
    monkeypatch.setattr("model.preprocess.strokes.PASSES", 1)
    hurried = preprocess_strokes(strokes)
    assert not hurried.blank
    assert hurried.pixels.sum() < found.pixels.sum()


def test_everything_erased_is_blank():
    strokes = [Stroke(RING), Stroke(RING, erase=True)]
    for center in (True, False):
        result = preprocess_strokes(strokes, center=center)
        assert result.blank
        assert not result.pixels.any()
        assert result.crop.tolist() == [0, 0, 1, 1]
    assert preprocess_strokes([Stroke(RING, erase=True)]).blank


def test_no_points_and_points_off_the_pad_are_blank():
    assert preprocess_strokes([]).blank
    assert preprocess_strokes([Stroke(np.zeros((0, 2)))]).blank
    for x, y in ((-0.5, 0.5), (0.5, -0.5), (1.5, 0.5), (0.5, 1.5)):
        assert preprocess_strokes([Stroke(np.array([[x, y]]))]).blank


def test_ink_outside_the_pad_is_not_there():
    inside = preprocess_strokes([Stroke(np.array([[0.5, 0.2], [0.5, 1.0]]), 0.1)])
    beyond = preprocess_strokes([Stroke(np.array([[0.5, 0.2], [0.5, 1.0], [0.5, 2.0]]), 0.1)])
    assert np.abs(inside.pixels - beyond.pixels).max() < 0.02
    assert beyond.crop.tolist() == pytest.approx([0.45, 0.15, 0.55, 1], abs=0.85 / 60)
    assert rasterise([Stroke(np.array([[-1, 0.5], [2, 0.5]]), 0.1)]).shape == (
        PAD.rows,
        PAD.columns,
    )


def test_the_box_of_a_clipped_stroke_is_that_of_what_can_be_seen():
    # The stroke's topmost point lies beside the pad.
    stroke = Stroke(np.array([[1.5, 0.1], [0.5, 0.5], [0.5, 0.8]]), 0.05)
    result = preprocess_strokes([stroke])
    assert result.crop[1] == pytest.approx(0.3 - 0.027, abs=0.01)
    assert result.crop[2] == 1


def test_without_centring_the_pad_is_seen_as_it_stands():
    stroke = Stroke(np.array([[0.25, 0.25], [0.25, 0.5]]), 0.1)
    result = preprocess_strokes([stroke], center=False)
    assert result.scale == 28
    assert result.shift.tolist() == [0, 0]
    assert result.centre.tolist() == pytest.approx([7, 10.5], abs=0.05)
    assert result.crop.tolist() == pytest.approx([0.2, 0.2, 0.3, 0.55], abs=1 / (28 * FINE))
    assert result.pixels.sum() == pytest.approx(28**2 * (0.025 + np.pi * 0.0025), rel=0.02)


def test_a_thousand_widths_are_few_drawings():
    rng = np.random.default_rng(0)
    strokes = [Stroke(rng.random((2, 2)), 0.05 + i * 1e-6) for i in range(1000)]
    assert not preprocess_strokes(strokes).blank


@pytest.mark.parametrize(
    ("points", "width", "sentence"),
    [
        ([[1, 2, 3]], 0.07, r"shape \(1, 3\); give \(n, 2\)"),
        ([1, 2], 0.07, r"shape \(2,\)"),
        ([[0, float("nan")]], 0.07, "finite"),
        ([[0, float("inf")]], 0.07, "finite"),
        ([[0, 0]], 0, "width is 0; it must be above 0"),
        ([[0, 0]], float("nan"), "width is nan"),
        ([[0, 0]], float("inf"), "width is inf"),
    ],
)
def test_a_malformed_stroke_is_refused_with_a_sentence(points, width, sentence):
    with pytest.raises(ValueError, match=sentence):
        Stroke(points, width)


def test_a_stroke_takes_a_plain_list():
    assert Stroke([[0, 1]]).points.dtype == np.float64
