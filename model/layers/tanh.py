"""The hyperbolic tangent: a smooth step from -1 to 1."""

from typing import NamedTuple

import numpy as np

from model.arrays import Array


class TanhCache(NamedTuple):
    """What `backward` needs from `forward`."""

    y: Array


def forward(x: Array) -> tuple[Array, TanhCache]:
    """Squash into -1..1: y = tanh(x), any shape."""
    y = np.tanh(x)
    return y, TanhCache(y)


def backward(dy: Array, cache: TanhCache) -> Array:
    """Weigh `dy` by the slope."""
    # forward was: y = tanh(x), whose slope is 1 - tanh(x)²
    return dy * (1 - cache.y * cache.y)
