"""Put ink where MNIST has it: longest side 20 px, centre of mass in the middle of 28×28.

MNIST's digits were scaled to fit a box of 20×20 px with their aspect ratio kept, grey levels coming
from antialiasing, and moved so that their centre of mass is the middle of 28×28 (LeCun, Bottou,
Bengio, Haffner, "Gradient-Based Learning Applied to Document Recognition", 1998, section III-A).

Ink is a float32 picture, 0 = paper, 1 = ink, (rows, columns). Coordinates run over pixel edges:
pixel i covers i to i + 1, so the middle of 28 px is 14.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from model.preprocess.notes import Note
from model.spec import InputSpec

Array = NDArray[np.float32]

SIDE = 28
"""Rows and columns of MNIST's images."""

BOX = 20
"""Pixels of the ink's longest side in it."""

PEN = 1.5
"""Least width of a line in it: thinner ones are drawn as wide as this, or they would fade away.

MNIST's pens leave 2 px or more; a network trained on it hardly sees a breath of grey.
"""

THRESHOLD = 0.1
"""What is fainter than this does not stretch the bounding box."""


class Box(NamedTuple):
    """A rectangle of pixel edges, or of whatever unit its owner says."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    @property
    def longest(self) -> float:
        """The longer of width and height."""
        return max(self.width, self.height)


class Preprocessed(NamedTuple):
    """What preprocessing made of a drawing, and how.

    A point (x, y) of a centred drawing lies at 14 + shift + ((x, y) − middle of crop) · scale of
    the 28×28 pixels; without centring, where the scale is exactly 28, at 14 + ((x, y) − ½) · scale.
    Of a file, x and y are counted in longer sides, the crop in widths and heights.

    Attributes
    ----------
    pixels
        (28, 28) float32, 0 = paper, 1 = ink.
    blank
        Whether there is no ink at all.
    crop
        (4,) float32: left, top, right, bottom of the ink as fractions of the pad's side, or of the
        file's width and height; (0, 0, 1, 1) for a blank.
    scale
        Pixels per side of the pad (per longer side of a file): 20 / longest side of the ink when
        centred, 28 when not, 0 for a centred blank.
    centre
        (2,) float32: x, y of the centre of mass in the 28×28 pixels; the middle for a blank.
    shift
        (2,) int32: columns and rows by which the ink was moved from where the middle of its
        bounding box would be the middle of the image.
    note
        A sentence: why no ink was found, or what speaks against believing the reading.
    digits
        Where each digit is, in fractions as the crop, when it looks like several.
    """

    pixels: Array
    blank: bool
    crop: Array
    scale: float
    centre: Array
    shift: NDArray[np.int32]
    note: str = ""
    digits: tuple[Box, ...] = ()


def bounding_box(ink: Array, threshold: float = THRESHOLD) -> Box | None:
    """Pixel edges around everything above the threshold, or None when nothing is."""
    marks = ink > threshold
    columns = np.flatnonzero(marks.any(0))
    if not len(columns):
        return None
    rows = np.flatnonzero(marks.any(1))
    return Box(float(columns[0]), float(rows[0]), float(columns[-1] + 1), float(rows[-1] + 1))


def even_pixels(length: float) -> int:
    """Even number of pixels that hold a length, so that its middle is an edge between two."""
    return max(2, 2 * math.ceil(length / 2 - 1e-6))


def area_weights(size: int, start: float, step: float, count: int) -> Array:
    """Weights (count, size) of an exact area average along one axis.

    Result pixel i covers start + i·step to start + (i + 1)·step of the source; its weight for a
    source pixel is the part of its own extent that lies over it. What lies outside the source
    counts as paper.
    """
    edges = start + step * np.arange(count + 1)
    pixel = np.arange(size)
    low = np.maximum(edges[:-1, None], pixel)
    high = np.minimum(edges[1:, None], pixel + 1)
    return np.asarray(np.maximum(high - low, 0) / step, np.float32)


def shrink(ink: Array, box: Box, longest: float = BOX) -> Array:
    """Area average of a box of the ink, its longest side scaled to so many pixels.

    The box lies in the middle of the result, which has an even number of rows and columns.
    """
    step = box.longest / longest
    rows, columns = even_pixels(box.height / step), even_pixels(box.width / step)
    top = (box.top + box.bottom - rows * step) / 2
    left = (box.left + box.right - columns * step) / 2
    down = area_weights(ink.shape[0], top, step, rows)
    across = area_weights(ink.shape[1], left, step, columns)
    return np.asarray(down @ ink @ across.T, np.float32)


def centre_of_mass(pixels: Array) -> tuple[float, float]:
    """X, y of the centre of mass; the middle when there is no ink."""
    rows, columns = pixels.shape
    total = float(pixels.sum())
    if total <= 0:
        return columns / 2, rows / 2
    x = float(pixels.sum(0) @ np.arange(columns)) / total + 0.5
    y = float(pixels.sum(1) @ np.arange(rows)) / total + 0.5
    return x, y


def place(small: Array, crop: Sequence[float], scale: float) -> Preprocessed:
    """Move ink of at most 20×20 px to the middle of 28×28 by its centre of mass, whole pixels.

    Ink far from its own centre of mass is kept inside: it is never moved across the edge. The
    middle of the crop must be that of the small picture: so a pixel finds its way back to the pad.
    A scale of exactly 28 means that nothing was moved, so a moved picture says 28.000002 for it.
    """
    rows, columns = small.shape
    x, y = centre_of_mass(small)
    left = min(max(math.floor(SIDE / 2 - x + 0.5), 0), SIDE - columns)
    top = min(max(math.floor(SIDE / 2 - y + 0.5), 0), SIDE - rows)
    pixels = np.zeros((SIDE, SIDE), np.float32)
    pixels[top : top + rows, left : left + columns] = small
    shift = (left - (SIDE - columns) // 2, top - (SIDE - rows) // 2)
    if np.float32(scale) == SIDE:
        scale = float(np.nextafter(np.float32(SIDE), np.float32(np.inf)))
    return Preprocessed(
        pixels,
        blank=False,
        crop=np.asarray(crop, np.float32),
        scale=scale,
        centre=np.array((x + left, y + top), np.float32),
        shift=np.array(shift, np.int32),
    )


def as_it_stands(pixels: Array, crop: Sequence[float]) -> Preprocessed:
    """28×28 pixels that were not cropped, scaled or moved."""
    return Preprocessed(
        pixels,
        blank=False,
        crop=np.asarray(crop, np.float32),
        scale=float(SIDE),
        centre=np.array(centre_of_mass(pixels), np.float32),
        shift=np.zeros(2, np.int32),
    )


SMALL = 4.5
"""Times a drawing may be enlarged without a word."""


def small_note(scale: float) -> str:
    """Say so when little was made large: a dot looks like any digit then."""
    times = scale / SIDE
    return Note("small", times=round(times)) if times > SMALL else ""


def blank(*, center: bool = True, note: str = "") -> Preprocessed:
    """Paper without ink."""
    return Preprocessed(
        np.zeros((SIDE, SIDE), np.float32),
        blank=True,
        crop=np.array((0, 0, 1, 1), np.float32),
        scale=0.0 if center else float(SIDE),
        centre=np.full(2, SIDE / 2, np.float32),
        shift=np.zeros(2, np.int32),
        note=note,
    )


def preprocess_pixels(pixels: ArrayLike) -> Preprocessed:
    """Take 784 values of 0..255 (0 = paper) as they are, row by row, without moving anything.

    The ink's box is reported as fractions of the image, and the scale is 28: every pixel is one.
    """
    values = np.asarray(pixels, np.float32)
    if values.size != SIDE * SIDE:
        message = f"pixels has {values.size} values; give {SIDE * SIDE}, 28 rows of 28."
        raise ValueError(message)
    if not (values.min() >= 0 and values.max() <= 255):  # also False for NaN
        message = "pixels must be numbers from 0 (paper) to 255 (ink)."
        raise ValueError(message)
    image = values.reshape(SIDE, SIDE) / np.float32(255)
    box = bounding_box(image) or bounding_box(image, 0)
    if box is None:
        return blank(center=False)
    return as_it_stands(image, [edge / SIDE for edge in box])


def to_input(pixels: Array, spec: InputSpec) -> Array:
    """Lay a border of paper around 28×28 pixels and scale them to what a network reads.

    Parameters
    ----------
    pixels
        (28, 28) or any (rows, columns), 0 = paper, 1 = ink.
    spec
        Its shape is (channels, rows + 2·border, columns + 2·border); every channel gets the same.
    """
    channels, rows, columns = spec.shape
    inside = (rows - 2 * spec.border, columns - 2 * spec.border)
    if pixels.shape != inside:
        message = (
            f"The network reads {inside[0]}×{inside[1]} pixels and a border of {spec.border}, "
            f"but the image is {pixels.shape[0]}×{pixels.shape[1]}."
        )
        raise ValueError(message)
    image = np.full((channels, rows, columns), spec.offset, np.float32)
    core = slice(spec.border, rows - spec.border), slice(spec.border, columns - spec.border)
    image[:, core[0], core[1]] += pixels * np.float32(spec.scale)
    return image
