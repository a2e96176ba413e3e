"""Where questions are worked on, and how many may wait for it."""

import asyncio
import multiprocessing
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Any, Final, Literal, Self, TypeVar, TypeVarTuple

from app.large_pictures import LargePictures
from app.patience import Patience
from app.refusals import RefusalError

Result = TypeVar("Result")
Arguments = TypeVarTuple("Arguments")

Place = Literal["here", "drawing", "image", "large image"]
"""
The event loop for what takes a millisecond, a thread for large drawings, one for images, and one
that waits for the process of large images.
"""

_MOST_WAITING: Final = {"here": 128, "drawing": 16, "image": 16, "large image": 8}
"""
Questions that may wait at each place; a tenth of a second or so of what takes a millisecond.

A longer queue helps nobody: all in it wait, and what they asked is old when its answer comes.
"""


def busy() -> RefusalError:
    """Refuse what cannot be worked on soon."""
    return RefusalError("busy", headers={"retry-after": "1"})


class Workers:
    """
    Four places to work: photographs never make a drawing wait, nor huge ones the others.

    What takes a millisecond is worked on in the event loop itself, one question in each of its
    rounds. A trip to a thread and back passes Python's lock around between two processor cores,
    once for each of the dozens of NumPy calls of a trace, and costs more than the trace.
    """

    def __init__(self) -> None:
        self._patience = Patience()
        self._large_pictures = LargePictures()
        self._turn = asyncio.Lock()
        self._threads = {
            "drawing": ThreadPoolExecutor(1, "drawing"),
            "image": ThreadPoolExecutor(1, "image"),
            "large image": ThreadPoolExecutor(1, "large image"),
        }
        self._waiting = dict.fromkeys(_MOST_WAITING, 0)

    def __enter__(self) -> Self:
        # A thread that takes a picture apart in Python gives its lock to the event loop within this
        # time, seconds; the usual 5 ms, several times in one answer, would be felt.
        sys.setswitchinterval(0.0005)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Let drawings end and pictures not, forget what waits."""
        self._patience.stop()
        self._large_pictures.close()
        for threads in self._threads.values():
            threads.shutdown(cancel_futures=True)

    @property
    def full(self) -> bool:
        """Whether so much waits in the event loop that nothing more may be asked."""
        return self._waiting["here"] >= _MOST_WAITING["here"]

    def reader_at(self, place: Place) -> Callable[..., Any]:
        """What lets a function read an image file there, as `LargePictures.read` does."""
        # Workers of some ASGI servers are daemons, which may start no process.
        if place == "large image" and not multiprocessing.current_process().daemon:
            return self._large_pictures.read
        return self._read

    def _read(self, by: Callable[..., Result], data: bytes, **how: Any) -> Result:
        return by(data, **how, between=self._patience.watch())

    async def run(
        self, place: Place, work: Callable[[*Arguments], Result], *arguments: *Arguments
    ) -> Result:
        """
        Do the work at a place, after what waits there.

        Raises
        ------
        RefusalError
            At once, when too much waits there already.
        """
        if self._waiting[place] >= _MOST_WAITING[place]:
            raise busy()
        self._waiting[place] += 1
        try:
            if place != "here":
                threads = self._threads[place]
                return await asyncio.get_running_loop().run_in_executor(threads, work, *arguments)
            async with self._turn:
                result = work(*arguments)
                await asyncio.sleep(0)  # others are read and refused before the next turn
                return result
        finally:
            self._waiting[place] -= 1
