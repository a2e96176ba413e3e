"""Trainings on somebody's own drawings: figures, the export that repeats them, deletion."""

import io
import json
import shutil
import zipfile
from pathlib import Path

import numpy as np
import pytest
import typer
from typer.testing import CliRunner

from app import data_sets
from app.commands import training
from app.data_sets import for_classes
from app.handwriting import figures, frozen
from app.handwriting.folder import Folder
from app.refusals import RefusalError
from app.runs.folder import Run, Runs
from model import load_network
from model.checkpoint import load
from model.data.sets import in_folder
from tests.app.handwriting.conftest import KNOWN, SHAPES, Hand
from tests.app.runs.processes import until

cli = typer.Typer(pretty_exceptions_enable=False)
training.register(cli)
RECIPE = {"epochs": 4, "batch_size": 20, "rate": 0.002}


def command(*words: object) -> str:
    result = CliRunner().invoke(cli, [str(word) for word in words])
    assert result.exit_code == 0, result.output
    return result.stdout


def evaluated(model: object, data: Path) -> dict:
    return json.loads(command("evaluate", "--model", model, "--data", data, "--json"))


def start(hand: Hand, **body: object) -> Run:
    answer = hand.app.post("/api/runs", json={"network": "mlp", **body}, headers=KNOWN)
    assert answer.status_code == 201, answer.text
    run = Runs(hand.runs).find(answer.json()["id"])
    assert run is not None
    return run


def ended(run: Run) -> Run:
    until(lambda: run.status.state in ("finished", "failed", "stopped"))
    return run


def unpacked(answer, place: Path) -> Path:
    zipfile.ZipFile(io.BytesIO(answer.content)).extractall(place)
    return place / "handwriting"


def draw_some(hand: Hand) -> None:
    hand.collect(*SHAPES)
    for name in SHAPES:
        for number in range(6):
            hand.draw(name, ("blue", "red")[number % 2])


def test_figures_are_those_of_evaluate_and_the_export_trains_again_to_the_same_bytes(
    hand: Hand, tmp_path: Path
) -> None:
    draw_some(hand)
    beside = {"mnist": 100}
    run = start(hand, handwriting=beside, pretrained="mlp", recipe=RECIPE)
    export = unpacked(hand.ask("GET", "/idx?mnist=100"), tmp_path / "export")
    before = {one.name: one.read_bytes() for one in export.iterdir()}
    hand.draw("4", "grey")  # of a training that has begun nothing changes any more
    assert ended(run).status.state == "finished", run.status
    assert run.config.handwriting in [one.name for one in (hand.folder / "sets").iterdir()]
    later = unpacked(hand.ask("GET", f"/runs/{run.id}/idx"), tmp_path / "later")
    assert {one.name: one.read_bytes() for one in later.iterdir()} == before

    mine, mnist = evaluated(run.final, export), evaluated(run.final, tmp_path / "sets" / "mnist")
    old, oldest = evaluated("mlp", export), evaluated("mlp", tmp_path / "sets" / "mnist")
    assert old["unknown"] == {"★": 2, "plus": 2, "ß": 2}
    assert mine["accuracy"] == run.status.test_accuracy
    wanted = {
        "drawings": (old["correct"], mine["correct"], mine["total"]),
        "mnist": (oldest["correct"], mnist["correct"], mnist["total"]),
        **{
            writer: (old["writers"][writer]["correct"], now["correct"], now["total"])
            for writer, now in mine["writers"].items()
        },
    }
    assert set(wanted) == {"drawings", "mnist", "blue", "red"}
    assert wanted["blue"][2] + wanted["red"][2] == wanted["drawings"][2] == 10
    answer = hand.ask("GET", f"/runs/{run.id}/figures").json()
    found = {one.pop("part"): tuple(one.values()) for one in answer["figures"]}
    assert found == wanted

    trains_again(hand, run, export, tmp_path)
    is_repeated_and_deleted(hand, run)


def trains_again(hand: Hand, run: Run, export: Path, tmp_path: Path) -> None:
    """The command of the run makes the very same file of the export."""
    about = hand.app.get(f"/api/runs/{run.id}").json()
    assert (about["handwriting"], about["pretrained"]) == (True, "mlp")
    words = about["command"].split()
    out = tmp_path / "again.safetensors"
    command(*words[1:], "--data", export, "--out", out, "--runs", tmp_path / "others")
    assert out.read_bytes() == run.final.read_bytes()
    facts = load(out).metadata
    assert facts["pretrained"] == f"mlp {load_network('mlp').sha256}"
    assert load(out).spec.classes == (*"0123456789", "★", "plus", "ß")


def is_repeated_and_deleted(hand: Hand, run: Run) -> None:
    """The same drawings are learnt from once more, whatever was drawn since."""
    again = start(hand, network=None, like=run.id)
    assert again.config.handwriting == run.config.handwriting
    assert ended(again).final.read_bytes() == run.final.read_bytes()
    other = start(hand, network=None, like=run.id, recipe={"augmentation": True})
    answer = hand.app.get(f"/api/runs/{run.id}/differences?with={other.id}").json()
    assert [one["name"] for one in answer] == ["augmentation"]
    open_to_all = hand.app.post("/api/runs", json={"like": run.id})
    assert open_to_all.json()["kind"] == "private"

    ended(other)
    gone = hand.ask("DELETE", "?sure=true&runs=true").json()
    assert gone == {"deleted": [other.id, again.id, run.id], "left": []}
    assert not hand.folder.exists()
    assert list(hand.runs.glob("2*")) == []


