"""How well a network reads: accuracy, loss, and what it takes for what."""

from collections.abc import Callable
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from model.arrays import Array
from model.spec import NetworkSpec
from model.train.batches import Examples, check, inputs

CHUNK = 500  # images at once: large enough for the matrix products, small enough for the cache


class Reader(Protocol):
    """What can be evaluated: a network, or anything that predicts like one."""

    @property
    def spec(self) -> NetworkSpec:
        """The architecture, for its input and classes."""

    def predict(self, images: Array) -> Array:
        """Give the probabilities (n, classes) of inputs (n, C, H, W)."""


class Confusion(NamedTuple):
    """So many images of class `true` were read as class `said`."""

    true: int
    said: int
    images: int


class Evaluation(NamedTuple):
    """What `evaluate` found. `confusion[true, said]` counts images."""

    correct: int
    total: int
    loss: float  # mean cross-entropy, natural logarithm
    confusion: npt.NDArray[np.int64]

    @property
    def accuracy(self) -> float:
        """Share of the images that were read right."""
        return self.correct / self.total

    def worst(self, most: int = 10) -> list[Confusion]:
        """List the most frequent confusions, the most frequent first."""
        wrong = self.confusion.copy()
        np.fill_diagonal(wrong, 0)
        pairs = [Confusion(int(t), int(s), int(wrong[t, s])) for t, s in np.argwhere(wrong)]
        return sorted(pairs, key=lambda pair: (-pair.images, pair.true, pair.said))[:most]


def evaluate(
    network: Reader, examples: Examples, progress: Callable[[int, int], None] | None = None
) -> Evaluation:
    """Read every image once and count. `progress(done, total)` is called now and then."""
    check(network.spec, examples)
    classes = len(network.spec.classes)
    confusion = np.zeros((classes, classes), np.int64)
    total, loss = len(examples.labels), 0.0
    smallest = np.finfo(np.float32).tiny  # an underflowed probability costs 87, not infinity
    for start in range(0, total, CHUNK):
        labels = examples.labels[start : start + CHUNK].astype(np.intp)
        said = network.predict(inputs(examples.images[start : start + CHUNK], network.spec.input))
        np.add.at(confusion, (labels, said.argmax(axis=1)), 1)
        right = said[np.arange(len(labels)), labels].astype(np.float64)
        loss -= float(np.log(np.maximum(right, smallest)).sum())
        if progress is not None:
            progress(start + len(labels), total)
    return Evaluation(int(np.trace(confusion)), total, loss / total, confusion)
