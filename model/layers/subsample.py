"""Subsampling that learns: the sum of every window, times a weight of the map, plus a bias.

LeCun, Bottou, Bengio and Haffner, "Gradient-based learning applied to document recognition", 1998,
section II.B, layer S2: the weight decides whether a map blurs or switches, the bias where.
"""

from typing import NamedTuple

from model.arrays import Array
from model.layer_spec import Pair
from model.layers import sum_pool


class SubsampleCache(NamedTuple):
    """What `backward` needs from `forward`."""

    total: Array  # (B, C, P, Q), the sums of the windows
    weight: Array  # (C,)
    pool: sum_pool.SumPoolCache


def forward(
    x: Array,
    weight: Array,
    bias: Array,
    *,
    kernel: Pair,
    stride: Pair,
    padding: Pair = (0, 0),
) -> tuple[Array, SubsampleCache]:
    """Sum the cells of every window, map by map, and give each map its weight and bias.

    B batch, C channels, H W input, P Q output: x (B, C, H, W), weight (C,), bias (C,) ->
    y (B, C, P, Q). Padding counts as zeros.
    """
    total, pool = sum_pool.forward(x, kernel=kernel, stride=stride, padding=padding)
    y = weight[:, None, None] * total + bias[:, None, None]
    return y, SubsampleCache(total, weight, pool)


def backward(dy: Array, cache: SubsampleCache) -> tuple[Array, Array, Array]:
    """Send `dy` back: dy (B, C, P, Q) -> dx (B, C, H, W), dweight (C,), dbias (C,)."""
    # forward was: y = weight · total + bias, with total = the sums of the windows of x
    dx = sum_pool.backward(dy * cache.weight[:, None, None], cache.pool)
    return (dx, *backward_parameters(dy, cache))


def tangent(dx: Array, cache: SubsampleCache) -> Array:
    """Send a change of x forward: dx (B, C, H, W) -> dy (B, C, P, Q)."""
    # forward was: y = weight · total + bias, with total = the sums of the windows of x
    return cache.weight[:, None, None] * sum_pool.tangent(dx, cache.pool)


def backward_parameters(dy: Array, cache: SubsampleCache) -> tuple[Array, Array]:
    """Send `dy` back to the weights: dy (B, C, P, Q) -> dweight (C,), dbias (C,)."""
    # forward was: y = weight · total + bias
    return (dy * cache.total).sum(axis=(0, 2, 3)), dy.sum(axis=(0, 2, 3))
