import copy
import json
import pickle
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import LayerSpec, NetworkSpec
from model.architectures import NETWORKS
from model.lenet import LENET
from model.lenet5 import LENET5
from model.mlp import MLP
from model.spec import (
    InputSpec,
    SpecError,
    add,
    concat,
    conv,
    dense,
    flatten,
    pool,
    ratio,
    relu,
    sigmoid,
    softmax,
    square,
    subsample,
    tanh,
)
from model.spec_json import layer_from_json

from .examples import GRAPH
from .geometries import networks


def spec_of(*layers, shape=(1, 8, 8), classes="ab"):
    return NetworkSpec("made-up", "Made up", InputSpec(shape, border=0), tuple(classes), layers)


def test_lenet_is_the_network_of_the_essay():
    assert LENET.shapes == {
        "input": (1, 32, 32),
        "conv1": (6, 28, 28),
        "relu1": (6, 28, 28),
        "pool1": (6, 14, 14),
        "conv2": (16, 10, 10),
        "relu2": (16, 10, 10),
        "pool2": (16, 5, 5),
        "fc1": (120,),
        "relu3": (120,),
        "fc2": (100,),
        "relu4": (100,),
        "fc3": (10,),
        "softmax": (10,),
    }
    assert LENET.parameter_shapes["conv2.weight"] == (16, 6, 5, 5)
    assert list(LENET.parameter_shapes)[-2:] == ["fc3.weight", "fc3.bias"]


def test_a_layer_reads_the_one_before_it_unless_it_says_otherwise():
    assert LENET.layers[0].inputs == ("input",)
    assert LENET.layer("conv2").inputs == ("pool1",)
    assert GRAPH.layer("tall").inputs == ("skip",)


def test_readers_are_named_in_order():
    assert GRAPH.readers("bend") == ("left", "skip")
    assert GRAPH.readers("skip") == ("narrow", "wide", "tall", "mean")
    assert LENET.readers("input") == ("conv1",)
    assert LENET.readers("softmax") == ()


def test_parameters_are_found_by_layer():
    assert LENET.parameters_of("fc1") == ("fc1.weight", "fc1.bias")
    assert LENET.parameters_of("relu1") == ()


@pytest.mark.parametrize("name", ["input", "conv9"])
def test_an_unknown_layer_is_a_key_error(name):
    with pytest.raises(KeyError):
        LENET.layer(name)


def test_builders_take_one_number_for_both_axes_or_a_pair():
    assert conv("a", 3, kernel=5) == LayerSpec("a", "conv", (), (5, 5), (1, 1), (0, 0), 3)
    assert conv("a", 3, kernel=(3, 1), stride=2, padding=(1, 0), inputs="b") == LayerSpec(
        "a", "conv", ("b",), (3, 1), (2, 2), (1, 0), 3
    )
    assert conv("a", 3, kernel=5, dilation=2).dilation == (2, 2)
    assert conv("a", 3, kernel=(3, 1), dilation=(2, 4)).span == (5, 1)


def test_a_pool_without_stride_neither_overlaps_nor_leaves_gaps():
    assert pool("a", (2, 3)).stride == (2, 3)
    assert pool("a", 2, stride=1, padding=1, mode="sum", inputs="b") == LayerSpec(
        "a", "pool", ("b",), (2, 2), (1, 1), (1, 1), mode="sum"
    )


@pytest.mark.parametrize("builder", [relu, tanh, sigmoid, square, softmax, ratio, flatten])
def test_simple_builders_name_their_kind(builder):
    assert builder("a", "b") == LayerSpec("a", builder.__name__, ("b",))
    assert builder("a", ("b",)) == builder("a", "b")


def test_merging_builders_take_all_their_inputs():
    assert add("s", "a", "b", "c") == LayerSpec("s", "add", ("a", "b", "c"))
    assert concat("s", "a", "b") == LayerSpec("s", "concat", ("a", "b"))


@given(networks())
@settings(max_examples=60, deadline=None)
def test_a_spec_survives_json_pickle_and_copy(spec):
    assert NetworkSpec.from_json(json.loads(json.dumps(spec.to_json()))) == spec
    for same in (pickle.loads(pickle.dumps(spec)), copy.deepcopy(spec)):  # noqa: S301
        assert same == spec
        assert same.shapes == spec.shapes
    assert len({spec, replace(spec)}) == 1


