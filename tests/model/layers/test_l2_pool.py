import math
from functools import partial

import numpy as np
from hypothesis import given, settings

from model.layers import l2_pool
from tests.model.geometries import loops, seeds, windows
from tests.model.gradcheck import check_backward


@given(windows(), seeds)
@settings(max_examples=50, deadline=None)
def test_forward_equals_plain_loops(w, seed):
    x = np.random.default_rng(seed).standard_normal(w.shape)
    y, _ = l2_pool.forward(x, **w.geometry)
    expected = np.empty((*w.shape[:2], *w.counts))
    for image in range(w.shape[0]):
        for c in range(w.shape[1]):
            for p, q, rows, columns in loops(w):
                total = 0.0
                for row in range(rows.start, rows.stop):
                    for column in range(columns.start, columns.stop):
                        total += x[image, c, row, column] ** 2
                expected[image, c, p, q] = math.sqrt(total)
    np.testing.assert_allclose(y, expected, rtol=1e-12)


@given(windows(), seeds)
@settings(max_examples=50, deadline=None)
def test_backward_equals_differences(w, seed):
    x = np.random.default_rng(seed).standard_normal(w.shape)
    x += np.copysign(0.01, x)  # a window of one cell has a corner at 0
    check_backward(partial(l2_pool.forward, **w.geometry), l2_pool.backward, x, seed=seed)


@given(windows(), seeds)
@settings(max_examples=30, deadline=None)
def test_a_change_goes_forward_as_it_goes_back(w, seed):
    rng = np.random.default_rng(seed)
    x, dx = rng.standard_normal((2, *w.shape))
    x[x < 0] = 0  # so that some windows are all zero
    y, cache = l2_pool.forward(x, **w.geometry)
    dy = rng.standard_normal(y.shape)
    forth = np.sum(dy * l2_pool.tangent(dx, cache))
    np.testing.assert_allclose(forth, np.sum(l2_pool.backward(dy, cache) * dx), atol=1e-9)


def test_where_a_window_is_all_zero_the_slope_counts_as_zero():
    x = np.array([0, 0, 3, 4.0]).reshape(1, 1, 1, 4)
    y, cache = l2_pool.forward(x, kernel=(1, 2), stride=(1, 2))
    np.testing.assert_array_equal(y.ravel(), [0, 5])
    ones = np.ones_like(y)
    np.testing.assert_allclose(l2_pool.backward(ones, cache).ravel(), [0, 0, 0.6, 0.8])
    np.testing.assert_allclose(l2_pool.tangent(np.ones_like(x), cache).ravel(), [0, 1.4])


def test_no_float32_is_too_large_or_too_small_to_be_squared():
    for size in (1e-30, 1e30):
        x = np.array([3, 4], np.float32).reshape(1, 1, 1, 2) * np.float32(size)
        y, cache = l2_pool.forward(x, kernel=(1, 2), stride=(1, 2))
        np.testing.assert_allclose(y.ravel(), 5 * size, rtol=1e-6)
        slopes = l2_pool.backward(np.ones_like(y), cache)
        np.testing.assert_allclose(slopes.ravel(), [0.6, 0.8], rtol=1e-6)


def test_float32_stays_float32():
    x = np.ones((1, 1, 4, 4), np.float32)
    y, cache = l2_pool.forward(x, kernel=(2, 2), stride=(2, 2), padding=(1, 0))
    found = y, l2_pool.backward(y, cache), l2_pool.tangent(x, cache)
    assert {array.dtype for array in found} == {np.dtype(np.float32)}
