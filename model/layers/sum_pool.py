"""Sum pooling, and average pooling, which is a sum divided by the size of the window."""

from typing import NamedTuple

import numpy as np

from model.arrays import Array
from model.layer_spec import Pair
from model.layers.windows import padded, tap, unpadded, windows


class SumPoolCache(NamedTuple):
    """What `backward` needs from `forward`."""

    shape: tuple[int, ...]  # of x: (B, C, H, W)
    kernel: Pair
    stride: Pair
    padding: Pair
    divisor: int


def forward(
    x: Array, *, kernel: Pair, stride: Pair, padding: Pair = (0, 0), average: bool = False
) -> tuple[Array, SumPoolCache]:
    """Sum the cells of every window, map by map; for the average divide by the kernel's area.

    B batch, C channels, H W input, R S kernel, P Q output: x (B, C, H, W) -> y (B, C, P, Q).
    Padding counts as zeros, and counts: the divisor is R·S in every window.
    """
    view = windows(padded(x, padding), kernel, stride)  # (B, C, R, S, P, Q)
    divisor = kernel[0] * kernel[1] if average else 1
    y = view.sum(axis=(2, 3))
    y /= divisor
    return y, SumPoolCache(x.shape, kernel, stride, padding, divisor)


def backward(dy: Array, cache: SumPoolCache) -> Array:
    """Send `dy` to every cell of its window: dy (B, C, P, Q) -> dx (B, C, H, W)."""
    (batch, channels, height, width), kernel, stride, (above, left), divisor = cache
    dx = np.zeros((batch, channels, height + 2 * above, width + 2 * left), dtype=dy.dtype)
    # forward was: y = sum over the window / divisor
    share = dy / divisor
    for row in range(kernel[0]):
        for column in range(kernel[1]):
            tap(dx, (row, column), (dy.shape[2], dy.shape[3]), stride)[...] += share
    return unpadded(dx, cache.padding)


def tangent(dx: Array, cache: SumPoolCache) -> Array:
    """Sum the changes in every window: dx (B, C, H, W) -> dy (B, C, P, Q)."""
    # forward was: y = sum over the window / divisor
    view = windows(padded(dx, cache.padding), cache.kernel, cache.stride)
    dy: Array = view.sum(axis=(2, 3)) / cache.divisor
    return dy
