"""Pieces of ink that hang together, and what their shape says of them.

Widths, lengths and boxes are in pixels of the marks.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.preprocess.place import Array

SPECK = 0.03
"""Share of the largest piece's ink below which a piece is dirt."""

INSIDE = 0.1
"""Share of the ink away from the edge above which what touches the edge is no digit."""

STRONG = 0.3
"""Ink that a piece consists of; what is fainter stays only beside it."""

COARSE = 64
"""Cells of the longer side: how far beside a piece its faint edges may reach."""

Marks = NDArray[np.bool_]
Indices = NDArray[np.intp]


class Runs(NamedTuple):
    """Stretches of marked pixels along the rows, and which piece each belongs to; all (n,)."""

    row: Indices
    start: Indices
    end: Indices  # exclusive
    piece: Indices
    pieces: int  # how many there are

    def mask(self, wanted: Marks, shape: tuple[int, ...]) -> Marks:
        """Marks (rows, columns) of the pieces that are wanted, (pieces,)."""
        chosen = wanted[self.piece]
        start, size = self.start[chosen], (self.end - self.start)[chosen]
        before = np.cumsum(size) - size  # pixels of the runs before each
        marks = np.zeros(shape, bool)
        first = self.row[chosen] * shape[1] + start - before
        marks.ravel()[np.repeat(first, size) + np.arange(size.sum())] = True
        return marks


class Pieces(NamedTuple):
    """Each field (n,): one number for each piece."""

    area: Array
    left: Array
    top: Array
    right: Array
    bottom: Array
    width: Array  # of its lines, on average: twice the area over the length of the edges
    edge: Array  # pixels of it that lie on the edge of the picture
    ink: Array  # sum of what was measured

    @property
    def longest(self) -> Array:
        """The longer side of each piece's box."""
        return np.asarray(np.maximum(self.right - self.left, self.bottom - self.top), np.float32)

    @property
    def length(self) -> Array:
        """How long a line of its width it is."""
        return np.asarray(self.area / self.width, np.float32)

    def of(self, wanted: Marks | Indices) -> "Pieces":
        """Some of them."""
        return Pieces(*(field[wanted] for field in self))


def label(marks: Marks) -> Runs:
    """Tell apart marks that do not touch each other, not even at corners."""
    columns = marks.shape[1]
    framed = np.zeros((len(marks), columns + 2), bool)
    framed[:, 1:-1] = marks
    row, edge = np.divmod(np.flatnonzero(framed[:, 1:] != framed[:, :-1]), columns + 1)
    row, start, end = row[::2], edge[::2], edge[1::2]
    above, below, _ = _meetings(row, start, end, columns)
    root = np.arange(len(row))
    while True:
        least = np.minimum(root[above], root[below])
        joined = root.copy()
        np.minimum.at(joined, root[above], least)
        np.minimum.at(joined, root[below], least)
        joined = joined[joined]
        if np.array_equal(joined, root):
            break
        root = joined
    names, piece = np.unique(root, return_inverse=True)
    return Runs(row, start, end, piece, len(names))


def _meetings(
    row: Indices, start: Indices, end: Indices, columns: int
) -> tuple[Indices, Indices, Indices]:
    """Pairs of runs in neighbouring rows that touch, and how many pixels they share."""
    line = columns + 2
    first = np.searchsorted(row * line + end, (row - 1) * line + start)
    last = np.searchsorted(row * line + start, (row - 1) * line + end, "right")
    count = np.maximum(last - first, 0)
    below = np.repeat(np.arange(len(row)), count)
    above = np.arange(len(below)) - np.repeat(np.cumsum(count) - count, count)
    above += np.repeat(first, count)
    shared = np.minimum(end[above], end[below]) - np.maximum(start[above], start[below])
    return above, below, np.maximum(shared, 0)


def describe(runs: Runs, ink: Array) -> Pieces:
    """Measure every piece."""
    rows, columns = ink.shape
    row, start, end, piece, count = runs
    size = end - start
    _, below, shared = _meetings(row, start, end, columns)
    area = np.bincount(piece, size, count)
    # Edges along rows and columns overrate slanted ones; on average by 4/π.
    edges = np.bincount(piece, 2.0 * size + 2, count) - 2 * np.bincount(piece[below], shared, count)
    total = np.pad(np.cumsum(ink, 1), ((0, 0), (1, 0)))
    at_side = (start == 0).astype(float) + (end == columns)
    at_end = np.where((row == 0) | (row == rows - 1), size, 0)

    def extreme(values: Indices, *, largest: bool) -> Array:
        found = np.full(count, -1 if largest else 1 << 30)
        (np.maximum if largest else np.minimum).at(found, piece, values)
        return found.astype(np.float32)

    return Pieces(
        area.astype(np.float32),
        extreme(start, largest=False),
        extreme(row, largest=False),
        extreme(end, largest=True),
        extreme(row + 1, largest=True),
        (2 * area / (edges * (np.pi / 4))).astype(np.float32),
        np.bincount(piece, at_side + at_end, count).astype(np.float32),
        np.bincount(piece, total[row, end] - total[row, start], count).astype(np.float32),
    )


def drop_specks(ink: Array) -> Array:
    """The ink without specks of dirt, and without what enters from the edge beside a digit.

    Pieces of a digit drawn apart, like the bar of a 5, are far larger than a speck; the edge of a
    sheet or a shadow touches the edge of the picture, a digit seldom does.
    """
    reach = -(-max(ink.shape) // COARSE)
    marks = grown(ink > STRONG, reach)
    runs = label(marks)
    if not runs.pieces:
        return np.zeros_like(ink)
    pieces = describe(runs, ink)
    inner = pieces.edge == 0
    weight = pieces.ink
    if weight[inner].sum() >= INSIDE * weight.sum():
        weight = np.where(inner, weight, 0)
    kept = weight > SPECK * weight.max()
    return np.where(runs.mask(kept, ink.shape), ink, np.float32(0))


def grown(marks: Marks, reach: int) -> Marks:
    """Marks and what lies within so many rows and columns of them."""
    for axis in (0, 1):
        larger = marks.copy()
        for step in range(1, reach + 1):
            if axis == 0:
                larger[step:] |= marks[:-step]
                larger[:-step] |= marks[step:]
            else:
                larger[:, step:] |= marks[:, :-step]
                larger[:, :-step] |= marks[:, step:]
        marks = larger
    return marks
