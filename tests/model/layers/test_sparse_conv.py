from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import Network
from model.layers import conv, sparse_conv
from model.lenet5 import LENET5, TABLE
from model.train.optimise import Adam
from tests.model.geometries import connections, loops, seeds, windows
from tests.model.gradcheck import check_backward


@st.composite
def tables(draw):
    """Windows, and a table of connections that fits them."""
    w = draw(windows(dilated=True))
    return w, draw(connections(draw(st.integers(1, 3)), w.shape[1]))


def arrays(w, table, seed):
    rng = np.random.default_rng(seed)
    shapes = w.shape, (len(table), w.shape[1], *w.kernel), (len(table),)
    return [rng.standard_normal(shape) for shape in shapes]


def plain(x, weight, bias, w, table):
    """One window, one filter, one connection, one term at a time."""
    y = np.zeros((w.shape[0], len(table), *w.counts))
    for image in range(w.shape[0]):
        for k, maps in enumerate(table):
            for p, q, _, _ in loops(w):
                total = bias[k]
                for c in maps:
                    for r in range(w.kernel[0]):
                        for s in range(w.kernel[1]):
                            row = p * w.stride[0] + r * w.dilation[0] - w.padding[0]
                            column = q * w.stride[1] + s * w.dilation[1] - w.padding[1]
                            if 0 <= row < w.shape[2] and 0 <= column < w.shape[3]:
                                total += x[image, c, row, column] * weight[k, c, r, s]
                y[image, k, p, q] = total
    return y


def forward_of(w, table):
    return partial(sparse_conv.forward, connections=table, **w.convolved)


@given(tables(), seeds)
@settings(max_examples=40, deadline=None)
def test_forward_equals_plain_loops(case, seed):
    x, weight, bias = arrays(*case, seed)
    y, _ = forward_of(*case)(x, weight, bias)
    np.testing.assert_allclose(y, plain(x, weight, bias, *case), rtol=1e-12, atol=1e-12)


@given(tables(), seeds)
@settings(max_examples=60, deadline=None)
def test_backward_equals_differences(case, seed):
    check_backward(forward_of(*case), sparse_conv.backward, *arrays(*case, seed), seed=seed)


@given(tables(), seeds)
@settings(max_examples=30, deadline=None)
def test_a_change_goes_forward_as_it_goes_back(case, seed):
    x, weight, bias = arrays(*case, seed)
    y, cache = forward_of(*case)(x, weight, bias)
    dy, dx = np.random.default_rng(seed + 1).standard_normal(y.shape), x[::-1]
    forth = np.sum(dy * sparse_conv.tangent(dx, cache))
    np.testing.assert_allclose(forth, np.sum(sparse_conv.backward(dy, cache)[0] * dx), atol=1e-8)


@given(tables(), seeds)
@settings(max_examples=30, deadline=None)
def test_it_is_a_convolution_with_zeros_where_nothing_is_connected(case, seed):
    w, table = case
    x, weight, bias = arrays(*case, seed)
    y, cache = forward_of(*case)(x, weight, bias)
    for k, maps in enumerate(table):
        weight[k, [c for c in range(w.shape[1]) if c not in maps]] = 0
    same, _ = conv.forward(x, weight, bias, **w.convolved)
    np.testing.assert_allclose(y, same, rtol=1e-12, atol=1e-12)
    dweight = sparse_conv.backward(y, cache)[1]
    assert not dweight[weight == 0].any()


def test_float32_stays_float32():
    x, weight, bias = (np.ones(s, np.float32) for s in [(1, 2, 4, 4), (2, 2, 3, 3), (2,)])
    y, cache = sparse_conv.forward(x, weight, bias, connections=((0,), (0, 1)))
    found = y, *sparse_conv.backward(y, cache), sparse_conv.tangent(x, cache)
    assert {array.dtype for array in found} == {np.dtype(np.float32)}


def test_the_table_is_that_of_1998():
    # Table I of the paper, as it is printed: a row for each map of S2, a column for each of C3.
    printed = [
        "X...XXX..XXXX.XX",
        "XX...XXX..XXXX.X",
        "XXX...XXX..X.XXX",
        ".XXX..XXXX..X.XX",
        "..XXX..XXXX.XX.X",
        "...XXX..XXXX.XXX",
    ]
    drawn = tuple(tuple(s2 for s2, row in enumerate(printed) if row[c3] == "X") for c3 in range(16))
    assert drawn == TABLE
    assert sum(map(len, TABLE)) == 60


def test_each_layer_has_the_parameters_that_the_paper_counts():
    counts = {layer.name: LENET5.parameter_count(layer.name) for layer in LENET5.layers}
    learning = {name: count for name, count in counts.items() if count}
    paper = {"c1": 156, "s2": 12, "c3": 1516, "s4": 32, "c5": 48120, "f6": 10164}
    assert learning == {**paper, "out": 850}


@pytest.mark.parametrize("method", ["he", "glorot"])
def test_unconnected_weights_begin_and_stay_at_zero(method):
    network = Network.initialise(LENET5, np.random.default_rng(0), method)
    loose = np.ones((16, 6), bool)
    for k, maps in enumerate(TABLE):
        loose[k, list(maps)] = False
    optimiser = Adam(decay=0.1)
    memory = optimiser.start(network.parameters)
    image = np.random.default_rng(1).random((2, 1, 32, 32), np.float32)
    for _ in range(3):
        weight = network.parameters["c3.weight"]
        assert not weight[loose].any()
        assert weight[~loose].all()
        passed = network.forward(image)
        seed = np.ones((2, 10), np.float32)
        gradients = network.backward(passed, {network.logits_layer: seed}).parameters
        optimiser.step(network.parameters, gradients, memory, 0.01)
