"""The card of a network: each of its numbers, from its file, from the images, and on the page."""

import json
import re
from dataclasses import replace
from html import unescape

import pytest

from app.cards import ModelCard, card
from app.models import serve
from app.numbers import grouped, percent
from app.runs.folder import Config, Runs, now
from app.settings import Settings
from app.training_settings import Training
from model import load_network
from model.architectures import NETWORKS
from model.checkpoint import save
from model.data import mnist
from model.train.batches import Examples
from model.train.evaluate import evaluate
from model.train.recipe import PLAIN, Recipe
from tests.app.local import Local


@pytest.fixture(scope="module")
def cards():
    with Local(Settings(models=tuple(NETWORKS))) as app:
        yield app


@pytest.mark.parametrize("name", NETWORKS)
def test_its_counts_are_those_of_an_evaluation(cards, name, mnist_folder) -> None:
    found = evaluate(load_network(name), Examples(*mnist.load(mnist_folder, "test")))
    said = cards.get(f"/api/models/{name}/card").json()
    assert said["accuracy"] == found.accuracy
    assert (said["correct"], said["total"]) == (found.correct, found.total)
    for label, one in enumerate(said["classes"]):
        row = found.confusion[label].tolist()
        assert (one["correct"], one["total"]) == (row[label], sum(row))
        assert one["accuracy"] == row[label] / sum(row)
        others = [count for at, count in enumerate(row) if at != label]
        assert one["times"] == max(others)
        if one["taken_for"] is not None:
            assert row[int(one["taken_for"])] == max(others)


@pytest.mark.parametrize("name", NETWORKS)
def test_the_page_says_what_the_file_does(cards, name) -> None:
    said = cards.get(f"/api/models/{name}/card").json()
    network = load_network(name)
    assert said["made"]["command"] == network.metadata["command"]
    assert str(said["validation_accuracy"]) == network.metadata["validation_accuracy"]
    assert said["doubt"]["threshold"] == float(network.metadata["energy_threshold"])
    text = _text(cards.get(f"/card?model={name}").text)
    for share in (
        *(said["accuracy"], said["validation_accuracy"]),
        *said["doubt"]["rejected"].values(),
        *said["doubt"]["lost"].values(),
    ):
        assert percent(share) in text
    for one in said["classes"]:
        figures = (grouped(one["total"]), grouped(one["correct"]), percent(one["accuracy"]))
        assert " ".join((one["name"], *figures)) in text
    assert f"{grouped(55_000)} digits of MNIST" in text
    assert said["sha256"] in text
    assert "MIT" in text


def test_the_card_of_a_run_says_what_its_end_does(tmp_path) -> None:
    runs, network = Runs(tmp_path / "runs"), load_network("mlp")
    config = Config(
        title="A run",
        network="mlp",
        spec=network.spec,
        recipe=PLAIN,
        data="mnist",
        folder="",
        by="command",
        command="",
        created=now(),
    )
    run = runs.create(config)
    bare = type(network)(network.spec, network.parameters, {})
    (run.history / f"00000007.{bare.sha256}.safetensors").write_bytes(bare.weights_bytes())
    with Local(Settings(models=("mlp",), training=Training(runs=str(runs.path)))) as app:

        def said() -> dict:
            return app.get(f"/api/models/run-{run.id}/card").json()

        assert (said()["accuracy"], said()["made"]) == (None, None)
        save(run.final, network)
        assert str(said()["accuracy"]) == network.metadata["accuracy"]
        assert said()["made"]["command"] == network.metadata["command"]
        assert said()["licence"] is None
        other = {**network.parameters, "fc1.bias": network.parameters["fc1.bias"] + 1}
        save(run.final, type(network)(network.spec, other, network.metadata))
        assert said()["accuracy"] is None, "these are other weights"


