"""Steps on one drawing: gradients against differences, updates against plain loops."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import Network
from model.lenet import LENET
from model.lenet5 import LENET5
from model.mlp import MLP
from model.spec import InputSpec, NetworkSpec, conv, dense, pool, softmax
from model.train.loss import layer_of
from model.train.optimise import SGD, Adam
from model.train.step import Aim, gradients_of, take_steps
from tests.model.examples import GRAPH, random_image
from tests.model.geometries import networks, seeds
from tests.model.test_derivatives import after_a_push, exact

SPECS = [LENET, LENET5, MLP, GRAPH]
NAMES = ("cross_entropy", "squared_error", "hinge")
named = pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.id)


def plain_loss(name, read, target):
    """The loss of one row of numbers, by plain loops."""
    values = [float(value) for value in read]
    if name == "squared_error":
        return sum(((k == target) - value) ** 2 / 2 for k, value in enumerate(values))
    right = values.pop(target)
    if name == "hinge":
        return sum(max(0.0, 1 + value - right) for value in values)
    top = max(*values, right)
    return math.log(sum(math.exp(value - top) for value in [*values, right])) + top - right


def loss_of(network, image, aim, *, layer="", push=0.0):
    """The loss of a drawing, perhaps with a push added to what one layer gives."""
    passed = network.forward(np.float64(image)[None])
    outputs = after_a_push(network, passed, layer, push)
    return plain_loss(aim.loss, outputs[layer_of(aim.loss, network.spec)][0], aim.target)


def moved(network, changes):
    """The same network with something added to its weights."""
    own = network.parameters
    return Network(network.spec, {name: own[name] + changes.get(name, 0) for name in own})


def gradients_hold(spec, name, seed):
    """Hold all gradients against differences along one random direction each.

    A corner may happen to lie within a step, once in many cases; a wrong gradient is wrong from
    any start.
    """
    try:
        gradients_hold_at(spec, name, seed)
    except AssertionError:
        gradients_hold_at(spec, name, seed + 1)


def gradients_hold_at(spec, name, seed, step=1e-7):
    rng = np.random.default_rng(seed)
    network, image = exact(spec, seed), rng.standard_normal(spec.input.shape)
    aim = Aim(int(rng.integers(len(spec.classes))), name)
    found = take_steps(network, image, aim, SGD(0), 0.0).gradients
    assert list(found.layers) == list(spec.shapes)
    assert list(found.parameters) == list(spec.parameter_shapes)
    for parameter, gradient in found.parameters.items():
        direction = rng.standard_normal(gradient.shape)
        up, down = (
            loss_of(moved(network, {parameter: sign * step * direction}), image, aim)
            for sign in (1, -1)
        )
        expected = float(np.sum(gradient * direction))
        assert (up - down) / (2 * step) == pytest.approx(expected, rel=1e-4, abs=1e-5), parameter
    outputs = network.forward(image[None]).outputs
    for layer, gradient in found.layers.items():
        if aim.loss != "squared_error" and layer == network.output_layer:
            continue  # the loss is taken of the scores
        direction = rng.standard_normal(gradient.shape) * (outputs[layer][0] != 0)
        up, down = (
            loss_of(network, image, aim, layer=layer, push=sign * step * direction)
            for sign in (1, -1)
        )
        expected = float(np.sum(gradient * direction))
        assert (up - down) / (2 * step) == pytest.approx(expected, rel=1e-4, abs=1e-5), layer


@named
@pytest.mark.parametrize("name", NAMES)
def test_gradients_equal_differences(spec, name):
    gradients_hold(spec, name, 3)


@given(networks(), st.sampled_from(NAMES), seeds)
@settings(max_examples=40, deadline=None)
def test_gradients_equal_differences_in_any_graph(spec, name, seed):
    gradients_hold(spec, name, seed)


@named
def test_gradients_are_those_that_training_uses(spec):
    """In float32 `backward` gives the same to its own digits; in float64 to the last ones."""
    network = exact(spec, 1)
    image = np.float64(random_image(spec, 1))
    found = take_steps(network, image, Aim(3), SGD(0), 0.0).gradients
    passed = network.forward(image[None])
    expected = gradients_of(network, passed, Aim(3))
    for name, gradient in expected.parameters.items():
        np.testing.assert_allclose(found.parameters[name], gradient, rtol=1e-8, atol=1e-10)
    for name, gradient in expected.layers.items():
        np.testing.assert_allclose(found.layers[name], gradient[0], rtol=1e-8, atol=1e-10)


def test_winners_are_those_of_the_trace_where_float64_would_choose_anew():
    """Float32 rounds four cells to the same: the first wins, though another is larger."""
    layers = (conv("lift", 1, kernel=1), pool("most", 2), dense("scores", 2), softmax("shares"))
    spec = NetworkSpec("lifted", "Lifted", InputSpec((1, 2, 2), border=0), ("a", "b"), layers)
    parameters = {
        "lift.weight": np.ones((1, 1, 1, 1), np.float32),
        "lift.bias": np.full(1, 1e6, np.float32),
        "scores.weight": np.array([[1e-6], [-1e-6]], np.float32),
        "scores.bias": np.zeros(2, np.float32),
    }
    image = np.array([[[0, 0.01], [0.02, 0.03]]], np.float32)
    found = take_steps(Network(spec, parameters), image, Aim(1), SGD(0), 0.1).gradients.layers
    assert np.flatnonzero(found["lift"]).tolist() == [0]


def test_the_gradient_at_the_shares_leads_through_softmaxs_matrix_to_p_less_y():
    network, image = exact(LENET, 4), np.float64(random_image(LENET, 4))
    found = take_steps(network, image, Aim(6), SGD(0), 0.0).gradients.layers
    shares = network.forward(image[None]).outputs["softmax"][0]
    for k in range(10):
        through = sum(found["softmax"][j] * shares[j] * ((j == k) - shares[k]) for j in range(10))
        assert found["fc3"][k] == pytest.approx(through, rel=1e-9)
        assert found["fc3"][k] == pytest.approx(shares[k] - (k == 6), rel=1e-9)


def plain_steps(network, image, aim, optimiser, rate, steps):
    """The same steps with each optimiser's rule written out, and every loss."""
    weights = {name: array.copy() for name, array in network.parameters.items()}
    first = {name: np.zeros_like(array) for name, array in weights.items()}
    second = {name: np.zeros_like(array) for name, array in weights.items()}
    losses = [loss_of(network, image, aim)]
    for t in range(1, steps + 1):
        now = Network(network.spec, weights)
        gradients = gradients_of(now, now.forward(image[None]), aim).parameters
        for name, g in gradients.items():
            w, decay = weights[name], optimiser.decay * (weights[name].ndim > 1)
            if isinstance(optimiser, SGD):
                first[name] = optimiser.momentum * first[name] + g + decay * w
                weights[name] = w - rate * first[name]
                continue
            b1, b2 = optimiser.beta1, optimiser.beta2
            first[name] = b1 * first[name] + (1 - b1) * g
            second[name] = b2 * second[name] + (1 - b2) * g**2
            m, v = first[name] / (1 - b1**t), second[name] / (1 - b2**t)
            weights[name] = w - rate * decay * w - rate * m / (np.sqrt(v) + optimiser.epsilon)
        losses.append(loss_of(Network(network.spec, weights), image, aim))
    return weights, losses


