import numpy as np
import pytest
from hypothesis import given, settings

from model import Network, NetworkSpec
from model.derivatives import derivatives
from model.layer_spec import UNBOUNDED
from model.layers import OPERATIONS, operation
from model.lenet import LENET
from model.lenet5 import LENET5
from model.spec import InputSpec, dense, sigmoid, softmax, tanh
from tests.model.examples import DROPS, graph_network, random_image
from tests.model.geometries import networks, seeds


def exact(spec, seed):
    """A network in float64; biases are noise, too, and nothing saturates."""
    rng = np.random.default_rng(seed)
    shapes = spec.parameter_shapes.items()
    parameters = {
        name: rng.normal(0, 1 / np.sqrt(np.prod(shape[1:])), shape) for name, shape in shapes
    }
    return Network(spec, parameters)


def cell_of(network, image, seed):
    """Any cell of any layer, the image included, that is not 0.

    Zeros of a relu are equal candidates for a maximum after it: there differences would measure
    one side of a corner.
    """
    rng = np.random.default_rng(seed)
    outputs = network.forward(image[None]).outputs
    layer = list(outputs)[rng.integers(len(outputs))]
    living = np.argwhere(outputs[layer][0]) if outputs[layer].any() else [[0] * 3]
    cell = living[rng.integers(len(living))][: outputs[layer].ndim - 1]
    return layer, tuple(int(place) for place in cell)


def after_a_push(network, passed, layer, push):
    """Run all layers again, one by one, with `push` added to one layer's output."""
    outputs = {}
    for name, output in passed.outputs.items():
        if name == "input":
            outputs[name] = output.copy()
        else:
            spec = network.spec.layer(name)
            weights = [network.parameters[each] for each in network.spec.parameters_of(name)]
            inputs = [outputs[each] for each in spec.inputs]
            outputs[name] = operation(spec).forward(spec, *inputs, *weights)[0]
        if name == layer:
            outputs[name] = outputs[name] + push
    return outputs


def differences_hold(network, image, layer, index, seed):
    """Hold all derivatives of a cell against two more forward passes each way.

    A relu or a maximum may happen to bend within the step, once in many cases; a wrong derivative
    is wrong from any start.
    """
    try:
        differences_hold_at(network, image, layer, index, seed)
    except AssertionError:
        differences_hold_at(network, image * 1.01, layer, index, seed + 1)


def differences_hold_at(network, image, layer, index, seed, step=1e-7):
    rng = np.random.default_rng(seed)
    passed = network.forward(image[None])
    found = derivatives(network, image, layer, index)
    assert list(found) == list(network.spec.shapes)
    for name, array in found.items():
        assert array.shape == network.spec.shapes[name]
        assert np.isfinite(array).all()

    # Forwards: push the cell, look at every later layer.
    push = np.zeros_like(passed.outputs[layer])
    push[(0, *index)] = step
    up, down = (after_a_push(network, passed, layer, sign * push) for sign in (1, -1))
    order = list(network.spec.shapes)
    later = order[order.index(layer) :]
    for name in later:
        numeric = (up[name] - down[name])[0] / (2 * step)
        np.testing.assert_allclose(found[name], numeric, rtol=1e-4, atol=1e-6)

    # Backwards: push an earlier layer in a random direction, look at the cell.
    for name in order[: order.index(layer)]:
        direction = rng.standard_normal(passed.outputs[name].shape)
        direction *= passed.outputs[name] != 0
        up, down = (
            after_a_push(network, passed, name, sign * step * direction)[layer][(0, *index)]
            for sign in (1, -1)
        )
        expected = float(np.sum(found[name] * direction[0]))
        assert (up - down) / (2 * step) == pytest.approx(expected, rel=1e-4, abs=1e-6)


@given(networks(), seeds)
@settings(max_examples=60, deadline=None)
def test_derivatives_both_ways_equal_differences_in_any_graph(spec, seed):
    network = exact(spec, seed)
    image = np.random.default_rng(seed).standard_normal(spec.input.shape)
    differences_hold(network, image, *cell_of(network, image, seed), seed)


