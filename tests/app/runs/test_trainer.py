"""The process that trains: wishes, whoever started it going away, and its violent end."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from app.handwriting import figures
from app.refusals import RefusalError
from app.runs import wishes
from app.runs.folder import Run
from app.runs.metrics import read
from app.runs.trainer import Trainer
from model.checkpoint import load
from tests.app.runs.processes import PATIENCE, until
from tests.server import ROOT

Create = Callable[..., Run]


@contextmanager
def training(run: Run) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "app.runs.trainer", str(run.path)],
        cwd=ROOT, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def lines(run: Run) -> list[dict]:
    return [{k: v for k, v in line.items() if k != "seconds"} for line in read(run.metrics)]


def test_pause_step_kill_and_leave_lead_to_the_very_weights_of_a_run_that_nobody_touched(
    create: Create,
) -> None:
    plain = create({"epochs": 12})
    with training(plain) as process:
        process.wait(PATIENCE)
    assert plain.status.state == "finished", plain.status
    run = create({"epochs": 12})
    wishes.wish(run, "pause")
    with training(run) as process:
        until(lambda: run.status.state == "paused")
        assert run.status.step == 0
        wishes.wish(run, "step")
        wishes.wish(run, "step")
        until(lambda: run.status.stepped == 2)
        assert run.status.step == 2
        time.sleep(0.3)
        assert run.status.step == 2
        process.kill()
        process.wait()
    with training(run) as process:  # it comes back as it was: standing still, no step twice
        until(lambda: run.worked_on and run.status.state == "paused")
        time.sleep(0.3)
        assert (run.status.step, run.status.stepped) == (2, 2)
        wishes.wish(run, "resume")
        until(lambda: run.status.step > 20)
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(PATIENCE) == 0
    status = run.status
    if status.state != "finished":  # it was not quicker than we
        assert status.state == "waiting"
        assert "The server has stopped" in status.sentence
        assert run.resumes()[0].name.startswith(f"{status.step:08d}")
        with training(run) as process:
            process.wait(PATIENCE)
    assert run.status.state == "finished"
    assert lines(run) == lines(plain)
    assert run.final.read_bytes() == plain.final.read_bytes()
    assert [one.sha256 for one in run.scrubbed()] == [one.sha256 for one in plain.scrubbed()]
    assert not run.resumes()
    _check_end(run)


def _check_end(run: Run) -> None:
    end = read(run.metrics)[-1]
    assert end["kind"] == "result"
    assert (
        end["test_accuracy"]
        == run.status.test_accuracy
        == float(load(run.final).metadata["accuracy"])
    )
    assert 0 <= end["shifted_accuracy"] < end["test_accuracy"]


def test_a_run_that_is_stopped_has_the_weights_of_that_step(create: Create) -> None:
    run = create({"epochs": 900})
    with training(run) as process:
        until(lambda: run.status.step > 3)
        wishes.wish(run, "stop")
        process.wait(PATIENCE)
    status, network = run.status, load(run.final)
    assert status.state == "stopped"
    assert network.metadata["stopped_after_step"] == str(status.step)
    assert "accuracy" not in network.metadata  # the test images were not read
    assert status.test_accuracy is None


def test_a_limit_of_time_ends_it_with_a_sentence(create: Create) -> None:
    run = create({"epochs": 900}, seconds=1)
    with training(run) as process:
        process.wait(PATIENCE)
    assert run.status.state == "stopped"
    assert "which is the most" in run.status.sentence


def test_steps_that_were_too_large_end_it_with_a_sentence(create: Create) -> None:
    run = create({"peak": 99.0, "optimiser": "sgd", "schedule": "constant", "loss": "hinge",
                  "weight_decay": 0.9})  # fmt: skip
    with training(run) as process:
        process.wait(PATIENCE)
    assert run.status.state == "failed"
    assert "Take a smaller learning rate" in run.status.sentence


def test_what_is_wrong_with_the_data_is_said(create: Create, tmp_path) -> None:
    run = create(folder=str(tmp_path / "nowhere"), data="elsewhere")
    with training(run) as process:
        assert process.wait(PATIENCE) == 0
    assert run.status.state == "failed"
    assert "no longer where they were" in run.status.sentence


def test_figures_that_cannot_be_kept_cost_nobody_the_weights(
    create: Create, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise RefusalError("handwriting-unwritable", {"why": "No space left on device"})

    monkeypatch.setattr(figures, "measure", lambda *_: ())
    monkeypatch.setattr(figures, "keep", full)
    run = create({"epochs": 1}, handwriting="drawn")
    Trainer(run).train()
    assert run.status.state == "finished"
    assert "could not be kept" in run.status.sentence
    assert "No space left on device" in run.status.sentence
    assert load(run.final).metadata["accuracy"]


@pytest.mark.parametrize("half", [b"", b"no safetensors"])
def test_the_state_before_is_there_for_one_that_is_half_written(create: Create, half) -> None:
    run = create({"epochs": 900})
    wishes.wish(run, "pause")
    wishes.wish(run, "step")
    wishes.wish(run, "step")
    with training(run):
        until(lambda: run.status.stepped == 2)
    run.resumes()[0].write_bytes(half)
    wishes.wish(run, "stop")
    with training(run) as process:
        process.wait(PATIENCE)
    assert run.status.state == "stopped"
    assert run.status.step == 1


def test_what_hangs_with_nobody_there_to_end_it_ends_itself_and_lets_go(create: Create) -> None:
    run = create({"epochs": 900})
    hangs = (
        "import sys, time; from app.runs import trainer; trainer._LAST = 0.2; "
        "trainer.Trainer.train = lambda one: [one.run.change(sentence='?'), time.sleep(900)]; "
        "trainer.main(sys.argv[1])"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", hangs, str(run.path)], cwd=ROOT, stdin=subprocess.PIPE
    )
    try:
        until(lambda: run.status.sentence == "?")
        assert run.worked_on
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(PATIENCE) == 1
    finally:
        process.kill()
    assert not run.worked_on
