"""
Who starts the processes that train, and starts them again: one worker of the server.

Of all workers, and of all servers with one folder of runs, the one that holds its lock does it;
when that one goes, its trainings keep all and end, and another takes both over.
"""

import logging
import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from app.runs.folder import ENDED, Run, RunError, Runs, Status
from app.runs.locks import Lock

_PAUSE: Final = 0.5  # seconds between two looks
_PATIENCE: Final = 5.0  # seconds in which a training that is to end has kept all
_MOST_DEATHS: Final = 3  # without a step in between
_ROOT: Final = Path(__file__).parents[2]
_SECRET: Final = "CONVLENS_TOKEN"

_log = logging.getLogger(__name__)


class Supervisor:
    """
    Starts trainings that wait, the oldest first, and takes up those that died.

    A training that stands still keeps its place, so that a step of it is made at once.

    Parameters
    ----------
    most
        Trainings at once.
    """

    def __init__(self, runs: Runs, most: int) -> None:
        self._runs, self._most = runs, most
        self._lock = Lock(runs.path / ".supervisor.lock")
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self._deaths: dict[str, tuple[int, int]] = {}  # at which step, how often
        self._over: set[str] = set()
        self._wake, self._stop = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._watch, name="trainings", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Let trainings keep all and end; they are taken up when a server is there again."""
        self._stop.set()
        self._wake.set()
        self._thread.join()
        for child in self._children.values():
            _leave(child)
        for child in self._children.values():
            try:
                child.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                child.kill()
        self._lock.let_go()

    def look(self) -> None:
        """Look now: something was wished for."""
        self._wake.set()

    def _watch(self) -> None:
        while not self._stop.is_set():
            try:
                if self._runs.path.is_dir() and self._lock.take():
                    self._supervise()
            except Exception:
                _log.exception("Trainings cannot be looked after; it is tried again.")
            self._wake.wait(_PAUSE)
            self._wake.clear()

    def _supervise(self) -> None:
        for id, child in list(self._children.items()):
            if child.poll() is not None:
                _leave(child)
                del self._children[id]
        if len(self._children) >= self._most:
            return
        left = [run for run in reversed(self._runs.all()) if self._is_to_train(run)]
        idle = [run for run in left if not run.worked_on]  # of others a server before this one went
        for run in idle[: max(0, self._most - len(self._children) - len(left) + len(idle))]:
            status = run.status
            if status.state not in ENDED and self._may_start(run, status):
                self._children[run.id] = self._start(run)

    def _is_to_train(self, run: Run) -> bool:
        """Tell whether a run is ours to train, and has not ended; it has no process of ours."""
        if run.id in self._over or run.id in self._children:
            return False
        state = run.status.state
        if state in ENDED:
            if state != "failed":  # that one may be resumed; of others nothing comes any more
                self._over.add(run.id)
            return False
        try:
            ours = run.config.by == "server"
        except RunError:
            ours = False
        if not ours:
            self._over.add(run.id)
        return ours

    def _may_start(self, run: Run, status: Status) -> bool:
        """Say why a training begins that had begun already; give up one that dies every time."""
        return status.state == "waiting" or self._may_again(run, status.step)

    def _may_again(self, run: Run, step: int) -> bool:
        """Say that a training died, or was left; give up one that dies again and again."""
        before, deaths = self._deaths.get(run.id, (-1, 0))
        deaths = deaths + 1 if step == before else 1
        self._deaths[run.id] = step, deaths
        if deaths > _MOST_DEATHS:
            said = f"Its process died {deaths} times at step {step:,}; its folder has a log."
            run.change(state="failed", sentence=said)
            _log.warning("The training %s has failed: %s", run.id, said)
            return False
        restarts = run.status.restarts + 1
        said = f"Its process had ended unexpectedly near step {step:,}; it was taken up again."
        run.change(restarts=restarts, sentence=said)
        _log.warning("The training %s: %s", run.id, said)
        return True

    def _start(self, run: Run) -> subprocess.Popen[bytes]:
        environment = {name: value for name, value in os.environ.items() if name != _SECRET}
        with (run.path / "log.txt").open("wb") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "app.runs.trainer", str(run.path.absolute())],
                cwd=_ROOT,
                env=environment,
                stdin=subprocess.PIPE,  # it ends when this does
                stdout=log,
                stderr=log,
                start_new_session=os.name == "posix",  # ctrl-C is for the server
            )


def _leave(child: subprocess.Popen[bytes]) -> None:
    """Close a training's standard input: the sign for it to keep all and end."""
    if child.stdin is not None:
        with suppress(OSError):
            child.stdin.close()
