"""The run that comes along: what its file holds is what is said of it, and what is answered."""

import json
from dataclasses import replace
from pathlib import Path

import httpx
import numpy as np
import pytest
import safetensors.numpy

from app.runs.folder import Run, Runs
from app.runs.metrics import read
from app.runs.recorder import log_spaced
from app.runs.shipped import FOLDER, Shipped
from app.runs.shipping import make
from model import Network
from model.data import mnist
from model.lenet import LENET
from model.train.batches import Examples
from model.train.evaluate import evaluate
from model.train.loop import begin
from model.train.material import material
from model.train.recipe import PLAIN
from tests.app.drawings import SEVEN
from tests.server import running

TOKEN = {"Convlens-Token": "a-token-that-nobody-guesses"}
MOST = 3_500_000
END = 12 * 860


def network_at(place: int) -> Network:
    """Make a network of what the file holds, whatever the server makes of it."""
    tensors = safetensors.numpy.load_file(FOLDER / "history.safetensors")
    return Network(LENET, {name: one[place].astype(np.float32) for name, one in tensors.items()})


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shipped")
    known = {"CONVLENS_RUNS": str(folder), "CONVLENS_TOKEN": TOKEN["Convlens-Token"]}
    with (
        running(environment=known) as server,
        httpx.Client(base_url=server.url, headers=TOKEN, trust_env=False) as one,
    ):
        yield one


def test_the_history_is_small_and_of_log_spaced_steps_from_the_first_weights_to_the_end() -> None:
    run = Shipped()
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) <= MOST
    steps = [one.step for one in run.kept()]
    assert steps == log_spaced(END)
    assert 24 <= len(steps) <= 27
    assert run.status.step == steps[-1] == END
    tensors = safetensors.numpy.load_file(FOLDER / "history.safetensors")
    assert {one.dtype for one in tensors.values()} == {np.dtype(np.float16)}
    assert {one.shape[0] for one in tensors.values()} == {len(steps)}
    first = begin(LENET, PLAIN).network
    for name, array in first.parameters.items():
        assert np.array_equal(tensors[name][0], array.astype(np.float16)), name
    assert run.config.recipe == PLAIN
    assert run.config.command == "convlens train lenet --recipe plain --seed 0"
    for place, one in enumerate(run.kept()):
        assert one.network().sha256 == one.sha256
        for name, array in network_at(place).parameters.items():
            assert np.array_equal(one.network().parameters[name], array)


def test_nothing_of_it_is_read_before_somebody_asks(tmp_path: Path) -> None:
    nowhere = Shipped(tmp_path / "gone")
    runs = Runs(tmp_path, nowhere)
    assert runs.find("shipped") is nowhere
    assert Runs(tmp_path).find("shipped") is None
    assert runs.all() == []
    assert runs.size() == 0


def test_each_moment_answers_as_the_engine_does_with_these_weights(client) -> None:
    about = client.get("api/runs/shipped").json()
    assert [one["step"] for one in about["history"]] == log_spaced(END)
    assert about["latest"] == about["history"][-1]
    assert (about["state"], about["test_accuracy"]) == ("finished", 0.9924)
    for place in (0, 11, 24):
        sha256 = about["history"][place]["sha256"]
        answer = client.post(f"api/models/run-shipped/trace?weights={sha256}", json=SEVEN)
        assert answer.headers["convlens-weights"] == sha256
        said = safetensors.numpy.load(answer.content)
        trace = network_at(place).trace(said["input"])
        for name in LENET.shapes:
            assert np.array_equal(said[name], trace[name]), (place, name)
        step = about["history"][place]["step"]
        weights = client.get(f"api/models/run-shipped/weights?sha256={sha256}").content
        assert weights == client.get(f"api/runs/shipped/weights?step={step}").content
        found = safetensors.numpy.load(weights)
        for name, array in network_at(place).parameters.items():
            assert np.array_equal(found[name], array)
    last = client.post("api/models/run-shipped/trace", json=SEVEN)
    assert last.headers["convlens-weights"] == about["latest"]["sha256"]
    assert client.get("api/runs/shipped/weights").content == weights
    assert client.get("api/runs/shipped/weights?step=4").status_code == 404
    assert client.get("?model=run-shipped").status_code == 200


def test_its_metrics_are_read_as_those_of_any_run(client) -> None:
    lines = [json.loads(one) for one in client.get("api/runs/shipped/metrics").text.splitlines()]
    judged = [line["step"] for line in lines if line["kind"] == "evaluation"]
    assert judged == log_spaced(END)
    assert [line["step"] for line in lines] == sorted(line["step"] for line in lines)
    table = client.get("api/runs/shipped/metrics", headers={"accept": "text/csv"}).text
    assert len(table.splitlines()) == len(lines) + 1
    stream = client.get("api/runs/shipped/stream").text
    assert stream.count("event: metrics") == len(lines)


def test_it_stays_as_it_is_and_takes_no_room(client) -> None:
    assert client.get("api/runs").json()["bytes"] == 0
    assert client.get("api/runs").json()["runs"] == []
    for answer in (
        client.delete("api/runs/shipped"),
        client.post("api/runs/shipped/wishes", json={"wish": "resume"}),
    ):
        assert answer.status_code == 409
        assert "comes with Convlens" in answer.json()["detail"]
    assert client.get("api/runs/shipped").status_code == 200


def test_what_is_said_of_reading_is_what_evaluating_the_rounded_weights_gives(
    mnist_folder: Path,
) -> None:
    run = Shipped()
    test = Examples(*mnist.load(mnist_folder, "test"))
    last = run.kept()[-1].network()
    found = evaluate(last, test)
    assert run.status.test_accuracy == found.accuracy == float(last.metadata["accuracy"])
    held = material(PLAIN, Examples(*mnist.load(mnist_folder, "train")))[1]
    lines = [line for line in read(run.metrics) if line["kind"] == "evaluation"]
    for place in (0, 14, 24):
        seen = evaluate(run.kept()[place].network(), held)
        assert lines[place]["validation_accuracy"] == pytest.approx(seen.accuracy)
        assert lines[place]["validation_loss"] == pytest.approx(seen.loss, rel=1e-5)
        assert lines[place]["confusion"] == seen.confusion.tolist()


def test_making_it_again_gives_the_same_bytes(sets: Path, tmp_path: Path) -> None:
    recipe = replace(PLAIN, epochs=2, batch_size=10, held_out=40)
    for name in ("one", "two"):
        make(tmp_path / name, sets / "blocks", recipe, workers=1 + (name == "two"))
    files = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert files == sorted(path.name for path in FOLDER.iterdir())
    for name in files:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    run: Run = Shipped(tmp_path / "one")
    assert [one.step for one in run.kept()] == log_spaced(40)
    assert run.status.state == "finished"
    assert run.status.step == run.status.steps == 40
