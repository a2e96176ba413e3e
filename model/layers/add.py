"""Add: layers of one shape summed cell by cell.

It is what a skip connection ends in (He, Zhang, Ren and Sun, "Deep residual learning for image
recognition", CVPR 2016, equation 1).
"""

from typing import NamedTuple

from model.arrays import Array


class AddCache(NamedTuple):
    """What `backward` needs from `forward`."""

    summands: int


def forward(*xs: Array) -> tuple[Array, AddCache]:
    """Sum cell by cell, in the order given: each x of one shape -> y of that shape."""
    y = xs[0] + xs[1]
    for x in xs[2:]:
        y += x
    return y, AddCache(len(xs))


def backward(dy: Array, cache: AddCache) -> tuple[Array, ...]:
    """Send `dy` to every summand, undivided."""
    # forward was: y = x₀ + x₁ + …
    return (dy,) * cache.summands


def tangent(dxs: tuple[Array, ...], cache: AddCache) -> Array:
    """Sum the changes of all summands: each dx of one shape -> dy of that shape."""
    del cache
    return forward(*dxs)[0]
