"""Files whose names never stand for half of them."""

import os
import tempfile
from pathlib import Path


def write_whole(path: Path, content: bytes, *, lasting: bool = False, mode: int = 0o600) -> None:
    """
    Write a file beside its place, then put it there; what goes wrong leaves nothing behind.

    Parameters
    ----------
    lasting
        Whether it is on the disk before it is put there, so that no power cut leaves an empty one:
        that takes 8 ms in place of one or two.
    mode
        Who may read it: its owner alone, if nothing else is said.
    """
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        Path(temporary).chmod(mode)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
