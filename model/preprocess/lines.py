"""Long straight lines: the rules of a sheet, an underline that touches the digit, a printed box.

Each line is found by counting (P. Hough's transform, 1962, over slopes near an axis): for every
slope, how many marked pixels lie on each line. What is found is taken away where nothing but the
line is, as staves are from scores of music: where the ink is no thicker than the line itself.
"""

import numpy as np
from numpy.typing import NDArray

from model.preprocess.pieces import Marks
from model.preprocess.place import Array

STEEPEST = 0.22
"""Slopes that are looked at: lines may be turned by 12 degrees."""

MOST = 24
"""Lines of one direction that are looked for."""

SPAN = 0.72
"""Part of the picture that a line without others must cross."""

NEAR_EDGE = 0.04
"""Part of the picture from its edge within which rules end."""

BROAD = 0.1
"""Part of the picture within which lines beside each other are one."""

CELLS = 256
"""Cells of the longer side in which lines are counted."""


def without_lines(ink: Array, marks: Marks) -> tuple[Array, Marks]:
    """Ink and marks without long straight lines; what crosses them stays."""
    for turned in (False, True):
        if turned:
            ink, marks = ink.T, marks.T
        lines = _long_lines(marks)
        if lines and not (turned and _is_stem(marks, lines)):
            ink, marks = ink.copy(), marks.copy()
            for slope, start in lines:
                _erase(ink, marks, slope, start)
        if turned:
            ink, marks = np.ascontiguousarray(ink.T), np.ascontiguousarray(marks.T)
    return ink, marks


def _long_lines(marks: Marks) -> list[tuple[float, float]]:
    """Slope and start (row at column 0) of lines that run along the rows for long."""
    rows, columns = marks.shape
    step = max(1, -(-max(rows, columns) // CELLS))
    whole = marks[: rows // step * step, : columns // step * step]
    small = np.asarray(whole.reshape(rows // step, step, -1, step).any((1, 3)), bool)
    height, width = small.shape
    need = SPAN * width
    if np.count_nonzero(small.any(0)) < need:
        return []
    y, x = np.nonzero(small)
    slopes = np.arange(-STEEPEST, STEEPEST + 1e-9, 1.5 / width)
    margin = int(STEEPEST * width) + 2
    # Of each slope, the row that each column's first pixel counts for.
    firsts = (margin + 0.5 - slopes[:, None] * np.arange(width)).astype(np.intp)
    most = height + 2 * margin
    counts = np.stack([np.bincount(y + first[x], minlength=most) for first in firsts])
    found: list[tuple[float, float]] = []
    for _ in range(MOST):
        at = int(counts.argmax())
        k, row = divmod(at, counts.shape[1])
        if counts[k, row] < need:
            break
        slope, start = float(slopes[k]), float(row - margin)
        on = np.abs(y - slope * x - start) <= 1.5
        if len(np.unique(x[on])) >= need:
            found.append((slope, (start + 0.5) * step))
        keep = ~on
        for k, first in enumerate(firsts):
            counts[k] -= np.bincount(y[on] + first[x[on]], minlength=most)
        y, x = y[keep], x[keep]
    return found


def _is_stem(marks: Marks, lines: list[tuple[float, float]]) -> bool:
    """Whether it is but one line, which ends inside at both ends: no rule, and no side of a box."""
    rows, columns = marks.shape
    middles = [start + slope * columns / 2 for slope, start in lines]
    if max(middles) - min(middles) > BROAD * rows:
        return False
    step = max(1, -(-max(rows, columns) // CELLS))  # lines are known to a cell
    beside = np.arange(-step, step + 1)[:, None]
    bent = lines[0][0] * (np.arange(columns) - columns / 2)
    at = np.concatenate([np.rint(middle + bent).astype(np.intp) + beside for middle in middles])
    inside = (at >= 0) & (at < rows)
    marked = marks[np.clip(at, 0, rows - 1), np.arange(columns)] & inside
    along = np.flatnonzero(marked.any(0))
    if not len(along):
        return False
    return bool(min(along[0], columns - 1 - along[-1]) > NEAR_EDGE * columns)


def _erase(ink: Array, marks: Marks, slope: float, start: float) -> None:
    """Take one line away, column by column, where the ink is no thicker than the line."""
    rows, columns = marks.shape
    x = np.arange(columns)
    reach = max(3, round(0.012 * max(rows, columns)))
    middle = np.rint(start + slope * x).astype(np.intp)
    offsets = np.arange(-3 * reach, 3 * reach + 1)
    at = middle[None] + offsets[:, None]
    inside = (at >= 0) & (at < rows)
    window = marks[np.clip(at, 0, rows - 1), x[None]] & inside
    distance = np.where(window, np.abs(offsets)[:, None], 1 << 20)
    nearest = distance.argmin(0)
    hit = distance.min(0) <= reach
    if not hit.any():
        return
    up, down = _reach(window, np.where(hit, nearest, 3 * reach))
    thick = np.where(hit, down - up - 1, 0)
    usual = float(np.median(thick[hit]))
    alone = hit & (thick <= 1.5 * usual + 1)
    middles = (up + down) / 2 - 3 * reach + middle
    for _ in range(2):
        if np.count_nonzero(alone) < 8:
            return
        bent = np.polyval(np.polyfit(x[alone], middles[alone], 2), x)
        alone = hit & (thick <= 1.5 * usual + 1) & (np.abs(middles - bent) <= 1 + 0.2 * usual)
    index = np.arange(len(offsets))[:, None]
    gone = (index > up - 2) & (index < down + 2) & alone & inside
    where = at[gone], np.broadcast_to(x, at.shape)[gone]
    marks[where], ink[where] = False, 0


def _reach(window: Marks, middle: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The first unmarked rows above and below a marked place of each column."""
    index = np.arange(len(window))[:, None]
    above = np.where(~window & (index < middle), index, -1).max(0)
    below = np.where(~window & (index > middle), index, len(window)).min(0)
    return above, below
