"""The ratio: each unit divided by the sum of all, where that is not 0."""

from typing import Final, NamedTuple

import numpy as np

from model.arrays import Array

_ROUNDING: Final = 2.0**-20
"""A sum that is no larger than this part of Σ|x| is nothing but what float32 rounds: it is 0."""


class RatioCache(NamedTuple):
    """What `backward` needs from `forward`."""

    y: Array  # (B, N)
    total: Array  # (B, 1), NaN where it is 0


def forward(x: Array) -> tuple[Array, RatioCache]:
    """Divide each unit by the sum of all: x (B, N) -> y (B, N), rows sum to 1.

    Nothing can be divided by a sum of 0: all units of such a row are NaN. 0.1 + 0.2 - 0.3 is 0,
    too, though the three float32 that are nearest to these numbers miss it by 7e-9.
    """
    total = x.sum(axis=1, keepdims=True)
    gone = np.abs(total) <= _ROUNDING * np.abs(x).sum(axis=1, keepdims=True)
    total[gone] = np.nan
    y = x / total
    return y, RatioCache(y, total)


def backward(dy: Array, cache: RatioCache) -> Array:
    """Send `dy` back: dy (B, N) -> dx (B, N)."""
    # forward was: y = x / Σ x, so that dyᵢ/dxⱼ = (δᵢⱼ - yᵢ) / Σ x
    dx: Array = (dy - (dy * cache.y).sum(axis=1, keepdims=True)) / cache.total
    return dx


def tangent(dx: Array, cache: RatioCache) -> Array:
    """Send a change of the units forward: dx (B, N) -> dy (B, N)."""
    dy: Array = (dx - cache.y * dx.sum(axis=1, keepdims=True)) / cache.total
    return dy
