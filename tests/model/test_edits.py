"""Edits: what they do to weights, to the same bits however often, and what they refuse."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import Network
from model.checkpoint import load
from model.edits import Edit, EditError, edited, from_json, to_json
from model.lenet import LENET
from model.lenet5 import LENET5

from .examples import random_image
from .geometries import networks, seeds


@pytest.fixture(scope="module")
def lenet():
    made = Network.initialise(LENET, np.random.default_rng(0))
    return Network(LENET, made.parameters, {"accuracy": "0.5"}, weights=made.weights_bytes())


@st.composite
def edit_lists(draw, spec):
    """Edits of any place of any parameter, or of whole layers, that fit."""
    found = []
    for _ in range(draw(st.integers(1, 5))):
        name = draw(st.sampled_from(list(spec.parameter_shapes)))
        shape = spec.parameter_shapes[name]
        depth = draw(st.integers(0, len(shape)))
        at = tuple(draw(st.integers(0, size - 1)) for size in shape[:depth])
        count = int(np.prod(shape[depth:]))
        verb = draw(st.sampled_from(["set", "scale", "add"]))
        one = verb == "scale" or count > 30 or draw(st.booleans())
        values = draw(st.lists(st.floats(-9, 9), min_size=1, max_size=1)) if one else None
        values = values or draw(st.lists(st.floats(-9, 9), min_size=count, max_size=count))
        found.append(Edit(verb, name, at, tuple(values)))
    return found


@given(
    st.data(), networks().filter(lambda spec: not any(x.connections for x in spec.layers)), seeds
)
@settings(max_examples=60, deadline=None)
def test_edits_do_in_float32_what_numpy_does_and_nothing_else(data, spec, seed):
    network = Network.initialise(spec, np.random.default_rng(seed))
    edits = data.draw(edit_lists(spec))
    expected = {name: array.copy() for name, array in network.parameters.items()}
    for do, of, at, values in edits:
        place = expected[of][at]
        given = np.float32(values[0]) if len(values) == 1 else np.float32(values)
        given = given if len(values) == 1 else given.reshape(np.shape(place))
        expected[of][at] = {"set": given, "scale": place * given, "add": place + given}[do]
    found = edited(network, edits)
    for name, array in expected.items():
        assert found.parameters[name].tobytes() == array.tobytes(), name
    assert edited(network, from_json(to_json(edits))).sha256 == found.sha256


def test_a_variant_says_what_it_was_made_of_and_not_what_it_was_not_measured_for(lenet, tmp_path):
    edits = [Edit("scale", "conv1.weight", (2,), (-1.0,))]
    found = edited(lenet, edits)
    assert found.metadata == {"base": lenet.sha256, "edits": to_json(edits)}
    assert found.sha256 != lenet.sha256
    (tmp_path / "variant.safetensors").write_bytes(found.weights_bytes())
    again = load(tmp_path / "variant.safetensors")
    assert again.sha256 == found.sha256
    assert json.loads(again.metadata["edits"])[0]["at"] == [2]
    for array in found.parameters.values():
        assert not array.flags.writeable


def test_setting_a_map_of_a_layer_to_zero_silences_it_filter_and_bias(lenet):
    found = edited(lenet, [Edit("set", "conv2", (3,), (0.0,))])
    trace = found.trace(random_image(LENET, 0))
    assert not trace["conv2"][3].any()
    assert trace["conv2"][4].any()


def test_edits_that_change_nothing_give_the_network_itself(lenet):
    there = float(lenet.parameters["fc3.bias"][1])
    forth = Edit("set", "fc3.bias", (1,), (5.0,))
    assert edited(lenet, [forth, Edit("set", "fc3.bias", (1,), (there,))]) is lenet
    assert edited(lenet, []) is lenet


def test_variants_share_their_memory_and_never_each_others_weights(lenet):
    image = random_image(LENET, 1)
    made = [edited(lenet, [Edit("add", "conv1", (), (0.1 * k,))]) for k in range(1, 5)]
    alone = [Network(LENET, one.parameters).trace(image)["fc3"] for one in made]
    before = lenet.trace(image)["fc3"]
    for _ in range(3):
        for one, expected in zip(made, alone, strict=True):
            np.testing.assert_array_equal(one.trace(image)["fc3"], expected)
            scores = one.logits(np.stack([image] * 3))
            np.testing.assert_allclose(scores[2], expected, rtol=1e-4, atol=1e-4)
    np.testing.assert_array_equal(lenet.trace(image)["fc3"], before)
    assert len(made[0]._plans._single) == 1
    assert made[0]._plans is made[3]._plans is not lenet._plans


WRONG = {
    "has neither a parameter nor a layer": Edit("set", "relu1", (), (0.0,)),
    "It has: conv1, conv2, fc1, fc2, fc3, conv1.weight": Edit("set", "conv9", (), (0.0,)),
    "sizes are 6, 1, 5, 5": Edit("set", "conv1.weight", (6,), (0.0,)),
    "conv1.bias has no such place": Edit("set", "conv1", (2, 0), (0.0,)),
    "whole number, counted from 0": Edit("set", "conv1.weight", (0, 0, -1), (0.0,)),
    "or 25 in C order": Edit("add", "conv1.weight", (2,), (0.0,) * 24),
    "scale takes one number": Edit("scale", "conv1.bias", (), (1.0,) * 6),
    "no longer be finite": Edit("scale", "conv1.weight", (), (1e39,)),
    "Edit 1: a number of fc1.bias": Edit("set", "fc1.bias", (0,), (1e300,)),
}


@pytest.mark.parametrize(("sentence", "edit"), WRONG.items())
def test_an_edit_that_cannot_be_made_is_answered_with_a_sentence(lenet, sentence, edit):
    with pytest.raises(EditError) as refused:
        edited(lenet, [edit])
    assert sentence in str(refused.value)


def test_too_many_edits_numbers_and_changes_are_refused(lenet):
    one = Edit("add", "conv1.bias", (0,), (0.1,))
    with pytest.raises(EditError, match="more than 1,000 edits"):
        edited(lenet, [one] * 1001)
    with pytest.raises(EditError, match="more than 10,000 numbers"):
        edited(lenet, [Edit("set", "fc1.weight", (), (0.1,) * 48_000)])
    with pytest.raises(EditError, match="more than 10,000,000 weights"):
        edited(lenet, [Edit("scale", "fc1.weight", (), (1.0,))] * 300)


def test_what_is_not_connected_stays_zero():
    old = Network.initialise(LENET5, np.random.default_rng(0))
    edited(old, [Edit("add", "c3.weight", (0, 1), (0.5,))])
    edited(old, [Edit("scale", "c3.weight", (0,), (2.0,))])
    with pytest.raises(EditError, match=r"map 0 of c3.weight does not read map 3"):
        edited(old, [Edit("add", "c3.weight", (0,), (0.5,))])
