"""The fully connected layer: every unit reads every cell below."""

from typing import NamedTuple

from model.arrays import Array


class DenseCache(NamedTuple):
    """What `backward` needs from `forward`."""

    flat: Array  # (B, N)
    weight: Array  # (K, N)
    shape: tuple[int, ...]  # of x


def forward(x: Array, weight: Array, bias: Array) -> tuple[Array, DenseCache]:
    """Weigh all cells, sum, and add the unit's bias.

    B batch, N cells in, K units: x (B, N) or (B, C, H, W) with C·H·W = N, read in C order,
    weight (K, N), bias (K,) -> y (B, K).
    """
    flat = x.reshape(len(x), -1)
    y = flat @ weight.T
    y += bias
    return y, DenseCache(flat, weight, x.shape)


def backward(dy: Array, cache: DenseCache) -> tuple[Array, Array, Array]:
    """Send `dy` back: dy (B, K) -> dx of x's shape, dweight (K, N), dbias (K,)."""
    return (backward_input(dy, cache), *backward_parameters(dy, cache))


def tangent(dx: Array, cache: DenseCache) -> Array:
    """Send a change of x forward: dx of x's shape -> dy (B, K)."""
    # forward was: y = flat @ weight.T; y += bias, and the bias does not change
    return dx.reshape(cache.flat.shape) @ cache.weight.T


def backward_input(dy: Array, cache: DenseCache) -> Array:
    """Send `dy` back to the cells below: dy (B, K) -> dx of x's shape."""
    # forward was: y = flat @ weight.T
    return (dy @ cache.weight).reshape(cache.shape)


def backward_parameters(dy: Array, cache: DenseCache) -> tuple[Array, Array]:
    """Send `dy` back to the weights: dy (B, K) -> dweight (K, N), dbias (K,)."""
    # forward was: y = flat @ weight.T; y += bias
    return dy.T @ cache.flat, dy.sum(axis=0)