def test_json_holds_only_the_fields_that_a_kind_has():
    conv1, relu1, pool1 = LENET.to_json()["layers"][:3]
    assert conv1 == {
        "name": "conv1",
        "kind": "conv",
        "inputs": ["input"],
        "kernel": [5, 5],
        "stride": [1, 1],
        "padding": [0, 0],
        "channels": 6,
    }
    assert relu1 == {"name": "relu1", "kind": "relu", "inputs": ["conv1"]}
    assert pool1["mode"] == "max"


def test_json_leaves_out_what_is_ordinary():
    c1, tanh1, s2, _, c3 = LENET5.to_json()["layers"][:5]
    assert "connections" not in c1
    assert "dilation" not in c1
    assert "amplitude" not in MLP.to_json()["layers"][1]
    assert tanh1["amplitude"] == 1.7159
    assert s2["kind"] == "subsample"
    assert s2["stride"] == [2, 2]
    assert c3["connections"][5] == [0, 1, 5]


def test_a_dilation_is_written_where_there_is_one():
    spec = spec_of(conv("a", 1, kernel=2, dilation=(1, 3)), dense("b", 2))
    written = spec.to_json()["layers"][0]
    assert written["dilation"] == [1, 3]
    assert spec.shapes["a"] == (1, 7, 5)
    del written["dilation"]
    assert layer_from_json(1, written).dilation == (1, 1)


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_a_convolution_is_refused_exactly_if_a_window_is_all_padding(data):
    """Held to the places of its weights, one by one, along one axis."""
    n, k, d, s, p = (data.draw(st.integers(low, 7)) for low in (1, 1, 1, 1, 0))
    starts = range(-p, n + p - d * (k - 1), s)
    real = [any(0 <= start + d * tap < n for tap in range(k)) for start in starts]
    layer = {"kernel": (1, k), "dilation": (1, d), "stride": (1, s), "padding": (0, p)}
    if real and all(real) and p <= d * (k - 1):
        assert spec_of(conv("a", 1, **layer), shape=(1, 1, n), classes="").shapes["a"] == (
            *(1, 1, len(starts)),
        )
    else:
        with pytest.raises(SpecError):
            spec_of(conv("a", 1, **layer), shape=(1, 1, n), classes="")


@pytest.mark.parametrize("spec", NETWORKS.values(), ids=NETWORKS)
def test_the_networks_that_come_with_convlens_survive_json(spec):
    assert NetworkSpec.from_json(json.loads(json.dumps(spec.to_json()))) == spec


def test_parameters_are_counted_where_something_is_connected():
    table = ((0,), (0, 2), (1,))
    maps = conv("a", 3, kernel=1, inputs="input")
    spec = spec_of(maps, conv("b", 3, kernel=2, connections=table), dense("c", 2))
    assert spec.parameter_count("b") == 4 * 2 * 2 + 3
    assert spec.parameter_shapes["b.weight"] == (3, 3, 2, 2)
    assert spec_of(relu("a"), dense("b", 2)).parameter_count("a") == 0


def test_a_subsampling_has_a_weight_and_a_bias_for_each_map():
    spec = spec_of(subsample("a", 2), dense("b", 2), shape=(3, 8, 8))
    assert spec.shapes["a"] == (3, 4, 4)
    assert spec.parameter_shapes["a.weight"] == spec.parameter_shapes["a.bias"] == (3,)
    assert subsample("a", (2, 3)).stride == (2, 3)
    assert subsample("a", 2, stride=1, padding=1, inputs="b") == LayerSpec(
        "a", "subsample", ("b",), (2, 2), (1, 1), (1, 1)
    )


def test_shapes_cannot_be_changed():
    with pytest.raises(TypeError):
        LENET.shapes["conv1"] = (1, 1, 1)


def test_units_join_and_flatten_like_maps():
    spec = spec_of(dense("a", 3), dense("b", 4, "input"), concat("c", "a", "b"), dense("d", 2))
    assert spec.shapes["c"] == (7,)
    assert spec_of(dense("a", 2), flatten("b")).shapes["b"] == (2,)


def test_a_network_may_give_scores_instead_of_probabilities():
    assert spec_of(dense("a", 2)).shapes["a"] == (2,)
