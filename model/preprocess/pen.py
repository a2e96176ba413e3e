"""Make hair-thin lines as strong as a pen's.

A ballpoint on a large sheet leaves lines of a tenth of a pixel once the digit is 20 px high; MNIST
was written with thicker pens, and no network trained on it sees a breath of grey.
"""

import math

import numpy as np

from model.preprocess.place import BOX, PEN, Array, Box, bounding_box, shrink

FINE = 4
"""Cells per final pixel."""


def strengthen(ink: Array, box: Box) -> tuple[Array, Box]:
    """Ink of a box in 80 cells at the longest, thin lines thickened, and its box in them.

    Lines of ordinary width are left as they are.
    """
    fine = shrink(ink, box, BOX * FINE)
    dark = float(np.percentile(fine[fine >= 0.5 * fine.max()], 90))
    full = np.minimum(fine / np.float32(dark), 1) if dark < 1 else fine
    missing = PEN * FINE - line_width(full)
    if missing <= 0:
        return fine, _inner(fine, box)
    radius = missing / 2
    thick = _thicken(np.pad(full, math.ceil(radius)), radius)
    return thick, bounding_box(thick) or Box(0, 0, thick.shape[1], thick.shape[0])


def line_width(ink: Array) -> float:
    """Mean width of the lines in pixels: twice their area over the length of their edges.

    The length is the total variation, which counts a soft edge as long as a hard one.
    """
    down = np.diff(np.pad(ink, 1), axis=0)[:, :-1]
    across = np.diff(np.pad(ink, 1), axis=1)[:-1]
    return 2 * float(ink.sum()) / float(np.hypot(down, across).sum())


def _inner(fine: Array, box: Box) -> Box:
    """Where a box that was shrunk to fine cells lies in them."""
    rows, columns = fine.shape
    cell = box.longest / (BOX * FINE)
    width, height = box.width / cell, box.height / cell
    left, top = (columns - width) / 2, (rows - height) / 2
    return Box(left, top, left + width, top + height)


def _thicken(ink: Array, radius: float) -> Array:
    """The largest ink within a radius of each pixel; edges move outwards by the radius."""
    reach = math.ceil(radius)
    rows, columns = ink.shape
    padded = np.pad(ink, reach)
    result = np.zeros_like(ink)
    for y in range(-reach, reach + 1):
        for x in range(-reach, reach + 1):
            part = min(max(radius + 1 - math.hypot(x, y), 0.0), 1.0)
            if part > 0:
                moved = padded[reach + y : reach + y + rows, reach + x : reach + x + columns]
                np.maximum(result, moved * np.float32(part), out=result)
    return result
