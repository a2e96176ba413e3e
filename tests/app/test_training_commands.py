"""`convlens train` and `convlens evaluate`, as people and scripts use them."""

import itertools
import json
import os
import shlex
import signal
import subprocess
import sys
import time
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import typer
from typer.testing import CliRunner

from app.commands import training
from app.commands.progress import Keeper
from model import load_network
from model.checkpoint import WEIGHTS, load, save
from model.data import mnist
from model.lenet import LENET
from model.network import Network
from model.train import session
from model.train.batches import Examples
from model.train.loop import Training, steps
from model.whole_file import write_whole
from tests.made_up_mnist import idx_bytes, write_mnist

ROOT = Path(__file__).parents[2]
QUICK = ("--recipe", "plain", "--epochs", "3", "--batch-size", "10", "--held-out", "40")
LONGER = ("--recipe", "standard", "--epochs", "8", "--batch-size", "10", "--held-out", "40")

cli = typer.Typer(pretty_exceptions_enable=False)
training.register(cli)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_mnist(tmp_path_factory.mktemp("mnist"), train=240, test=60)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CONVLENS_DATA", raising=False)
    monkeypatch.setattr(mnist, "cache_folder", lambda: tmp_path / "cache")
    monkeypatch.setattr("model.data.download.MIRRORS", ("http://127.0.0.1:9/",))


def run(*words: object, code: int = 0):
    result = CliRunner().invoke(cli, [str(word) for word in words])
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    return result


def refused(*words: object, code: int = 1) -> str:
    result = run(*words, code=code)
    assert result.stdout == ""
    return " ".join(result.stderr.split())


def test_what_was_trained_is_evaluated(data: Path, tmp_path: Path) -> None:
    said = run("train", "lenet", "--data", data, *QUICK)
    assert "epoch 3/3: loss" in said.stderr
    assert "lenet.safetensors: 100.00% of the 60 test images are read right" in said.stdout
    found = json.loads(
        run("evaluate", "--model", "lenet.safetensors", "--data", data, "--json").stdout
    )
    assert set(found) == {
        "model", "weights", "accuracy", "correct", "total", "unknown", "loss", "confusion",
        "worst_confusions", "ece", "ece_by_chance", "reliability", "energy",
    }  # fmt: skip
    network = load(tmp_path / "lenet.safetensors")
    assert found["weights"] == network.sha256
    assert found["accuracy"] == float(network.metadata["accuracy"]) == 1.0
    assert found["correct"] == found["total"] == 60
    labels = mnist.load(data, "test")[1]
    assert found["confusion"] == np.diag(np.bincount(labels, minlength=10)).tolist()
    assert found["worst_confusions"] == []
    assert 0 <= found["ece"] < 0.2
    assert 0 <= found["ece_by_chance"] < 0.2
    assert sum(interval["images"] for interval in found["reliability"]) == 60
    assert found["energy"]["threshold"] == float(network.metadata["energy_threshold"])
    assert 0 <= found["energy"]["below"] <= 1
    text = run("evaluate", "--model", "lenet.safetensors", "--data", data).stdout
    assert "100.00% right: 60 of 60 images, 0 wrong." in text
    assert "Worst confusions" not in text


def test_people_get_tables(data: Path) -> None:
    text = run("evaluate", "--data", data).stdout
    assert "of 60 images" in text
    assert "Worst confusions" in text
    assert "read as" in text
    assert "Expected calibration error" in text
    assert "here, by chance" in " ".join(text.split())
    assert "below the energy" in text


def test_weights_without_a_threshold_are_evaluated_too(data: Path, tmp_path: Path) -> None:
    network = load(WEIGHTS / "lenet.safetensors")
    facts = {k: v for k, v in network.metadata.items() if not k.startswith("energy")}
    save(tmp_path / "older.safetensors", Network(network.spec, network.parameters, facts))
    words = ("evaluate", "--model", "older.safetensors", "--data", data)
    assert json.loads(run(*words, "--json").stdout)["energy"] == {"threshold": None, "below": None}
    assert "below the energy" not in run(*words).stdout


