"""A process of its own that answers one question after the other: it starts with the first."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Final

from threadpoolctl import threadpool_limits

from model.deaf import deaf

_NICE: Final = 10

Answer = Callable[[Any], Any]


class ClosedError(Exception):
    """Nothing is answered any more."""


class HelperProcess:
    """
    Answers what it is asked, and ends when nobody has asked anything for a while.

    Parameters
    ----------
    make
        A function of a module that makes in that process what answers a question.
    idle
        Seconds after which a process that is asked nothing gives its memory back.
    last
        Whether it works only when no other process wants to, where the system knows of that.
    """

    def __init__(self, make: Callable[[], Answer], idle: float, *, last: bool = False) -> None:
        self._how = make, idle, last
        self._process: tuple[BaseProcess, Connection] | None = None
        self._changing = threading.Lock()
        self._closed = False

    def ask(self, question: Any) -> Any:
        """
        Have a question answered, one at a time; one that ended over it is asked once more.

        Raises
        ------
        ClosedError
            When the server stops.
        EOFError, OSError
            When the process has ended over it twice.
        """
        try:
            return self._ask(question)
        except (EOFError, OSError):  # it has ended, perhaps just now because it was idle
            self._end()
            return self._ask(question)

    def close(self) -> None:
        """End the process, whatever it does; nothing is answered any more."""
        self._closed = True
        self._end()

    def _ask(self, question: Any) -> Any:
        with self._changing:
            if self._closed:
                raise ClosedError
            if self._process is None:
                self._process = _started(*self._how)
            pipe = self._process[1]
        pipe.send(question)
        return pipe.recv()

    def _end(self) -> None:
        with self._changing:
            if self._process is not None:
                process, _ = self._process
                process.kill()
                process.join()
                self._process = None


def give_way() -> None:
    """Let those who answer people go first: at once, where the system has a policy for that."""
    with suppress(AttributeError, OSError):
        os.nice(_NICE)
    with suppress(AttributeError, OSError):
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


def _started(make: Callable[[], Answer], idle: float, last: bool) -> tuple[BaseProcess, Connection]:
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=_serve, args=(theirs, make, idle, last), daemon=True)
    with deaf():
        process.start()
    theirs.close()
    return process, ours


def _serve(pipe: Connection, make: Callable[[], Answer], idle: float, last: bool) -> None:
    """Answer what comes until nothing does, or the server has ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Windows cannot hold it back
    if last:
        give_way()
    elif hasattr(os, "nice"):
        os.nice(_NICE)
    answer = make()
    with suppress(EOFError, OSError), threadpool_limits(limits=1, user_api="blas"):
        while pipe.poll(idle):
            pipe.send(answer(pipe.recv()))
