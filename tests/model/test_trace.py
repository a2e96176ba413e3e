import numpy as np
import pytest

from model import Network, NetworkSpec, Trace
from model.lenet import LENET
from model.spec import InputSpec, dense, pool, softmax
from model.trace import Layout

from .examples import GRAPH, graph_network, random_image

lenet = Network.initialise(LENET, np.random.default_rng(0))
both = pytest.mark.parametrize("network", [lenet, graph_network()], ids=["lenet", "graph"])


@both
def test_a_trace_is_the_forward_pass_of_one_image_but_for_rounding(network):
    image = random_image(network.spec)
    trace = network.trace(image)
    outputs = network.forward(image[None]).outputs
    assert list(trace) == list(outputs) == list(network.spec.shapes)
    assert len(trace) == len(outputs)
    for name, activation in trace.items():
        np.testing.assert_allclose(activation, outputs[name][0], rtol=1e-5, atol=1e-5)
        assert activation.dtype == np.float32
        assert activation.flags.c_contiguous


@both
def test_a_trace_owns_its_memory(network):
    image = random_image(network.spec)
    first = network.trace(image)
    kept = {name: activation.copy() for name, activation in first.items()}
    winners = {name: indices.copy() for name, indices in first.winners.items()}
    image[:] = 0
    second = network.trace(random_image(network.spec, 1))
    for name, activation in first.items():
        np.testing.assert_array_equal(activation, kept[name])
        assert not any(np.shares_memory(activation, other) for other in second.values())
        assert not any(np.shares_memory(activation, p) for p in network.parameters.values())
    for name, indices in first.winners.items():
        np.testing.assert_array_equal(indices, winners[name])


@both
def test_winners_lead_to_the_pooled_values(network):
    trace = network.trace(random_image(network.spec))
    pools = {layer.name: layer for layer in network.spec.layers if layer.mode == "max"}
    assert set(trace.winners) == set(pools)
    for name, indices in trace.winners.items():
        below = trace[pools[name].inputs[0]]
        assert indices.shape == trace[name].shape
        assert indices.dtype == np.int32
        for channel in range(len(indices)):
            np.testing.assert_array_equal(
                below[channel].ravel()[indices[channel]], trace[name][channel]
            )


def test_of_equal_cells_the_first_wins():
    winners = lenet.trace(np.zeros((1, 32, 32), np.float32)).winners["pool1"]
    expected = np.arange(0, 28, 2)[:, None] * 28 + np.arange(0, 28, 2)
    np.testing.assert_array_equal(winners, np.broadcast_to(expected, (6, 14, 14)))


def test_a_trace_is_read_only():
    trace = lenet.trace(random_image(LENET))
    for array in (trace["conv1"], trace["input"], trace.winners["pool1"]):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
    with pytest.raises(TypeError):
        trace.winners["pool1"] = None


def test_a_trace_shows_names_and_shapes():
    spec = NetworkSpec("s", "S", InputSpec((1, 2, 2), 0), ("a", "b", "c"), (dense("fc1", 3),))
    trace = Trace(Layout(spec), np.zeros(7, np.float32))
    assert repr(trace) == "<Trace input (1, 2, 2), fc1 (3,)>"


def test_an_unknown_layer_is_a_key_error():
    with pytest.raises(KeyError):
        graph_network().trace(random_image(GRAPH))["conv1"]


def test_winners_of_very_wide_windows_are_int32_too():
    layers = (pool("pool", 300), dense("scores", 2), softmax("shares"))
    spec = NetworkSpec("wide", "Wide", InputSpec((1, 300, 300), border=0), ("a", "b"), layers)
    image = np.zeros((1, 300, 300), np.float32)
    image[0, 299, 298] = 1
    (winner,) = Network.initialise(spec, np.random.default_rng(0)).trace(image).packed()[1]
    assert (winner, winner.dtype) == (299 * 300 + 298, np.int32)