def test_the_command_in_the_file_repeats_it(data: Path, tmp_path: Path) -> None:
    first, again = tmp_path / "first.safetensors", tmp_path / "again.safetensors"
    run("train", "--data", data, *QUICK, "--seed", 5, "--init", "glorot", "--out", first)
    convlens, *words = shlex.split(load(first).metadata["command"])
    assert convlens == "convlens"
    run(*words, "--data", data, "--out", again)
    assert again.read_bytes() == first.read_bytes()
    other = tmp_path / "other.safetensors"
    run("train", "--data", data, *QUICK, "--seed", 6, "--init", "glorot", "--out", other)
    assert other.read_bytes() != first.read_bytes()


def test_a_spec_of_ones_own_can_be_trained(data: Path, tmp_path: Path) -> None:
    spec = LENET.to_json() | {"id": "mine"}
    (tmp_path / "mine.json").write_text(json.dumps(spec))
    run("train", "mine.json", "--data", data, *QUICK)
    assert load(tmp_path / "mine.safetensors").spec.id == "mine"


def test_the_folder_may_come_from_the_environment(data: Path, monkeypatch) -> None:
    monkeypatch.setenv("CONVLENS_DATA", str(data))
    assert json.loads(run("evaluate", "--json").stdout)["total"] == 60


def test_nothing_is_overwritten_unasked(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "lenet.safetensors"
    out.write_bytes(b"precious")
    assert "exists. Replace it with --overwrite" in refused("train", "--data", data, *QUICK)
    assert out.read_bytes() == b"precious"
    run("train", "--data", data, *QUICK, "--overwrite")
    assert load(out).metadata["epochs"] == "3"


def interrupted(data: Path, out: Path, sent: signal.Signals) -> subprocess.CompletedProcess[str]:
    """Train in a process of its own, and end it in the middle of the second epoch."""
    command = [sys.executable, "-m", "app", "train", *LONGER]
    command += ["--data", str(data), "--out", str(out)]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "CONVLENS_DATA": ""}
    # Shells start what runs in the background deaf to ctrl-C, and children inherit that.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )
    signal.signal(signal.SIGINT, before)
    assert process.stderr is not None
    first = process.stderr.readline()
    assert first.startswith("epoch 1/8"), first + process.communicate()[1]
    time.sleep(0.03)
    process.send_signal(sent)
    stdout, stderr = process.communicate(timeout=60)
    return subprocess.CompletedProcess(command, process.returncode, stdout, stderr)


