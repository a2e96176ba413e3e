from functools import partial

import numpy as np
from hypothesis import given, settings

from model.layers import subsample
from tests.model.geometries import loops, seeds, windows
from tests.model.gradcheck import check_backward


def arrays(w, seed):
    rng = np.random.default_rng(seed)
    return [rng.standard_normal(shape) for shape in (w.shape, w.shape[1:2], w.shape[1:2])]


@given(windows(), seeds)
@settings(max_examples=50, deadline=None)
def test_forward_equals_plain_loops(w, seed):
    x, weight, bias = arrays(w, seed)
    y, _ = subsample.forward(x, weight, bias, **w.geometry)
    expected = np.empty((*w.shape[:2], *w.counts))
    for image in range(w.shape[0]):
        for c in range(w.shape[1]):
            for p, q, rows, columns in loops(w):
                total = 0.0
                for row in range(rows.start, rows.stop):
                    for column in range(columns.start, columns.stop):
                        total += x[image, c, row, column]
                expected[image, c, p, q] = weight[c] * total + bias[c]
    np.testing.assert_allclose(y, expected, rtol=1e-12, atol=1e-12)


@given(windows(), seeds)
@settings(max_examples=60, deadline=None)
def test_backward_equals_differences(w, seed):
    forward = partial(subsample.forward, **w.geometry)
    check_backward(forward, subsample.backward, *arrays(w, seed), seed=seed)


@given(windows(), seeds)
@settings(max_examples=30, deadline=None)
def test_a_change_goes_forward_as_it_goes_back(w, seed):
    x, weight, bias = arrays(w, seed)
    y, cache = subsample.forward(x, weight, bias, **w.geometry)
    dy, dx = np.ones_like(y), np.random.default_rng(seed + 1).standard_normal(x.shape)
    forth = np.sum(dy * subsample.tangent(dx, cache))
    np.testing.assert_allclose(forth, np.sum(subsample.backward(dy, cache)[0] * dx), atol=1e-9)


def test_each_map_has_its_own_weight_and_bias():
    x = np.ones((1, 2, 2, 2))
    y, _ = subsample.forward(
        x, np.array([0.25, -1]), np.array([0.0, 10]), kernel=(2, 2), stride=(2, 2)
    )
    np.testing.assert_array_equal(y.ravel(), [1, 6])


def test_float32_stays_float32():
    x, weight, bias = (np.ones(shape, np.float32) for shape in [(1, 3, 4, 4), 3, 3])
    y, cache = subsample.forward(x, weight, bias, kernel=(2, 2), stride=(2, 2))
    assert {array.dtype for array in (y, *subsample.backward(y, cache))} == {np.dtype(np.float32)}
