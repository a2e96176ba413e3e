"""
What a survey computes, as a value that another process can be given.

A computation over a set is a function of a module, `by(surveyed, **how)`: it reads the images of
`surveyed` with its network and gives back `Made`. `tell` says how far it is, and ends it when
nobody waits for it any more. `reading.py` is one.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import numpy.typing as npt

from app import __version__
from model.data.mnist import Split
from model.data.sets import DataSet
from model.network import Network
from model.train.batches import Examples

Tell = Callable[[int, int], None]
"""How far it is, of how much; called at least once for each five hundred images or so."""


class Surveyed(NamedTuple):
    """What a computation is given: a network, a set, and whom to tell how far it is."""

    network: Network
    examples: Examples
    tell: Tell


class Made(NamedTuple):
    """What it gives back: arrays by name, and what is said of them; both go into one file."""

    tensors: Mapping[str, npt.NDArray[Any]]
    metadata: Mapping[str, str] = {}


By = Callable[..., Made]


class CannotError(Exception):
    """It cannot be computed; its text is the kind of a refusal that says why."""


@dataclass(frozen=True)
class Job:
    """
    A computation over all images of a part of a set, with all that it depends on.

    Attributes
    ----------
    by : a function of a module.
    digest : of the weights.
    weights : the file that holds them.
    how : what else it is told: what JSON can say.
    """

    by: By
    digest: str
    weights: bytes = field(repr=False)
    data: DataSet
    split: Split = "test"
    how: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def set_key(self) -> str:
        """Names the images: other files are another set."""
        files = [(str(path), *_stamp(path)) for path in self.data.parts[self.split]]
        return _hash([self.data.id, self.split, files])

    @cached_property
    def key(self) -> str:
        """Names what is computed: the same key, the same numbers."""
        function = f"{self.by.__module__}.{self.by.__qualname__}"
        return _hash([__version__, function, self.digest, self.set_key, self.how])


def _stamp(path: Any) -> tuple[int, int]:
    about = path.stat()
    return about.st_size, about.st_mtime_ns


def _hash(facts: Any) -> str:
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()
