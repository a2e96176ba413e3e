"""What computes surveys, in a process of lowest priority: the last sets and networks at hand."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from app import data_sets
from app.surveys.job import CannotError, Job, Surveyed
from app.surveys.place import Place
from model.data.errors import MnistError
from model.network import Network
from model.safetensors_file import decode, encode
from model.spec import NetworkSpec
from model.train.batches import Examples

_SETS: Final = 2
_NETWORKS: Final = 4


class GivenUpError(Exception):
    """Nobody waits for it any more."""


class Failed(NamedTuple):
    """Why a survey cannot be made: a sentence, or nothing where only a programmer could act."""

    sentence: str
    kind: str = "set-not-read"  # of refusal, which says it where there is no sentence


Outcome = Failed | None
"""None also where it was given up, or another process was at it already."""


class Surveyor:
    """Does jobs, one after the other, and leaves the results in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sets: dict[str, Examples] = {}
        self._networks: dict[str, Network] = {}

    def __call__(self, job: Job) -> Outcome:
        """Do one; of weights that overflow the numbers show it."""
        with np.errstate(all="ignore"):
            return self._do(job)

    def _do(self, job: Job) -> Outcome:
        place = Place(self._folder, job.key)
        if not place.lock.take(patience=0.5):
            return None
        try:
            if place.result() is None and place.wanted:
                surveyed = Surveyed(self._network(job), self._examples(job), telling(place))
                made = job.by(surveyed, **job.how)
                place.put(encode(made.tensors, made.metadata))
        except GivenUpError:
            return None
        except MnistError as error:
            return Failed(data_sets.without_folder(str(error), job.data))
        except CannotError as error:
            return Failed("", str(error))
        except (OSError, MemoryError):
            return Failed("", "survey-failed")
        finally:
            place.clear()
            place.lock.let_go()
        return None

    def _examples(self, job: Job) -> Examples:
        if job.set_key not in self._sets:
            _make_room(self._sets, _SETS)
            self._sets[job.set_key] = data_sets.load(job.data, job.split)
        return self._sets[job.set_key]

    def _network(self, job: Job) -> Network:
        if job.digest not in self._networks:
            _make_room(self._networks, _NETWORKS)
            self._networks[job.digest] = network_of(job.weights)
        return self._networks[job.digest]


def _make_room(kept: dict[str, Any], most: int) -> None:
    while len(kept) >= most:
        kept.pop(next(iter(kept)))


def telling(place: Place) -> Callable[[int, int], None]:
    """Make what a computation tells how far it is."""

    def tell(done: int, total: int) -> None:
        if not place.wanted:
            raise GivenUpError
        place.tell(done, total)

    return tell


def network_of(weights: bytes) -> Network:
    """Make a network of the file that a served one was made of."""
    tensors, metadata = decode(weights)
    spec = NetworkSpec.from_json(json.loads(metadata["spec"]))
    return Network(spec, tensors, metadata, weights=weights)
