"""Concat: layers stacked along the channels (or units).

It is how the branches of an inception block join (Szegedy et al., "Going deeper with
convolutions", CVPR 2015, figure 2).
"""

from typing import NamedTuple

import numpy as np

from model.arrays import Array


class ConcatCache(NamedTuple):
    """What `backward` needs from `forward`."""

    ends: tuple[int, ...]  # the channel after the last one of each layer, the last layer left out


def forward(*xs: Array) -> tuple[Array, ConcatCache]:
    """Stack in the order given: each x (B, Cᵢ, H, W) -> y (B, ΣCᵢ, H, W); units alike."""
    ends = np.cumsum([x.shape[1] for x in xs[:-1]])
    return np.concatenate(xs, axis=1), ConcatCache(tuple(int(end) for end in ends))


def backward(dy: Array, cache: ConcatCache) -> tuple[Array, ...]:
    """Hand every layer its channels of `dy`: dy (B, ΣCᵢ, H, W) -> each dx (B, Cᵢ, H, W)."""
    # forward was: y = concatenate(x₀, x₁, …)
    return tuple(np.split(dy, cache.ends, axis=1))


def tangent(dxs: tuple[Array, ...], cache: ConcatCache) -> Array:
    """Stack the changes: each dx (B, Cᵢ, H, W) -> dy (B, ΣCᵢ, H, W)."""
    del cache
    return np.concatenate(dxs, axis=1)
