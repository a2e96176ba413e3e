"""Weights that the workers of a server leave for each other: one folder, bounded."""

import contextlib
import hashlib
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from model.whole_file import write_whole

if sys.platform != "win32":
    import fcntl

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_PREFIX: Final = "convlens-variants-"
_OURS: Final = re.compile(r"\.?[0-9a-f]{64}\.safetensors(\.\w+)?")
_TRIES: Final = 3


@contextlib.contextmanager
def temporary_folder() -> Iterator[str]:
    """
    Make a folder for as long as the block lasts, and remove those of servers that were killed.

    Whoever has one holds a lock on it, which the system lets go however the process ends.
    """
    for found in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        _remove_abandoned(found)
    with contextlib.ExitStack() as stack:
        for _ in range(_TRIES):  # another server may have removed it before it was locked
            made = tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True)
            path = stack.enter_context(made)
            if stack.enter_context(_lock(Path(path))):
                break
        yield path


@contextlib.contextmanager
def _lock(folder: Path) -> Iterator[bool]:
    """Lock a folder for as long as the block lasts, and say whether nobody else has; POSIX only."""
    handle = None
    try:
        if sys.platform != "win32" and not folder.is_symlink():
            handle = os.open(folder, os.O_RDONLY)
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            locked = os.path.samestat(os.fstat(handle), folder.stat())
        else:
            locked = False
    except OSError:
        locked = False
    try:
        yield locked
    finally:
        if handle is not None:
            os.close(handle)


def _remove_abandoned(folder: Path) -> None:
    """Remove a folder whose server has ended, if all that is in it are weights."""
    with _lock(folder) as abandoned, contextlib.suppress(OSError):
        files = list(folder.iterdir()) if abandoned else []
        if abandoned and all(_OURS.fullmatch(file.name) for file in files):
            for file in files:
                file.unlink()
            folder.rmdir()


class Folder:
    """
    Files under the SHA-256 of what is in them; the oldest go first when there is no room.

    Nothing in it is needed: what is gone, or could not be written, is made again from the edits.

    Parameters
    ----------
    path
        Where it is. It must be there.
    most
        Bytes that all files may have together.
    """

    def __init__(self, path: Path, most: int = 256_000_000) -> None:
        self.path, self.most = path, most

    def read(self, digest: str) -> bytes | None:
        """Find what has this SHA-256; None when it is not there, or no longer what it was."""
        if not _DIGEST.fullmatch(digest):
            return None
        file = self._file(digest)
        try:
            data = file.read_bytes()
            os.utime(file)  # what is used is young
        except OSError:
            return None
        return data if hashlib.sha256(data).hexdigest() == digest else None

    def take(self, key: str) -> bytes | None:
        """Find what bears a name that is another one than its SHA-256; surveys do."""
        try:
            data = self._file(key).read_bytes()
            os.utime(self._file(key))
        except OSError:
            return None
        return data

    def write(self, digest: str, data: bytes) -> None:
        """Leave it for others, whole or not at all, after the oldest have made room."""
        file = self._file(digest)
        with contextlib.suppress(OSError):  # a full disk: then each worker makes its own
            if file.exists():
                os.utime(file)
                return
            self._make_room(len(data))
            write_whole(file, data)

    def _make_room(self, size: int) -> None:
        """Remove files, those first that nobody has used for longest."""
        found = []
        for entry in os.scandir(self.path):
            with contextlib.suppress(OSError):  # another worker removed it
                about = entry.stat()
                found.append((about.st_mtime_ns, about.st_size, entry.path))
        held = sum(bytes_ for _, bytes_, _ in found)
        for _, bytes_, path in sorted(found):
            if held + size <= self.most:
                return
            Path(path).unlink(missing_ok=True)
            held -= bytes_

    def _file(self, digest: str) -> Path:
        return self.path / f"{digest}.safetensors"
