"""Ink of a picture that the digit fills, or that is tiny: its lines are broader than any window.

The paper's brightness is a smooth surface, found from the picture's edge inwards; what is far from
it is ink.

Pictures are float32 (rows, columns), 0 = black, 1 = white; ink is 0 = paper, 1 = ink.
"""

import numpy as np

from model.preprocess.pen import line_width
from model.preprocess.pieces import drop_specks
from model.preprocess.place import Array, area_weights, bounding_box
from model.preprocess.windows import between, closing

COARSE = 48
"""Cells of the longer side of the picture in which paper is looked for."""

WIDEST = 0.4
"""Part of the longer side that a line's width must not exceed to be ink."""

BROAD = 0.06
"""Part of the longer side that the lines of a digit that fills its picture have at least."""

FAINTEST = 0.06
"""Contrast below which there is no ink, as a fraction of the paper's brightness."""

DARKEST = np.float32(0.2)
"""Paper darker than this is not brightened any further."""

HALF_A_LEVEL = 0.5 / 255
"""Contrast that eight bits cannot show."""

NOISE = 4.0
"""Standard deviations of the paper that are still paper."""


def fill(grey: Array) -> Array:
    """Ink (rows, columns) of a picture, dark on light or light on dark."""
    rows, columns = grey.shape
    cell = max(1.0, max(rows, columns) / COARSE)
    down, across = _cells(rows, cell), _cells(columns, cell)
    coarse = np.asarray(down @ grey @ across.T, np.float32)
    light = _light(coarse)
    off = coarse - light
    if float((off * np.abs(off)).sum()) > 0:  # most of what stands out is lighter than the paper
        grey, light, off = 1 - grey, 1 - light, -off
    paper = light + closing(off, 2 * max(1, round(max(off.shape) * WIDEST / 2)) + 1)
    paper = between(rows, len(down)) @ paper @ between(columns, len(across)).T
    ink = _stretch((paper - grey) / np.maximum(paper, DARKEST))
    return drop_specks(ink) if ink.any() else ink


def fills(ink: Array) -> bool:
    """Whether ink reaches all four sides without filling the corners, as a desk does."""
    marks = ink > 0.3
    box = bounding_box(ink, 0.3)
    if box is None or not 0.02 < marks.mean() < 0.7:
        return False
    rows, columns = ink.shape
    if line_width(marks.astype(np.float32)) < BROAD * max(rows, columns):
        return False
    corners = sum(int(marks[y, x]) for y in (0, -1) for x in (0, -1))
    return box.width > 0.85 * columns and box.height > 0.85 * rows and corners <= 2


def _cells(size: int, cell: float) -> Array:
    """Weights that average an axis over about equal cells."""
    count = max(1, round(size / cell))
    return area_weights(size, 0, size / count, count)


def _light(coarse: Array) -> Array:
    """The paper's brightness as a surface of second degree: how the light falls on it.

    First a plane through the cells of the edge, where there is hardly ever ink; then the surface
    through the half of all cells that lie closest to what was found before.
    """
    rows, columns = coarse.shape
    y, x = (np.mgrid[0:rows, 0:columns] + 0.5) / max(rows, columns) - 0.5
    terms = np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], -1)
    used = np.ones((rows, columns), bool)
    used[1:-1, 1:-1] = False
    light = np.full((rows, columns), np.median(coarse[used]))
    for degree, domain in ((3, used), (3, used), (6, used | True), (6, used | True)):
        distance = np.abs(coarse - light)
        close = domain & (distance <= np.median(distance[domain]))
        surface, *_ = np.linalg.lstsq(terms[close][:, :degree], coarse[close])
        light = terms[..., :degree] @ surface
    return np.asarray(light, np.float32)


def _stretch(contrast: Array) -> Array:
    """Set the paper with its noise to 0 and the body of the ink to 1; edges keep their greys."""
    peak = _body(contrast)
    level, deviation = _noise(contrast[contrast < 0.5 * peak])
    if peak < max(FAINTEST, level + 1.5 * NOISE * deviation):
        return np.zeros_like(contrast)
    low = min(level + max(NOISE * deviation, HALF_A_LEVEL), 0.5 * peak)
    high = max(peak - NOISE * deviation, 0.5 * (low + peak))
    return np.asarray(np.clip((contrast - low) / (high - low), 0, 1), np.float32)


def _noise(paper: Array) -> tuple[float, float]:
    """Level and standard deviation, by medians, because ink's soft edges are among the paper."""
    level = float(np.median(paper)) if len(paper) else 0.0
    return level, 1.4826 * float(np.median(np.abs(paper - level))) if len(paper) else 0.0


def _body(contrast: Array) -> float:
    """How dark the ink is where it is dark: not its single darkest pixel, not its edges."""
    most = contrast.max()  # a little below 0 where nothing is darker than the paper
    strong = contrast[contrast >= min(0.5 * most, most)]
    return float(np.percentile(strong, 90))