def _text(page: str) -> str:
    return re.sub(r"[ \n]+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


def _settings(**choices: object) -> str:
    """Write the recipe of a network that comes along, with other choices."""
    return json.dumps(json.loads(load_network("mlp").metadata["settings"]) | choices)


_DEEP = "[" * 50_000 + "]" * 50_000


@pytest.mark.parametrize(
    "facts",
    [
        {"confusion": "[[1]]", "data": "[]", "settings": "{}", "energy_choice": "7"},
        {"confusion": "[[1e400]]", "data": "{", "settings": "[]", "energy_choice": "{}"},
        {"confusion": str([[-1] * 10] * 10), "energy_choice": '{"lost": {"drawn": 7}}'},
        {"confusion": str([["a"] * 10] * 10), "energy_choice": '{"lost": 0, "rejected": {}}'},
        {"confusion": str([[0] * 10] * 10), "accuracy": "nan", "stopped_after_step": "-1"},
        {"confusion": _DEEP, "data": _DEEP, "settings": _DEEP, "energy_choice": _DEEP},
        {"settings": _settings(epochs=1.5), "data": '{"a": 7}'},
        {"settings": _settings(name=5), "data": '{"a": []}', "accuracy": "99.6"},
        {"settings": _settings(seed=True), "accuracy": "-0.1", "validation_accuracy": "1e9"},
        {"settings": _settings(name="\ud800"), "data": '{"a": "\\ud800"}'},
    ],
)
def test_a_file_that_says_nothing_or_nonsense_has_a_card_that_says_so(tmp_path, facts) -> None:
    network = load_network("mlp")
    bare = type(network)(network.spec, network.parameters, {"energy_threshold": "1", **facts})
    save(tmp_path / "strange.safetensors", bare)
    strange = load_network(tmp_path / "strange.safetensors")
    said = card(serve("strange", strange), strange.metadata)
    assert (said.classes, said.validation_accuracy) == ((), None)
    assert (said.total, said.accuracy, said.learnt, said.made, said.doubt) == (None,) * 5
    assert said.licence is None
    with Local(Settings(models=(str(tmp_path / "strange.safetensors"),))) as app:
        text = _text(app.get("/card").text)
        assert app.get("/api/models/strange/card").status_code == 200
    assert "Its file does not say." in text


def test_what_a_file_says_with_no_number_or_too_large_a_one_is_left_out() -> None:
    network = load_network("mlp")

    def said(**facts: str) -> ModelCard:
        return card(serve("mlp", network), {**network.metadata, **facts})

    for step, stopped in (("12", 12), ("²", None), ("9" * 5000, None)):
        made = said(stopped_after_step=step).made
        assert made is not None
        assert made.stopped_after == stopped
    for held, learnt in ((59_999, True), (60_000, False), (70_000, False)):
        assert (said(settings=_settings(held_out=held)).learnt is not None) == learnt


def test_a_network_of_somebody_else_under_our_name_has_not_our_licence(tmp_path) -> None:
    network = load_network("mlp")
    theirs = type(network)(network.spec, network.parameters, {"accuracy": "0.5"})
    assert card(serve("mlp", theirs), theirs.metadata).licence is None


def test_drawings_that_are_no_digit_are_named_where_it_learnt_from_them(tmp_path) -> None:
    network = load_network("mlp")
    recipe, told = Recipe.from_json(network.metadata["settings"]), {}
    for strange in (0, 0.07):
        path = tmp_path / f"strange-{strange}.safetensors"
        facts = {**network.metadata, "settings": replace(recipe, strange=strange).to_json()}
        save(path, type(network)(network.spec, network.parameters, facts))
        told[strange] = _text(_card_of(str(path)))
    assert "no digit: letters" not in told[0]
    assert "It has never seen letters" in told[0]
    assert "it saw 7 drawings that are no digit: letters" in told[0.07]
    assert "It has never seen letters" not in told[0.07]


def _card_of(model: str) -> str:
    with Local(Settings(models=(model,))) as app:
        return app.get("/card").text
