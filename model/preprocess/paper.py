"""Tell ink from paper in a photo or scan.

Paper is what remains when everything narrower than a good third of the picture is filled from its
surroundings (a closing: Serra, "Image Analysis and Mathematical Morphology", 1982); dividing by it
takes uneven light away. What differs from it by more than the paper's own noise is ink.

Pictures are float32 (rows, columns), 0 = black, 1 = white; ink is 0 = paper, 1 = ink.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from model.preprocess.pieces import drop_specks
from model.preprocess.place import Array, area_weights

COARSE = 48
"""Cells of the longer side of the picture in which paper is looked for."""

WIDEST = 0.4
"""Part of the longer side that a line's width must not exceed to be ink."""

FAINTEST = 0.06
"""Contrast below which there is no ink, as a fraction of the paper's brightness."""

DARKEST = np.float32(0.2)
"""Paper darker than this is not brightened any further."""

HALF_A_LEVEL = 0.5 / 255
"""Contrast that eight bits cannot show."""

NOISE = 4.0
"""Standard deviations of the paper that are still paper."""


def find_ink(grey: Array, alpha: Array | None = None) -> Array:
    """Ink of a picture: dark on light, light on dark, or on transparent.

    Parameters
    ----------
    grey
        (rows, columns) brightness.
    alpha
        (rows, columns) opacity; transparent is paper.
    """
    if alpha is not None and float(alpha.min()) < 0.5:
        grey = _on_paper(grey, alpha)
    rows, columns = grey.shape
    cell = max(1.0, max(rows, columns) / COARSE)
    down, across = _cells(rows, cell), _cells(columns, cell)
    coarse = np.asarray(down @ grey @ across.T, np.float32)
    light = _light(coarse)
    off = coarse - light
    if float((off * np.abs(off)).sum()) > 0:  # most of what stands out is lighter than the paper
        grey, light, off = 1 - grey, 1 - light, -off
    paper = light + _closing(off)
    paper = _between(rows, len(down)) @ paper @ _between(columns, len(across)).T
    ink = _stretch((paper - grey) / np.maximum(paper, DARKEST))
    return drop_specks(ink) if ink.any() else ink


def _on_paper(grey: Array, alpha: Array) -> Array:
    """Lay a transparent picture on paper.

    Where the opaque part has contrast of its own it holds paper and ink, and the rest is more of
    that paper. Otherwise it is the drawing itself, whatever its colour: opacity is the ink.
    """
    opaque = grey[alpha > 0.5]
    if not len(opaque):
        return 1 - alpha
    dark, middle, light = np.percentile(opaque, (5, 50, 95))
    if light - dark < 0.5:
        return 1 - alpha
    return np.asarray(alpha * grey + (1 - alpha) * middle, np.float32)


def _cells(size: int, cell: float) -> Array:
    """Weights that average an axis over about equal cells."""
    count = max(1, round(size / cell))
    return area_weights(size, 0, size / count, count)


def _between(size: int, count: int) -> Array:
    """Weights (size, count) that interpolate linearly between the middles of cells."""
    middle = np.clip((np.arange(size) + 0.5) * (count / size) - 0.5, 0, count - 1)
    return np.asarray(np.maximum(1 - np.abs(middle[:, None] - np.arange(count)), 0), np.float32)


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


def _closing(picture: Array) -> Array:
    """The picture without dark things narrower than a window; windows lie within the picture."""
    width = 2 * max(1, round(max(picture.shape) * WIDEST / 2)) + 1
    for axis in (0, 1):
        window = min(width, picture.shape[axis])
        largest = sliding_window_view(picture, window, axis).max(-1)
        around = [(window - 1, window - 1) if axis == a else (0, 0) for a in (0, 1)]
        padded = np.pad(largest, around, constant_values=np.inf)
        picture = sliding_window_view(padded, window, axis).min(-1)
    return picture


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
    strong: NDArray[np.float32] = contrast[contrast >= 0.5 * contrast.max()]
    return float(np.percentile(strong, 90))
