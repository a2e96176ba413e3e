"""Going on from a network: what is taken over, unit by unit."""

from dataclasses import replace

import numpy as np
import pytest

from model import Network, load_network
from model.mlp import MLP
from model.spec import NetworkSpec
from model.train.loop import begin
from model.train.recipe import BEST, PLAIN, RecipeError


def telling(*classes: str) -> NetworkSpec:
    facts = MLP.to_json()
    facts["layers"][-2]["channels"] = len(classes)
    return NetworkSpec.from_json({**facts, "classes": list(classes)})


def test_units_of_classes_that_both_have_are_taken_over_and_others_are_drawn() -> None:
    known, spec = load_network("mlp"), telling("★", "7", "ß", "0")
    plain = begin(spec, PLAIN).network.parameters
    found = begin(spec, PLAIN, pretrained=known).network.parameters
    last = spec.logits_layer
    for name, array in found.items():
        if not name.startswith(f"{last}."):
            np.testing.assert_array_equal(array, known.parameters[name])
            assert not np.shares_memory(array, known.parameters[name])
            continue
        for row, label in enumerate(spec.classes):
            other = known.parameters[name][int(label)] if label.isdigit() else plain[name][row]
            np.testing.assert_array_equal(array[row], other)


def test_with_the_same_classes_it_begins_as_what_it_goes_on_from() -> None:
    known = load_network("mlp")
    recipe = replace(PLAIN, average=0.9)
    training = begin(MLP, recipe, pretrained=known)
    for made in (training.network.parameters, training.average):
        for name, array in known.parameters.items():
            np.testing.assert_array_equal(made[name], array)


def test_what_does_not_fit_is_refused_in_a_sentence() -> None:
    with pytest.raises(ValueError, match="cannot be gone on from: it has no"):
        begin(load_network("lenet").spec, PLAIN, pretrained=load_network("mlp"))
    with pytest.raises(RecipeError, match="has teachers"):
        begin(MLP, BEST, pretrained=load_network("mlp"))
    assert isinstance(load_network("mlp"), Network)
