"""A step of training by central differences: a network run in float64, and nudged to both sides.

Nothing of the engine is used but what a layer is called and how it is shaped.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from model import Network

Array = npt.NDArray[np.float64]
EPSILON = 1e-5


class Nudged(NamedTuple):
    """What a nudge to both sides says: the slope, and whether it is another one on either side."""

    slope: float
    kink: bool


class Learner:
    """A network and one image, in float64."""

    def __init__(
        self, network: Network, image: npt.NDArray[Any], target: int, loss: str = "cross_entropy"
    ) -> None:
        self.spec, self.target, self.loss = network.spec, target, loss
        self.weights = {
            name: array.astype(np.float64) for name, array in network.parameters.items()
        }
        self.image = np.asarray(image, np.float64)

    def nudged(self, name: str, index: tuple[int, ...]) -> Nudged:
        """Nudge a cell of a layer, or a weight ("conv1.weight")."""
        slope, apart = self._sides(name, index, EPSILON)
        least = 1e-4 * max(1.0, abs(slope))
        # what bends is straighter from near; a kink is a kink from anywhere
        kink = apart > least and self._sides(name, index, EPSILON / 10)[1] > max(least, apart / 2)
        return Nudged(slope, kink)

    def _sides(self, name: str, index: tuple[int, ...], by: float) -> tuple[float, float]:
        """The slope across a place, and how far those on its two sides differ."""
        less, here, more = (self._run(name, index, step) for step in (-by, 0, by))
        return (more - less) / (2 * by), abs(more - 2 * here + less) / by

    def loss_now(self) -> float:
        """Give the loss as it is."""
        return self._run("", (), 0)

    def moved(self, changes: Mapping[str, npt.NDArray[Any]]) -> float:
        """Give the loss with so much more in the weights."""
        kept = self.weights
        self.weights = {name: array + changes[name] for name, array in kept.items()}
        loss = self.loss_now()
        self.weights = kept
        return loss

    def _run(self, name: str, index: tuple[int, ...], by: float) -> float:
        """The loss with so much more in one place."""
        if name in self.weights:
            self.weights[name][index] += by
        values = {"input": self.image.copy()}
        if name == "input":
            values["input"][index] += by
        for layer in self.spec.layers:
            inputs = [values[one] for one in layer.inputs]
            values[layer.name] = self._layer(layer, inputs).copy()
            if layer.name == name:
                values[name][index] += by
        if name in self.weights:
            self.weights[name][index] -= by
        return self._loss(values)

    def _loss(self, values: Mapping[str, Array]) -> float:
        if self.loss == "squared_error":
            wanted = np.eye(len(self.spec.classes))[self.target]
            return float(((wanted - values[self.spec.layers[-1].name]) ** 2).sum() / 2)
        scores = values[self.spec.layers[-1].inputs[0]]
        if self.loss == "hinge":
            others = np.delete(scores, self.target)
            return float(sum(max(0, 1 + one - scores[self.target]) for one in others))
        most = scores.max()
        return float(most + np.log(np.exp(scores - most).sum()) - scores[self.target])

    def _layer(self, layer: Any, inputs: list[Array]) -> Array:
        x, name = inputs[0], layer.name
        if layer.kind == "conv":
            return self._conv(layer, x)
        if layer.kind == "dense":
            return self.weights[f"{name}.weight"] @ x.ravel() + self.weights[f"{name}.bias"]
        if layer.kind == "subsample":
            weight, bias = self.weights[f"{name}.weight"], self.weights[f"{name}.bias"]
            return weight[:, None, None] * _windows(layer, x, 0).sum(0) + bias[:, None, None]
        if layer.kind == "pool":
            return _pooled(layer, x)
        if layer.kind == "relu":
            return np.maximum(x, 0)
        if layer.kind == "tanh":
            return layer.amplitude * np.tanh(layer.slope * x)
        if layer.kind == "softmax":
            powers = np.exp(x - x.max())
            return powers / powers.sum()
        plain = {
            "sigmoid": lambda: 1 / (1 + np.exp(-x)),
            "add": lambda: sum(inputs[1:], start=x),
            "concat": lambda: np.concatenate(inputs),
            "flatten": x.ravel,
        }
        return np.asarray(plain[layer.kind](), np.float64)

    def _conv(self, layer: Any, x: Array) -> Array:
        weight = self.weights[f"{layer.name}.weight"]
        for k, read in enumerate(layer.connections or ()):
            weight[k, [c for c in range(len(x)) if c not in read]] = 0
        taps = _windows(layer, x, 0)
        places = itertools.product(*map(range, layer.kernel))
        found = [
            np.tensordot(weight[:, :, r, s], tap, 1)
            for (r, s), tap in zip(places, taps, strict=True)
        ]
        return (
            np.asarray(np.sum(found, 0), np.float64)
            + self.weights[f"{layer.name}.bias"][:, None, None]
        )


def _windows(layer: Any, x: Array, around: float) -> Array:
    """What each tap of the window reads: (taps, channels, rows, columns)."""
    (high, wide), (down, across) = layer.padding, layer.stride
    padded = np.pad(x, ((0, 0), (high, high), (wide, wide)), constant_values=around)
    reach = [(k - 1) * d + 1 for k, d in zip(layer.kernel, layer.dilation, strict=True)]
    rows, columns = (
        (size - far) // step + 1
        for size, far, step in zip(padded.shape[1:], reach, layer.stride, strict=True)
    )
    found = []
    for r, s in itertools.product(*map(range, layer.kernel)):
        top, left = r * layer.dilation[0], s * layer.dilation[1]
        bottom, right = top + (rows - 1) * down + 1, left + (columns - 1) * across + 1
        found.append(padded[:, top:bottom:down, left:right:across])
    return np.array(found)


def _pooled(layer: Any, x: Array) -> Array:
    taps = _windows(layer, x, -np.inf if layer.mode == "max" else 0)
    made = {
        "max": lambda: taps.max(0),
        "l2": lambda: np.sqrt((taps**2).sum(0)),
        "average": lambda: taps.mean(0),
        "sum": lambda: taps.sum(0),
    }
    return np.asarray(made[layer.mode](), np.float64)
