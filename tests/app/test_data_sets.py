"""A network for the classes of a set; sets as the server lists them; MNIST fetched."""

import shutil
import time
from collections.abc import Iterator

import httpx
import pytest
from safetensors.numpy import load

from app import data_sets
from app.refusals import RefusalError
from app.runs.asked import config_of
from app.runs.data import Data
from app.runs.schemas import RunBody, RunRecipe
from app.settings import Settings
from app.training_settings import Training
from model.data import sets
from model.data.errors import MnistError
from model.lenet import LENET
from model.mlp import MLP
from model.spec import InputSpec, NetworkSpec, conv, flatten, softmax
from tests.app.local import Local
from tests.app.test_derivatives import metadata_of
from tests.model.data.test_sets import write


@pytest.fixture(autouse=True)
def nothing_cached(tmp_path, monkeypatch) -> None:
    for module in ("app.data_sets", "app.runs.data"):
        monkeypatch.setattr(f"{module}.cache_folder", lambda: tmp_path / "cache" / "mnist")


@pytest.mark.parametrize("spec", [LENET, MLP])
def test_a_network_gets_the_classes_of_a_set(spec) -> None:
    letters = sets.KNOWN["emnist-letters"].classes
    made = data_sets.for_classes(spec, letters)
    assert made.classes == letters
    assert made.shapes[made.logits_layer] == (26,)
    assert data_sets.for_classes(spec, spec.classes) is spec
    clothes = data_sets.for_classes(spec, sets.KNOWN["fashion-mnist"].classes)
    assert clothes.shapes == spec.shapes


def test_one_that_cannot_get_them_is_refused() -> None:
    spec = NetworkSpec(
        id="all",
        title="All",
        input=InputSpec(),
        classes=tuple("0123456789"),
        layers=(conv("conv1", 10, kernel=32), flatten("flat"), softmax("softmax")),
    )
    with pytest.raises(MnistError, match="10 classes apart, the set has 26"):
        data_sets.for_classes(spec, sets.KNOWN["emnist-letters"].classes)


def test_sets_are_listed_with_what_is_wrong_and_without_paths(tmp_path) -> None:
    write(tmp_path / "sets" / "emnist", 26, 1, "emnist-letters-")
    broken = write(tmp_path / "sets" / "mnist", packed=False)
    (broken / "train-images-idx3-ubyte").write_bytes(b"")
    found = {one.id: one for one in Data(Training(data=str(tmp_path / "sets"))).listed().sets}
    letters = found["emnist-letters"]
    assert (letters.problem, letters.transposed, letters.strokes) == ("", True, True)
    assert letters.images is not None
    assert (letters.images.train, letters.images.test) == (104, 26)
    assert "mnist/train-images-idx3-ubyte ends within its header" in found["mnist"].problem
    assert str(tmp_path) not in found["mnist"].problem
    assert found["mnist"].images is None


def test_mnist_is_fetched_and_its_progress_told(tmp_path, monkeypatch) -> None:
    def download(folder, progress) -> None:
        write(folder)
        for done in (0, 300_000, 600_000):
            progress("train-images-idx3-ubyte", done, 600_000)

    monkeypatch.setattr("app.runs.data.download", download)
    data = Data(Training())
    assert data.listed().sets == ()
    assert data.listed().fetch.state == "none"
    assert data.fetch("mnist").state in ("running", "done")
    _await(data, "done")
    assert [one.id for one in data.listed().sets] == ["mnist"]


def test_why_it_could_not_be_fetched_is_said(tmp_path, monkeypatch) -> None:
    def download(folder, progress) -> None:
        raise MnistError(f"MNIST cannot be kept in {folder}: no room.")

    monkeypatch.setattr("app.runs.data.download", download)
    data = Data(Training())
    data.fetch("mnist")
    _await(data, "failed")
    assert data.fetch_now().sentence == "MNIST cannot be kept in its folder: no room."


def test_a_fetch_whose_server_died_says_so(tmp_path) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "fetch.json").write_text('{"state": "running", "done": 5}')
    now = Data(Training()).fetch_now()
    assert now.state == "failed"
    assert "Fetch it again" in now.sentence


