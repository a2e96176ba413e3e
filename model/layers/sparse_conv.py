"""Convolution whose filters do not read all maps below, but those that a table names for each.

LeCun, Bottou, Bengio and Haffner, "Gradient-based learning applied to document recognition", 1998,
table I: it breaks the symmetry between the maps, and keeps the number of connections small.
"""

from typing import NamedTuple

import numpy as np

from model.arrays import Array
from model.layer_spec import Connections, Pair
from model.layers import conv


class SparseConvCache(NamedTuple):
    """What `backward` needs from `forward`."""

    filters: tuple[conv.ConvCache, ...]  # one for each filter
    connections: Connections
    maps: int  # of x


def forward(
    x: Array,
    weight: Array,
    bias: Array,
    *,
    connections: Connections,
    stride: Pair = (1, 1),
    padding: Pair = (0, 0),
    dilation: Pair = (1, 1),
) -> tuple[Array, SparseConvCache]:
    """Convolve, for each filter, the maps that it is connected with.

    B batch, C channels in, K filters, H W input, R S kernel, P Q output:
    x (B, C, H, W), weight (K, C, R, S), bias (K,) -> y (B, K, P, Q). Weights of what is not
    connected are never read.
    """
    geometry = {"stride": stride, "padding": padding, "dilation": dilation}
    found = [
        conv.forward(x[:, maps], weight[k : k + 1, maps], bias[k : k + 1], **geometry)
        for k, maps in enumerate(map(list, connections))
    ]
    y = np.concatenate([y for y, _ in found], axis=1)
    return y, SparseConvCache(tuple(cache for _, cache in found), connections, x.shape[1])


def backward(dy: Array, cache: SparseConvCache) -> tuple[Array, Array, Array]:
    """Send `dy` back: dy (B, K, P, Q) -> dx (B, C, H, W), dweight (K, C, R, S), dbias (K,)."""
    return (backward_input(dy, cache), *backward_parameters(dy, cache))


def tangent(dx: Array, cache: SparseConvCache) -> Array:
    """Send a change of x forward: dx (B, C, H, W) -> dy (B, K, P, Q)."""
    # forward was: y[:, k] = conv(x[:, maps], weight[k, maps])
    found = [
        conv.tangent(dx[:, maps], filters)
        for maps, filters in zip(map(list, cache.connections), cache.filters, strict=True)
    ]
    return np.concatenate(found, axis=1)


def backward_input(dy: Array, cache: SparseConvCache) -> Array:
    """Send `dy` back to the maps below: dy (B, K, P, Q) -> dx (B, C, H, W)."""
    batch, _, *size = cache.filters[0].shape
    dx = np.zeros((batch, cache.maps, *size), dy.dtype)
    # forward was: y[:, k] = conv(x[:, maps], weight[k, maps])
    for k, maps in enumerate(map(list, cache.connections)):
        dx[:, maps] += conv.backward_input(dy[:, k : k + 1], cache.filters[k])
    return dx


def backward_parameters(dy: Array, cache: SparseConvCache) -> tuple[Array, Array]:
    """Send `dy` back to the filters: dweight (K, C, R, S), 0 where nothing is connected; dbias."""
    kernel = cache.filters[0].weight.shape[2:]
    dweight = np.zeros((len(cache.connections), cache.maps, *kernel), dy.dtype)
    dbias = np.zeros(len(cache.connections), dy.dtype)
    # forward was: y[:, k] = conv(x[:, maps], weight[k, maps]) + bias[k]
    for k, maps in enumerate(map(list, cache.connections)):
        found = conv.backward_parameters(dy[:, k : k + 1], cache.filters[k])
        dweight[k, maps], dbias[k] = found[0][0], found[1][0]
    return dweight, dbias
