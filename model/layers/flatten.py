"""Flatten: maps read as units."""

from typing import NamedTuple

from model.arrays import Array


class FlattenCache(NamedTuple):
    """What `backward` needs from `forward`."""

    shape: tuple[int, ...]  # of x


def forward(x: Array) -> tuple[Array, FlattenCache]:
    """Read maps in C order, channel by channel, row by row: x (B, C, H, W) -> y (B, C·H·W)."""
    return x.reshape(len(x), -1), FlattenCache(x.shape)


def backward(dy: Array, cache: FlattenCache) -> Array:
    """Give `dy` the shape of the maps again: dy (B, C·H·W) -> dx (B, C, H, W)."""
    # forward was: y = x.reshape(B, -1)
    return dy.reshape(cache.shape)


def tangent(dx: Array, cache: FlattenCache) -> Array:
    """Read a change as units, too: dx (B, C, H, W) -> dy (B, C·H·W)."""
    del cache
    return dx.reshape(len(dx), -1)
