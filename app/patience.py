"""How long one picture may keep a processor busy, and whether it still may at all."""

import threading
import time
from collections.abc import Callable
from typing import Final

from app.refusals import RefusalError
from model.preprocess import read_picture, sample

_GLANCE: Final = 0.25
"""Seconds that no picture is asked about."""

_MEGAPIXELS: Final = 60
"""What a picture may cost: as much as an ordinary PNG of this size, half a byte a pixel."""


class Patience:
    """
    Ends the decoding of a picture between two pieces of it.

    Its bound is a number of ordinary pictures, measured when first needed: seconds would mean
    another thing on each machine.
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
            spent, most = now - started, self._allowed()
            started = time.thread_time() - spent  # without what measuring took
            if spent > most:
                raise RefusalError("image-work")

        return between

    def _allowed(self) -> float:
        if self._most is None:
            self._most = _MEGAPIXELS * min(_seconds(sample()) for _ in range(3))
        return self._most


def _seconds(picture: bytes) -> float:
    started = time.thread_time()
    read_picture(picture)
    return time.thread_time() - started
