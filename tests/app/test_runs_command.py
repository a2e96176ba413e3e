"""`convlens train` writes a run folder, and `convlens runs` reads it."""

import json
import shutil
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
import typer
from typer.testing import CliRunner

from app.commands import runs as command
from app.commands import training
from app.runs.compare import differences
from app.runs.folder import Run, Runs
from app.runs.metrics import read
from model.checkpoint import load
from model.data import mnist
from model.data.sets import KNOWN
from model.train.recipe import RECIPES, Distillation
from tests.app.runs.conftest import TINY
from tests.made_up_mnist import write_mnist
from tests.model.data.test_sets import write

QUICK = ("--recipe", "plain", "--epochs", "2", "--batch-size", "10", "--held-out", "40")

cli = typer.Typer(pretty_exceptions_enable=False)
training.register(cli)
command.register(cli)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CONVLENS_RUNS", str(tmp_path / "runs"))
    monkeypatch.delenv("CONVLENS_DATA", raising=False)
    monkeypatch.setattr(mnist, "cache_folder", lambda: tmp_path / "cache")
    monkeypatch.setattr(training, "choose_threshold", _threshold)  # it takes long


def _threshold(*_: object):
    from model.train.calibrate import Threshold

    return Threshold(1.0, {}, {})


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_mnist(tmp_path_factory.mktemp("mnist"), train=240, test=60)


def run(*words: object, code: int = 0):
    result = CliRunner().invoke(cli, [str(word) for word in words])
    assert result.exit_code == code, result.output
    return result


def trained(data: Path, *more: object) -> Run:
    Path("tiny.json").write_text(json.dumps(TINY.to_json()))
    before = {one.id for one in Runs(Path("runs")).all()}
    run("train", "tiny.json", "--data", data, *QUICK, *more)
    (made,) = [one for one in Runs(Path("runs")).all() if one.id not in before]
    return made


def test_a_training_leaves_a_run_beside_its_weights(data: Path) -> None:
    made = trained(data)
    assert made.final.read_bytes() == Path("tiny.safetensors").read_bytes()
    assert made.status.state == "finished"
    assert made.config.command == (
        "convlens train tiny.json --recipe plain --seed 0 --epochs 2 --batch-size 10 --held-out 40"
    )
    lines = read(made.metrics)
    assert lines[-1]["test_accuracy"] == float(load(made.final).metadata["accuracy"])
    assert [one["step"] for one in lines if one["kind"] == "step"] == list(range(1, 41))
    evaluations = [one for one in lines if one["kind"] == "evaluation"]
    assert evaluations[-1]["validation_accuracy"] == pytest.approx(
        float(load(made.final).metadata["validation_accuracy"])
    )
    assert len(made.scrubbed()) > 24
    assert not made.resumes()
    assert not made.worked_on


def test_one_that_is_stopped_and_resumed_goes_on_in_the_same_run(data: Path, monkeypatch) -> None:
    whole = trained(data)
    Path("tiny.safetensors").unlink()
    follow = training.follow

    def cut_off(begun, examples, **hooks):
        def on_step(report) -> None:
            hooks["on_step"](report)
            if report.epoch == 1 and report.step == 3:
                raise KeyboardInterrupt

        return follow(begun, examples, **{**hooks, "on_step": on_step})

    with monkeypatch.context() as patch:
        patch.setattr(training, "follow", cut_off)
        run("train", "tiny.json", "--data", data, *QUICK, code=130)
    broken = Runs(Path("runs")).all()[0]
    assert broken.id != whole.id
    assert broken.resumes()[0].name == "00000020.safetensors"
    assert f"{broken.id}: Tiny on mnist, stopped. The command was ended" in _plain(
        run("runs", broken.id).stdout
    )
    run("train", "--data", data, "--resume", "--out", "tiny.safetensors")
    left = [[{**line, "seconds": 0} for line in read(one.metrics)] for one in (whole, broken)]
    assert left[0] == left[1]
    assert broken.final.read_bytes() == whole.final.read_bytes()


