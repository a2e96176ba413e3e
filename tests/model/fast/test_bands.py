"""Networks that no longer learn are read by rows; those that learn, to the bits of training."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import Network, load_network
from model.fast import CHUNK, Plan
from model.fast.workspace import Workspace
from model.lenet import LENET
from model.spec import InputSpec, NetworkSpec, conv, dense, pool, relu, softmax
from tests.model.geometries import networks, seeds

from .specs import exact, noise, pooled_networks, whole

several = settings(max_examples=60, deadline=None)


def finished(network):
    """The same weights as they come from a file."""
    return Network(network.spec, network.parameters, weights=b"a file")


@given(st.one_of(networks(), pooled_networks()), seeds, st.integers(1, 5))
@several
def test_every_layer_of_any_network_equals_the_reference(spec, seed, count):
    network = finished(exact(spec, seed))
    images = noise(spec, count, seed)
    outputs = network.forward(images).outputs
    for layer in reversed(spec.layers):  # the last ones first: what they leave behind has no say
        said = network.activations(images, layer.name)
        np.testing.assert_allclose(
            said, outputs[layer.name], rtol=1e-9, atol=1e-11, err_msg=layer.name
        )


@given(pooled_networks(), seeds)
@several
def test_whole_numbers_are_the_references_bit_for_bit(spec, seed):
    network = finished(whole(spec, seed))
    rng = np.random.default_rng(seed)
    images = rng.integers(-1, 2, (3, *spec.input.shape)).astype(np.float32)
    outputs = network.forward(images).outputs
    for layer in spec.layers:
        if layer.kind in ("tanh", "softmax"):
            break
        said = network.activations(images, layer.name)
        np.testing.assert_array_equal(said, outputs[layer.name], err_msg=layer.name)


@pytest.mark.parametrize("filters", [1, 11, 12, 13])
def test_many_filters_and_few_are_computed_alike(filters):
    layers = (conv("c", filters, kernel=3, padding=1), relu("r"), pool("p", 2), dense("d", 2))
    spec = NetworkSpec("n", "N", InputSpec((2, 6, 8), 0), ("a", "b"), (*layers, softmax("s")))
    network, images = finished(exact(spec, 1)), noise(spec, 4, 1)
    for name, expected in network.forward(images).outputs.items():
        if name != "input":
            said = network.activations(images, name)
            np.testing.assert_allclose(said, expected, rtol=1e-9, atol=1e-12, err_msg=name)


@pytest.mark.parametrize("name", ["lenet", "lenet5"])
def test_bytes_and_numbers_in_turn_are_read_as_the_reference_reads_them(name):
    network, rng = load_network(name), np.random.default_rng(0)
    bytes_ = rng.integers(0, 256, (CHUNK + 3, 28, 28), np.uint8)
    numbers = noise(network.spec, CHUNK + 3, 0, np.float32)
    spec = network.spec.input
    framed = np.pad(bytes_ / np.float32(255), [(0, 0)] + [(spec.border,) * 2] * 2)[:, None]
    framed = (framed * np.float32(spec.scale) + np.float32(spec.offset)).astype(np.float32)
    for given_, meant in ((bytes_, framed), (numbers, numbers)) * 2 + ((bytes_, framed),) * 2:
        expected = network.forward(meant).outputs[network.logits_layer]
        np.testing.assert_allclose(network.logits(given_), expected, rtol=1e-4, atol=1e-4)


def test_what_learns_is_read_to_the_bits_of_training():
    """A teacher's opinions decide what is learnt, so nothing about them may change."""
    network = Network.initialise(LENET, np.random.default_rng(0))
    images = noise(LENET, CHUNK, 0, np.float32)
    made = Plan(Workspace(LENET, CHUNK, np.float32, network.logits_layer))
    made.load(network.parameters)
    made.read(images)
    made.forward()
    np.testing.assert_array_equal(network.logits(images), made.outputs(network.logits_layer, CHUNK))
    made = finished(network).logits(images)
    np.testing.assert_allclose(made, network.logits(images), rtol=1e-4, atol=1e-5)
