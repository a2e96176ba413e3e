"""Dropout: in each step of training some cells are set to zero, others in every step.

N. Srivastava et al., "Dropout: a simple way to prevent neural networks from overfitting", JMLR
2014. Those that are left are enlarged meanwhile, so that what reads them gets as much as without
dropout on average; a network that has learnt needs no correction then, and lets everything pass.
"""

from typing import NamedTuple

import numpy as np

from model.arrays import Array


class DropoutCache(NamedTuple):
    """What `backward` needs from `forward`."""

    mask: Array | None


def draw(rng: np.random.Generator, shape: tuple[int, ...], rate: float) -> Array:
    """Draw a mask: 0 for the share `rate` of the cells, 1 / (1 - rate) for the others; float32."""
    kept = rng.random(shape, np.float32) >= rate
    return kept * np.float32(1 / (1 - rate))


def forward(x: Array, mask: Array | None = None) -> tuple[Array, DropoutCache]:
    """Multiply with a mask of the same shape; without one, as in reading, y is a copy of x."""
    return x.copy() if mask is None else x * mask, DropoutCache(mask)


def backward(dy: Array, cache: DropoutCache) -> Array:
    """Weigh each change as its cell was weighed: nothing comes back to one that was dropped."""
    # forward was: y = x * mask
    return dy.copy() if cache.mask is None else dy * cache.mask


tangent = backward
"""Each cell depends on one cell: its weight weighs a change alike on the way forward and back."""
