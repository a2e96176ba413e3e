"""Losses: how wrong a batch is, as one number, and the gradient that training starts from.

Each loss is a `forward` and a `backward` like a layer's. B batch, N classes. The number is the
mean over the batch, and so is the gradient.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from model.arrays import Array, Indices, Labels
from model.graph import ForwardPass
from model.network import Network
from model.spec import NetworkSpec
from model.train.batches import NONE

Name = Literal["cross_entropy", "squared_error", "hinge"]


def _of_none(labels: Labels, scores: Array) -> npt.NDArray[np.bool_]:
    """Say which images are of no class; of very many classes, `NONE` is the number of one."""
    none: npt.NDArray[np.bool_] = (labels == NONE) & (scores.shape[1] <= NONE)
    return none


class CrossEntropyCache(NamedTuple):
    """What `cross_entropy_backward` needs."""

    probabilities: Array  # (B, N)
    labels: Labels  # (B,)


def cross_entropy_forward(logits: Array, labels: Labels) -> tuple[float, CrossEntropyCache]:
    """Measure the surprise at the right class: -log softmax(logits)[label], mean over the batch.

    logits (B, N), labels (B,) in 0..N-1 -> loss >= 0, in nats. Softmax and logarithm are one
    step, so that no probability is ever rounded to zero before its logarithm is taken. Where the
    label is `NONE`, every class should be thought equally likely, and the surprise is the mean of
    all: D. Hendrycks, M. Mazeika, T. Dietterich, "Deep Anomaly Detection with Outlier Exposure"
    (ICLR 2019).
    """
    shifted = logits - logits.max(axis=1, keepdims=True)
    exponentials = np.exp(shifted)
    sums = exponentials.sum(axis=1, keepdims=True)
    none = _of_none(labels, logits)[:, None]
    right = np.take_along_axis(shifted, np.where(none, 0, labels[:, None]).astype(np.intp), axis=1)
    right = np.where(none, shifted.mean(axis=1, keepdims=True), right)
    loss = float(np.mean(np.log(sums) - right, dtype=np.float64))
    return loss, CrossEntropyCache(exponentials / sums, labels)


def cross_entropy_backward(cache: CrossEntropyCache) -> Array:
    """Send the loss back to the logits: dlogits (B, N)."""
    # forward was: loss = mean(log Σ exp(logits) - logits[label])
    none = _of_none(cache.labels, cache.probabilities)
    targets = _one_hot(np.where(none, 0, cache.labels), cache.probabilities)
    targets[none] = 1 / targets.shape[1]
    return (cache.probabilities - targets) / len(cache.labels)


class SquaredErrorCache(NamedTuple):
    """What `squared_error_backward` needs."""

    outputs: Array  # (B, N)
    labels: Labels  # (B,)


def squared_error_forward(outputs: Array, labels: Labels) -> tuple[float, SquaredErrorCache]:
    """Measure ½ Σ (target - output)², mean over the batch; the target is 1 for the right class.

    outputs (B, N), usually probabilities, labels (B,) in 0..N-1 -> loss >= 0. It is the "total
    error" of Karn's essay (2016).
    """
    difference = _one_hot(labels, outputs) - outputs
    loss = float(np.sum(difference * difference, dtype=np.float64)) / (2 * len(labels))
    return loss, SquaredErrorCache(outputs, labels)


def squared_error_backward(cache: SquaredErrorCache) -> Array:
    """Send the loss back to the outputs: doutputs (B, N)."""
    # forward was: loss = mean(½ Σ (target - output)²)
    return (cache.outputs - _one_hot(cache.labels, cache.outputs)) / len(cache.labels)


class HingeCache(NamedTuple):
    """What `hinge_backward` needs."""

    margins: Array  # (B, N), 0 for the right class
    labels: Labels  # (B,)


def hinge_forward(scores: Array, labels: Labels) -> tuple[float, HingeCache]:
    """Measure Σ max(0, 1 + score - score of the right class) over the others, mean over the batch.

    scores (B, N), labels (B,) in 0..N-1 -> loss >= 0. On a dense layer alone it makes a linear
    support vector machine of many classes: J. Weston, C. Watkins, "Support vector machines for
    multi-class pattern recognition" (1999). Once the right class leads by 1 nothing is to learn.
    """
    right = np.take_along_axis(scores, labels[:, None].astype(np.intp), axis=1)
    margins = np.maximum(0, 1 + scores - right) * (1 - _one_hot(labels, scores))
    loss = float(np.sum(margins, dtype=np.float64)) / len(labels)
    return loss, HingeCache(margins, labels)


def hinge_backward(cache: HingeCache) -> Array:
    """Send the loss back to the scores: dscores (B, N)."""
    # forward was: loss = mean(Σ max(0, 1 + score - score[label]))
    wrong = (cache.margins > 0).astype(cache.margins.dtype)
    dscores: Array = wrong - wrong.sum(axis=1, keepdims=True) * _one_hot(cache.labels, wrong)
    return dscores / len(cache.labels)


class DistillationCache(NamedTuple):
    """What `distillation_backward` needs."""

    softened: Array  # (B, N)
    opinions: Array  # (B, N)


def soften(logits: Array, temperature: float) -> Array:
    """Turn logits (B, N) into probabilities (B, N), the more alike the higher the temperature."""
    return _softened(logits, temperature)[0]


def _softened(logits: Array, temperature: float) -> tuple[Array, Array]:
    """Compute softmax(logits / temperature) and its logarithm, both (B, N)."""
    shifted = (logits - logits.max(axis=1, keepdims=True)) / np.float32(temperature)
    exponentials = np.exp(shifted)
    sums = exponentials.sum(axis=1, keepdims=True)
    return exponentials / sums, shifted - np.log(sums)


def distillation_forward(
    logits: Array, opinions: Array, temperature: float
) -> tuple[float, DistillationCache]:
    """Measure how far from the teachers: T² Σ opinion · log(opinion / softmax(logits / T)).

    logits (B, N), opinions (B, N), which are probabilities that were softened with the same
    temperature T -> mean over the batch, in nats; 0 where both agree. T² makes its gradient as
    large as that of `cross_entropy_forward`. G. Hinton, O. Vinyals, J. Dean, "Distilling the
    Knowledge in a Neural Network" (2015).
    """
    softened, logarithms = _softened(logits, temperature)
    theirs = np.log(np.maximum(opinions, np.finfo(opinions.dtype).tiny))  # 0 log 0 is 0
    loss = float(np.sum(opinions * (theirs - logarithms), dtype=np.float64)) / len(logits)
    return temperature**2 * loss, DistillationCache(softened, opinions)


def distillation_backward(cache: DistillationCache, temperature: float) -> Array:
    """Send the loss back to the logits: dlogits (B, N)."""
    # forward was: loss = T² mean(log Σ exp(logits / T) - Σ opinion · logits / T + a constant)
    scale = np.float32(temperature / len(cache.opinions))
    return (cache.softened - cache.opinions) * scale


class Loss(NamedTuple):
    """A loss, and which layer it is taken of."""

    reads: Literal["logits", "output"]
    forward: Callable[[Array, Any], tuple[float, Any]]
    backward: Callable[[Any], Array]


LOSSES: Mapping[Name, Loss] = {
    "cross_entropy": Loss("logits", cross_entropy_forward, cross_entropy_backward),
    "squared_error": Loss("output", squared_error_forward, squared_error_backward),
    "hinge": Loss("logits", hinge_forward, hinge_backward),
}


def distillation(temperature: float) -> Loss:
    """Make the loss that reads the teachers' opinions where the others read labels."""
    return Loss(
        "logits",
        partial(distillation_forward, temperature=temperature),
        partial(distillation_backward, temperature=temperature),
    )