def test_alone_and_from_random_weights_what_it_began_with_is_before(
    hand: Hand, tmp_path: Path
) -> None:
    shutil.rmtree(tmp_path / "sets" / "mnist")
    hand.collect("plus", "ß")
    for _ in range(3):
        hand.draw("plus")
        hand.draw("ß")
    run = ended(start(hand, handwriting={}, recipe=RECIPE))
    assert run.status.state == "finished", run.status
    assert (run.config.pretrained, run.config.recipe.held_out) == ("", 1)
    export = unpacked(hand.ask("GET", "/idx"), tmp_path / "export")
    old, mine = evaluated(run.scrubbed()[0].path, export), evaluated(run.final, export)
    (figure, blue) = hand.ask("GET", f"/runs/{run.id}/figures").json()["figures"]
    assert figure == {
        "part": "drawings", "before": old["correct"], "after": mine["correct"], "total": 2,
    }  # fmt: skip
    assert blue["part"] == "blue"
    refused = hand.app.post("/api/runs", json={"handwriting": {"mnist": 10}}, headers=KNOWN)
    assert refused.json()["kind"] == "no-mnist-beside"


def test_of_mnist_a_network_without_classes_of_digits_reads_nothing_right(
    hand: Hand, tmp_path: Path
) -> None:
    shutil.copytree(tmp_path / "sets" / "mnist", tmp_path / "letters")
    (tmp_path / "letters" / "classes.txt").write_text("\n".join("ABCDEFGHIJ"))
    (letters,) = in_folder(tmp_path / "letters")
    assert letters.set is not None
    digits = load_network("mlp")
    spec = for_classes(digits.spec, letters.set.classes)
    network = type(digits)(spec, digits.parameters, {})
    mnist = data_sets.load(letters.set, "test")
    parts = {one.part: one for one in figures.measure(digits, network, letters.set, mnist)}
    assert (parts["drawings"].before, parts["mnist"].after) == (0, 0)
    assert parts["mnist"].before == parts["drawings"].after > 0


def test_a_training_under_way_fails_with_a_sentence_when_the_drawings_are_deleted(
    hand: Hand,
) -> None:
    draw_some(hand)
    run = start(hand, handwriting={}, recipe={**RECIPE, "epochs": 900, "batch_size": 2})
    waits = start(hand, handwriting={}, recipe=RECIPE)
    until(lambda: run.status.step > 5)
    gone = hand.ask("DELETE", "?sure=true&runs=true").json()
    assert gone == {"deleted": [], "left": [waits.id, run.id]}
    for one in (run, waits):
        assert ended(one).status.state == "failed"
        assert one.status.sentence == frozen.GONE
    assert not hand.folder.exists()
    refused = hand.app.post("/api/runs", json={"like": run.id}, headers=KNOWN)
    assert (refused.status_code, refused.json()["kind"]) == (404, "no-frozen-set")


def test_what_cannot_be_begun_is_refused_in_a_sentence(hand: Hand) -> None:
    draw_some(hand)
    wrong = {
        "two-sets": {"handwriting": {}, "data": "mnist"},
        "no-architecture": {"handwriting": {}, "pretrained": "nobody"},
        "cannot-train": {"handwriting": {}, "network": "lenet", "pretrained": "mlp"},
        "too-large": {"handwriting": {"mnist": 10_001}},
    }
    for kind, body in wrong.items():
        answer = hand.app.post("/api/runs", json=body, headers=KNOWN)
        assert answer.status_code == 422, answer.text
        assert answer.json()["kind"] == kind
    best = {"network": "mlp", "pretrained": "mlp", "recipe": {"recipe": "best", "held_out": 10}}
    for more, why in (({"handwriting": {}}, "digits of its own"), ({}, "best has teachers")):
        answer = hand.app.post("/api/runs", json={**best, **more}, headers=KNOWN)
        assert answer.status_code == 422
        assert why in answer.json()["detail"]


def test_older_sets_make_room_but_for_those_that_are_learnt_from(hand: Hand, monkeypatch) -> None:
    draw_some(hand)
    folder = Folder(hand.folder)
    first = frozen.freeze(folder, None, ())
    hand.draw("4")
    room = folder.size() + 5_000
    monkeypatch.setattr(frozen, "MOST_BYTES", room)
    monkeypatch.setattr("app.handwriting.folder.MOST_BYTES", room)
    with pytest.raises(RefusalError, match="may take"):
        frozen.freeze(folder, None, {first.id})
    monkeypatch.setattr(frozen, "MOST_BYTES", 100)
    monkeypatch.setattr("app.handwriting.folder.MOST_BYTES", 100)
    with pytest.raises(RefusalError, match="may take"):
        frozen.freeze(folder, None, ())
    assert [one.name for one in folder.sets.iterdir()] == [first.id], "nothing goes for nothing"
    monkeypatch.setattr(frozen, "MOST_BYTES", room)
    monkeypatch.setattr("app.handwriting.folder.MOST_BYTES", room)
    second = frozen.freeze(folder, None, ())
    assert [one.name for one in folder.sets.iterdir()] == [second.id]
    assert second.set.counts["train"] + second.set.counts["test"] == 31
    assert np.asarray(second.set.load("test")[1]).max() == 4
