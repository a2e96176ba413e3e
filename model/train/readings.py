"""What a network says of each image of a set, one by one; `evaluate` counts it.

B images, N classes.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from model.arrays import Array, Labels
from model.train.batches import Examples, check, inputs
from model.train.calibrate import Scorer, energy
from model.train.evaluate import CHUNK

Numbers = npt.NDArray[np.float64]


class Readings(NamedTuple):
    """A row an image, in the order of the set."""

    truth: Labels  # (B,): the class that its label says
    said: Labels  # (B,): the class with the largest share, the first of equal ones
    second: Labels  # (B,): the one with the largest of the other shares
    losses: Numbers  # (B,): -log of the share of the true class, as `evaluate` adds them up
    energies: Numbers  # (B,): log Σ exp(scores), how strongly any class speaks
    scores: Array  # (B, N), before softmax
    shares: Array  # (B, N)

    @property
    def confusion(self) -> npt.NDArray[np.int64]:
        """Count images by (true class, class said)."""
        classes = self.shares.shape[1]
        counts = np.zeros((classes, classes), np.int64)
        np.add.at(counts, (self.truth, self.said), 1)
        return counts


def readings(
    network: Scorer, examples: Examples, progress: Callable[[int, int], None] | None = None
) -> Readings:
    """Read every image once, in the chunks of `evaluate`, whose figures these add up to."""
    check(network.spec, examples)
    total, parts = len(examples.labels), []
    for start in range(0, total, CHUNK):
        images = inputs(examples.images[start : start + CHUNK], network.spec.input)
        parts.append((network.logits(images), network.predict(images)))
        if progress is not None:
            progress(start + len(images), total)
    scores, shares = (np.concatenate(part) for part in zip(*parts, strict=True))
    every = np.arange(total)
    said = shares.argmax(axis=1)
    number = np.uint8 if shares.shape[1] <= 256 else np.int32
    others = shares.copy()
    others[every, said] = -np.inf
    smallest = np.finfo(np.float32).tiny  # an underflowed probability costs 87, not infinity
    right = shares[every, examples.labels].astype(np.float64)
    return Readings(
        truth=examples.labels,
        said=said.astype(number),
        second=others.argmax(axis=1).astype(number),
        losses=-np.log(np.maximum(right, smallest)),
        energies=energy(scores),
        scores=scores,
        shares=shares,
    )
