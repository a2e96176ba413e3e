"""L2 pooling: the root of the sum of the squares of every window, its length as a vector.

Sermanet, Chintala and LeCun, "Convolutional neural networks applied to house numbers digit
classification", ICPR 2012: their Lp pooling with P = 2 and equal weights. It lies between the
largest and the sum of the absolute values; a cell counts the same whether it is x or -x.
"""

from typing import NamedTuple

import numpy as np

from model.arrays import Array
from model.layer_spec import Pair
from model.layers.windows import padded, tap, unpadded, windows


class L2PoolCache(NamedTuple):
    """What `backward` needs from `forward`."""

    around: Array  # x with its padding, (B, C, H + 2·above, W + 2·left)
    y: Array  # (B, C, P, Q)
    kernel: Pair
    stride: Pair
    padding: Pair


def forward(
    x: Array, *, kernel: Pair, stride: Pair, padding: Pair = (0, 0)
) -> tuple[Array, L2PoolCache]:
    """Take the root of the sum of squares of every window, map by map.

    B batch, C channels, H W input, R S kernel, P Q output: x (B, C, H, W) -> y (B, C, P, Q).
    Padding counts as zeros, which add nothing. Squares are summed in float64, where no square of a
    float32 number is too large or too small.
    """
    around = padded(x, padding)
    squares = np.square(around, dtype=np.float64)
    y = np.sqrt(windows(squares, kernel, stride).sum(axis=(2, 3))).astype(x.dtype, copy=False)
    return y, L2PoolCache(around, y, kernel, stride, padding)


def backward(dy: Array, cache: L2PoolCache) -> Array:
    """Send each cell of a window its share of `dy`: dy (B, C, P, Q) -> dx (B, C, H, W).

    Where a whole window is zero there is no slope, for the root has a corner there. It counts as 0,
    as the slope of relu does in its corner.
    """
    around, y, kernel, stride, padding = cache
    dx = np.zeros(around.shape, dy.dtype)
    for at in np.ndindex(*kernel):
        # forward was: y = root of the sum of squares, whose slope at a cell is x / y
        share = _over(tap(around, at, (y.shape[2], y.shape[3]), stride), y)
        tap(dx, at, (y.shape[2], y.shape[3]), stride)[...] += dy * share
    return unpadded(dx, padding)


def tangent(dx: Array, cache: L2PoolCache) -> Array:
    """Weigh the changes in every window by its cells: dx (B, C, H, W) -> dy (B, C, P, Q)."""
    # forward was: y = root of the sum of squares, whose slope at a cell is x / y
    around, y, kernel, stride, padding = cache
    shares = _over(windows(around, kernel, stride), y[:, :, None, None])
    dy: Array = (shares * windows(padded(dx, padding), kernel, stride)).sum(axis=(2, 3))
    return dy


def _over(x: Array, y: Array) -> Array:
    """Divide the cells by the lengths of their windows, 0 / 0 being 0."""
    return np.divide(
        x, y, out=np.zeros(np.broadcast_shapes(x.shape, y.shape), x.dtype), where=y != 0
    )
