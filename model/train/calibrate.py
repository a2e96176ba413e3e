"""How far a network's confidence may be believed, and below which energy it is not sure.

Softmax always adds up to 1: of a scribble, too, some class gets most of it. Two questions remain.
Of the answers given at 90 %, are nine in ten right? That is calibration: C. Guo, G. Pleiss, Y. Sun,
K. Weinberger, "On Calibration of Modern Neural Networks" (ICML 2017), section 2. And does the image
resemble anything that was learnt? The logits know, before softmax forgets their size: W. Liu,
X. Wang, J. Owens, Y. Li, "Energy-based Out-of-distribution Detection" (NeurIPS 2020), section 3.1.
There energy is -log Σ exp(logits); here it has the other sign, so that more is more like a digit.

B images, N classes.
"""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from model.arrays import Array, Labels
from model.data.idx import Bytes
from model.spec import NetworkSpec
from model.train.batches import Examples, inputs
from model.train.drawn import judged_digits, judged_others
from model.train.evaluate import CHUNK

BINS = 15
"""Intervals of confidence, equally wide, as in the paper."""

TEMPERATURES = tuple(hundredths / 100 for hundredths in range(50, 201))
"""By which scores may be divided."""

LOST = 0.012
"""Share of the digits that may fall below the threshold."""

Energies = npt.NDArray[np.float64]


class Scorer(Protocol):
    """What has a confidence: a network, or anything that answers like one."""

    @property
    def spec(self) -> NetworkSpec:
        """The architecture, for its input."""

    def predict(self, images: Array) -> Array:
        """Give the probabilities (B, N) of inputs (B, C, H, W)."""

    def logits(self, images: Array) -> Array:
        """Give the scores (B, N) that softmax reads."""


class Bin(NamedTuple):
    """The answers whose confidence lies above `low` and not above `high`."""

    low: float
    high: float
    images: int
    confidence: float  # mean; 0 when there are none
    accuracy: float  # share that is right; 0 when there are none


class Threshold(NamedTuple):
    """Below this energy a network is not sure that what it reads is a digit."""

    energy: float
    lost: Mapping[str, float]  # shares of digits that lie below it, by where they come from
    rejected: Mapping[str, float]  # shares of what is no digit that lie below it, by sort

    def facts(self) -> dict[str, str]:
        """Write it for the metadata of the weights."""
        choice = {
            "rule": f"the largest with which at most {LOST:.1%} of the digits held out and at most "
            f"{LOST:.1%} of the digits drawn for judging lie below it",
            "lost": {name: round(share, 4) for name, share in self.lost.items()},
            "rejected": {name: round(share, 4) for name, share in self.rejected.items()},
        }
        return {
            "energy_threshold": f"{self.energy:.4f}",
            "energy_choice": json.dumps(choice, sort_keys=True),
        }


class Calibration(NamedTuple):
    """How far answers may be believed. `below` is the share of images below the threshold."""

    bins: tuple[Bin, ...]
    error: float
    chance: float  # the error that chance alone would make
    threshold: float | None  # as recorded with the weights
    below: float | None


def energy(logits: Array) -> Energies:
    """Sum up how strongly any class speaks: log Σ exp(logits), (B, N) -> (B,), in float64."""
    wide = logits.astype(np.float64)
    largest = wide.max(axis=1, keepdims=True)
    total: Energies = np.log(np.exp(wide - largest).sum(axis=1)) + largest[:, 0]
    return total


def energies(network: Scorer, images: Bytes) -> Energies:
    """Read images (B, 28, 28), bytes as MNIST's, and give the energy of each."""
    return energy(_said(network.logits, network.spec, images))


def likeliest_temperature(network: Scorer, judges: Sequence[Examples]) -> float:
    """Find by which of `TEMPERATURES` scores are best divided: labels are likeliest then.

    Dividing changes no answer, only how sure it is (Guo et al., section 4.2). Each set of
    examples, none of which was learnt from, counts as much as any other.
    """
    found = [
        (_said(network.logits, network.spec, one.images).astype(np.float64), one.labels)
        for one in judges
    ]

    def loss(temperature: float) -> float:
        scaled = [(logits / temperature, labels) for logits, labels in found]
        return sum(float(np.mean(energy(z) - z[range(len(y)), y])) for z, y in scaled)

    return min(TEMPERATURES, key=loss)


