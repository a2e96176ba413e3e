"""Threads for the work that would otherwise keep the event loop from every other request."""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Self, TypeVar, TypeVarTuple

Result = TypeVar("Result")
Arguments = TypeVarTuple("Arguments")


class Workers:
    """
    Two pools: one for drawings, one for image files.

    A drawing takes less than a millisecond, a photograph may take a second. With pools of their
    own no number of photographs makes a drawing wait. The way to a thread and back costs 57 µs
    through asyncio's executor and 79 through `anyio.to_thread`, which keeps a limiter and copies
    the context.
    """

    def __init__(self) -> None:
        processors = os.cpu_count() or 1
        self._drawings = ThreadPoolExecutor(processors, "drawing")
        self._images = ThreadPoolExecutor(max(1, processors // 2), "image")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Let running work end, forget what waits."""
        self._drawings.shutdown(cancel_futures=True)
        self._images.shutdown(cancel_futures=True)

    async def run(
        self, work: Callable[[*Arguments], Result], *arguments: *Arguments, image: bool = False
    ) -> Result:
        """Do the work in a thread of the pool for its kind."""
        pool = self._images if image else self._drawings
        return await asyncio.get_running_loop().run_in_executor(pool, work, *arguments)
