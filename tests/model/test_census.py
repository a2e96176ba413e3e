"""Counts over images against plain loops, by networks of all kinds of layers."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import Network, load_network
from model.activations import PIECE, Activations
from model.census import census, sense_of
from model.histogram import MOST, histogram, width_for
from model.preprocess import to_input
from tests.model.examples import GRAPH, graph_network


def images(count: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (count, 28, 28)).astype(np.uint8)


@pytest.fixture(scope="module", params=["lenet", "lenet5", "mlp", "graph"])
def network(request) -> Network:
    return graph_network() if request.param == "graph" else load_network(request.param)


def test_each_layers_activations_are_those_of_traces(network):
    some = images(3)
    for layer in network.spec.shapes:
        found = np.concatenate(list(Activations(network, some, layer)))
        for image, cells in zip(some, found, strict=True):
            pixels = (image / np.float32(255)).astype(np.float32)
            trace = network.trace(to_input(pixels, network.spec.input))
            np.testing.assert_allclose(cells, trace[layer].ravel(), rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("kept", [0, 10**9])
def test_they_come_in_pieces_and_again_kept_or_not_and_some_alone(kept):
    network, some = load_network("mlp"), images(PIECE + 3)
    layer = network.spec.layers[1].name
    found = Activations(network, some, layer, most_kept=kept)
    first, again = list(found), list(found)
    assert [len(piece) for piece in first] == [PIECE, 3]
    assert (first[0] is again[0]) == bool(kept)
    whole = np.concatenate(first)
    np.testing.assert_array_equal(whole, np.concatenate(again))
    np.testing.assert_allclose(found.at(np.array([127, 4])), whole[[127, 4]], rtol=1e-5)
    assert len(found) == PIECE + 3
    assert list(Activations(network, some[:0], layer)) == []


def test_counts_and_ends_are_those_of_plain_loops(network):
    some = images(5, 1)
    for layer, shape in network.spec.shapes.items():
        whole = np.concatenate(list(Activations(network, some, layer)))
        found = census(Activations(network, some, layer))
        assert found.above.shape == found.most.shape == found.least.shape == shape
        for cell in range(0, whole.shape[1], 97):
            values = [float(value) for value in whole[:, cell]]
            assert found.above.ravel()[cell] == sum(value > 0 for value in values)
            assert found.most.ravel()[cell] == max(values)
            assert found.least.ravel()[cell] == min(values)
        spread = found.histogram
        edges = spread.width * (spread.first + np.arange(len(spread.counts) + 1))
        others = whole[whole != 0].astype(float)
        assert spread.zeros == whole.size - others.size
        np.testing.assert_array_equal(spread.counts, plain_counts(others, edges))
        assert spread.counts.sum() + spread.zeros == whole.size


def plain_counts(values, edges):
    counts = np.zeros(len(edges) - 1, int)
    for low, high in pairwise(edges):
        at = round((low - edges[0]) / (high - low))
        counts[at] = np.count_nonzero((low <= values) & (values < high))
    return counts


@given(st.floats(-1e4, 0, width=32), st.floats(0, 1e4, width=32))
def test_bins_are_as_narrow_as_a_power_of_two_can_be(least, most):
    width = width_for(least, most)
    assert math.frexp(width)[0] == 0.5
    bins = math.floor(most / width) - math.floor(least / width) + 1
    assert bins <= MOST
    if most > least:
        half = width / 2
        assert math.floor(most / half) - math.floor(least / half) + 1 > MOST


ANY = st.floats(-50, 50, width=32, allow_subnormal=False)


@given(st.lists(ANY, max_size=60), st.integers(1, 9))
@settings(deadline=None)
def test_every_number_is_in_its_bin_or_is_zero_or_odd(values, size):
    numbers = np.array(values, np.float32)
    odd = np.array([np.nan, np.inf, -np.inf, 70], np.float32)
    pieces = [numbers[at : at + size] for at in range(0, len(numbers), size)]
    found = histogram([*pieces, odd], -50, 50)
    assert found.odd == 4
    assert found.zeros == sum(value == 0 for value in values)
    edges = found.width * (found.first + np.arange(len(found.counts) + 1))
    np.testing.assert_array_equal(found.counts, plain_counts(numbers[numbers != 0], edges))


def test_of_numbers_that_are_all_zero_there_is_one_empty_bin():
    found = histogram([np.zeros((2, 3), np.float32)], 0, 0)
    assert (found.counts.tolist(), found.zeros, found.odd) == ([0], 6, 0)


def test_weights_that_overflow_are_counted_and_end_nothing():
    network = load_network("mlp").copy()
    layer = network.spec.layers[0].name
    network.parameters[f"{layer}.weight"][3] = 3e38
    with np.errstate(all="ignore"):
        found = census(Activations(network, images(4), layer))
    assert found.histogram.odd >= 4
    assert found.histogram.counts.sum() > 0


def test_what_being_above_zero_means_is_told_by_kind():
    lenet = load_network("lenet").spec
    senses = {name: sense_of(lenet, name) for name in lenet.shapes}
    assert senses["input"] == senses["softmax"] == "positive"
    assert senses["conv1"] == senses["fc3"] == "sum"
    assert senses["relu1"] == senses["pool1"] == senses["relu4"] == "gate"
    graph = {name: sense_of(GRAPH, name) for name in GRAPH.shapes}
    assert graph["input"] == "signed", "its images are moved below 0"
    assert graph["bend"] == graph["squash"] == "signed"
    assert graph["gate"] == graph["length"] == "positive"
    assert graph["block"] == graph["mean"] == graph["skip"] == "sum"
    assert graph["flat"] == "positive"
    assert graph["shrink"] == "gate"


def test_numbers_too_small_to_be_divided_in_float32_have_bins():
    small = np.array([[1e-45, 3e-45, -2.8e-45]], np.float32)
    found = histogram([small], float(small.min()), float(small.max()))
    assert found.counts.sum() == 3
    for number in small[0].astype(float):
        assert found.counts[math.floor(number / found.width) - found.first]


def test_what_is_no_number_hides_no_number_beside_it():
    class Cells:
        network, layer, cells = load_network("mlp"), "softmax", 10

        def __iter__(self):
            yield np.array([[np.nan, *range(9)], [5, *range(9)]], np.float32)

    found = census(Cells())
    assert (found.most[0], found.least[0]) == (5, 5)
    assert found.most.tolist()[1:] == found.least.tolist()[1:] == [*map(float, range(9))]
