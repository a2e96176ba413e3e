"""Ready-made experiments: one thing changed, words for each, and figures that are their own."""

import json
from itertools import combinations
from types import SimpleNamespace

import pytest

from app.paths import resource_folder
from app.runs import asked
from app.runs.compare import differences
from app.runs.experiments import EXPERIMENTS, Experiment, digest, listed
from app.runs.folder import Config
from app.runs.schemas import RunBody
from app.training_settings import Training
from model.lenet import LENET
from model.spec import NetworkSpec

MNIST = SimpleNamespace(id="mnist", classes=LENET.classes, counts={"train": 60_000, "test": 10_000})
BY_ID = {one.id: one for one in EXPERIMENTS}


@pytest.fixture
def configs(monkeypatch) -> dict[str, dict[str, Config]]:
    """What each run would be, as if MNIST were here."""
    monkeypatch.setattr(asked, "_set_of", lambda *_: MNIST)
    return {
        one.id: {
            name: asked.config_of(RunBody.model_validate(body), Training())
            for name, body in one.runs.items()
        }
        for one in EXPERIMENTS
    }


def steps(config: Config) -> int:
    return asked.steps_of(config.recipe, MNIST)


@pytest.mark.parametrize("one", EXPERIMENTS, ids=lambda one: one.id)
def test_runs_of_an_experiment_differ_in_one_thing(one: Experiment, configs) -> None:
    runs = configs[one.id]
    differ = {
        frozenset(pair): set(differences(runs[pair[0]], runs[pair[1]]))
        for pair in combinations(runs, 2)
    }
    assert set().union(*differ.values()) == set(one.changed)
    for things in differ.values():  # fewer images are shown more often, in as many steps
        assert ("epochs" in things) == (one.id == "images" and "images" in things)
        things.discard("epochs")
        assert things
    for name in runs:
        assert any(name in pair and len(things) == 1 for pair, things in differ.items())
    counts = [steps(config) for config in runs.values()]
    assert max(counts) <= 1.02 * min(counts)


def test_networks_are_lenet_but_for_what_is_changed(configs) -> None:
    def other(spec: NetworkSpec) -> dict[str, dict[str, object]]:
        lenet = {layer["name"]: layer for layer in LENET.to_json()["layers"]}
        mine = {layer["name"]: layer for layer in spec.to_json()["layers"]}
        assert not set(mine) - set(lenet)
        found = {
            name: {key for key, value in layer.items() if mine[name].get(key) != value}
            for name, layer in lenet.items()
            if name in mine
        }
        return {name: keys for name, keys in found.items() if keys}

    relus = {name: {"kind"} for name in ("relu1", "relu2", "relu3", "relu4")}
    for kind in ("tanh", "sigmoid"):
        spec = configs["activation"][kind].spec
        assert other(spec) == relus
        assert spec.layer("relu1").kind == kind
    averaged = configs["pooling"]["average"].spec
    assert other(averaged) == {"pool1": {"mode"}, "pool2": {"mode"}}
    striding = configs["pooling"]["stride"].spec
    assert [layer.kind for layer in striding.layers].count("pool") == 0
    assert {
        keys for name, one in other(striding).items() if name[:4] == "conv" for keys in one
    } == {
        "stride",
        "inputs",
    }
    shapes = {name: striding.shapes[name] for name in ("relu1", "relu2", "fc1")}
    assert shapes == {"relu1": (6, 14, 14), "relu2": (16, 5, 5), "fc1": (120,)}
    for name in ("2", "12"):
        assert other(configs["kernels"][name].spec) == {"conv1": {"channels"}}


def test_every_experiment_and_every_run_has_its_words() -> None:
    messages = json.loads((resource_folder("static") / "text" / "en.json").read_bytes())
    start = "training.experiment."
    told = {key for key in messages if key.startswith(start)}
    said = ("title", "question", "same", "look", "answer")
    assert told == {
        f"{start}{one.id}.{key}"
        for one in EXPERIMENTS
        for key in (*said, *(f"run.{name}" for name in one.runs))
    }


def test_what_crosses_the_wire_begins_the_very_runs() -> None:
    for one in listed().experiments:
        for run in one.runs:
            again = json.loads(run.model_dump_json(exclude_unset=True))["body"]
            assert digest(again) == digest(BY_ID[one.id].runs[run.name])
