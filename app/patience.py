"""How long one picture may keep a processor busy, and whether it still may at all."""

import threading
import time
from collections.abc import Callable
from statistics import median
from typing import Final

from app.refusals import RefusalError
from model.preprocess import sample, unpack

_GLANCE: Final = 0.25
"""Seconds that no picture is asked about."""

_MEGAPIXELS: Final = 60
"""What unpacking a picture may cost: as much as an ordinary PNG of this size, half a byte a pixel.

The dearest that programs write costs as much as 44; the rest of reading one, as much as 55 more.
"""

_SAMPLES: Final = 5


class Patience:
    """
    Ends the decoding of a picture between two pieces of it.

    Its bound is a number of ordinary pictures, measured when needed: seconds would mean another
    thing on each machine. Before a picture is refused they are measured anew, because a machine
    that has become busy takes longer for everything.
    """

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._most: float | None = None

    def stop(self) -> None:
        """End all work, now and from now on."""
        self._stopping.set()

    def watch(self) -> Callable[[], None]:
        """
        Make what is called between the pieces of one picture, in the thread that decodes it.

        It raises RefusalError when the picture has used up its share, or the server stops.
        """
        started: float | None = None

        def between() -> None:
            nonlocal started
            if self._stopping.is_set():
                raise RefusalError("stopping")
            now = time.thread_time()
            if started is None:
                started = now
            if now - started < _GLANCE:
                return
            spent = now - started
            if self._most is None or spent > self._most:
                self._most = _allowed()
                started = time.thread_time() - spent  # without what measuring took
            if spent > self._most:
                raise RefusalError("image-work")

        return between


def _allowed() -> float:
    """Seconds of one thread, the median of several samples, as the machine is now."""
    return _MEGAPIXELS * median(_seconds(sample()) for _ in range(_SAMPLES))


def _seconds(picture: bytes) -> float:
    started = time.thread_time()
    unpack(picture)
    return time.thread_time() - started
