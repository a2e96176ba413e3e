from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings

from model.layers import sum_pool
from tests.model.geometries import loops, seeds, windows
from tests.model.gradcheck import check_backward

both = pytest.mark.parametrize("average", [False, True])


@both
@given(w=windows(), seed=seeds)
@settings(max_examples=50, deadline=None)
def test_forward_equals_plain_loops(average, w, seed):
    x = np.random.default_rng(seed).standard_normal(w.shape)
    y, _ = sum_pool.forward(x, **w.geometry, average=average)
    expected = np.empty((*w.shape[:2], *w.counts))
    for image in range(w.shape[0]):
        for c in range(w.shape[1]):
            for p, q, rows, columns in loops(w):
                total = 0.0
                for row in range(rows.start, rows.stop):
                    for column in range(columns.start, columns.stop):
                        total += x[image, c, row, column]
                expected[image, c, p, q] = total
    if average:
        expected /= w.kernel[0] * w.kernel[1]
    np.testing.assert_allclose(y, expected, rtol=1e-12, atol=1e-12)


@both
@given(w=windows(), seed=seeds)
@settings(max_examples=50, deadline=None)
def test_backward_equals_differences(average, w, seed):
    x = np.random.default_rng(seed).standard_normal(w.shape)
    forward = partial(sum_pool.forward, **w.geometry, average=average)
    check_backward(forward, sum_pool.backward, x, seed=seed)


def test_padding_counts_as_zeros_in_an_average():
    x = np.full((1, 1, 1, 1), 9.0)
    geometry = {"kernel": (3, 3), "stride": (1, 1), "padding": (1, 1)}
    assert sum_pool.forward(x, **geometry, average=True)[0] == 1.0
    assert sum_pool.forward(x, **geometry)[0] == 9.0


@both
def test_float32_stays_float32(average):
    x = np.ones((1, 1, 4, 4), np.float32)
    y, cache = sum_pool.forward(x, kernel=(2, 2), stride=(2, 2), average=average)
    assert y.dtype == sum_pool.backward(y, cache).dtype == np.float32
