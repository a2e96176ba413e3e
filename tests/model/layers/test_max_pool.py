from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.layers import max_pool
from tests.model.geometries import distinct, loops, seeds, windows
from tests.model.gradcheck import check_backward


def plain(x, w):
    """The maximum of every clipped window, and the first cell that holds it."""
    y = np.empty((*w.shape[:2], *w.counts))
    winners = np.empty(y.shape, np.int32)
    for image in range(w.shape[0]):
        for c in range(w.shape[1]):
            for p, q, rows, columns in loops(w):
                best, place = -np.inf, -1
                for row in range(rows.start, rows.stop):
                    for column in range(columns.start, columns.stop):
                        if place < 0 or x[image, c, row, column] > best:
                            best, place = x[image, c, row, column], row * w.shape[3] + column
                y[image, c, p, q], winners[image, c, p, q] = best, place
    return y, winners


@given(windows(), seeds)
@settings(max_examples=60, deadline=None)
def test_forward_equals_plain_loops(w, seed):
    x = distinct(w.shape, seed)
    y, cache = max_pool.forward(x, **w.geometry)
    expected, winners = plain(x, w)
    np.testing.assert_array_equal(y, expected)
    np.testing.assert_array_equal(max_pool.winners(cache), winners)


@given(windows(), seeds, st.sampled_from([0.0, -1.0, -np.inf]))
@settings(max_examples=60, deadline=None)
def test_of_equal_cells_the_first_wins_and_padding_never_does(w, seed, lowest):
    x = np.random.default_rng(seed).choice([lowest, -0.5], w.shape)
    y, cache = max_pool.forward(x, **w.geometry)
    expected, winners = plain(x, w)
    np.testing.assert_array_equal(y, expected)
    np.testing.assert_array_equal(max_pool.winners(cache), winners)


@given(windows(), seeds)
@settings(max_examples=60, deadline=None)
def test_backward_equals_differences(w, seed):
    forward = partial(max_pool.forward, **w.geometry)
    check_backward(forward, max_pool.backward, distinct(w.shape, seed), seed=seed)


@given(windows(), seeds)
@settings(max_examples=30, deadline=None)
def test_a_winner_holds_the_value_of_its_cell(w, seed):
    x = distinct(w.shape, seed)
    y, cache = max_pool.forward(x, **w.geometry)
    flat = x.reshape(*w.shape[:2], -1)
    at = max_pool.winners(cache).reshape(*w.shape[:2], -1)
    np.testing.assert_array_equal(np.take_along_axis(flat, at, axis=2), y.reshape(at.shape))


def test_a_cell_that_wins_twice_is_paid_twice():
    x = np.array([[[[0.0, 5.0, 1.0]]]])
    y, cache = max_pool.forward(x, kernel=(1, 2), stride=(1, 1))
    np.testing.assert_array_equal(y, [[[[5.0, 5.0]]]])
    np.testing.assert_array_equal(max_pool.backward(y, cache), [[[[0.0, 10.0, 0.0]]]])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_types_are_kept_and_winners_are_int32(dtype):
    y, cache = max_pool.forward(np.ones((1, 1, 4, 4), dtype), kernel=(2, 2), stride=(2, 2))
    assert y.dtype == max_pool.backward(y, cache).dtype == dtype
    assert max_pool.winners(cache).dtype == np.int32
