"""Computations over a set, for tests: functions of a module, as another process must find them."""

import os
import time
from pathlib import Path

import numpy as np

from app.surveys.job import Made, Surveyed


def mean_of(surveyed: Surveyed, layer: str) -> Made:
    """What a layer says on average."""
    images = surveyed.examples.images
    found = surveyed.network.read(images[:, None].astype(np.float32) / 255, layer)
    surveyed.tell(len(images), len(images))
    return Made({"mean": found.mean(axis=0), "count": np.array([len(images)])}, {"layer": layer})


def counted(surveyed: Surveyed, folder: str, seconds: float = 0.0) -> Made:
    """Leave a file each time that it is done; take so long over it."""
    Path(folder, f"{os.getpid()}-{time.monotonic_ns()}").touch()
    late = time.monotonic() + seconds
    while time.monotonic() < late:
        surveyed.tell(3, 7)
        time.sleep(0.02)
    return Made({"priority": np.array([os.getpriority(os.PRIO_PROCESS, 0), os.getpid()])})


def dies(surveyed: Surveyed) -> Made:
    """End the process that it is done in."""
    os._exit(3)


def fails(surveyed: Surveyed) -> Made:
    """Find no room for it."""
    raise MemoryError
