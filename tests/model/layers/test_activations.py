import math
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.layers import ratio, relu, sigmoid, softmax, square, tanh
from tests.model.geometries import distinct, seeds
from tests.model.gradcheck import check_backward

LAYERS = {
    relu: lambda v: v if v > 0 else 0.0,
    tanh: math.tanh,
    sigmoid: lambda v: 1 / (1 + math.exp(-v)),
    square: lambda v: v**2,
}
heights = st.floats(0.25, 4)
shapes = st.one_of(
    st.tuples(st.integers(1, 3), st.integers(1, 7)),
    st.tuples(*[st.integers(1, 3)] * 4),
)
each = pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.__name__.split(".")[-1])


@each
@given(shape=shapes, seed=seeds)
@settings(max_examples=30, deadline=None)
def test_forward_equals_plain_loops(layer, shape, seed):
    x = distinct(shape, seed)
    y, _ = layer.forward(x)
    expected = [LAYERS[layer](float(value)) for value in x.ravel()]
    np.testing.assert_allclose(y.ravel(), expected, rtol=1e-13, atol=1e-15)


@each
@given(shape=shapes, seed=seeds)
@settings(max_examples=30, deadline=None)
def test_backward_equals_differences(layer, shape, seed):
    check_backward(layer.forward, layer.backward, distinct(shape, seed), seed=seed)


@given(shapes, seeds, heights, heights)
@settings(max_examples=30, deadline=None)
def test_a_tanh_of_any_amplitude_and_slope_equals_plain_loops(shape, seed, amplitude, slope):
    x = distinct(shape, seed)
    y, _ = tanh.forward(x, amplitude=amplitude, slope=slope)
    expected = [amplitude * math.tanh(slope * float(value)) for value in x.ravel()]
    np.testing.assert_allclose(y.ravel(), expected, rtol=1e-13, atol=1e-15)


@given(shapes, seeds, heights, heights)
@settings(max_examples=30, deadline=None)
def test_backward_of_such_a_tanh_equals_differences(shape, seed, amplitude, slope):
    forward = partial(tanh.forward, amplitude=amplitude, slope=slope)
    check_backward(forward, tanh.backward, distinct(shape, seed), seed=seed)


def test_the_tanh_of_1998_passes_through_one_and_one():
    y, _ = tanh.forward(np.array([[-1.0, 0.0, 1.0]]), amplitude=1.7159, slope=2 / 3)
    np.testing.assert_allclose(y, [[-1, 0, 1]], atol=1e-4)


@each
def test_float32_stays_float32(layer):
    y, cache = layer.forward(np.ones((1, 3), np.float32))
    assert y.dtype == layer.backward(y, cache).dtype == np.float32


def test_relu_lets_nothing_through_at_zero():
    y, cache = relu.forward(np.array([[-1.0, 0.0, 2.0]]))
    np.testing.assert_array_equal(y, [[0, 0, 2]])
    np.testing.assert_array_equal(relu.backward(np.ones((1, 3)), cache), [[0, 0, 1]])


@pytest.mark.parametrize("value", [-1e4, -90.0, 90.0, 1e4])
def test_sigmoid_never_overflows(value):
    y, _ = sigmoid.forward(np.array([[value]], np.float32))
    assert y == pytest.approx(float(value > 0))


def test_sigmoid_keeps_the_digits_of_tiny_results():
    y, _ = sigmoid.forward(np.array([[-60.0]]))
    assert y[0, 0] == pytest.approx(math.exp(-60), rel=1e-12)


units = st.tuples(st.integers(1, 3), st.integers(1, 7))


@given(units, seeds)
@settings(max_examples=40, deadline=None)
def test_softmax_equals_plain_loops(shape, seed):
    x = np.random.default_rng(seed).normal(0, 4, shape)
    y, _ = softmax.forward(x)
    for row, shares in zip(x, y, strict=True):
        total = sum(math.exp(v) for v in row)
        np.testing.assert_allclose(shares, [math.exp(v) / total for v in row], rtol=1e-12)


@given(units, seeds)
@settings(max_examples=40, deadline=None)
def test_softmax_backward_equals_differences(shape, seed):
    x = np.random.default_rng(seed).standard_normal(shape)
    check_backward(softmax.forward, softmax.backward, x, seed=seed)


def test_softmax_of_huge_scores_is_finite_and_sums_to_one():
    y, _ = softmax.forward(np.array([[1e4, 0.0, -1e4]], np.float32))
    assert y.dtype == np.float32
    np.testing.assert_array_equal(y, [[1, 0, 0]])


@st.composite
def rows(draw):
    """Units of both signs whose sum is far from 0."""
    x = np.random.default_rng(draw(seeds)).standard_normal(draw(units))
    return x * draw(st.sampled_from((1, -1))) + 4 * draw(st.sampled_from((1, -1)))


@given(rows(), seeds)
@settings(max_examples=40, deadline=None)
def test_a_ratio_equals_plain_loops_and_goes_back_and_forth_by_differences(x, seed):
    y, cache = ratio.forward(x)
    for row, shares in zip(x, y, strict=True):
        total = sum(float(v) for v in row)
        np.testing.assert_allclose(shares, [float(v) / total for v in row], rtol=1e-12)
    check_backward(ratio.forward, ratio.backward, x, seed=seed)
    dx, dy = np.random.default_rng(seed).standard_normal((2, *x.shape))
    there, back = np.sum(ratio.tangent(dx, cache) * dy), np.sum(dx * ratio.backward(dy, cache))
    assert there == pytest.approx(back)


@pytest.mark.parametrize("row", [[1, -1], [0, 0, 0], [0.1, 0.2, -0.3], [2, -1, -1], [1e6, -1e6]])
@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_nothing_is_divided_by_a_sum_of_0_and_no_other_row_minds(row, kind):
    y, cache = ratio.forward(np.array([row, np.arange(len(row)) - 9], kind))
    assert np.isnan(y[0]).all()
    assert np.isfinite(y[1]).all()
    dx = ratio.backward(np.ones_like(y), cache)
    assert np.isnan(dx[0]).all()
    assert np.isfinite(dx[1]).all()


def test_a_ratio_of_a_small_sum_is_large():
    y, _ = ratio.forward(np.array([[1, -0.99]], np.float32))
    np.testing.assert_allclose(y, [[100, -99]], rtol=1e-4)
