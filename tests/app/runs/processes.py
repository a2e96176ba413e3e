"""The processes that train, and waiting for what they do."""

import time
from collections.abc import Callable
from pathlib import Path

from app.runs.folder import Run

PATIENCE = 60.0


def until(met: Callable[[], bool]) -> None:
    """Wait until it is so."""
    late = time.monotonic() + PATIENCE
    while not met():
        assert time.monotonic() < late
        time.sleep(0.01)


def trainer(run: Run) -> int:
    """Find the process that trains a run, told from its command line; 0 if nobody does."""
    for place in Path("/proc").glob("[0-9]*"):
        try:
            words = (place / "cmdline").read_bytes().decode().split("\0")
        except OSError:
            continue
        if "app.runs.trainer" in words and str(run.path) in words:
            return int(place.name)
    return 0


def children(process: int) -> list[int]:
    """List what a process has started, the last one last."""
    text = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(one) for one in text.split()]


def parent(process: int) -> int:
    """Find who started it."""
    return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])


def lives(process: int) -> bool:
    """Whether it is there, and not only its name until somebody asks how it ended."""
    try:
        return bool(Path(f"/proc/{process}/cmdline").read_bytes())
    except OSError:
        return False
