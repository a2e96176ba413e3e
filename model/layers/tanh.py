"""The hyperbolic tangent: a smooth step from -1 to 1, or from -amplitude to amplitude."""

from typing import NamedTuple

import numpy as np

from model.arrays import Array


class TanhCache(NamedTuple):
    """What `backward` needs from `forward`."""

    x: Array
    y: Array
    amplitude: float
    slope: float


def forward(x: Array, *, amplitude: float = 1.0, slope: float = 1.0) -> tuple[Array, TanhCache]:
    """Squash into -amplitude..amplitude: y = amplitude · tanh(slope · x), any shape.

    With 1.7159 and 2/3 it passes through (1, 1) and (-1, -1) (LeCun, Bottou, Bengio and Haffner,
    "Gradient-based learning applied to document recognition", 1998, appendix A).
    """
    y = amplitude * np.tanh(slope * x)
    return y, TanhCache(x, y, amplitude, slope)


def backward(dy: Array, cache: TanhCache) -> Array:
    """Weigh `dy` by the slope of the curve at each cell."""
    # forward was: y = amplitude · tanh(slope · x), whose derivative is
    # amplitude · slope · (1 - tanh²) = slope · (amplitude - y² / amplitude)
    x, y, amplitude, slope = cache
    if x.dtype == np.float32:  # is enough for training, which must repeat its weights to the bit
        return dy * (slope * (amplitude - y * y / amplitude))
    # 1 - tanh² has no digits left where tanh is all but 1. From x it has them all:
    # amplitude · slope / cosh²(slope · x) = amplitude · slope · 4 decay / (1 + decay)²
    decay = np.exp(-2 * np.abs(slope * x))
    dx: Array = dy * (amplitude * slope * 4 * decay / np.square(1 + decay))
    return dx


tangent = backward
"""Each cell depends on one cell: its slope weighs a change alike on the way forward and back."""
