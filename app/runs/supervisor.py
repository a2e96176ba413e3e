"""
Who starts the processes that train, and starts them again: one worker of the server.

Of all workers, and of all servers with one folder of runs, the one that holds its lock does it;
when that one goes, its trainings keep all and end, and another takes both over.
"""

import logging
import math
import threading
import time
from types import TracebackType
from typing import Final, Self

from app.runs.folder import ENDED, Run, RunError, Runs, Status
from app.runs.locks import Lock
from app.runs.process import Process

_PAUSE: Final = 0.5  # seconds between two looks
_PATIENCE: Final = 5.0  # seconds in which a training that is to end has kept all
_LOOKED_AT: Final = 60.0  # seconds after its end in which somebody may yet ask for what it was
_MOST_DEATHS: Final = 3  # without a step in between
_DIED: Final = "ended unexpectedly"

_log = logging.getLogger(__name__)


class Supervisor:
    """
    Starts trainings that wait, the oldest first, and takes up those that died.

    A training that stands still keeps its place, so that a step of it is made at once.

    Parameters
    ----------
    most
        Trainings at once.
    patience
        Seconds without a sign of life after which one is killed and taken up again.
    """

    def __init__(self, runs: Runs, most: int, patience: float) -> None:
        self._runs, self._most, self._patience = runs, most, patience
        self._lock = Lock(runs.path / ".supervisor.lock")
        self._children: dict[str, Process] = {}
        self._died: dict[str, str] = {}  # how
        self._looked = time.monotonic()
        self._deaths: dict[str, tuple[int, int]] = {}  # at which step, how often
        self._over: dict[str, float] = {}  # since when, by the clock; infinite once all is let go
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
            child.leave()
        for child in self._children.values():
            child.await_end(_PATIENCE)
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
        # While this process, or the machine, slept, nobody could show a sign of life either.
        passed = min(time.monotonic() - self._looked, 2 * _PAUSE)
        self._looked = time.monotonic()
        for id, child in list(self._children.items()):
            child.watch(passed)
            if child.ended:
                child.leave()
                del self._children[id]
                if child.died:
                    self._died.setdefault(id, _DIED)
            elif child.silent > self._patience:
                self._died[id] = "hung and was ended"
                child.kill()
        self._forget_looks()
        if len(self._children) >= self._most:
            return
        left = [run for run in reversed(self._runs.all()) if self._is_to_train(run)]
        idle = [run for run in left if not run.worked_on]  # of others a server before this one went
        for run in idle[: max(0, self._most - len(self._children) - len(left) + len(idle))]:
            status = run.status
            try:
                if status.state not in ENDED and self._may_start(run, status):
                    self._children[run.id] = Process(run)
            except OSError as error:  # others may have room yet
                why = error.strerror or error
                _log.warning("The training %s cannot begin: %s. It is tried again.", run.id, why)

    def _is_to_train(self, run: Run) -> bool:
        """Tell whether a run is ours to train, and has not ended; it has no process of ours."""
        if run.id in self._over or run.id in self._children:
            return False
        state = run.status.state
        if state in ENDED:
            if state != "failed":  # that one may be resumed; of others nothing comes any more
                self._over[run.id] = time.monotonic()
            return False
        try:
            return run.config.by == "server"
        except RunError:
            return False

    def _forget_looks(self) -> None:
        """Let go of what trainings were on their way, a while after their end."""
        for id, since in self._over.items():
            if time.monotonic() - since > _LOOKED_AT:
                self._over[id] = math.inf
                if run := self._runs.find(id):
                    run.forget_looks()

    def _may_start(self, run: Run, status: Status) -> bool:
        """Say why a training begins that had begun already; give up one that dies every time."""
        if status.state == "waiting" and run.id not in self._died:
            return True
        return self._may_again(run, status.step)

    def _may_again(self, run: Run, step: int) -> bool:
        """Say that a training died, or was left; give up one that dies again and again."""
        how = self._died.get(run.id)
        before, deaths = self._deaths.get(run.id, (step, 0))
        deaths = (deaths if step == before else 0) + (how is not None)  # else nothing of ours died
        if deaths > _MOST_DEATHS:
            said = f"Its process died {deaths} times at step {step:,}; its folder has a log."
            run.change(state="failed", sentence=said)
            self._died.pop(run.id, None)
            self._deaths.pop(run.id, None)
            _log.warning("The training %s has failed: %s", run.id, said)
            return False
        restarts = run.status.restarts + 1
        said = f"Its process had {how or _DIED} near step {step:,}; it was taken up again."
        run.change(restarts=restarts, sentence=said)
        self._died.pop(run.id, None)  # only now: what cannot be written is counted once
        self._deaths[run.id] = step, deaths
        _log.warning("The training %s: %s", run.id, said)
        return True
