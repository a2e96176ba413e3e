"""What a run's folder tells of those who work on it."""

import threading
from collections.abc import Callable

from app.runs import folder
from app.runs.folder import Run
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
