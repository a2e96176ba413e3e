"""A graph needs no classes, no title and no ink; a kind says itself what it learns."""

import copy
import json
import pickle
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings

from model import (
    Graph,
    GraphSpec,
    LayerSpec,
    Network,
    NetworkSpec,
    initialise,
    layer_spec,
    spec_json,
)
from model import layers as table
from model import parameters as learnt
from model import shapes as arithmetic
from model.checkpoint import load_network, save
from model.derivatives import derivatives
from model.fast.plan import Plan
from model.fast.workspace import Workspace
from model.layers import Operation
from model.lenet5 import LENET5, TABLE
from model.parameters import Parameter
from model.spec import InputSpec, SpecError, conv, dense, pool, relu

from .chains import chains
from .geometries import networks, seeds
from .test_network import check_network, exact, images_for

OPEN = GraphSpec((3, 6, 9), (conv("edges", 2, kernel=3), pool("small", 2)))
"""Three channels, a picture that is no square, and maps at the end."""


@given(networks(), seeds)
@settings(max_examples=40, deadline=None)
def test_a_network_is_a_graph_and_computes_what_the_graph_alone_does(spec, seed):
    graph = GraphSpec(spec.shape, spec.layers)
    assert isinstance(spec, GraphSpec)
    assert graph != spec
    assert graph.shapes == spec.shapes
    assert graph.parameter_shapes == spec.parameter_shapes
    network = exact(spec, seed)
    alone = Graph(graph, network.parameters)
    image = images_for(spec, 1, seed)
    for name, values in network.trace(image[0]).items():
        np.testing.assert_array_equal(alone.trace(image[0])[name], values)
    np.testing.assert_array_equal(alone.read(image, "shares"), network.predict(image))


def test_a_graph_may_end_in_maps_and_travels():
    assert OPEN.shapes["small"] == (2, 2, 3)
    for same in (pickle.loads(pickle.dumps(OPEN)), copy.deepcopy(OPEN)):  # noqa: S301
        assert same == OPEN
        assert same.shapes == OPEN.shapes
    graph = Graph(OPEN, initialise.parameters(OPEN, np.random.default_rng(0)))
    images = np.random.default_rng(1).random((40, *OPEN.shape), np.float32)
    expected = graph.forward(images).outputs["small"]
    np.testing.assert_allclose(graph.read(images, "small"), expected, rtol=1e-5, atol=1e-6)
    assert derivatives(graph, images[0], "small", (1, 0, 2))["input"].shape == OPEN.shape
    with pytest.raises(ValueError, match=r"The graph reads images of the shape \(3, 6, 9\)"):
        graph.trace(images[0, :1])


@pytest.mark.parametrize(
    ("sentence", "make"),
    {
        "three numbers: channels, rows, columns": lambda: GraphSpec((3, 6), OPEN.layers),
        "whole number from 1 to": lambda: GraphSpec((3, 0, 6), OPEN.layers),
        "at least one": lambda: GraphSpec((3, 6, 9), ()),
        "Two layers are called a": lambda: GraphSpec((1, 6, 6), (relu("a"), relu("a"))),
        "which is no layer before it": lambda: GraphSpec((1, 6, 6), (relu("a", "b"),)),
        "is larger than the 6": lambda: GraphSpec((1, 6, 6), (conv("a", 1, kernel=7),)),
    }.items(),
)
def test_a_graph_that_cannot_be_is_refused_as_a_network_is(sentence, make):
    with pytest.raises(SpecError) as refused:
        make()
    assert sentence in str(refused.value)


def test_a_network_without_classes_has_any_last_layer_and_lives_in_a_file(tmp_path):
    spec = NetworkSpec("edges", "Edges", InputSpec((3, 6, 9), 0), (), OPEN.layers)
    assert NetworkSpec.from_json(json.loads(json.dumps(spec.to_json()))) == spec
    network = Network.initialise(spec, np.random.default_rng(0))
    save(tmp_path / "edges.safetensors", network)
    again = load_network(tmp_path / "edges.safetensors")
    assert again.spec.classes == ()
    image = np.random.default_rng(1).random((1, 3, 6, 9), np.float32)
    read = network.read(image, "small")  # while it may learn, to the bits of training
    np.testing.assert_allclose(again.predict(image), read, rtol=1e-4, atol=1e-6)
    with pytest.raises(SpecError, match="gives 2 maps of 2 by 3, but there are 2 classes"):
        NetworkSpec("edges", "Edges", InputSpec((3, 6, 9), 0), ("a", "b"), OPEN.layers)


class GainCache(NamedTuple):
    x: np.ndarray
    gain: np.ndarray
    level: np.ndarray


