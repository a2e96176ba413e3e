"""Weights that the workers of a server leave for each other: one folder, bounded."""

import contextlib
import hashlib
import os
import re
from pathlib import Path
from typing import Final

from model.whole_file import write_whole

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


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
