"""What a run folder holds, and that it is the same whatever breaks off on the way."""

import csv
import json
from collections.abc import Callable
from contextlib import closing

import numpy as np
import pytest

from app.runs.folder import LOOKS, Config, Run, RunError, Runs
from app.runs.metrics import read
from app.runs.recorder import HISTORY, Recorder, log_spaced
from model.checkpoint import load
from model.data.mnist import load as load_mnist
from model.train import session
from model.train.batches import Examples
from model.train.evaluate import evaluate
from model.train.loop import Training, begin, steps
from model.train.material import material
from tests.app.runs.conftest import RECIPE, TINY

Create = Callable[..., Run]


@pytest.fixture
def examples(sets) -> Examples:
    return Examples(*load_mnist(sets / "blocks", "train"))


def follow(run: Run, examples: Examples, *, until: int = 10_000, keep: int = 0) -> Training:
    """Train a run until a step, and keep it after another: what a killed process leaves."""
    path = run.resumes()
    training, notes = session.resume(path[0]) if path else (begin(TINY, run.config.recipe), {})
    recorder = Recorder(run, training, examples)
    recorder.begin(notes)
    with closing(steps(training, examples)) as reports:
        for report in reports:
            recorder.made(report)
            if recorder.step == keep:
                recorder.keep({})
            if recorder.step == until:
                break
    return training


def without_seconds(run: Run) -> list[dict]:
    return [{k: v for k, v in line.items() if k != "seconds"} for line in read(run.metrics)]


def test_each_step_has_a_line_that_says_what_happened(create: Create, examples) -> None:
    run = create()
    follow(run, examples)
    lines = [line for line in read(run.metrics) if line["kind"] == "step"]
    assert [line["step"] for line in lines] == list(range(1, 81))
    assert [line["epoch"] for line in lines[19::20]] == [1, 2, 3, 4]
    training, learnt = begin(TINY, RECIPE), []
    for _ in steps(training, examples):
        last = training.last
        assert last is not None
        size = np.sqrt(sum(np.sum(np.square(one, dtype=float)) for one in last.gradients.values()))
        learnt.append((last.loss, last.correct / last.shown, last.rate, size))
    said = [(o["loss"], o["accuracy"], o["rate"], o["gradients"]["fc1"]) for o in lines]
    assert np.allclose(said, learnt, rtol=1e-5)


def test_an_evaluation_is_what_the_network_of_that_step_reads(create: Create, examples) -> None:
    run = create()
    training = follow(run, examples)
    found = [line for line in read(run.metrics) if line["kind"] == "evaluation"]
    assert [line["step"] for line in found] == [0, 16, 40, 80]
    held = material(RECIPE, examples)[1]
    last = evaluate(training.network, held)
    assert found[-1]["validation_accuracy"] == pytest.approx(last.accuracy)
    assert found[-1]["validation_loss"] == pytest.approx(last.loss, rel=1e-5)
    assert found[-1]["confusion"] == last.confusion.tolist()
    assert found[-1]["train_accuracy"] > found[0]["train_accuracy"]


def test_the_table_says_the_same_as_the_lines(create: Create, examples) -> None:
    run = create()
    follow(run, examples)
    with run.table.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    lines = read(run.metrics)
    assert len(rows) == len(lines)
    for row, line in zip(rows, lines, strict=True):
        assert row["kind"] == line["kind"]
        assert int(row["step"]) == line["step"]
        for name in ("loss", "rate", "validation_loss", "train_accuracy"):
            assert row[name] == ("" if line.get(name) is None else str(line[name]))
        gradient = line.get("gradients", {}).get("fc1")
        assert row["gradient.fc1"] == ("" if gradient is None else str(gradient))


@pytest.mark.parametrize("killed", [30, 45, 62])
def test_a_run_that_was_killed_has_the_lines_and_weights_of_one_that_was_not(
    create: Create, examples, killed
) -> None:
    whole, broken = create(), create()
    one = follow(whole, examples)
    follow(broken, examples, until=killed, keep=30)
    with broken.metrics.open("ab") as file:
        file.write(b'{"kind": "st')  # it was killed while it wrote
    (broken.path / ".status.json.x").write_text("half")
    other = follow(broken, examples)
    assert without_seconds(broken) == without_seconds(whole)
    assert broken.table.read_text().count("\n") == whole.table.read_text().count("\n")
    for name, array in one.network.parameters.items():
        assert np.array_equal(array, other.network.parameters[name])
    assert [(w.step, w.sha256) for w in broken.scrubbed()] == [
        (w.step, w.sha256) for w in whole.scrubbed()
    ]
    assert not list(broken.path.glob(".*"))


def test_means_over_several_steps_survive_a_kill(create: Create, examples, monkeypatch) -> None:
    monkeypatch.setattr("app.runs.recorder._LINES", 11)  # a line every 7 steps
    whole, broken = create(), create()
    follow(whole, examples)
    follow(broken, examples, until=33, keep=31)
    follow(broken, examples)
    assert without_seconds(broken) == without_seconds(whole)
    found = [line["step"] for line in read(whole.metrics) if line["kind"] == "step"]
    assert found == [7, 14, 20, 21, 28, 35, 40, 42, 49, 56, 60, 63, 70, 77, 80]