def gain_forward(x, gain, level):
    """y = gain of the map · x + level of the cell: neither has the shape of a weight or a bias."""
    return gain[:, None, None] * x + level, GainCache(x, gain, level)


def gain_backward(dy, cache):
    dgain = (dy * cache.x).sum(axis=(0, 2, 3))
    return dy * cache.gain[:, None, None], dgain, dy.sum(axis=0)


@pytest.fixture
def gain(monkeypatch):
    """A made-up kind that learns a gain for each map and a level for each cell."""
    kinds = (*layer_spec.KINDS, "gain")
    monkeypatch.setattr(layer_spec, "KINDS", kinds)
    monkeypatch.setattr(spec_json, "KINDS", kinds)
    monkeypatch.setitem(layer_spec.FIELDS, "gain", ())
    monkeypatch.setitem(arithmetic._SHAPES, "gain", arithmetic._same)

    def of(layer, inputs):
        yield Parameter("gain", inputs[0][:1], 1.0)
        yield Parameter("level", inputs[0])

    monkeypatch.setitem(learnt.PARAMETERS, "gain", of)
    operation = Operation(
        lambda layer, x, gain, level: gain_forward(x, gain, level),
        gain_backward,
        lambda dx, cache: cache.gain[:, None, None] * dx,
        lambda dy, cache: gain_backward(dy, cache)[1:],
    )
    monkeypatch.setitem(table.OPERATIONS, ("gain", None), operation)
    layers = (
        conv("conv1", 2, kernel=3),
        LayerSpec("gain1", "gain"),
        dense("scores", 3),
    )
    return NetworkSpec("g", "G", InputSpec((1, 6, 6), 0), ("a", "b", "c"), layers)


def test_what_a_kind_learns_comes_from_its_table_alone(gain, tmp_path):
    assert gain.parameters_of("gain1") == ("gain1.gain", "gain1.level")
    assert gain.parameter_shapes["gain1.level"] == (2, 4, 4)
    assert gain.parameter_count("gain1") == 2 + 32
    first = initialise.parameters(gain, np.random.default_rng(0))
    assert (first["gain1.gain"] == 1).all()
    assert first["gain1.level"].std() > 0
    check_network(gain, 3, ["scores"])
    network = Network.initialise(gain, np.random.default_rng(0))
    save(tmp_path / "gain.safetensors", network)
    again = load_network(tmp_path / "gain.safetensors")
    for name, values in network.parameters.items():
        np.testing.assert_array_equal(again.parameters[name], values)


def test_the_fast_path_computes_and_learns_what_a_made_up_kind_learns(gain):
    network, images = exact(gain, 2), images_for(gain, 3)
    passed = network.forward(images)
    for name, values in network.trace(images[0]).items():
        np.testing.assert_allclose(values, passed.outputs[name][0], rtol=1e-12)
    plan = Plan(Workspace(gain, 3, np.float64, "scores"))
    plan.load(network.parameters)
    plan.read(images)
    plan.forward()
    dy = np.random.default_rng(4).normal(size=(3, 3))
    plan.work.gradients["scores"][...] = dy.T
    plan.backward()
    expected = network.backward(passed, {"scores": dy}, to_input=False).parameters
    for name, gradient in expected.items():
        np.testing.assert_allclose(plan.work.slopes[name], gradient, rtol=1e-9, err_msg=name)


def test_numbers_where_nothing_is_connected_are_found():
    spec = LENET5.parameters["c3"][0]
    values = np.zeros(spec.shape, np.float32)
    values[0, list(TABLE[0])] = 1
    assert learnt.strays(spec, values) is None
    values[4, 2, 1, 3] = 1e-9
    assert learnt.strays(spec, values) == (4, 2)


@settings(max_examples=30, deadline=None)
@given(spec=chains())
def test_a_graph_that_is_read_once_gives_what_a_batch_of_one_gives(spec):
    rng = np.random.default_rng(0)
    graph = Graph(spec, initialise.parameters(spec, rng))
    image = rng.normal(size=spec.shape).astype(np.float32)
    outputs, winners = graph.once(image)
    passed = graph.forward(image[None])
    assert {name: one.tobytes() for name, one in outputs.items()} == {
        name: one.tobytes() for name, one in passed.outputs.items()
    }
    trace = graph.trace(image)
    assert set(winners) == set(trace.winners)
    for name, one in winners.items():
        below = outputs[spec.layer(name).inputs[0]]
        flat = below.reshape(len(below), -1)
        chosen = [flat[at[0], one[at]] for at in np.ndindex(one.shape)]
        assert chosen == outputs[name].ravel().tolist()
    with pytest.raises(ValueError, match="finite"):
        graph.once(np.full(spec.shape, np.nan, np.float32))
