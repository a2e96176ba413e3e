"""Maps of sets that are at hand in a worker, for questions about drawings: the last few."""

import threading
from typing import Final, NamedTuple

from app.runs.images import examples_of
from app.surveys.job import Job, Made
from app.surveys.layout import crowd_of
from app.surveys.place import Progress
from app.surveys.shelf import Surveys
from model.nearest import Crowd
from model.safetensors_file import decode
from model.train.batches import Examples

_KEPT: Final = 4
"""Maps; of lenet's largest layer one takes 8 MB, and so do the images."""


class Laid(NamedTuple):
    """How images lie in a layer, and the images themselves."""

    crowd: Crowd
    examples: Examples


class Crowds:
    """
    Reads what surveys laid out, once.

    Parameters
    ----------
    folder
        Where sets lie beside MNIST's own place.
    """

    def __init__(self, surveys: Surveys, folder: str) -> None:
        self._surveys, self._folder = surveys, folder
        self._kept: dict[str, Laid] = {}
        self._lock = threading.Lock()

    def look(self, job: Job) -> Laid | Progress:
        """Give what was laid out, or say how far it is; it may read files."""
        with self._lock:
            kept = self._kept.pop(job.key, None)
            if kept is None:
                found = self._surveys.look(job)
                if isinstance(found, Progress):
                    return found
                kept = Laid(
                    crowd_of(Made(*decode(found))), examples_of(job.data, job.split, self._folder)
                )
            self._kept[job.key] = kept  # the one that is used last at the end
            while len(self._kept) > _KEPT:
                self._kept.pop(next(iter(self._kept)))
            return kept
