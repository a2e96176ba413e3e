"""The rectifier: what is below zero becomes zero."""

from typing import NamedTuple

import numpy as np

from model.arrays import Array


class ReluCache(NamedTuple):
    """What `backward` needs from `forward`."""

    y: Array


def forward(x: Array) -> tuple[Array, ReluCache]:
    """Keep what is above zero: y = max(0, x), any shape."""
    y = np.maximum(x, 0)
    return y, ReluCache(y)


def backward(dy: Array, cache: ReluCache) -> Array:
    """Let `dy` through where the cell was above zero (at zero itself the slope counts as 0)."""
    # forward was: y = max(0, x)
    return dy * (cache.y > 0)


tangent = backward
"""Each cell depends on one cell: its slope weighs a change alike on the way forward and back."""
