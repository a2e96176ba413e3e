"""The surveys of a worker: looked for, begun when nobody has, done one after the other."""

import multiprocessing
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from app.helper_process import ClosedError, HelperProcess
from app.refusals import RefusalError
from app.surveys.job import Job
from app.surveys.place import Place, Progress
from app.surveys.process import Failed, Outcome, Surveyor

_IDLE: Final = 120
"""Seconds after which a process that surveys nothing gives its memory back."""

_MOST_WAITING: Final = 16

_MOST_FAILED: Final = 16
"""Failures that wait to be told: whoever asked may never ask again."""


class Surveys:
    """
    Gives surveys that are there, and has others made.

    Nobody waits in it: whoever asks is told how far a survey is, and asks again. All workers of a
    server look into one folder, and a survey is made by one of them. What nobody has asked for
    in a while is given up.

    Parameters
    ----------
    folder
        Where results are left, for as long as there is room: the one of variants.
    """

    def __init__(self, folder: Path, idle: float = _IDLE) -> None:
        self._folder = folder
        # Workers of some ASGI servers are daemons, which may start no process.
        self._daemon = multiprocessing.current_process().daemon
        self._process = HelperProcess(partial(Surveyor, folder), idle, last=True)
        self._thread = ThreadPoolExecutor(1, "surveys")
        self._begun: dict[str, Future[Outcome]] = {}
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Let go of all that is under way."""
        self._process.close()
        self._thread.shutdown(cancel_futures=True)

    def look(self, job: Job) -> bytes | Progress:
        """
        Give a survey, or say how far it is; it reads files.

        Raises
        ------
        RefusalError
            When it cannot be made, or too many wait.
        """
        place = Place(self._folder, job.key)
        found = place.result()
        if found is not None:
            with self._lock:
                self._begun.pop(job.key, None)
            return found
        place.ask()
        with self._lock:
            begun = self._begun.get(job.key)
            if begun is not None and begun.done():
                del self._begun[job.key]
                _refuse(begun.result())
                begun = None  # it was given up, or has made room since
            if begun is None and not place.at_work:
                if self._waiting() >= _MOST_WAITING:
                    raise RefusalError("busy", headers={"retry-after": "1"})
                self._begun[job.key] = self._thread.submit(self._do, job)
        return place.told()

    def _waiting(self) -> int:
        """Count what is not done yet; of the rest only the last failures are kept."""
        done = {key: one for key, one in self._begun.items() if one.done()}
        failed = [key for key, one in done.items() if one.exception() or one.result()]
        for key in done.keys() - set(failed[-_MOST_FAILED:]):
            del self._begun[key]
        return len(self._begun) - len(done)

    def _do(self, job: Job) -> Outcome:
        if self._daemon:
            return Surveyor(self._folder)(job)
        try:
            found: Outcome = self._process.ask(job)
        except ClosedError:
            return None
        except (EOFError, OSError):
            return Failed("", "survey-failed")
        return found


def _refuse(outcome: Outcome) -> None:
    if outcome is not None and outcome.sentence:
        raise RefusalError(outcome.kind, {"why": outcome.sentence})
    if outcome is not None:
        raise RefusalError(outcome.kind)
