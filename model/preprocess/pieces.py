"""Pieces of ink that hang together, and which of them are dirt."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from model.preprocess.place import Array

COARSE = 64
"""Cells of the longer side of the picture in which pieces are looked for."""

SPECK = 0.03
"""Share of the largest piece's ink below which a piece is dirt."""

INSIDE = 0.1
"""Share of the ink away from the edge above which what touches the edge is no digit."""

STRONG = 0.3
"""Ink that a piece consists of; what is fainter stays only beside it."""

Cell = tuple[int, int]
Piece = list[Cell]


def drop_specks(ink: Array) -> Array:
    """The ink without specks of dirt, and without what enters from the edge beside a digit.

    Pieces of a digit drawn apart, like the bar of a 5, are far larger than a speck; the edge of a
    sheet or a shadow touches the edge of the picture, a digit seldom does.
    """
    size = -(-max(ink.shape) // COARSE)
    blocks = _blocks(ink, size)
    weight = blocks.sum((1, 3))
    found = _pieces(blocks.max((1, 3)) > STRONG)
    kept = np.zeros((weight.shape[0] + 2, weight.shape[1] + 2), bool)
    for piece in _worth_keeping(found, weight):
        rows, columns = np.transpose(piece)
        kept[rows + 1, columns + 1] = True
    near = sliding_window_view(kept, (3, 3)).any((2, 3))
    mask = near.repeat(size, 0).repeat(size, 1)[: ink.shape[0], : ink.shape[1]]
    return np.where(mask, ink, np.float32(0))


def _worth_keeping(found: list[Piece], weight: Array) -> list[Piece]:
    weights = [sum(float(weight[cell]) for cell in piece) for piece in found]
    edge = [_touches_edge(piece, weight.shape) for piece in found]
    inside = sum(w for w, at_edge in zip(weights, edge, strict=True) if not at_edge)
    if inside >= INSIDE * sum(weights):
        weights = [0.0 if at_edge else w for w, at_edge in zip(weights, edge, strict=True)]
    least = SPECK * max(weights, default=0.0)
    return [piece for piece, w in zip(found, weights, strict=True) if w > least]


def _blocks(ink: Array, size: int) -> Array:
    """(block row, row in block, block column, column in block)."""
    rows, columns = ink.shape
    padded = np.pad(ink, ((0, -rows % size), (0, -columns % size)))
    return padded.reshape(padded.shape[0] // size, size, -1, size)


def _pieces(marks: NDArray[np.bool_]) -> list[Piece]:
    """Marked cells that touch each other, also at corners."""
    waiting = {(int(row), int(column)) for row, column in np.argwhere(marks)}
    found = []
    while waiting:
        piece, front = [], [waiting.pop()]
        while front:
            row, column = front.pop()
            piece.append((row, column))
            near = {(row + y, column + x) for y in (-1, 0, 1) for x in (-1, 0, 1)} & waiting
            waiting -= near
            front += near
        found.append(piece)
    return found


def _touches_edge(piece: Piece, shape: tuple[int, ...]) -> bool:
    rows, columns = np.transpose(piece)
    return bool(
        rows.min() == 0
        or columns.min() == 0
        or rows.max() == shape[0] - 1
        or columns.max() == shape[1] - 1
    )
