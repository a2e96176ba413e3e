"""Locks between processes, which the system lets go however the one that holds them ends."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_PAUSE: Final = 0.02  # seconds between two tries


class Lock:
    """A lock on a file, which need not be there yet and stays there; its folder must be."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = None

    def take(self, *, patience: float = 0.0) -> bool:
        """Take it if nobody has it, trying for so many seconds, and say whether it is held now."""
        late = time.monotonic() + patience
        while not self._try():
            if time.monotonic() >= late:
                return False
            time.sleep(_PAUSE)
        return True

    def let_go(self) -> None:
        """Let others have it."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _try(self) -> bool:
        if self._handle is not None:
            return True
        try:
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            return False
        try:
            if sys.platform == "win32":
                msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)
            return False
        self._handle = handle
        return True


@contextmanager
def locked(path: Path, *, patience: float = 5.0) -> Iterator[bool]:
    """Hold a lock for as long as the block lasts; gives whether it was got."""
    lock = Lock(path)
    try:
        yield lock.take(patience=patience)
    finally:
        lock.let_go()


def is_held(path: Path, *, patience: float = 0.0) -> bool:
    """
    Whether somebody holds it, and goes on holding it for so many seconds.

    Who takes one must be patient: this looks by taking it.
    """
    if not path.exists():
        return False
    lock = Lock(path)
    taken = lock.take(patience=patience)
    lock.let_go()
    return not taken