OPTIMISERS = [SGD(0), SGD(0.9), SGD(0.5, decay=0.1), Adam(), Adam(beta1=0.8, decay=0.2)]


@named
@pytest.mark.parametrize("optimiser", OPTIMISERS, ids=str)
def test_steps_are_those_of_plain_loops_and_losses_those_of_changed_networks(spec, optimiser):
    network, image = exact(spec, 5), np.float64(random_image(spec, 5))
    aim, rate, steps = Aim(2), 0.003, 4
    taken = take_steps(network, image, aim, optimiser, rate, steps)
    weights, losses = plain_steps(network, image, aim, optimiser, rate, steps)
    np.testing.assert_allclose(taken.losses, losses, rtol=1e-6)
    assert taken.losses.shape == (steps + 1,)
    for name, change in taken.changes.items():
        change_by_hand = weights[name] - network.parameters[name]
        np.testing.assert_allclose(change, change_by_hand, rtol=1e-4, atol=1e-9)
    changed = moved(network, taken.changes)
    passed = changed.forward(image[None])
    for name, output in taken.after.items():
        np.testing.assert_allclose(output, passed.outputs[name][0], rtol=1e-9, atol=1e-12)
    np.testing.assert_array_equal(taken.outputs[-1], taken.after[network.output_layer])
    tenfold = take_steps(network, image, aim, optimiser, 10 * rate).losses[1]
    assert taken.tenfold == pytest.approx(tenfold, rel=1e-12)


def test_other_drawings_are_looked_at_before_and_after_1_10_and_all_steps():
    network = exact(LENET, 6)
    images = np.stack([random_image(LENET, seed) for seed in (1, 2, 3)])
    labels = (4, 0, 9)
    image = np.float64(random_image(LENET, 8))
    one = take_steps(network, image, Aim(1), SGD(0), 0.01, 12, (images, labels))
    assert one.others.moments == (0, 1, 10, 12)
    for row, steps in enumerate(one.others.moments):
        changes = take_steps(network, image, Aim(1), SGD(0), 0.01, steps).changes if steps else {}
        changed = moved(network, changes)
        for column, (other, label) in enumerate(zip(images, labels, strict=True)):
            assert one.others.losses[row, column] == pytest.approx(
                loss_of(changed, other, Aim(label)), rel=1e-9
            )
            shares = changed.forward(np.float64(other)[None]).outputs["softmax"][0]
            assert one.others.shares[row, column] == pytest.approx(shares[label], rel=1e-9)
    alone = take_steps(network, image, Aim(1), SGD(0), 0.01, 1)
    assert alone.others.moments == (0, 1)
    assert alone.others.losses.shape == (2, 0)


def test_the_network_stays_as_it_is_and_what_grows_beyond_numbers_is_told_so():
    network = Network.initialise(GRAPH, np.random.default_rng(1))
    before = {name: array.copy() for name, array in network.parameters.items()}
    found = take_steps(network, random_image(GRAPH), Aim(0, "hinge"), SGD(0.9), 1e200, 3)
    assert not np.isfinite(found.losses[1:]).all()
    for name, array in network.parameters.items():
        np.testing.assert_array_equal(array, before[name])
