"""Surveys over HTTP: readings of a set by any network."""

import math
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import numpy as np
import pytest
from safetensors import safe_open
from safetensors.numpy import load

from app.runs.folder import Config, Runs, now
from app.settings import Settings
from app.training_settings import Training
from model import Network, load_network
from model.data import mnist
from model.train.batches import Examples
from model.train.evaluate import evaluate
from model.train.recipe import PLAIN
from tests.app.local import Local
from tests.app.test_refusals import assert_problem
from tests.made_up_mnist import write_mnist

ADDRESS = "/api/models/untrained/readings"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sets")
    write_mnist(folder / "mnist", test=1234)
    write_mnist(folder / "others", test=50)
    write_mnist(folder / "letters", test=50)
    (folder / "letters" / "classes.txt").write_text("\n".join("abcdefghij"))
    return folder


@pytest.fixture(scope="module")
def here(network_file: Path, folder: Path) -> Iterator[Local]:
    training = Training(data=str(folder))
    with Local(Settings(models=(str(network_file),), training=training)) as app:
        yield app


def awaited(app: Local, address: str, **more) -> httpx.Response:
    late = time.monotonic() + 60
    while (answer := app.get(address, **more)).status_code == 202:
        so_far = answer.json()
        assert so_far["done"] <= so_far["total"]
        assert answer.headers["retry-after"] == "1"
        assert time.monotonic() < late
        time.sleep(0.05)
    return answer


def plain_readings(network: Network, examples: Examples) -> list[dict]:
    """Image by image, by the engine's own trace and Python's arithmetic."""
    rows = []
    border = network.spec.input.border
    for image, truth in zip(examples.images, examples.labels, strict=True):
        ink = np.pad(image, border).astype(np.float32) / 255
        trace = network.trace(ink[None])
        shares = [float(share) for share in trace["softmax"]]
        scores = [float(score) for score in trace["fc3"]]
        said = max(range(10), key=lambda k: shares[k])
        second = max((k for k in range(10) if k != said), key=lambda k: shares[k])
        loss = -math.log(shares[truth])
        energy = math.log(sum(math.exp(score) for score in scores))
        rows.append(
            {"truth": truth, "said": said, "second": second, "loss": loss, "energy": energy}
        )
    return rows


def test_every_image_is_read_as_one_by_one(here, network, folder):
    tensors = load(awaited(here, ADDRESS).content)
    examples = Examples(*mnist.load(folder / "mnist", "test"))
    plain = plain_readings(network, examples)
    counts = np.zeros((10, 10), int)
    for k, row in enumerate(plain):
        counts[row["truth"], row["said"]] += 1
        for name in ("truth", "said", "second"):
            assert tensors[name][k] == row[name]
        assert tensors["losses"][k] == pytest.approx(row["loss"], rel=1e-5, abs=1e-6)
        assert tensors["energies"][k] == pytest.approx(row["energy"], rel=1e-5)
    np.testing.assert_array_equal(tensors["confusion"], counts)
    assert tensors["scores"].shape == tensors["shares"].shape == (1234, 10)


def test_they_add_up_to_what_evaluate_says(here, network, folder, tmp_path):
    answer = awaited(here, ADDRESS)
    (tmp_path / "file").write_bytes(answer.content)
    with safe_open(tmp_path / "file", "np") as file:
        said = file.metadata()
        found = evaluate(network, Examples(*mnist.load(folder / "mnist", "test")))
        assert int(said["images"]) == found.total == 1234
        assert int(said["correct"]) == found.correct
        assert float(said["loss"]) == pytest.approx(found.loss, rel=1e-12)
        np.testing.assert_array_equal(file.get_tensor("confusion"), found.confusion)
    assert said["set"] == "mnist"
    assert said["weights"] == answer.headers["convlens-weights"] == network.sha256
    assert said["threshold"] == "", "nobody chose one for random weights"
    assert said["unsure"] == "0"


def test_json_says_the_same_and_a_copy_is_not_sent_again(here):
    answer = awaited(here, ADDRESS)
    tensors = load(answer.content)
    said = here.get(ADDRESS, headers={"accept": "application/json"}).json()
    assert said["__metadata__"]["set"] == "mnist"
    for name, tensor in tensors.items():
        assert said[name]["data"] == tensor.ravel().tolist()
    etag = answer.headers["etag"]
    assert here.get(ADDRESS, headers={"if-none-match": etag}).status_code == 304
    assert_problem(here.get(ADDRESS, headers={"accept": "text/html"}), 406)


def test_variants_are_other_networks(here, network):
    edits = [{"do": "set", "of": "fc3.bias", "at": [], "values": [0]}]
    edits += [{"do": "set", "of": "fc3.bias", "at": [7], "values": [1000]}]
    made = here.post("/api/models/untrained/variants", json={"edits": edits}).json()["sha256"]
    answer = awaited(here, f"{ADDRESS}?weights={made}")
    assert set(load(answer.content)["said"]) == {7}
    assert answer.headers["convlens-weights"] == made
    assert_problem(here.get(f"{ADDRESS}?weights={'0' * 64}"), 404)


def test_another_set_of_the_same_classes_can_be_read(here):
    assert load(awaited(here, f"{ADDRESS}?set=others").content)["truth"].shape == (50,)
    wrong = assert_problem(here.get(f"{ADDRESS}?set=letters"), 404)
    assert wrong.kind == "other-classes"
    assert "mnist, others" in wrong.detail
    assert assert_problem(here.get(f"{ADDRESS}?set=none"), 404).kind == "no-set"


def test_a_network_of_a_run_reads_the_set_that_it_learns_from(
    network, network_file, folder, tmp_path
):
    runs = Runs(tmp_path / "runs")
    config = Config(
        title="A run",
        network="lenet",
        spec=network.spec,
        recipe=PLAIN,
        data="others",
        folder=str(folder),
        by="command",
        command="",
        created=now(),
    )
    run = runs.create(config)
    (run.history / f"00000000.{network.sha256}.safetensors").write_bytes(network.weights_bytes())
    training = Training(runs=str(runs.path), data=str(folder))
    with Local(Settings(models=(str(network_file),), training=training)) as app:
        json = {"accept": "application/json"}
        said = awaited(app, f"/api/models/run-{run.id}/readings", headers=json).json()
    assert said["__metadata__"]["set"] == "others"
    assert said["truth"]["shape"] == [50]


def test_without_images_it_says_how_to_get_them(local, monkeypatch, tmp_path):
    monkeypatch.setattr("app.data_sets.cache_folder", lambda: tmp_path / "none" / "mnist")
    problem = assert_problem(local.get(ADDRESS), 404)
    assert problem.kind == "no-fitting-set"
    assert "fetch MNIST" in problem.detail


def test_the_network_that_comes_along_misreads_what_evaluate_says(mnist_folder):
    training = Training(data=str(mnist_folder))
    with Local(Settings(models=("lenet",), training=training)) as app:
        answer = awaited(app, "/api/models/lenet/readings")
    tensors, network = load(answer.content), load_network("lenet")
    found = evaluate(network, Examples(*mnist.load(mnist_folder, "test")))
    np.testing.assert_array_equal(tensors["confusion"], found.confusion)
    assert np.sum(tensors["truth"] != tensors["said"]) == found.total - found.correct
    threshold = float(network.metadata["energy_threshold"])
    unsure = f'"unsure":"{int(np.sum(tensors["energies"] < threshold))}"'
    assert unsure.encode() in answer.content[:4096]
