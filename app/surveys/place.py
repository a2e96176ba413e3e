"""
Where the surveys of all workers meet: files beside the variants, each under the key of its job.

The result is KEY.safetensors. While it is made, files that begin with a dot say that somebody
makes it (a lock), how far it is, and when somebody last asked for it.
"""

import time
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from app.runs.locks import Lock, is_held
from app.variants import Folder

PATIENCE: Final = 20.0
"""Seconds after which what nobody asks for is not made any more."""


class Progress(NamedTuple):
    """How far a survey is: so many of so many images, or other steps; 0 of 0 while it waits."""

    done: int = 0
    total: int = 0


class Place:
    """The files of one job."""

    def __init__(self, folder: Path, key: str) -> None:
        self._folder, self._key = Folder(folder), key
        lock, self._told, self._asked = (
            folder / f".{key}.safetensors.{end}" for end in ("lock", "told", "asked")
        )
        self.lock = Lock(lock)

    def result(self) -> bytes | None:
        """What was made, if it is still there."""
        return self._folder.take(self._key)

    def put(self, data: bytes) -> None:
        """Leave it for all workers."""
        self._folder.write(self._key, data)

    @property
    def at_work(self) -> bool:
        """Whether somebody makes it."""
        return is_held(self.lock.path)

    def ask(self) -> None:
        """Say that somebody waits for it."""
        with suppress(OSError):
            self._asked.touch()

    @property
    def wanted(self) -> bool:
        """Whether somebody has asked for it a short while ago."""
        try:
            return time.time() - self._asked.stat().st_mtime < PATIENCE
        except OSError:
            return True  # a full folder lost it

    def tell(self, done: int, total: int) -> None:
        """Say how far it is."""
        with suppress(OSError):
            self._told.write_text(f"{done} {total}")

    def told(self) -> Progress:
        """Read how far it is."""
        try:
            done, total = map(int, self._told.read_text().split())
            return Progress(done, total)
        except (OSError, ValueError):
            return Progress()

    def clear(self) -> None:
        """Take away all but the result."""
        for path in (self._told, self._asked, self.lock.path):
            with suppress(OSError):
                path.unlink()