def choose_threshold(network: Scorer, held: Examples) -> Threshold:
    """Choose a threshold that keeps nearly all digits, and say what it keeps out.

    `held` are digits that were not learnt from. Drawings are judged beside them, so that a visitor
    with another pen than MNIST's is not told that a plain 7 is none.
    """
    digits = {
        "held_out": energies(network, held.images),
        "drawn": energies(network, judged_digits().images),
    }
    least = min(float(np.sort(found)[int(LOST * len(found))]) for found in digits.values())
    limit = math.floor(least * 1e4) / 1e4  # four decimals; rounded up it could lose one more
    others = {name: energies(network, images) for name, images in judged_others().items()}
    return Threshold(limit, _below(digits, limit), _below(others, limit))


def reliability(probabilities: Array, labels: Labels) -> tuple[Bin, ...]:
    """Sort answers (B, N) by confidence, and say of each interval how many are right."""
    confidence, chosen = _intervals(probabilities)
    right = probabilities.argmax(axis=1) == labels
    count = np.bincount(chosen, minlength=BINS)
    some = np.maximum(count, 1)
    mean = np.bincount(chosen, confidence, BINS) / some
    accuracy = np.bincount(chosen, right, BINS) / some
    return tuple(
        Bin(k / BINS, (k + 1) / BINS, int(count[k]), float(mean[k]), float(accuracy[k]))
        for k in range(BINS)
    )


def expected_calibration_error(bins: Sequence[Bin]) -> float:
    """Average how far confidence is from accuracy, by the number of answers (equation 5)."""
    total = sum(b.images for b in bins)
    return sum(b.images * abs(b.confidence - b.accuracy) for b in bins) / total


def error_by_chance(probabilities: Array) -> float:
    """Estimate the calibration error of answers (B, N) that are right exactly as often as they say.

    It is not 0: which of few answers turn out right is chance. How many do, of those with
    confidences c, has a standard deviation of √(Σ c (1 - c)); √(2 / π) of that is the mean distance
    from the middle, where it is distributed normally.
    """
    confidence, chosen = _intervals(probabilities)
    variance = np.bincount(chosen, confidence * (1 - confidence))
    return float(np.sqrt(2 / np.pi * variance).sum() / len(confidence))


def calibrate(network: Scorer, examples: Examples, metadata: Mapping[str, str]) -> Calibration:
    """Hold confidence against truth, and the threshold that the metadata record against digits."""
    probabilities = predictions(network, examples.images)
    bins = reliability(probabilities, examples.labels)
    error, chance = expected_calibration_error(bins), error_by_chance(probabilities)
    threshold = recorded_threshold(metadata)
    below = None
    if threshold is not None:
        below = float(np.mean(energies(network, examples.images) < threshold))
    return Calibration(bins, error, chance, threshold, below)


def recorded_threshold(metadata: Mapping[str, str]) -> float | None:
    """Read what `Threshold.facts` wrote; None where there is nothing, or no finite number."""
    try:
        found = float(metadata["energy_threshold"])
    except (KeyError, ValueError):
        return None
    return found if math.isfinite(found) else None


def doubted(found: Energies, metadata: Mapping[str, str]) -> npt.NDArray[np.bool_]:
    """Say which lie below the threshold that the metadata record; without one none do."""
    threshold = recorded_threshold(metadata)
    return found < (-np.inf if threshold is None else threshold)


def predictions(network: Scorer, images: Bytes) -> Array:
    """Read images (B, 28, 28), bytes as MNIST's: probabilities (B, N)."""
    return _said(network.predict, network.spec, images)


def _said(say: Callable[[Array], Array], spec: NetworkSpec, images: Bytes) -> Array:
    """Ask about some images at a time, and give all the answers."""
    parts = [images[start : start + CHUNK] for start in range(0, len(images), CHUNK)]
    return np.concatenate([say(inputs(part, spec.input)) for part in parts])


def _intervals(probabilities: Array) -> tuple[Energies, npt.NDArray[np.intp]]:
    """Give the confidence of answers (B, N), and the interval in which each lies."""
    confidence = probabilities.max(axis=1).astype(np.float64)
    return confidence, np.clip(np.ceil(confidence * BINS).astype(np.intp) - 1, 0, BINS - 1)


def _below(found: Mapping[str, Energies], limit: float) -> dict[str, float]:
    return {name: float(np.mean(each < limit)) for name, each in found.items()}
