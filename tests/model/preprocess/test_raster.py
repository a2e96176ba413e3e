"""Lines with round caps and joins, against plain loops."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.preprocess import raster
from model.preprocess.raster import DENT, coverage
from tests.model.preprocess.witnesses import covered, covered_by_distance

ROWS, COLUMNS = 11, 13

# Points 1.5 px apart or the same, so that none is thinned away.
coordinates = st.integers(-3, 11).map(lambda whole: 1.5 * whole + 0.2)
lines = st.lists(
    st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=4), min_size=1, max_size=2
)


@settings(max_examples=60, deadline=None)
@given(lines, st.floats(0.5, 5))
def test_every_pixel_follows_from_its_distance_to_the_lines(drawn, radius):
    fast = coverage([np.array(line) for line in drawn], radius, ROWS, COLUMNS)
    slow = covered_by_distance(drawn, radius, ROWS, COLUMNS)
    assert fast.shape == (ROWS, COLUMNS)
    assert fast.dtype == np.float32
    # Half way between two points the line seems farther off, the more so the closer the pixel; what
    # is half a pixel inside the edge is fully covered all the same.
    inside = radius - 0.5
    assert (
        np.abs(fast - slow).max()
        <= math.hypot(inside, math.sqrt(2 * radius * DENT)) - inside + 1e-4
    )


def test_the_ink_is_what_a_picture_of_eight_times_the_size_holds():
    rng = np.random.default_rng(3)
    for radius, mean in ((0.75, 0.04), (2.0, 0.02), (5.0, 0.01)):
        drawn = [rng.uniform(-2, 14, (4, 2)).tolist(), rng.uniform(-2, 14, (1, 2)).tolist()]
        fast = coverage([np.array(line) for line in drawn], radius, ROWS, COLUMNS)
        slow = covered(drawn, radius, ROWS, COLUMNS)
        assert np.abs(fast - slow).mean() < mean
        assert np.abs(fast - slow).max() < 0.5  # where two lines meet in one pixel


def test_a_dot_is_a_disc_of_the_right_area():
    for radius, tolerance in ((1.0, 0.12), (2.5, 0.02), (7.3, 0.005)):
        ink = coverage([np.array([[10.2, 9.6]])], radius, 20, 20)
        assert ink.sum() == pytest.approx(math.pi * radius**2, rel=tolerance)


def test_caps_are_half_discs():
    ink = coverage([np.array([[8.0, 10.0], [22.0, 10.0]])], 4, 20, 30)
    assert ink.sum() == pytest.approx(14 * 8 + math.pi * 16, rel=0.01)
    assert np.allclose(ink, ink[::-1, ::-1], atol=1e-5)


def test_a_join_is_round():
    ink = coverage([np.array([[5.0, 25.0], [25.0, 25.0], [25.0, 5.0]])], 4, 40, 40)
    # Outside of the corner the line ends 4 px from it, also along the diagonal.
    assert ink[27, 27] == pytest.approx(1, abs=0.1)
    assert ink[28, 28] == pytest.approx(0, abs=0.1)


def test_a_line_thinner_than_a_pixel_covers_its_own_width():
    ink = coverage([np.array([[-5.0, 4.5], [30.0, 4.5]])], 0.1, 9, 20)
    assert ink.sum() == pytest.approx(20 * 0.2, rel=0.02)


def test_a_disc_larger_than_the_picture_fills_it():
    ink = coverage([np.array([[-10.0, 3.0]]), np.array([[4.0, 4.0]])], 40, 6, 7)
    assert (ink == 1).all()
    # and its edge is where it should be when the window of a point exceeds the picture
    edge = coverage([np.array([[-40.0, 3.0]])], 43, 6, 7)
    assert np.abs(edge - covered([[(-40.0, 3.0)]], 43, 6, 7)).max() < 0.1
    # whichever of many points it is that comes near
    dots = [np.array([[-40.5 - i / 10, 3.0]]) for i in range(30)]
    for i in range(30):
        some = [*dots[:i], np.array([[-40.0, 3.0]]), *dots[i:]]
        assert (coverage(some, 43, 6, 7) == edge).all()


def test_points_that_crowd_change_nothing_but_the_cost():
    turn = np.linspace(0, 5, 6000)
    spiral = np.stack([30 + turn * 4 * np.cos(turn), 30 + turn * 4 * np.sin(turn)], -1)
    dense = coverage([spiral, spiral[::-1]], 2.5, 60, 60)
    sparse = coverage([spiral[::20]], 2.5, 60, 60)
    assert np.abs(dense - sparse).max() < 0.3
    assert np.abs(dense - sparse).mean() < 0.002
    assert len(raster._sample([spiral], 1.4)) < 400


def test_lines_stay_apart_when_thinned():
    left = np.stack([np.full(500, 5.0), np.linspace(2, 30, 500)], -1)
    right = left + np.array((25, 0))
    ink = coverage([left, right], 2, 32, 36)
    assert ink[:, 9:26].max() == 0
    assert ink[16, 5] == ink[16, 30] == 1
    kept = raster._sample([left, right], 1.4).tolist()
    for end in (left[0], left[-1], right[0], right[-1]):
        assert end.tolist() in kept


def test_the_work_is_bounded_whatever_is_drawn():
    rng = np.random.default_rng(1)
    scribble = rng.uniform(0, 60, (5000, 2))
    exact = coverage([scribble[:40]], 3, 60, 60)
    hurried = coverage([scribble[:40]], 3, 60, 60, visits=40_000)
    assert np.abs(exact - hurried).mean() < 0.05
    assert len(raster._merge(scribble, 500)) <= 600
    assert len(raster._sample([scribble * 1000], 1.0)) < 1.1 * raster.SAMPLES
    assert 0 < coverage([scribble], 3, 60, 60, visits=1).sum() < 200


def test_a_disc_beyond_all_measure_still_ends_somewhere():
    """What it does not reach is paper, however large it is in cells."""
    radius = 1e7
    away = radius + 2  # of its edge from the first pixel's corner, along the diagonal
    (corner,) = np.array([[[-away / math.sqrt(2)] * 2]])
    assert not coverage([corner], radius, ROWS, COLUMNS).any()