def _plain(text: str) -> str:
    return " ".join(text.split())


def test_runs_are_listed_shown_and_compared(data: Path) -> None:
    assert "There are no runs" in run("runs").stdout
    one = trained(data)
    other = trained(data, "--seed", "1", "--overwrite")
    listed = json.loads(run("runs", "--json").stdout)
    assert [line["id"] for line in listed] == [line.id for line in Runs(Path("runs")).all()]
    assert {line["by"] for line in listed} == {"command"}
    text = run("runs").stdout
    assert "They take" in text
    shown = json.loads(run("runs", one.id, "--json").stdout)
    assert shown["recipe"]["epochs"] == 2
    assert shown["evaluations"][-1]["step"] == 40
    assert "convlens train tiny.json" in _plain(run("runs", one.id).stdout)
    found = json.loads(run("runs", one.id, other.id, "--json").stdout)
    assert found["differences"] == {"seed": [0, 1]}
    assert "seed" in run("runs", one.id, other.id).stdout
    assert "same training" in run("runs", one.id, one.id).stdout
    assert "There is no run" in run("runs", "nothing", code=1).stderr
    assert "one run to show, or two" in run("runs", "a", "b", "c", code=1).stderr


def test_titles_are_shown_as_they_are_and_teachers_compared(data: Path, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    config = trained(data).config
    titles = ("[/b]", "[red]hot[/red]", ":cat:")
    for title in titles:
        made = Runs(Path("runs")).create(replace(config, title=title, recipe=RECIPES["best"]))
    text = run("runs").stdout
    assert all(title in text for title in titles)
    found = json.loads(run("runs", Runs(Path("runs")).all()[-1].id, made.id, "--json").stdout)
    assert found["differences"]["distillation"] == [None, asdict(Distillation(patience=0.25))]


def test_where_no_run_can_be_written_it_trains_all_the_same(data: Path, monkeypatch) -> None:
    Path("runs").write_text("a file")
    Path("tiny.json").write_text(json.dumps(TINY.to_json()))
    said = run("train", "tiny.json", "--data", data, *QUICK)
    assert "No run folder is written" in said.stderr
    assert Path("tiny.safetensors").exists()
    monkeypatch.setenv("CONVLENS_RUNS", "others")
    monkeypatch.setenv("CONVLENS_TRAINING_MEGABYTES", "1")
    said = run("train", "tiny.json", "--data", data, *QUICK, "--overwrite")
    assert "would take more than 1 MB" in _plain(said.stderr)


def test_where_a_run_can_be_written_no_more_it_trains_on_to_the_same_weights(
    data: Path, monkeypatch
) -> None:
    whole = trained(data)
    weights = whole.final.read_bytes()
    follow = training.follow

    def without_folder(begun, examples, **hooks):
        def on_step(report) -> None:
            if report.epoch == 0 and report.step == 3:
                shutil.rmtree(Runs(Path("runs")).all()[0].path)
            hooks["on_step"](report)

        return follow(begun, examples, **{**hooks, "on_step": on_step})

    words = ("train", "tiny.json", "--data", data, *QUICK, "--overwrite")
    with monkeypatch.context() as patch:
        patch.setattr(training, "follow", without_folder)
        said = run(*words)
    assert "The run folder is written no more: No such file or directory." in _plain(said.stderr)
    assert Path("tiny.safetensors").read_bytes() == weights
    assert [one.id for one in Runs(Path("runs")).all()] == [whole.id]

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    for name in ("begin", "end"):
        with monkeypatch.context() as patch:
            patch.setattr(f"app.runs.recorder.Recorder.{name}", full)
            said = run(*words)
        assert "No space left on device. The training goes on." in _plain(said.stderr)
        assert Path("tiny.safetensors").read_bytes() == weights
        assert Runs(Path("runs")).all()[0].status.state == "failed"


def test_a_run_keeps_its_weights_whatever_is_written_over_those_beside_it(data: Path) -> None:
    made = trained(data)
    before = made.final.read_bytes()
    Path("tiny.safetensors").write_bytes(b"others")
    assert made.final.read_bytes() == before


def test_weights_that_were_gone_on_from_are_a_difference(data: Path) -> None:
    one = trained(data)
    weights = load(one.final).sha256
    two = trained(data, "--pretrained", "tiny.safetensors", "--overwrite")
    assert differences(one.config, two.config) == {"pretrained": ("", f"tiny {weights}")}
    run("train", "mlp", "--data", data, *QUICK)
    run("train", "mlp", "--data", data, *QUICK, "--pretrained", "mlp", "--overwrite")
    later, first = Runs(Path("runs")).all()[:2]
    assert differences(first.config, later.config) == {"pretrained": ("", "mlp")}
    found = json.loads(run("runs", first.id, later.id, "--json").stdout)
    assert found["differences"] == {"pretrained": ["", "mlp"]}


def test_a_notebook_reads_its_table(data: Path) -> None:
    made = trained(data)
    table = np.genfromtxt(made.table, delimiter=",", names=True, dtype=None, encoding="utf-8")
    steps = table[table["kind"] == "step"]
    assert steps["loss"][-1] < steps["loss"][0]


@pytest.mark.parametrize(
    ("folder", "prefix", "count", "first", "id"),
    [
        ("fashion-mnist", "", 10, 0, "fashion-mnist"),
        ("KMNIST", "", 10, 0, "kuzushiji-mnist"),
        ("FashionMNIST/raw", "", 10, 0, "fashion-mnist"),
        ("gzip", "emnist-letters-", 26, 1, "emnist-letters"),
        ("gzip", "emnist-balanced-", 47, 0, "emnist-balanced"),
    ],
)
def test_sets_beside_mnist_train_under_the_names_of_their_classes(
    tmp_path, folder, prefix, count, first, id
) -> None:
    write(tmp_path / folder, count, first, prefix)
    folder = folder.removesuffix("/raw")  # where torchvision puts them
    made = trained(tmp_path / folder, "--held-out", "20")
    network = load(made.final)
    assert network.spec.classes == KNOWN[id].classes
    assert network.spec.shapes["fc1"] == (count,)
    assert made.config.data == id
    assert "energy_threshold" not in network.metadata
    said = run("evaluate", "--model", "tiny.safetensors", "--data", tmp_path / folder, "--json")
    assert len(json.loads(said.stdout)["confusion"]) == count


def test_a_folder_of_several_sets_is_named(tmp_path) -> None:
    for part in ("letters", "digits"):
        write(tmp_path / "gzip", 26, 1, f"emnist-{part}-")
    said = run("train", "--data", tmp_path / "gzip", code=1).stderr
    assert "holds several sets: emnist-digits, emnist-letters" in _plain(said)


def test_mnist_beside_other_sets_is_what_a_folder_of_torchvision_is_taken_for(tmp_path) -> None:
    for folder in ("MNIST/raw", "FashionMNIST/raw"):
        write(tmp_path / "data" / folder)
    assert trained(tmp_path / "data", "--held-out", "20").config.data == "mnist"


def test_every_choice_of_a_recipe_is_an_option_and_part_of_its_command(data: Path) -> None:
    choices = (
        *("--optimiser", "momentum", "--momentum", "0.5", "--weight-decay", "0.0"),
        *("--loss", "hinge", "--images", "100", "--shuffled", "--no-augment"),
    )
    made = trained(data, *choices)
    recipe = made.config.recipe
    assert (recipe.optimiser, recipe.momentum, recipe.loss) == ("sgd", 0.5, "hinge")
    assert (recipe.images, recipe.shuffled, recipe.weight_decay) == (100, True, 0.0)
    assert made.config.command.endswith(" ".join(choices))
    assert made.status.step == 20
    assert "energy_threshold" not in load(made.final).metadata
    said = run("train", "tiny.json", "--data", data, "--shuffled", "--augment", code=1).stderr
    assert "Images whose pixels are shuffled" in _plain(said)
    made = trained(data, "--optimiser", "adam", "--overwrite")
    assert not made.config.recipe.decoupled
