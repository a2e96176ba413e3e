"""The check of a gradient: the quotient is the gradient, and corners are told."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import Network
from model.lenet import LENET
from model.lenet5 import LENET5
from model.mlp import MLP
from model.spec import InputSpec, NetworkSpec, conv, dense, pool, relu, softmax
from model.train.nudge import EPSILONS, nudge_cell, nudge_weight
from model.train.step import Aim, first_gradients
from tests.model.examples import GRAPH, random_image
from tests.model.geometries import networks, seeds
from tests.model.test_derivatives import exact
from tests.model.train.test_step import NAMES, plain_loss
from tests.model.train.test_terms import any_place


def agrees(found, gradient):
    """A quotient that crosses nothing is the gradient, to what rounding and curvature leave."""
    assert found.quotient == pytest.approx(gradient, rel=1e-4, abs=found.bound + 1e-7)


def nudged(spec, name, seed, count, image=None):
    """Nudge cells and weights at random; how many crossed a corner, of how many."""
    rng = np.random.default_rng(seed)
    network = exact(spec, seed)
    image = rng.standard_normal(spec.input.shape) if image is None else image
    aim = Aim(int(rng.integers(len(spec.classes))), name)
    gradients, crossed = first_gradients(network, image, aim), 0
    outputs = network.forward(image[None]).outputs
    for number in range(count):
        if number % 2:
            layer = list(spec.shapes)[rng.integers(len(spec.shapes))]
            at = any_place(spec.shapes[layer], rng)
            if not outputs[layer][(0, *at)]:
                continue  # zeros of a relu are equal candidates of a maximum after it
            found = nudge_cell(network, image, aim, layer, at)
            gradient = gradients.layers[layer][(0, *at)]
        else:
            parameter = list(spec.parameter_shapes)[rng.integers(len(spec.parameter_shapes))]
            at = any_place(spec.parameter_shapes[parameter], rng)
            found = nudge_weight(network, image, aim, parameter, at)
            gradient = gradients.parameters[parameter][at]
        assert found.epsilon in EPSILONS or layer == network.output_layer
        crossed += found.crossed > 0
        if not found.crossed:
            agrees(found, gradient)
    return crossed


@pytest.mark.parametrize("spec", [LENET, LENET5, MLP, GRAPH], ids=lambda spec: spec.id)
@pytest.mark.parametrize("name", NAMES)
def test_quotients_are_gradients_and_few_cross_a_corner(spec, name):
    assert nudged(spec, name, 4, 40, np.float64(random_image(spec, 4))) <= 1


@given(networks(), st.sampled_from(NAMES), seeds)
@settings(max_examples=60, deadline=None)
def test_quotients_are_gradients_in_any_graph(spec, name, seed):
    nudged(spec, name, seed, 6)


def test_losses_are_those_of_a_network_with_that_weight():
    network, image = exact(LENET, 2), np.float64(random_image(LENET, 2))
    found = nudge_weight(network, image, Aim(3), "conv2.weight", (1, 2, 3, 4))
    for sign, loss in zip((-1, 1), found.losses, strict=True):
        changed = network.copy()
        changed.parameters["conv2.weight"][1, 2, 3, 4] += sign * found.epsilon
        scores = changed.forward(image[None]).outputs["fc3"][0]
        assert loss == pytest.approx(plain_loss("cross_entropy", scores, 3), rel=1e-12)


def small(*layers, classes=("a", "b")):
    shape = InputSpec((1, 2, 2), border=0)
    return NetworkSpec(
        "small", "Small", shape, classes, (*layers, dense("scores", 2), softmax("p"))
    )


def with_scores(spec, **more):
    """First weights at random, some of them given."""
    network = exact(spec, 7)
    return Network(spec, {**network.parameters, **more})


def test_a_gate_at_its_corner_is_told():
    spec = small(relu("gate"))
    image = np.array([[[0.0, 1.0], [-1.0, 2.0]]])
    found = nudge_cell(with_scores(spec), image, Aim(0), "input", (0, 0, 0))
    assert found.epsilon == EPSILONS[-1]
    assert found.crossed == 1
    assert found.crossings == (("gate", "gate", (0, 0, 0)),)
    assert not nudge_cell(with_scores(spec), image, Aim(0), "input", (0, 0, 1)).crossed


def test_equal_candidates_are_told_and_those_that_move_alike_are_not():
    spec = small(pool("most", 2))
    image = np.array([[[1.0, 1.0], [0.0, 0.5]]])
    for column in (0, 1):
        found = nudge_cell(with_scores(spec), image, Aim(0), "input", (0, 0, column))
        assert found.crossings == (("winner", "most", (0, 0, 0)),)
    assert not nudge_cell(with_scores(spec), image, Aim(0), "input", (0, 1, 1)).crossed
    layers = (conv("same", 4, kernel=3), pool("most", 7), dense("scores", 2), softmax("p"))
    spec = NetworkSpec("even", "Even", InputSpec((3, 9, 9), border=0), ("a", "b"), layers)
    even = np.broadcast_to(np.random.default_rng(1).normal(size=(3, 1, 1)), (3, 9, 9)).copy()
    for seed in range(9):
        found = nudge_weight(exact(spec, seed), even, Aim(0), "same.bias", (seed % 4,))
        assert not found.crossed, "all cells move alike, and are equal but for what adding rounds"


def test_a_smaller_step_is_taken_where_a_larger_one_would_cross():
    spec = small(relu("gate"))
    image = np.array([[[5e-6, 1.0], [-1.0, 2.0]]])
    found = nudge_cell(with_scores(spec), image, Aim(0), "input", (0, 0, 0))
    assert found.epsilon == 1e-6
    assert not found.crossed
    agrees(
        found,
        first_gradients(with_scores(spec), image, Aim(0)).layers["input"][0, 0, 0, 0],
    )


def test_a_window_of_zeros_under_l2_and_a_margin_of_the_hinge_are_told():
    spec = small(pool("length", 2, mode="l2"))
    image = np.zeros((1, 2, 2))
    found = nudge_cell(with_scores(spec), image, Aim(0), "input", (0, 1, 0))
    assert found.crossings == (("length", "length", (0, 0, 0)),)
    spec = small()
    weight, bias = np.zeros((2, 4)), np.array([1.0, 0.0])
    network = with_scores(spec, **{"scores.weight": weight, "scores.bias": bias})
    found = nudge_weight(network, image, Aim(0, "hinge"), "scores.bias", (1,))
    assert found.crossings == (("margin", "scores", (1,)),)


def test_a_share_is_nudged_by_less_than_itself():
    spec = small()
    bias = {"scores.bias": np.array([0.0, 40.0]), "scores.weight": np.zeros((2, 4))}
    network, image = with_scores(spec, **bias), np.ones((1, 2, 2))
    found = nudge_cell(network, image, Aim(0), "p", (0,))
    gradient = first_gradients(network, image, Aim(0)).layers["p"][0, 0]
    assert found.quotient == pytest.approx(gradient, rel=1e-4)
    assert nudge_cell(network, image, Aim(0), "p", (1,)).quotient == 0


def test_a_share_that_underflowed_is_nudged_without_complaint():
    """Its logarithm has no bound, and neither has what is said of it."""
    network, image = exact(LENET, 2), np.float64(random_image(LENET, 2))
    network.parameters["fc3.bias"][:] = np.arange(10) * 1000.0
    for at in ((0,), (9,)):
        found = nudge_cell(network, image, Aim(0), "softmax", at)
        assert found.epsilon > 0
        assert not np.isfinite(found.quotient)
