"""The logistic function: a smooth step from 0 to 1."""

from typing import NamedTuple

import numpy as np

from model.arrays import Array


class SigmoidCache(NamedTuple):
    """What `backward` needs from `forward`."""

    y: Array
    decay: Array  # exp(-|x|)


def forward(x: Array) -> tuple[Array, SigmoidCache]:
    """Squash into 0..1: y = 1 / (1 + exp(-x)), any shape."""
    # For negative x the same fraction is written exp(x) / (1 + exp(x)): no exponential overflows,
    # and tiny results keep their digits.
    decay = np.exp(-np.abs(x))
    y = np.where(x < 0, decay, 1) / (1 + decay)
    return y, SigmoidCache(y, decay)


def backward(dy: Array, cache: SigmoidCache) -> Array:
    """Weigh `dy` by the slope."""
    # forward was: y = 1 / (1 + exp(-x)), whose slope is y (1 - y)
    if cache.y.dtype == np.float32:  # is enough for training, which must repeat to the bit
        return dy * (cache.y * (1 - cache.y))
    # 1 - y has no digits left where y is all but 1. On both sides the slope is also this:
    return dy * (cache.decay / np.square(1 + cache.decay))


tangent = backward
"""Each cell depends on one cell: its slope weighs a change alike on the way forward and back."""
