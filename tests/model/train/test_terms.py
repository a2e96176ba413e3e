"""Terms of gradients: what is told term by term is what backward computes, for every kind."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import Graph, GraphSpec
from model.layers import OPERATIONS, operation
from model.lenet import LENET
from model.lenet5 import LENET5
from model.mlp import MLP
from model.passes import pass_at
from model.spec import dense, ratio, square
from model.train.loss import layer_of
from model.train.optimise import SGD, Adam
from model.train.reach import REACHES
from model.train.step import Aim, first_gradients, take_steps
from model.train.terms import LOSS, cell_terms, of_reader, weight_terms
from model.train.update import updates
from tests.model.examples import GRAPH, graph_network, random_image
from tests.model.geometries import networks, seeds
from tests.model.test_derivatives import exact
from tests.model.train.test_step import NAMES

SPECS = [LENET, LENET5, MLP, GRAPH]


def reached(spec, outputs, parameters, reader, layer, at):
    """Which cells of a reader a cell reaches: those that turn NaN with it."""
    inputs = [outputs[name].copy() for name in reader.inputs]
    inputs[reader.inputs.index(layer)][(0, *at)] = np.nan
    weights = [parameters[name] for name in spec.parameters_of(reader.name)]
    with np.errstate(invalid="ignore"):
        found = operation(reader).forward(reader, *inputs, *weights)[0][0]
    return {tuple(map(int, cell)) for cell in np.argwhere(np.isnan(found))}


def any_place(shape, rng):
    return tuple(int(rng.integers(size)) for size in shape)


def terms_hold(spec, name, seed, cells=4, weights=4):
    rng = np.random.default_rng(seed)
    network = exact(spec, seed)
    image = rng.standard_normal(spec.input.shape)
    aim = Aim(int(rng.integers(len(spec.classes))), name)
    passed = pass_at(network, network.trace(image))
    gradients = first_gradients(network, image, aim)
    for _ in range(cells):
        layer = list(spec.shapes)[rng.integers(len(spec.shapes))]
        cell_holds(network, passed, gradients, aim, layer, any_place(spec.shapes[layer], rng))
    cell_holds(network, passed, gradients, aim, layer_of(name, spec), (aim.target,))
    for _ in range(weights):
        parameter = list(spec.parameter_shapes)[rng.integers(len(spec.parameter_shapes))]
        index = any_place(spec.parameter_shapes[parameter], rng)
        weight_holds(network, passed, gradients, parameter, index)


def cell_holds(network, passed, gradients, aim, layer, at):
    spec = network.spec
    terms = cell_terms(network, passed, gradients, aim, layer, at)
    assert terms.products.sum() == pytest.approx(
        gradients.layers[layer][(0, *at)], rel=1e-9, abs=1e-12
    )
    assert terms.sums.sum() == pytest.approx(terms.products.sum(), rel=1e-9, abs=1e-12)
    told = [reader.layer for reader in terms.readers]
    joined = layer == layer_of(aim.loss, spec) == network.logits_layer
    readers = [one for one in spec.layers if layer in one.inputs]
    expected = [one.name for one in readers if not (joined and one.name == network.output_layer)]
    assert [name for name in told if name != LOSS] == expected
    for number, name in enumerate(told):
        own = terms.reader == number
        if name == LOSS:
            assert (terms.above[own] == 1).all()
            continue
        reader, rank = spec.layer(name), len(spec.shapes[name])
        cells = {tuple(cell[:rank].tolist()) for cell in terms.cells[own]}
        assert cells == reached(spec, passed.outputs, network.parameters, reader, layer, at)
        assert len(cells) == own.sum()
        above = [gradients.layers[name][(0, *cell[:rank])] for cell in terms.cells[own]]
        np.testing.assert_array_equal(terms.above[own], above)
        for source, factor in zip(terms.sources[own], terms.factors[own], strict=True):
            index = tuple(source[source >= 0])
            if index:
                assert terms.readers[number].factor == "weight"
                weight = network.parameters[f"{name}.weight"]
                assert len(index) == weight.ndim
                assert factor == pytest.approx(weight[index], rel=1e-12)


def weight_holds(network, passed, gradients, parameter, index):
    terms = weight_terms(network, passed, gradients, parameter, index)
    total = gradients.parameters[parameter][index]
    assert terms.products.sum() == pytest.approx(total, rel=1e-9, abs=1e-12)
    ((name, factor),) = terms.readers
    layer = network.spec.layer(name)
    assert name == parameter.rpartition(".")[0]
    for source, value in zip(terms.sources, terms.factors, strict=True):
        cell = tuple(source[source >= 0])
        if factor == "input":
            assert value == passed.outputs[layer.inputs[0]][0][cell]
        else:
            assert not cell
            assert factor == ("one" if parameter.endswith("bias") else "sum")


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.id)
@pytest.mark.parametrize("name", NAMES)
def test_terms_add_up_to_what_backward_computes(spec, name):
    terms_hold(spec, name, 1, cells=30, weights=30)


@given(networks(), st.sampled_from(NAMES), seeds)
@settings(max_examples=120, deadline=None)
def test_terms_add_up_in_any_graph(spec, name, seed):
    terms_hold(spec, name, seed)


@pytest.mark.parametrize("kind", [square, ratio])
def test_terms_add_up_for_the_kinds_of_operations_alone(kind):
    layers = (dense("units", 5), kind("kind"))
    spec = GraphSpec((1, 2, 3), layers)
    rng = np.random.default_rng(2)
    parameters = {name: rng.random(shape) for name, shape in spec.parameter_shapes.items()}
    graph, image = Graph(spec, parameters), rng.random((1, 2, 3))
    passed = graph.forward(image[None])
    gradients = graph.backward(passed, {"kind": rng.standard_normal((1, 5))})
    for unit in range(5):
        part = of_reader(spec, passed, gradients, spec.layer("kind"), "units", (unit,))
        total = np.sum(part.above * part.factors)
        assert total == pytest.approx(gradients.layers["units"][0, unit], rel=1e-9)
        cells = reached(spec, passed.outputs, parameters, spec.layer("kind"), "units", (unit,))
        assert set(part.cells) == cells


def test_every_kind_says_what_a_cell_reaches():
    assert set(REACHES) == set(OPERATIONS)


def test_a_kind_that_nobody_told_of_is_told_by_what_moves(monkeypatch):
    network = exact(GRAPH, 3)
    image = np.float64(random_image(GRAPH, 3))
    passed = pass_at(network, network.trace(image))
    gradients = first_gradients(network, image, Aim(1))
    expected = cell_terms(network, passed, gradients, Aim(1), "hidden", (3,))
    monkeypatch.setattr(
        "model.train.terms.REACHES", {k: v for k, v in REACHES.items() if k[0] != "tanh"}
    )
    found = cell_terms(network, passed, gradients, Aim(1), "hidden", (3,))
    assert found.readers == expected.readers
    np.testing.assert_array_equal(found.products, expected.products)


def test_a_layer_that_several_read_gets_what_each_sends_back():
    network = graph_network()
    image = random_image(GRAPH)
    passed = pass_at(network, network.trace(image))
    gradients = first_gradients(network, image, Aim(1))
    terms = cell_terms(network, passed, gradients, Aim(1), "skip", (2, 4, 5))
    assert [reader.layer for reader in terms.readers] == ["narrow", "wide", "tall", "mean"]
    assert [reader.factor for reader in terms.readers] == ["weight", "weight", "weight", "share"]
    assert np.count_nonzero(terms.sums) > 1


def test_scores_are_told_as_shares_less_targets_and_margins_by_rival():
    network = exact(LENET, 5)
    image = np.float64(random_image(LENET, 5))
    passed = pass_at(network, network.trace(image))
    shares = passed.outputs["softmax"][0]
    for unit in (4, 7):
        aim = Aim(4)
        gradients = first_gradients(network, image, aim)
        terms = cell_terms(network, passed, gradients, aim, "fc3", (unit,))
        np.testing.assert_allclose(terms.factors, [shares[unit], -(unit == 4)], rtol=1e-9)
        assert terms.readers == ((LOSS, "difference"),)
        terms = cell_terms(network, passed, gradients, aim, "softmax", (unit,))
        assert terms.readers == ((LOSS, "logarithm"),)
        np.testing.assert_allclose(terms.factors, [-(unit == 4) / shares[4]], rtol=1e-9)
    aim = Aim(4, "hinge")
    gradients = first_gradients(network, image, aim)
    terms = cell_terms(network, passed, gradients, aim, "fc3", (4,))
    assert terms.readers == ((LOSS, "margin"),)
    assert terms.cells[:, 0].tolist() == [0, 1, 2, 3, 5, 6, 7, 8, 9]
    assert not len(cell_terms(network, passed, gradients, aim, "softmax", (4,)).reader)


@pytest.mark.parametrize(
    "optimiser", [SGD(0), SGD(0.9, decay=0.1), Adam(), Adam(0.8, decay=0.2)], ids=str
)
@pytest.mark.parametrize(
    ("parameter", "index"), [("wide.weight", (1, 2, 3, 4)), ("wide.bias", (5,))]
)
def test_every_update_of_a_weight_can_be_worked_out_from_its_numbers(optimiser, parameter, index):
    network, image, rate, steps = exact(GRAPH, 6), np.float64(random_image(GRAPH, 6)), 0.05, 4
    found = updates(network, image, Aim(2), optimiser, rate, steps, parameter, index)
    taken = take_steps(network, image, Aim(2), optimiser, rate, steps)
    before = network.parameters[parameter][index]
    assert found["weight"][0] == before
    assert found["weight"][-1] - before == pytest.approx(taken.changes[parameter][index])
    assert found["gradient"][0] == taken.gradients.parameters[parameter][index]
    assert found["change"].sum() == pytest.approx(taken.changes[parameter][index])
    assert (found["decay"] == 0).all() == (parameter.endswith("bias") or not optimiser.decay)
    for t in range(steps):
        now = {name: values[t] for name, values in found.items()}
        if isinstance(optimiser, SGD):
            velocity = optimiser.momentum * now["velocity.before"] + now["gradient"] + now["decay"]
            assert now["velocity"] == pytest.approx(velocity)
            change = -rate * now["velocity"]
        else:
            b1, b2 = optimiser.beta1, optimiser.beta2
            first = b1 * now["first.before"] + (1 - b1) * now["gradient"]
            second = b2 * now["second.before"] + (1 - b2) * now["gradient"] ** 2
            assert (now["first"], now["second"]) == (pytest.approx(first), pytest.approx(second))
            assert now["first.corrected"] == pytest.approx(first / (1 - b1 ** (t + 1)))
            assert now["second.corrected"] == pytest.approx(second / (1 - b2 ** (t + 1)))
            down = now["first.corrected"] / (np.sqrt(now["second.corrected"]) + optimiser.epsilon)
            change = -now["decay"] - rate * down
        assert now["change"] == pytest.approx(change, rel=1e-9)
        assert found["weight"][t + 1] == pytest.approx(now["weight"] + change)
