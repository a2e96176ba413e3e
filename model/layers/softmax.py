"""Softmax: scores become shares of one."""

from typing import NamedTuple

import numpy as np

from model.arrays import Array


class SoftmaxCache(NamedTuple):
    """What `backward` needs from `forward`."""

    y: Array  # (B, N)


def forward(x: Array) -> tuple[Array, SoftmaxCache]:
    """Share one among the units, in proportion to exp(x): x (B, N) -> y (B, N), rows sum to 1."""
    # Taking off the largest score changes no share and keeps every exponential below 1.
    exponentials = np.exp(x - x.max(axis=1, keepdims=True))
    y = exponentials / exponentials.sum(axis=1, keepdims=True)
    return y, SoftmaxCache(y)


def backward(dy: Array, cache: SoftmaxCache) -> Array:
    """Send `dy` back: dy (B, N) -> dx (B, N)."""
    # forward was: y = exp(x) / Σ exp(x), so that dyᵢ/dxⱼ = yᵢ (δᵢⱼ - yⱼ)
    # The same number taken off each dy changes nothing: dxᵢ = yᵢ Σ yⱼ (dyᵢ - dyⱼ). Taking off
    # that of the largest share, which may be all but 1, no digits are lost to it.
    y = cache.y
    dy = dy - np.take_along_axis(dy, y.argmax(axis=1)[:, None], axis=1)
    dx: Array = y * (dy - (dy * y).sum(axis=1, keepdims=True))
    return dx


tangent = backward
"""yᵢ (δᵢⱼ - yⱼ) does not change when i and j trade places: forward is as backward."""
