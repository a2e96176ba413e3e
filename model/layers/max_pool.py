"""Max pooling: the largest cell of every window, and which one it was."""

from typing import NamedTuple

import numpy as np

from model.arrays import Array, Indices
from model.layer_spec import Pair
from model.layers.windows import padded, tap, unpadded, windows


class MaxPoolCache(NamedTuple):
    """What `backward` and `winners` need from `forward`."""

    winner: Indices  # (B, C, P, Q), row-major index inside the window
    shape: tuple[int, ...]  # of x: (B, C, H, W)
    kernel: Pair
    stride: Pair
    padding: Pair


def forward(
    x: Array, *, kernel: Pair, stride: Pair, padding: Pair = (0, 0)
) -> tuple[Array, MaxPoolCache]:
    """Keep the largest cell of every window, map by map.

    B batch, C channels, H W input, R S kernel, P Q output: x (B, C, H, W) -> y (B, C, P, Q).
    Of equal cells the first in row-major order wins; padding never wins.
    """
    view = windows(padded(x, padding, -np.inf), kernel, stride)  # (B, C, R, S, P, Q)
    y = view[:, :, 0, 0].copy()
    winner = np.zeros(y.shape, np.int32)
    if padding != (0, 0):
        winner[...] = _first_cells(y.shape[2:], kernel[1], stride, padding)
    for index in range(1, kernel[0] * kernel[1]):
        candidate = view[:, :, index // kernel[1], index % kernel[1]]
        # Indices grow, so the largest index that was ever strictly better is the winner's.
        np.maximum(winner, (candidate > y) * np.int32(index), out=winner)
        np.maximum(y, candidate, out=y)
    return y, MaxPoolCache(winner, x.shape, kernel, stride, padding)


def backward(dy: Array, cache: MaxPoolCache) -> Array:
    """Send each cell of `dy` to the winner of its window: dy (B, C, P, Q) -> dx (B, C, H, W)."""
    winner, (batch, channels, height, width), kernel, stride, (above, left) = cache
    dx = np.zeros((batch, channels, height + 2 * above, width + 2 * left), dtype=dy.dtype)
    counts = dy.shape[2], dy.shape[3]
    for index in range(kernel[0] * kernel[1]):
        # forward was: y = max over the window, which is the candidate with index `winner`
        target = tap(dx, (index // kernel[1], index % kernel[1]), counts, stride)
        target += dy * (winner == index)
    return unpadded(dx, cache.padding)


def tangent(dx: Array, cache: MaxPoolCache) -> Array:
    """Let only changes of winners through: dx (B, C, H, W) -> dy (B, C, P, Q)."""
    # forward was: y = max over the window, which is the candidate with index `winner`
    winner, _, kernel, stride, padding = cache
    view = windows(padded(dx, padding), kernel, stride)  # (B, C, R, S, P, Q)
    flat = view.reshape(*winner.shape[:2], kernel[0] * kernel[1], *winner.shape[2:])
    return np.take_along_axis(flat, winner[:, :, None], axis=2)[:, :, 0]


def winners(cache: MaxPoolCache) -> Indices:
    """Say where in the map below each winner is: (B, C, P, Q), row-major index into (H, W)."""
    _, (_, _, _, width), kernel, stride, padding = cache
    counts = cache.winner.shape[2:]
    rows, columns = _starts(counts, stride, padding)
    starts = rows * np.int32(width) + columns  # (P, Q)
    row, column = _starts(kernel, (1, 1), (0, 0))
    inside = row * np.int32(width) + column  # (R, S)
    return inside.take(cache.winner) + starts


def _first_cells(counts: tuple[int, ...], width: int, stride: Pair, padding: Pair) -> Indices:
    """Index the first cell of each window that is no padding, inside the window: (P, Q)."""
    rows, columns = _starts(counts, stride, padding)
    return np.maximum(-rows, 0) * np.int32(width) + np.maximum(-columns, 0)


def _starts(counts: tuple[int, ...], stride: Pair, padding: Pair) -> tuple[Indices, Indices]:
    """Say at which row and column of the map each window begins: (P, 1) and (Q,)."""
    rows = np.arange(counts[0], dtype=np.int32) * np.int32(stride[0]) - np.int32(padding[0])
    columns = np.arange(counts[1], dtype=np.int32) * np.int32(stride[1]) - np.int32(padding[1])
    return rows[:, None], columns