@pytest.fixture(scope="module")
def longer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Enough images that an epoch takes a few tenths of a second."""
    return write_mnist(tmp_path_factory.mktemp("longer"), train=600, test=20)


@pytest.fixture(scope="module")
def uninterrupted(longer: Path) -> bytes:
    """The file that the training below ends at when nobody disturbs it."""
    out = longer / "whole.safetensors"
    run("train", *LONGER, "--data", longer, "--out", out)
    return out.read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of this kind are not for Windows")
@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_ended_in_the_middle_and_resumed_it_ends_at_the_same_weights(
    longer: Path, uninterrupted: bytes, tmp_path: Path, sent: signal.Signals
) -> None:
    out = tmp_path / "cut.safetensors"
    ended = interrupted(longer, out, sent)
    checkpoint = session.checkpoint_of(out)
    done = session.resume(checkpoint)[0].epoch
    assert 1 <= done < 8
    assert not out.exists()
    if sent != signal.SIGKILL:
        assert ended.returncode == 128 + sent
        assert f"{done} of 8 epochs " in ended.stderr
        assert f"are kept in {checkpoint}" in ended.stderr
        assert f"convlens train --resume --out {out}" in ended.stderr
        assert "Traceback" not in ended.stderr
    else:
        assert ended.returncode == -signal.SIGKILL
    assert "--resume" in refused("train", "--data", longer, "--out", out)
    said = run("train", "--resume", "--data", longer, "--out", out)
    assert f"epoch {done + 1}/8" in said.stderr
    assert not checkpoint.exists()
    assert out.read_bytes() == uninterrupted


@pytest.fixture
def unfinished(data: Path, tmp_path: Path, monkeypatch) -> Path:
    """A training that ctrl-C ended before its first epoch was complete."""

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(training, "follow", stop)
        result = run("train", "--data", data, *QUICK, code=130)
    assert "Stopped. 0 of 3 epochs are kept" in result.stderr
    return tmp_path / "lenet.checkpoint.safetensors"


def test_one_that_is_stopped_before_anything_is_kept_says_nothing_of_an_older_one(
    data: Path, unfinished: Path, monkeypatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    older = unfinished.read_bytes()
    monkeypatch.setattr("app.runs.recorder.Recorder.begin", stop)
    for more in (("--overwrite",), ("--out", "other.safetensors")):
        said = run("train", "--data", data, *QUICK, *more, code=130)
        assert said.stderr.strip().endswith("Stopped.")
    assert unfinished.read_bytes() == older


def test_even_the_first_epoch_can_be_interrupted(data: Path, unfinished: Path) -> None:
    run("train", "--data", data, "--resume")
    assert not unfinished.exists()


def test_a_training_that_is_stopped_within_an_epoch_says_so_and_goes_on_from_there(
    data: Path, tmp_path: Path, monkeypatch
) -> None:
    run("train", "--data", data, *QUICK, "--out", "whole.safetensors")

    def cut_off(begun: Training, examples: Examples, **callbacks: Any) -> None:
        with closing(steps(begun, examples)) as reports:
            for report in itertools.islice(reports, 2):
                callbacks["on_step"](report)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(training, "Keeper", partial(Keeper, every=0.0))
        patch.setattr(training, "follow", cut_off)
        result = run("train", "--data", data, *QUICK, code=130)
    assert "Stopped. 0 of 3 epochs and 2 steps of the next are kept" in " ".join(
        result.stderr.split()
    )
    run("train", "--data", data, "--resume")
    whole = (tmp_path / "whole.safetensors").read_bytes()
    assert (tmp_path / "lenet.safetensors").read_bytes() == whole


def test_a_full_disk_names_the_file_and_how_to_go_on(data, tmp_path, monkeypatch) -> None:
    left = iter([None, None])  # room for the first checkpoint and for that of one epoch

    def full(path: Path, content: bytes, **how: Any) -> None:
        if next(left, "none") == "none":
            raise OSError(28, "No space left on device")
        write_whole(path, content, **how)

    with monkeypatch.context() as patch:
        patch.setattr("model.checkpoint.write_whole", full)
        said = refused("train", "--data", data, *QUICK)
    checkpoint = tmp_path / "lenet.checkpoint.safetensors"
    assert "No space left on device (lenet.checkpoint.safetensors). Make room on that disk" in said
    assert "1 of 3 epochs are kept in lenet.checkpoint.safetensors" in said
    assert "convlens train --resume --out lenet.safetensors" in said
    assert session.resume(checkpoint)[0].epoch == 1
    run("train", "--data", data, "--resume")


def test_a_name_is_judged_before_anything_is_downloaded() -> None:
    assert "no network called nothing; there are: lenet" in refused("train", "nothing")
    assert "There is no recipe called magic" in refused("train", "--recipe", "magic")
    assert "There is no unfinished training" in refused("train", "--resume")


def test_transposed_images_are_turned_over_and_it_says_so(mnist_folder, tmp_path) -> None:
    images, labels = (part[:200] for part in mnist.load(mnist_folder, "test"))
    folder = tmp_path / "emnist"
    folder.mkdir()
    (folder / "t10k-images-idx3-ubyte").write_bytes(idx_bytes(images.transpose(0, 2, 1)))
    (folder / "t10k-labels-idx1-ubyte").write_bytes(idx_bytes(labels))
    said = run("evaluate", "--data", folder, "--json")
    assert "lie transposed, rows as columns, as those of EMNIST do" in " ".join(said.stderr.split())
    assert json.loads(said.stdout)["accuracy"] > 0.95
    (folder / "t10k-images-idx3-ubyte").write_bytes(idx_bytes(images))
    assert run("evaluate", "--data", folder).stderr == ""


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--epochs", "9"), "was begun with epochs 3, not 9"),
        (("--recipe", "standard"), "was begun with recipe plain, not standard"),
        (("--batch-size", "7"), "was begun with batch-size 10, not 7"),
    ],
)
def test_a_resumed_training_keeps_its_recipe(data, unfinished, options, words) -> None:
    assert words in refused("train", "--data", data, "--resume", *options)
    run("train", "--data", data, "--resume", *QUICK)


def test_a_resumed_training_keeps_its_data_and_network(data, unfinished, tmp_path) -> None:
    other = write_mnist(tmp_path / "other", train=241, test=60)
    assert "learnt from other files" in refused("train", "--data", other, "--resume")
    (tmp_path / "lenet.json").write_text(json.dumps(LENET.to_json() | {"title": "Other"}))
    text = refused("train", "lenet.json", "--data", data, "--resume")
    assert "is of another network than lenet.json" in text


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("train", "alexnet"), "no network called alexnet; there are: lenet, lenet5, mlp."),
        (("train", "--recipe", "magic"), "There is no recipe called magic; there are: plain"),
        (("train", "nowhere.json"), "There is no file nowhere.json; check the path."),
        (("train", "broken.json"), "broken.json cannot be read as JSON"),
        (("train", "--out", "weights.pt"), "must end in .safetensors"),
        (("train", "--out", "no/where.safetensors"), "There is no folder no;"),
        (("train", "--resume"), "There is no unfinished training to resume"),
        (("train", "--held-out", "5000"), "5000 of 240 images cannot be held out"),
        (("train", "--rate", "-1"), "must lie between 0 and 100"),
        (("evaluate", "--model", "nowhere"), "There is no network called nowhere"),
        (("evaluate", "--model", "broken.json"), "broken.json"),
    ],
)
def test_a_wrong_wish_is_refused_in_a_sentence(data, tmp_path, words, sentence) -> None:
    (tmp_path / "broken.json").write_text("{")
    assert sentence in refused(*words, "--data", data)
    assert [path.name for path in tmp_path.iterdir()] == ["broken.json"]


def test_numbers_that_overflow_are_null_in_json(data: Path, tmp_path: Path) -> None:
    mlp = load_network("mlp")
    loud = {name: values * np.float32(1e38) for name, values in mlp.parameters.items()}
    save(tmp_path / "loud.safetensors", Network(mlp.spec, loud))
    said = run("evaluate", "--model", "loud.safetensors", "--data", data, "--json").stdout
    found = json.loads(said, parse_constant=pytest.fail)
    assert (found["loss"], found["ece"]) == (None, None)
    assert None in [one["confidence"] for one in found["reliability"]]


def test_a_network_of_other_classes_is_refused(data: Path, tmp_path: Path) -> None:
    spec = LENET.to_json()
    spec["classes"], spec["layers"][-2]["channels"] = list("01"), 2
    (tmp_path / "two.json").write_text(json.dumps(spec))
    assert "tells 2 classes apart" in refused("train", "two.json", "--data", data, *QUICK)
    best = refused("train", "two.json", "--recipe", "best", "--data", data)
    assert "best draws digits of its own" in best
    assert "Take the recipe standard." in best


def test_damaged_data_are_named(tmp_path: Path) -> None:
    folder = write_mnist(tmp_path / "mnist", train=5, test=5)
    (folder / "t10k-images-idx3-ubyte").write_bytes(b"\0\0\x08\x03")
    for command in ("train", "evaluate"):
        text = refused(command, "--data", folder)
        assert "t10k-images-idx3-ubyte ends within its header" in text
    assert "There is no folder" in refused("evaluate", "--data", tmp_path / "nowhere")


def test_offline_without_data_the_sentence_says_what_to_do(tmp_path: Path) -> None:
    for command in ("train", "evaluate"):
        text = refused(command)
        assert "could not be downloaded" in text
        assert "--data or CONVLENS_DATA" in text


def test_a_misspelt_option_is_a_usage_error() -> None:
    assert "No such option" in refused("train", "--epoch-count", "3", code=2)
    assert "--epochs" in refused("train", "--epochs", "0", code=2)


@pytest.mark.parametrize("command", ["train", "evaluate"])
def test_help_explains_every_option(command: str) -> None:
    click_command = typer.main.get_command(cli).commands[command]
    text = run(command, "--help").stdout
    for parameter in click_command.params:
        assert parameter.help, parameter.name
        assert any(option in text for option in parameter.opts) or parameter.name == "network"