def measure(
    name: Name, network: Network, passed: ForwardPass, labels: Labels
) -> tuple[float, dict[str, Array]]:
    """Take a loss of a forward pass: its value, and the gradients to start `backward` with.

    >>> loss, seeds = measure("cross_entropy", network, passed, labels)
    >>> gradients = network.backward(passed, seeds, to_input=False).parameters
    """
    loss, layer = LOSSES[name], layer_of(name, network.spec)
    value, cache = loss.forward(passed.outputs[layer], labels)
    return value, {layer: loss.backward(cache)}


class LossTerms(NamedTuple):
    """What makes the loss of one answer: a product for each class that counts in it."""

    classes: Indices  # (T,)
    read: Array  # (T,): what the answer says of each, its share or its score
    amounts: Array  # (T,)
    factors: Array  # (T,)


def terms_of(name: Name, values: Array, target: int) -> LossTerms:
    """Take a loss of one answer apart: Σ amounts · factors is the loss.

    values (N,) of the layer that it is taken of. Cross-entropy has one term, the logarithm of the
    share of the right class, times -1; squares have one for each class, times ½; the hinge loss
    has the margins of all others, times 1 where they are above 0, else 0.
    """
    classes = np.arange(len(values), dtype=np.int32)
    if name == "cross_entropy":
        shifted = values - values.max()
        right = (shifted - np.log(np.exp(shifted).sum()))[target : target + 1]
        return LossTerms(classes[target : target + 1], np.exp(right), right, -np.ones(1))
    if name == "squared_error":
        away = (classes == target) - values
        return LossTerms(classes, values, away * away, np.full(len(values), 0.5))
    others = classes[classes != target]
    margins = 1 + values[others] - values[target]
    return LossTerms(others, values[others], margins, (margins > 0).astype(np.float64))


def layer_of(name: Name, spec: NetworkSpec) -> str:
    """Name the layer that a loss is taken of."""
    return spec.logits_layer if LOSSES[name].reads == "logits" else spec.layers[-1].name


def _one_hot(labels: Labels, like: Array) -> Array:
    """Write labels (B,) as rows of zeros with a one: (B, N) of the type of `like`."""
    targets = np.zeros_like(like)
    targets[np.arange(len(labels)), labels] = 1
    return targets
