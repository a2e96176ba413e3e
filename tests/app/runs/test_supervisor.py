"""Who begins when, and gives way; what hangs is taken up again, a few times."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.runs import wishes
from app.runs.folder import Run, Runs
from app.runs.locks import Lock
from app.runs.supervisor import Supervisor
from tests.app.runs.processes import children, lives, trainer, until

HUNG = 3.0  # seconds; a sign of life comes twice in one, on a machine that is not busy
Create = Callable[..., Run]

pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are looked up there")


@pytest.fixture
def supervisor(runs: Runs) -> Iterator[Supervisor]:
    with Supervisor(runs, 1, HUNG) as one:
        yield one
        for run in runs.all():
            wishes.wish(run, "stop")
        until(lambda: all(run.status.state in ("stopped", "failed") for run in runs.all()))


@pytest.mark.parametrize(("workers", "which"), [(1, 0), (2, -1)])
def test_a_training_that_hangs_is_ended_and_taken_up_again_with_a_sentence(
    supervisor: Supervisor, create: Create, workers, which
) -> None:
    run = create({"epochs": 900}, workers=workers)
    supervisor.look()
    until(lambda: run.status.step > 3)
    process = trainer(run)
    before = [process, *children(process)]
    os.kill(before[which], signal.SIGSTOP)
    until(lambda: run.status.restarts > 0)
    assert "hung" in run.status.sentence
    assert "taken up again" in run.status.sentence
    step = run.status.step
    until(lambda: run.status.step > step)
    until(lambda: not any(map(lives, before)))  # its helpers are gone, too


def test_a_pause_is_not_taken_to_hang(supervisor: Supervisor, create: Create) -> None:
    run = create({"epochs": 900})
    wishes.wish(run, "pause")
    supervisor.look()
    until(lambda: run.status.state == "paused")
    time.sleep(HUNG + 1)
    assert run.status.restarts == 0


def test_a_training_gives_way_to_those_who_answer(supervisor: Supervisor, create: Create) -> None:
    run = create({"epochs": 900})
    supervisor.look()
    until(lambda: run.status.step > 0)
    process = trainer(run)
    assert os.getpriority(os.PRIO_PROCESS, process) > os.getpriority(os.PRIO_PROCESS, 0)
    assert os.sched_getscheduler(process) == os.SCHED_IDLE
    assert os.getsid(process) == os.getsid(0)  # or the priority would be one among its own
    assert os.getpgid(process) == process  # ctrl-C is for the server


def test_a_training_that_dies_again_and_again_is_given_up(
    supervisor: Supervisor, create: Create
) -> None:
    run = create()
    wishes.wish(run, "pause")
    supervisor.look()
    process = 0
    for death in range(4):
        until(lambda died=process, death=death: trainer(run) not in (0, died)
              and run.status.restarts == death)  # fmt: skip
        process = trainer(run)
        os.kill(process, signal.SIGKILL)
    until(lambda: run.status.state == "failed")
    assert "died 4 times at step 0" in run.status.sentence


def test_what_was_shown_of_a_training_can_be_asked_for_until_a_while_after_its_end(
    supervisor: Supervisor, create: Create, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = create({"epochs": 900})
    supervisor.look()
    until(lambda: run.status.step > 0)
    wishes.wish(run, "stop")
    until(lambda: run.is_over() and run.id in supervisor._over)
    shown = list(run.live.glob("*.safetensors"))
    assert shown
    assert {one.name.split(".")[1] for one in shown} <= {one.sha256 for one in run.kept()}
    monkeypatch.setattr("app.runs.supervisor._LOOKED_AT", 0.0)
    until(lambda: not list(run.live.glob("*")))
    assert [one.step for one in run.kept()] == [one.step for one in run.scrubbed()]


def test_what_cannot_be_written_is_no_death_and_holds_up_nobody_else(
    runs: Runs, create: Create, monkeypatch: pytest.MonkeyPatch
) -> None:
    left, other = create({"epochs": 900}), create({"epochs": 900})
    left.change(state="running")  # as a server leaves it that was killed
    change, begun = Run.change, []

    def full(run: Run, **to: object) -> object:
        if run.id == left.id and len(begun) < 3:
            begun.append(other.id in supervisor._children)
            raise OSError(28, "No space left on device")
        return change(run, **to)

    monkeypatch.setattr(Run, "change", full)
    with Supervisor(runs, 2, 60) as supervisor:
        until(lambda: left.status.step > 0 or left.status.state == "failed")
        assert begun == [False, True, True]
        assert (left.status.state, left.status.restarts) == ("running", 1)


def test_a_training_that_an_earlier_server_left_has_its_place_until_it_has_kept_all(
    runs: Runs, create: Create
) -> None:
    first, second = create({"epochs": 900}), create()
    left = Lock(first.lock)
    assert left.take()
    with Supervisor(runs, 1, 60):
        time.sleep(1.2)  # two looks
        assert not second.worked_on
        left.let_go()
        until(lambda: first.status.step > 0)
        assert (second.status.state, second.status.step) == ("waiting", 0)
