"""The account of one gradient over HTTP: terms, sum, check and update, as the engine has them."""

import json

import numpy as np
import pytest
from safetensors.numpy import load

from model.passes import pass_at
from model.preprocess import to_input
from model.train.nudge import nudge_cell, nudge_weight
from model.train.optimise import SGD, Adam
from model.train.step import Aim, first_gradients
from model.train.terms import cell_terms, weight_terms
from model.train.update import updates
from tests.app.drawings import SEVEN
from tests.app.test_derivatives import metadata_of
from tests.app.test_refusals import assert_problem
from tests.app.test_trace import image_of
from tests.app.wrong import SECRET

GRADIENT = "/api/models/untrained/gradient"


@pytest.fixture
def image(network):
    return to_input(image_of(SEVEN["strokes"]).pixels, network.spec.input)


def holds(found, said, terms, nudge):
    """Hold what is told of any gradient to the engine, bit for bit."""
    exact = {
        "terms/above": terms.above,
        "terms/factor": terms.factors,
        "terms/product": terms.products,
        "readers/sum": terms.sums,
        "sum": terms.products.sum(),
        "nudge/epsilon": np.float64(nudge.epsilon),
        "nudge/losses": np.float64(nudge.losses),
        "nudge/quotient": np.float64(nudge.quotient),
        "nudge/bound": np.float64(nudge.bound),
    }
    for name, array in exact.items():
        assert found[name].dtype == np.float64
        assert found[name].tobytes() == array.tobytes(), name
    whole = {
        "terms/reader": terms.reader,
        "terms/cell": terms.cells,
        "terms/source": terms.sources,
        "nudge/crossed": np.int32(nudge.crossed),
    }
    for name, array in whole.items():
        assert found[name].tolist() == array.tolist()
    assert found["sum"] == pytest.approx(float(found["gradient"]), rel=1e-9, abs=1e-14)
    assert json.loads(said["readers"]) == [list(reader) for reader in terms.readers]
    crossings = [[what, layer, list(at)] for what, layer, at in nudge.crossings]
    assert json.loads(said["crossings"]) == crossings


@pytest.mark.parametrize(
    ("query", "layer", "at", "aim"),
    [
        ("layer=conv1&channel=2&row=9&column=11", "conv1", (2, 9, 11), Aim(3)),
        (
            "layer=input&channel=0&row=14&column=16&loss=hinge",
            "input",
            (0, 14, 16),
            Aim(3, "hinge"),
        ),
        ("layer=fc3&channel=3", "fc3", (3,), Aim(3)),
        ("layer=softmax&channel=3&loss=squared_error", "softmax", (3,), Aim(3, "squared_error")),
        ("layer=relu2&channel=15&row=9&column=9", "relu2", (15, 9, 9), Aim(3)),
    ],
)
def test_the_gradient_of_a_cell_is_told_as_the_engine_has_it(
    local, network, image, query, layer, at, aim
):
    answer = local.post(f"{GRADIENT}?target=3&{query}", json=SEVEN)
    assert answer.status_code == 200
    found, said = load(answer.content), metadata_of(answer.content)
    passed, gradients = pass_at(network, network.trace(image)), first_gradients(network, image, aim)
    terms = cell_terms(network, passed, gradients, aim, layer, at)
    holds(found, said, terms, nudge_cell(network, image, aim, layer, at))
    assert found["gradient"] == gradients.layers[layer][(0, *at)]
    assert found["value"] == network.trace(image)[layer][at]
    assert said["of"] == f"{layer}[{','.join(map(str, at))}]"
    assert not any(name.startswith("update/") for name in found)


@pytest.mark.parametrize(
    ("query", "parameter", "at", "optimiser", "rate", "steps"),
    [
        ("parameter=conv2.weight&index=3,0,2,4", "conv2.weight", (3, 0, 2, 4), SGD(0), 0.01, 1),
        (
            "parameter=conv1.bias&index=5&momentum=0.9&rate=0.1&steps=3",
            "conv1.bias",
            (5,),
            *(SGD(0.9), 0.1, 3),
        ),
        (
            "parameter=fc1.weight&index=3,77&optimiser=adam&decay=0.1&steps=2",
            *("fc1.weight", (3, 77), Adam(decay=0.1), 0.01, 2),
        ),
    ],
)
def test_the_gradient_of_a_weight_is_told_with_its_update(
    local, network, image, query, parameter, at, optimiser, rate, steps
):
    answer = local.post(f"{GRADIENT}?target=3&{query}", json=SEVEN)
    assert answer.status_code == 200
    found, said = load(answer.content), metadata_of(answer.content)
    aim = Aim(3)
    passed, gradients = pass_at(network, network.trace(image)), first_gradients(network, image, aim)
    terms = weight_terms(network, passed, gradients, parameter, at)
    holds(found, said, terms, nudge_weight(network, image, aim, parameter, at))
    assert found["gradient"] == gradients.parameters[parameter][at]
    assert found["value"] == network.parameters[parameter][at]
    assert said["of"] == f"{parameter}[{','.join(map(str, at))}]"
    followed = updates(network, image, aim, optimiser, rate, steps, parameter, at)
    for name, array in followed.items():
        assert found[f"update/{name}"].tobytes() == array.tobytes(), name


def test_what_a_step_shows_of_a_cell_is_what_its_account_comes_to(local):
    step = load(local.post("/api/models/untrained/step?target=3", json=SEVEN).content)
    for layer, at in (("pool1", (1, 5, 7)), ("conv2", (3, 4, 4))):
        query = "&".join(
            f"{name}={place}" for name, place in zip(("channel", "row", "column"), at, strict=True)
        )
        found = load(local.post(f"{GRADIENT}?target=3&layer={layer}&{query}", json=SEVEN).content)
        assert step[f"gradient/{layer}"][at] == np.float32(found["gradient"])


@pytest.mark.parametrize(
    ("query", "parameter", "word"),
    [
        ("target=3", "layer", "input, conv1, relu1"),
        ("layer=conv1&channel=1", "target", "missing"),
        ("target=3&layer=conv2&channel=16", "channel", "16 maps of 10 by 10"),
        (f"target=3&parameter={SECRET}", "parameter", "conv1.weight, conv1.bias"),
        ("target=3&parameter=conv1.bias&parameter=conv1.bias", "parameter", "conv1.weight"),
        ("target=3&parameter=conv1.weight", "index", "6×1×5×5 weights"),
        ("target=3&parameter=conv1.weight&index=0,0,5,0", "index", "4 whole numbers"),
        ("target=3&parameter=conv1.weight&index=0,0,-1,0", "index", "4 whole numbers"),
        ("target=3&parameter=conv1.weight&index=0,0,1", "index", "4 whole numbers"),
        (f"target=3&parameter=conv1.bias&index={SECRET}", "index", "1 whole numbers"),
        ("target=3&parameter=conv1.bias&index=1&index=1", "index", "from 0"),
    ],
)
def test_what_is_no_cell_and_no_weight_is_refused_with_what_is(local, query, parameter, word):
    answer = local.post(f"{GRADIENT}?{query}", json=SEVEN)
    problem = assert_problem(answer, 422)
    assert problem.errors[0].parameter == parameter
    assert word in problem.detail
    assert SECRET not in answer.text