def test_two_resume_states_are_kept(create: Create, examples) -> None:
    run = create()
    training = begin(TINY, RECIPE)
    recorder = Recorder(run, training, examples)
    recorder.begin({})
    for report in steps(training, examples):
        recorder.made(report)
        recorder.keep({"mine": "yes"})
    assert [path.name for path in run.resumes()] == ["00000080.safetensors", "00000079.safetensors"]
    assert session.resume(run.resumes()[0])[1]["mine"] == "yes"


def test_the_last_networks_to_look_at_stay_a_while_for_who_is_slow(
    create: Create, examples
) -> None:
    run = create()
    recorder = Recorder(run, training := begin(TINY, RECIPE), examples)
    recorder.begin({})
    with closing(steps(training, examples)) as reports:
        for report in reports:
            recorder.made(report)
            recorder.look()
            if recorder.step == LOOKS + 3:
                break
    kept = sorted(int(one.name.split(".")[0]) for one in run.live.glob("*.safetensors"))
    assert kept == list(range(4, LOOKS + 4))


def test_what_was_learnt_is_kept_within_five_seconds(create: Create, examples) -> None:
    run, now, kept = create(), [0.0], {0: 0.0}
    recorder = Recorder(run, training := begin(TINY, RECIPE), examples, clock=lambda: now[0])
    recorder.begin({})
    for report in steps(training, examples):
        now[0] += 0.7
        recorder.made(report)
        recorder.keep_if_due({})
        kept = {int(path.name[:8]): 0.7 * int(path.name[:8]) for path in run.resumes()} or kept
        assert now[0] - kept[max(kept)] <= 5


def test_the_history_is_spaced_by_a_factor(create: Create, examples) -> None:
    run = create()
    training = follow(run, examples)
    kept = run.scrubbed()
    assert len(kept) > HISTORY
    assert [one.step for one in kept] == log_spaced(80)
    for one in (kept[0], kept[-1]):
        assert load(one.path).sha256 == one.sha256
    assert load(kept[-1].path).sha256 == training.network.sha256


@pytest.mark.parametrize("total", [1, 2, 10, 23, 24, 25, 100, 860, 10_320, 200_000])
def test_there_are_enough_steps_in_the_history(total) -> None:
    found = log_spaced(total)
    assert found[0] == 0
    assert found[-1] == total
    assert len(found) - 1 >= min(total, HISTORY)
    assert len(found) < 2 * HISTORY
    assert found == sorted(set(found))


def test_a_pause_is_no_time_of_learning(create: Create, examples) -> None:
    now, run = [0.0], create()
    training = begin(TINY, RECIPE)
    recorder = Recorder(run, training, examples, clock=lambda: now[0])
    recorder.begin({})
    now[0] = 2.0
    recorder.pause()
    assert run.status.state == "paused"
    now[0] = 50.0
    assert recorder.seconds == 2.0
    recorder.go_on(0)
    now[0] = 51.0
    assert recorder.seconds == 3.0
    assert run.status.state == "running"


@pytest.mark.parametrize("state", ["waiting", "failed"])
def test_one_that_begins_is_said_to_run_whatever_became_of_it_before(
    create: Create, examples, state
) -> None:
    run = create()
    run.change(state=state, sentence="It could not be written.")
    Recorder(run, begin(TINY, RECIPE), examples).begin({})
    assert (run.status.state, run.status.sentence) == ("running", "")


def test_what_is_no_number_is_null_in_json(create: Create, examples) -> None:
    from app.runs.metrics import finite

    assert finite(float("nan")) is finite(float("inf")) is finite(None) is None
    assert finite(0.123456789) == 0.123457


def test_a_config_is_read_as_it_was_written(create: Create) -> None:
    run = create({"momentum": 0.5, "images": 20})
    config = run.config
    assert config.recipe.momentum == 0.5
    assert config.spec == TINY
    assert Config.from_json(config.to_json()) == config
    (run.path / "config.json").write_text("{}")
    with pytest.raises(RunError, match="is no run that can be read"):
        _ = run.config


@pytest.mark.parametrize("id", ["..", "../x", "a/b", "", "A", ".hidden", "x" * 41, "a\n", "-x"])
def test_an_id_is_never_a_path(runs: Runs, create: Create, id) -> None:
    create()
    place = runs.path / id
    place.mkdir(parents=True, exist_ok=True)
    (place / "config.json").write_text("{}")  # so that nothing but the id speaks against it
    assert runs.find(id) is None


def test_runs_are_listed_the_newest_first(runs: Runs, create: Create) -> None:
    made = [create(created=f"2026-01-0{day}T10:00:00+00:00").id for day in (1, 3, 2)]
    assert [run.id for run in runs.all()] == [made[1], made[2], made[0]]
    files = [one for run in runs.all() for one in run.path.rglob("*") if one.is_file()]
    assert runs.size() == sum(len(one.read_bytes()) for one in files) > 1000
    assert json.loads((runs.all()[0].path / "config.json").read_text())["format"]
