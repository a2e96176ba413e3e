"""What a run's folder tells of those who work on it."""

import json
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from app.runs import folder
from app.runs.folder import Run, Runs
from app.runs.locks import Lock


def test_a_run_is_over_once_who_ended_it_has_left(create: Callable[..., Run], monkeypatch) -> None:
    run = create()
    lock = Lock(run.lock)
    assert lock.take()
    assert not run.is_over()
    run.change(state="finished")
    leaves = threading.Timer(0.2, lock.let_go)
    leaves.start()
    assert run.is_over()
    leaves.join()
    assert lock.take()
    monkeypatch.setattr(folder, "_LEAVING", 0.05)
    assert not run.is_over()
    lock.let_go()
    run.change(state="running")
    assert not run.is_over()


@pytest.mark.parametrize(
    "text", [b"", b"[]", b"{", b'{"state": "odd"}', b'{"step": "many"}', b'{"sentence": 3}']
)
def test_a_run_that_has_begun_is_never_taken_to_wait(create: Callable[..., Run], text) -> None:
    run = create()
    (run.path / "status.json").write_bytes(text)
    assert run.status.state == "waiting"
    run.metrics.touch()
    assert run.status.state == "failed"
    assert "no longer be read" in run.status.sentence
    run.final.touch()
    assert run.status.state == "stopped"  # so that nobody takes it up and writes over it


def test_a_status_is_on_the_disk_before_it_stands_there(
    create: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    run, on_disk = create(), []
    sync, place = os.fsync, run.path / "status.json"

    def fsync(handle: int) -> None:
        sync(handle)
        on_disk.append(json.loads(place.read_bytes())["step"])

    monkeypatch.setattr(os, "fsync", fsync)
    run.change(step=7)
    assert on_disk == [0]
    assert run.status.step == 7


def test_a_run_that_could_not_be_made_whole_leaves_nothing(
    runs: Runs, create: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Run, "say", full)
    with pytest.raises(OSError, match="No space left"):
        create()
    assert list(Path(runs.path).iterdir()) == []
