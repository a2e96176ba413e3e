from functools import partial

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from model.layers import conv
from tests.model.geometries import loops, seeds, windows
from tests.model.gradcheck import check_backward


def arrays(w, filters, seed):
    rng = np.random.default_rng(seed)
    shapes = w.shape, (filters, w.shape[1], *w.kernel), (filters,)
    return [rng.standard_normal(shape) for shape in shapes]


def plain(x, weight, bias, w):
    """One window, one filter, one term at a time."""
    y = np.zeros((w.shape[0], len(weight), *w.counts))
    for image in range(w.shape[0]):
        for k in range(len(weight)):
            for p, q, _, _ in loops(w):
                total = bias[k]
                for c in range(w.shape[1]):
                    for r in range(w.kernel[0]):
                        for s in range(w.kernel[1]):
                            row = p * w.stride[0] + r * w.dilation[0] - w.padding[0]
                            column = q * w.stride[1] + s * w.dilation[1] - w.padding[1]
                            if 0 <= row < w.shape[2] and 0 <= column < w.shape[3]:
                                total += x[image, c, row, column] * weight[k, c, r, s]
                y[image, k, p, q] = total
    return y


@given(windows(dilated=True), st.integers(1, 3), seeds)
@settings(max_examples=40, deadline=None)
def test_forward_equals_plain_loops(w, filters, seed):
    x, weight, bias = arrays(w, filters, seed)
    y, _ = conv.forward(x, weight, bias, **w.convolved)
    np.testing.assert_allclose(y, plain(x, weight, bias, w), rtol=1e-12, atol=1e-12)


@given(windows(dilated=True), st.integers(1, 3), seeds)
@settings(max_examples=60, deadline=None)
def test_backward_equals_differences(w, filters, seed):
    forward = partial(conv.forward, **w.convolved)
    check_backward(forward, conv.backward, *arrays(w, filters, seed), seed=seed)


@given(windows(dilated=True), seeds)
@settings(max_examples=30, deadline=None)
def test_backward_is_its_two_halves(w, seed):
    x, weight, bias = arrays(w, 2, seed)
    y, cache = conv.forward(x, weight, bias, **w.convolved)
    whole = conv.backward(y, cache)
    halves = (conv.backward_input(y, cache), *conv.backward_parameters(y, cache))
    for one, other in zip(whole, halves, strict=True):
        np.testing.assert_array_equal(one, other)


def test_every_filter_reads_all_maps():
    x = np.zeros((1, 6, 5, 5))
    weight, bias = np.ones((1, 6, 5, 5)), np.zeros(1)
    for channel in range(6):
        x[0, channel, 2, 2] = 10.0**channel
    assert conv.forward(x, weight, bias)[0] == 111111


def test_float32_stays_float32():
    x, weight, bias = (np.ones(s, np.float32) for s in [(1, 1, 4, 4), (2, 1, 3, 3), (2,)])
    y, cache = conv.forward(x, weight, bias, padding=(1, 1))
    assert {array.dtype for array in (y, *conv.backward(y, cache))} == {np.dtype(np.float32)}