@pytest.mark.parametrize("seed", range(12))
def test_derivatives_both_ways_equal_differences_in_the_made_up_graph(seed):
    spec = graph_network().spec
    network = exact(spec, seed)
    image = np.float64(random_image(spec, seed))
    differences_hold(network, image, *cell_of(network, image, seed), seed)


@given(networks(), seeds)
@settings(max_examples=60, deadline=None)
def test_forward_mode_is_the_transpose_of_backward_mode(spec, seed):
    """<J v, w> = <v, Jᵀ w> between any two layers, whatever lies between them."""
    rng = np.random.default_rng(seed)
    network = exact(spec, seed)
    passed = network.forward(rng.standard_normal((2, *spec.input.shape)))
    source, target = sorted(rng.integers(0, len(spec.shapes), 2))
    source, target = (list(spec.shapes)[place] for place in (source, target))
    v = rng.standard_normal(passed.outputs[source].shape)
    w = rng.standard_normal(passed.outputs[target].shape)
    forward = network.tangent(passed, {source: v}).get(target, np.zeros_like(w))
    backward = network.backward(passed, {target: w}).layers.get(source, np.zeros_like(v))
    assert np.sum(forward * w) == pytest.approx(np.sum(v * backward), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(
    "kind",
    [kind for kind in OPERATIONS if kind[0] not in UNBOUNDED],
    ids=lambda kind: "-".join(filter(None, kind)),
)
def test_every_kind_is_met_by_a_made_up_or_a_trained_network(kind):
    """So that a new kind cannot be forgotten; those that no network may have are held alone."""
    specs = (graph_network().spec, DROPS, LENET, LENET5)
    assert kind in {(layer.kind, layer.mode) for spec in specs for layer in spec.layers}


@pytest.mark.parametrize("spec", [LENET, LENET5], ids=lambda spec: spec.id)
def test_derivatives_both_ways_equal_differences_in_the_networks_we_train(spec):
    for seed in range(3):
        network = exact(spec, seed)
        image = np.float64(random_image(spec, seed))
        differences_hold(network, image, *cell_of(network, image, seed), seed)


def test_changes_at_several_layers_add_up():
    network = graph_network()
    passed = network.forward(random_image(network.spec)[None])
    rng = np.random.default_rng(1)
    v, w = (
        np.float32(rng.standard_normal(passed.outputs[name].shape)) for name in ("bend", "skip")
    )
    both = network.tangent(passed, {"bend": v, "skip": w})
    one, other = network.tangent(passed, {"bend": v}), network.tangent(passed, {"skip": w})
    for name in ("skip", "block", "shares"):
        np.testing.assert_allclose(both[name], one[name] + other[name], rtol=1e-4, atol=1e-5)


def test_the_cell_itself_is_one_and_layers_beside_it_are_zero():
    network = graph_network()
    image = random_image(network.spec)
    wide = network.trace(image)["wide"]
    largest = tuple(int(place) for place in np.unravel_index(wide.argmax(), wide.shape))
    found = derivatives(network, image, "wide", largest)
    assert found["wide"][largest] == np.sum(found["wide"]) == 1
    for beside in ("narrow", "tall", "mean"):
        assert not found[beside].any()
    assert found["input"].any()
    assert found["shares"].any()
    assert {array.dtype for array in found.values()} == {np.dtype(np.float64)}


def test_a_path_that_relu_or_pooling_closes_carries_nothing():
    network = Network.initialise(LENET, np.random.default_rng(3))
    image = random_image(LENET)
    trace = network.trace(image)
    negative = np.argwhere(trace["conv1"] < 0)[0]
    found = derivatives(network, image, "conv1", tuple(int(place) for place in negative))
    assert not any(found[name].any() for name in list(LENET.shapes)[2:])
    winner = trace.winners["pool1"][4, 6, 6]
    loser = (4, 12, 12) if winner != 12 * 28 + 12 else (4, 12, 13)
    found = derivatives(network, image, "relu1", loser)
    assert found["relu1"].any()
    assert not found["pool1"].any()


@pytest.mark.parametrize("index", [(0,), (0, 0), (16, 0, 0), (0, -1, 0), (0, 0, 10), ()])
def test_a_cell_that_does_not_exist_is_an_index_error(index):
    network = Network.initialise(LENET, np.random.default_rng(3))
    with pytest.raises(IndexError):
        derivatives(network, random_image(LENET), "conv2", index)


def test_a_change_of_the_wrong_shape_is_refused():
    network = graph_network()
    passed = network.forward(random_image(network.spec)[None])
    for wrong in ({"nothing": np.zeros((1, 8, 16, 16))}, {"stem": np.zeros((1, 8, 16, 15))}):
        with pytest.raises(ValueError, match="does not fit"):
            network.tangent(passed, wrong)


@pytest.mark.parametrize("seed", range(3))
def test_a_change_and_the_outputs_are_left_as_they_were(seed):
    """A tangent that wrote into its argument would spoil the other readers of a layer."""
    network = graph_network(seed)
    passed = network.forward(random_image(network.spec, seed)[None])
    before = {name: output.copy() for name, output in passed.outputs.items()}
    change = np.ones_like(passed.outputs["skip"])
    network.tangent(passed, {"skip": change})
    assert (change == 1).all()
    for name, output in passed.outputs.items():
        np.testing.assert_array_equal(output, before[name])


def longdouble_truth(network, image, unit):
    """∂ share / ∂ each earlier cell of a dense network: the chain rule in longdouble."""
    trace = network.trace(image)
    wide = {name: np.longdouble(trace[name]).ravel() for name in trace}
    scores = wide[network.logits_layer]
    powers = np.exp(scores - scores.max())
    shares = powers / powers.sum()
    beside = np.arange(len(shares)) != unit
    gradient = -shares[unit] * shares
    gradient[unit] = shares[unit] * shares[beside].sum()
    found = {network.logits_layer: gradient}
    for layer in reversed(network.spec.layers[:-1]):
        (source,) = layer.inputs
        if layer.kind == "dense":
            gradient = gradient @ np.longdouble(network.parameters[f"{layer.name}.weight"])
        elif layer.kind == "tanh":
            z = layer.slope * wide[source]
            gradient = gradient * layer.amplitude * layer.slope / np.cosh(z) ** 2
        else:
            assert layer.kind == "sigmoid"
            gradient = gradient / (2 + 2 * np.cosh(wide[source]))
        found[source] = gradient
    return found


@pytest.mark.parametrize("kind", ["tanh", "sigmoid"])
@pytest.mark.parametrize("strength", [1, 6, 20, 40])
def test_saturated_derivatives_have_the_digits_that_are_shown(kind, strength):
    """Where float32 has two or three digits of them, or none: far out on a curve, shares near 1."""
    bent = {"tanh": tanh("bend"), "sigmoid": sigmoid("bend")}[kind]
    layers = (dense("fc1", 12), bent, dense("fc2", 4), softmax("softmax"))
    image = InputSpec(shape=(1, 4, 4), border=0)
    spec = NetworkSpec("bent", "Bent", image, tuple("abcd"), layers)
    rng = np.random.default_rng(strength)
    parameters = {
        name: np.float32(rng.normal(0, strength / 4, shape))
        for name, shape in spec.parameter_shapes.items()
    }
    network = Network(spec, parameters)
    image = np.float32(rng.random((1, 4, 4)))
    for unit in range(4):
        expected = longdouble_truth(network, image, unit)
        found = derivatives(network, image, "softmax", (unit,))
        for name, truth in expected.items():
            np.testing.assert_allclose(found[name].ravel(), np.float64(truth), rtol=1e-6, atol=0)
