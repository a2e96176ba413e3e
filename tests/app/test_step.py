"""Steps of training over HTTP: the engine's, to the last bit; what cannot be asked is refused."""

import numpy as np
import pytest
from safetensors.numpy import load

from app.settings import Settings
from app.stepping import MOST_STEPS, most_steps
from model import Network
from model.checkpoint import save
from model.lenet import LENET
from model.preprocess import to_input
from model.spec import InputSpec, NetworkSpec, conv, dense, softmax
from model.train.optimise import SGD, Adam
from model.train.step import Aim, take_steps
from tests.app.drawings import SEVEN
from tests.app.local import Local
from tests.app.test_derivatives import metadata_of
from tests.app.test_refusals import assert_problem
from tests.app.test_trace import image_of
from tests.app.wrong import SECRET

STEP = "/api/models/untrained/step"
DIGITS = tuple("0123456789")


@pytest.mark.parametrize(
    ("query", "aim", "optimiser", "rate", "steps"),
    [
        ("target=3", Aim(3), SGD(0), 0.01, 1),
        (
            "target=0&loss=squared_error&rate=0.5&momentum=0.9&steps=12",
            *(Aim(0, "squared_error"), SGD(0.9), 0.5, 12),
        ),
        (
            "target=3&optimiser=momentum&rate=0.05&steps=3",
            *(Aim(3), SGD(0.9), 0.05, 3),
        ),
        (
            "target=9&loss=hinge&optimiser=adam&rate=0.001&decay=0.1&steps=2",
            *(Aim(9, "hinge"), Adam(decay=0.1), 0.001, 2),
        ),
    ],
)
def test_steps_are_the_engines_bit_for_bit(local, network, query, aim, optimiser, rate, steps):
    answer = local.post(f"{STEP}?{query}", json=SEVEN)
    assert answer.status_code == 200
    found, said = load(answer.content), metadata_of(answer.content)
    image = to_input(image_of(SEVEN["strokes"]).pixels, network.spec.input)
    images = np.stack([to_input(one, network.spec.input) for one in found["others/images"]])
    labels = found["others/labels"].tolist()
    assert labels == list(range(10))
    taken = take_steps(network, image, aim, optimiser, rate, steps, (images, labels))
    exact = {
        "losses": taken.losses,
        "outputs": taken.outputs,
        "tenfold": np.float64(taken.tenfold),
        "loss/read": taken.terms.read,
        "loss/amounts": taken.terms.amounts,
        "loss/factors": taken.terms.factors,
        "others/losses": taken.others.losses,
        "others/shares": taken.others.shares,
    }
    for name, array in exact.items():
        assert found[name].dtype == np.float64
        assert found[name].tobytes() == array.tobytes(), name
    named = {
        **{f"gradient/{name}": one for name, one in taken.gradients.layers.items()},
        **{f"gradient/{name}": one for name, one in taken.gradients.parameters.items()},
        **{f"change/{name}": one for name, one in taken.changes.items()},
        **{f"after/{name}": one for name, one in taken.after.items()},
    }
    for name, array in named.items():
        assert found[name].tobytes() == np.float32(array).tobytes(), name
        assert found[name].shape == array.shape
    assert found["others/moments"].tolist() == list(taken.others.moments)
    made = found["loss/amounts"] @ found["loss/factors"]
    assert made == pytest.approx(found["losses"][0], rel=1e-12)
    assert found["loss/classes"].tolist() == taken.terms.classes.tolist()
    rest = {"loss/classes", "others/moments", "others/labels", "others/images"}
    assert set(found) == {*exact, *named, *rest}
    for name in ("target", "loss", "rate", "steps"):
        part = next((part for part in query.split("&") if part.startswith(f"{name}=")), None)
        assert part is None or f"{name}={said[name]}" == part
    assert said["layer"] == ("softmax" if aim.loss == "squared_error" else "fc3")


def test_a_moved_drawing_is_learnt_as_it_was_moved(local, network):
    found = load(local.post(f"{STEP}?target=3&down=2&right=-3", json=SEVEN).content)
    trace = load(local.post("/api/models/untrained/trace?down=2&right=-3", json=SEVEN).content)
    taken = take_steps(network, trace["input"], Aim(3), SGD(0), 0.01)
    assert found["losses"].tobytes() == taken.losses.tobytes()


def test_the_shares_before_the_first_step_are_those_of_the_trace(local):
    found = load(local.post(f"{STEP}?target=3", json=SEVEN).content)
    trace = load(local.post("/api/models/untrained/trace", json=SEVEN).content)
    np.testing.assert_allclose(found["outputs"][0], trace["softmax"], rtol=1e-4)
    assert found["losses"][0] == pytest.approx(-np.log(found["outputs"][0][3]), rel=1e-12)
    np.testing.assert_allclose(found["after/softmax"], found["outputs"][-1], rtol=1e-6)
    assert found["losses"][1] < found["losses"][0]


@pytest.mark.parametrize(
    ("query", "parameter", "word"),
    [
        ("", "target", "from 0 to 9"),
        ("target=10", "target", "from 0 to 9"),
        (f"target={SECRET}", "target", "whole number"),
        ("target=3&target=3", "target", "more than once"),
        (f"target=3&loss={SECRET}", "loss", "cross_entropy, squared_error, hinge"),
        ("target=3&optimiser=adam&optimiser=adam", "optimiser", "more than once"),
        ("target=3&rate=-0.1", "rate", "from 0 to 10"),
        ("target=3&rate=nan", "rate", "from 0 to 10"),
        ("target=3&momentum=1", "momentum", "from 0 to 0.999"),
        (f"target=3&decay={SECRET}", "decay", "is no number"),
        ("target=3&steps=0", "steps", "from 1 to 100"),
        ("target=3&steps=101", "steps", "from 1 to 100"),
    ],
)
def test_steps_that_cannot_be_taken_are_refused_with_what_can(local, query, parameter, word):
    answer = local.post(f"{STEP}?{query}", json=SEVEN)
    problem = assert_problem(answer, 422)
    assert problem.errors[0].parameter == parameter
    assert word in problem.detail
    assert SECRET not in answer.text


def large():
    layers = (conv("many", 100, kernel=5), conv("more", 100, kernel=5), dense("scores", 3))
    return NetworkSpec("large", "Large", InputSpec(), tuple("abc"), (*layers, softmax("shares")))


def test_other_networks_are_told_what_they_can_learn_and_how_much_at_once(tmp_path):
    plain = NetworkSpec("plain", "Plain", InputSpec(), (), (conv("edges", 1, kernel=3),))
    specs = {"letters": large(), "plain": plain}
    for name, spec in specs.items():
        save(tmp_path / f"{name}.safetensors", Network.initialise(spec, np.random.default_rng(1)))
    names = tuple(str(tmp_path / f"{name}.safetensors") for name in specs)
    assert most_steps(LENET) == MOST_STEPS
    with Local(Settings(models=("lenet", *names))) as local:
        letters = load(local.post("/api/models/letters/step?target=2", json=SEVEN).content)
        assert letters["others/losses"].shape == (2, 0)
        assert "others/images" not in letters
        most = most_steps(large())
        assert 1 <= most < MOST_STEPS
        path = f"/api/models/letters/step?target=2&steps={most + 1}"
        assert f"to {most}" in assert_problem(local.post(path, json=SEVEN), 422).detail
        path = "/api/models/plain/step?target=0"
        assert "no classes" in assert_problem(local.post(path, json=SEVEN), 422).detail
