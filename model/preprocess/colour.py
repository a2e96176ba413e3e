"""One brightness of three colours: the usual one, unless the ink can hardly be seen in it."""

import numpy as np

from model.preprocess.place import Array
from model.preprocess.windows import cells

LUMA = np.array((0.299, 0.587, 0.114), np.float32)
"""What grey pictures are made of (ITU-R BT.601)."""

SMALL = 128
"""Cells of the longer side in which colours are compared."""

NEAR = 4
"""Cells to each side that are called surroundings."""

STRONGEST = 0.98
"""From this quantile on, what differs from its surroundings is looked at."""

CLEARER = 2.0
"""How many times clearer another axis must be."""


def one_channel(colours: Array) -> Array:
    """Brightness 0..1 of a picture (rows, columns, 3), along the axis where lines stand out."""
    grey = np.asarray(colours @ LUMA, np.float32)
    detail = _detail(colours)
    strength = np.square(detail).sum(-1)
    strong = detail[strength >= np.quantile(strength, STRONGEST)]
    _, axes = np.linalg.eigh(strong.T @ strong)
    axis = axes[:, -1].astype(np.float32)
    axis /= np.abs(axis).sum()
    if np.abs(strong @ axis).mean() < CLEARER * np.abs(strong @ LUMA).mean():
        return grey
    return np.asarray(colours @ axis - np.minimum(axis, 0).sum(), np.float32)


def _detail(colours: Array) -> Array:
    """What small cells differ by from those around, (cells, 3)."""
    step = max(1, -(-max(colours.shape) // SMALL))
    small = cells(colours, step)
    size = 2 * NEAR + 1
    padded = np.pad(small, ((NEAR + 1, NEAR), (NEAR + 1, NEAR), (0, 0)), mode="edge")
    total = padded.cumsum(0).cumsum(1)
    around = total[size:, size:] - total[:-size, size:] - total[size:, :-size]
    around += total[:-size, :-size]
    return np.asarray(small - around / size**2, np.float32).reshape(-1, 3)