def _await(data: Data, state: str) -> None:
    late = time.monotonic() + 20
    while data.fetch_now().state != state:
        assert time.monotonic() < late
        time.sleep(0.01)


def test_a_training_of_the_server_takes_the_classes_of_its_set(tmp_path) -> None:
    write(tmp_path / "sets" / "emnist", 47, 0, "emnist-balanced-")
    asked = RunBody(data="emnist-balanced", recipe=RunRecipe(held_out=40, optimiser="momentum"))
    config = config_of(asked, Training(data=str(tmp_path / "sets")))
    assert config.spec.classes == sets.KNOWN["emnist-balanced"].classes
    assert config.spec.shapes["fc3"] == (47,)
    assert (config.recipe.optimiser, config.recipe.momentum) == ("sgd", 0.9)
    assert config.command == ""  # it does not say where its images are
    digits = RunBody(data="emnist-balanced", recipe=RunRecipe(recipe="best", held_out=40))
    with pytest.raises(RefusalError, match="draws digits of its own"):
        config_of(digits, Training(data=str(tmp_path / "sets")))


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        ({}, ""),
        ({"optimiser": "momentum"}, " --optimiser momentum --momentum 0.9"),
        ({"optimiser": "sgd", "loss": "hinge"}, " --optimiser sgd --loss hinge"),
        ({"images": 5, "shuffled": True, "seed": 3}, " --images 5 --shuffled"),
        ({"augmentation": True, "initial": "zeros"}, " --augment"),
        ({"schedule": "constant"}, None),  # there is no option for it
    ],
)
def test_a_run_says_which_command_does_the_same(tmp_path, choices, words) -> None:
    write(tmp_path / "mnist")
    asked = RunBody(recipe=RunRecipe(held_out=20, **choices))
    command = config_of(asked, Training(data=str(tmp_path))).command
    init = " --init zeros" if "initial" in choices else ""
    start = f"convlens train lenet --recipe plain --seed {choices.get('seed', 0)}{init}"
    assert command == ("" if words is None else f"{start} --held-out 20{words}")


def _images(local: Local, query: str = "", **headers: str) -> httpx.Response:
    return local.get(f"/api/data/emnist-letters/images{query}", headers=headers)


@pytest.fixture
def letters(tmp_path) -> Iterator[Local]:
    """A server that has four images of each of 26 letters to learn from, and one to test with."""
    write(tmp_path / "sets" / "emnist", 26, 1, "emnist-letters-")
    with Local(Settings(training=Training(data=str(tmp_path / "sets")))) as app:
        yield app


def test_images_of_a_set_come_upright_by_page_class_and_place(letters) -> None:
    page = load(_images(letters, "?split=train&start=100&count=50").content)
    assert page["places"].tolist() == [100, 101, 102, 103]
    assert page["labels"].tolist() == [22, 23, 24, 25]
    assert page["images"][:, 20, 1].tolist() == [24, 25, 26, 27]  # the files have it transposed
    some = _images(letters, "?label=3&split=train")
    assert load(some.content)["places"].tolist() == [3, 29, 55, 81]
    assert metadata_of(some.content)["of"] == "4"
    placed = _images(letters, "?at=25,0", Accept="application/json").json()
    assert placed["labels"]["data"] == [25, 0]
    assert load(_images(letters, "?label=63").content)["images"].shape == (0, 28, 28)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?at=1,,2", "separated by commas"),
        ("?at=-1", "separated by commas"),
        (f"?at={'0,' * 200}0", "up to 200"),
        ("?split=all", ""),
        ("?label=64", ""),
        ("?count=0", ""),
    ],
)
def test_images_that_cannot_be_given_are_refused_in_a_sentence(letters, query, words) -> None:
    refused = _images(letters, query)
    assert refused.status_code == 422
    assert words in refused.text
    assert letters.get("/api/data/nowhere/images").status_code == 404
    beyond = _images(letters, "?at=3,26")
    assert beyond.status_code == 404
    assert "The first has the number 0, the last 25." in beyond.text


def test_a_set_that_changes_is_read_anew(letters, tmp_path) -> None:
    assert len(load(_images(letters).content)["places"]) == 26
    shutil.rmtree(tmp_path / "sets" / "emnist")
    assert _images(letters).status_code == 404
