"""Large pictures are read in a process of their own: it starts with the first, and ends when idle.

Pillow keeps all other threads waiting while it unpacks a WebP, and so does Python while it takes a
file of a million parts to pieces. In another process, of low priority, nobody feels either.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Final, NamedTuple, TypeVar

from threadpoolctl import threadpool_limits

from app.patience import Patience
from app.refusals import RefusalError
from app.schemas import Gap
from model.deaf import deaf
from model.preprocess import ImageError

_IDLE: Final = 300
"""Seconds after which a process that is asked nothing gives its memory back."""

_NICE: Final = 10

Result = TypeVar("Result")

_Question = tuple[Callable[..., Any], bytes, Mapping[str, Any]]


class _Refused(NamedTuple):
    """Why a picture is not read, and what fills the gaps of that sentence."""

    kind: str
    gaps: Mapping[str, Gap]


class LargePictures:
    """Reads one picture at a time; whoever asks waits in a thread of his own."""

    def __init__(self, idle: float = _IDLE) -> None:
        self._idle = idle
        self._reader: tuple[BaseProcess, Connection] | None = None
        self._changing = threading.Lock()
        self._closed = False

    def read(self, by: Callable[..., Result], data: bytes, **how: Any) -> Result:
        """
        Let a function read a picture; one of a module, which is given `between`, too.

        Raises
        ------
        RefusalError
            When it is no picture that is read, takes too much work, or the server stops.
        """
        question = (by, data, how)
        try:
            answer = self._ask(question)
        except (EOFError, OSError):  # it has ended, perhaps just now because it was idle
            self._end()
            answer = self._ask(question)
        if isinstance(answer, _Refused):
            raise RefusalError(*answer)
        found: Result = answer
        return found

    def close(self) -> None:
        """End the process, whatever it does; nothing is read any more."""
        self._closed = True
        self._end()

    def _ask(self, question: _Question) -> Any:
        with self._changing:
            if self._closed:
                raise RefusalError("stopping")
            if self._reader is None:
                self._reader = _started(self._idle)
            pipe = self._reader[1]
        pipe.send(question)
        return pipe.recv()

    def _end(self) -> None:
        with self._changing:
            if self._reader is not None:
                process, _ = self._reader
                process.kill()
                process.join()
                self._reader = None


def _started(idle: float) -> tuple[BaseProcess, Connection]:
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=_serve, args=(theirs, idle), daemon=True)
    with deaf():
        process.start()
    theirs.close()
    return process, ours


def _serve(pipe: Connection, idle: float) -> None:
    """Read what comes until nothing does, or the server has ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Windows cannot hold it back
    if hasattr(os, "nice"):
        os.nice(_NICE)
    patience = Patience()
    with suppress(EOFError, OSError), threadpool_limits(limits=1, user_api="blas"):
        while pipe.poll(idle):
            pipe.send(_answer(pipe.recv(), patience))


def _answer(question: _Question, patience: Patience) -> Any:
    by, data, how = question
    try:
        return by(data, **how, between=patience.watch())
    except ImageError as error:
        return _Refused(error.kind, {**error.gaps})
    except RefusalError as error:
        return _Refused(error.kind, error.gaps)
