"""Look maps up between their cells, weighing the four about each place (bilinear)."""

import numpy as np

from model.arrays import Array


def bilinear(maps: Array, places: Array) -> Array:
    """Look up maps (..., H, W) at places (..., 2), each (row, column); outside of them is 0.

    Returns (..., and what is before the last axis of `places`).
    """
    height, width = maps.shape[-2:]
    # Four cells of nothing all round, so that each place far outside reads them as well.
    source = np.clip(places, -2, np.array([height + 1, width + 1])) + 2
    corner = np.minimum(np.floor(source), np.array([height + 2, width + 2])).astype(np.intp)
    share = (source - corner).astype(maps.dtype)
    around = np.pad(maps, [(0, 0)] * (maps.ndim - 2) + [(2, 2)] * 2)
    line = width + 4
    cells = around.reshape(*maps.shape[:-2], -1)
    first = corner[..., 0] * line + corner[..., 1]
    down, right = share[..., 0], share[..., 1]
    left = 1 - right
    above = cells.take(first, -1) * left + cells.take(first + 1, -1) * right
    below = cells.take(first + line, -1) * left + cells.take(first + line + 1, -1) * right
    found: Array = above * (1 - down) + below * down
    return found
