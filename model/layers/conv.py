"""Convolution: every filter slides over all maps below (a cross-correlation, as CNNs have it)."""

from typing import NamedTuple

import numpy as np

from model.arrays import Array
from model.layer_spec import Pair
from model.layers.windows import padded, scatter, windows


class ConvCache(NamedTuple):
    """What `backward` needs from `forward`."""

    columns: Array  # (B, C·R·S, P·Q), one window a column
    weight: Array  # (K, C, R, S)
    shape: tuple[int, ...]  # of x: (B, C, H, W)
    stride: Pair
    padding: Pair
    dilation: Pair


def forward(
    x: Array,
    weight: Array,
    bias: Array,
    *,
    stride: Pair = (1, 1),
    padding: Pair = (0, 0),
    dilation: Pair = (1, 1),
) -> tuple[Array, ConvCache]:
    """Multiply every window with every filter, sum, and add the filter's bias.

    B batch, C channels in, K filters, H W input, R S kernel, P Q output:
    x (B, C, H, W), weight (K, C, R, S), bias (K,) -> y (B, K, P, Q). Padding is zeros. With a
    dilation the cells of a window lie so far apart, and those between are not read.

    All sums are one matrix product per image, over windows laid out as columns ("im2col":
    Chellapilla, Puri and Simard, "High performance convolutional neural networks for document
    processing", 2006).
    """
    kernel = weight.shape[2], weight.shape[3]
    view = windows(padded(x, padding), kernel, stride, dilation)  # (B, C, R, S, P, Q)
    batch, _, _, _, rows, columns = view.shape
    filters = weight.reshape(len(weight), -1)  # (K, C·R·S)
    flat = view.reshape(batch, filters.shape[1], rows * columns)
    y = filters @ flat
    y += bias[:, None]
    return y.reshape(batch, len(weight), rows, columns), ConvCache(
        flat, weight, x.shape, stride, padding, dilation
    )


def backward(dy: Array, cache: ConvCache) -> tuple[Array, Array, Array]:
    """Send `dy` back: dy (B, K, P, Q) -> dx (B, C, H, W), dweight (K, C, R, S), dbias (K,)."""
    return (backward_input(dy, cache), *backward_parameters(dy, cache))


def tangent(dx: Array, cache: ConvCache) -> Array:
    """Send a change of x forward: dx (B, C, H, W) -> dy (B, K, P, Q)."""
    # A sum of products passes a change on as it passes a value on; the bias does not change.
    weight = cache.weight
    none = np.zeros(len(weight), weight.dtype)
    geometry = {"stride": cache.stride, "padding": cache.padding, "dilation": cache.dilation}
    return forward(dx, weight, none, **geometry)[0]


def backward_input(dy: Array, cache: ConvCache) -> Array:
    """Send `dy` back to the maps below: dy (B, K, P, Q) -> dx (B, C, H, W)."""
    _, weight, shape, stride, padding, dilation = cache
    batch, filters, rows, columns = dy.shape
    # forward was: y = filters @ flat, with flat = windows(padded(x))
    dflat = weight.reshape(filters, -1).T @ dy.reshape(batch, filters, rows * columns)
    dview = dflat.reshape(batch, *weight.shape[1:], rows, columns)
    return scatter(dview, shape, stride, padding, dilation)


def backward_parameters(dy: Array, cache: ConvCache) -> tuple[Array, Array]:
    """Send `dy` back to the filters: dy (B, K, P, Q) -> dweight (K, C, R, S), dbias (K,)."""
    flat, weight = cache.columns, cache.weight
    batch, filters, rows, columns = dy.shape
    dy = dy.reshape(batch, filters, rows * columns)
    # forward was: y = filters @ flat; y += bias
    dweight = (dy @ flat.transpose(0, 2, 1)).sum(axis=0)
    return dweight.reshape(weight.shape), dy.sum(axis=(0, 2))
