"""Strokes of a pen to MNIST-like pixels.

Strokes are vectors, so nothing is drawn on a canvas and measured afterwards: where the ink will lie
is known from the points, and it is drawn straight into a grid of three by three cells for each of
the final pixels, which are then averaged. That makes the result the same wherever on the pad and at
whatever size it was drawn.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.preprocess.notes import Note
from model.preprocess.place import (
    BOX,
    PEN,
    SIDE,
    Array,
    Box,
    Preprocessed,
    as_it_stands,
    blank,
    bounding_box,
    even_pixels,
    place,
    small_note,
)
from model.preprocess.raster import VISITS, coverage
from model.preprocess.several import apart, wanted

FINE = 3
"""Rows and columns of drawn cells per final pixel."""

HAIR = 1e-3
"""Least width of a line as a fraction of the pad's side, for dots without extent."""

RADIUS_STEP = 1 / 32
"""Radii are rounded to this, in cells, a hundredth of a final pixel: hundreds of widths that hardly
differ do not cost hundreds of drawings."""

PASSES = 5
"""How often the view may close in on what an eraser or the pad's edge left."""

CLOSE = 1 + 1e-6
"""Cells by which the box of the ink may differ from the box that was drawn, on each side."""


@dataclass(frozen=True, slots=True, eq=False)
class Stroke:
    """Pen down to pen up.

    Attributes
    ----------
    points
        (n, 2) float64: x to the right, y down, 0..1 over the pad. A pen may leave the pad; what it
        draws outside is not there.
    width
        As a fraction of the pad's side.
    erase
        Whether it takes ink away.
    """

    points: NDArray[np.float64]
    width: float = 0.07
    erase: bool = False

    def __post_init__(self) -> None:
        points = np.asarray(self.points, np.float64)
        if points.ndim != 2 or points.shape[1] != 2:
            message = f"A stroke's points have the shape {points.shape}; give (n, 2): x and y each."
            raise ValueError(message)
        if not np.isfinite(points).all():
            message = "A stroke's points must be finite numbers."
            raise ValueError(message)
        if not 0 < self.width < math.inf:
            message = f"A stroke's width is {self.width}; it must be above 0."
            raise ValueError(message)
        object.__setattr__(self, "points", points)


class Frame(NamedTuple):
    """The part of the pad that is drawn, and how finely.

    Attributes
    ----------
    left, top
        Of the frame, in pad units.
    scale
        Cells per side of the pad.
    rows, columns
        Cells of the frame.
    """

    left: float
    top: float
    scale: float
    rows: int
    columns: int

    def to_pad(self, box: Box) -> Box:
        """A box of cells in pad units."""
        return Box(
            self.left + box.left / self.scale,
            self.top + box.top / self.scale,
            self.left + box.right / self.scale,
            self.top + box.bottom / self.scale,
        )


class Batch(NamedTuple):
    """Lines of one radius, in cells, that are drawn or erased at once."""

    erase: bool
    radius: float
    lines: list[NDArray[np.float64]]


PAD = Frame(0, 0, FINE * SIDE, FINE * SIDE, FINE * SIDE)
"""The whole pad, for 28×28 pixels without centring."""


def preprocess_strokes(
    strokes: Sequence[Stroke], *, center: bool = True, digit: int | None = None
) -> Preprocessed:
    """Draw strokes as MNIST's digits are: 20 px at the longest, centred by mass in 28×28.

    Parameters
    ----------
    strokes
        In the order in which they were drawn; an erasing one takes away what lies below it.
    center
        False shows what happens without cropping, scaling and centring: the pad as it stands.
    digit
        Which to read where there are several, in reading order; the largest by default.
    """
    strokes = [stroke for stroke in strokes if len(stroke.points)]
    outline = _outline(strokes)
    if outline is None:
        return blank(center=center)
    if not center:
        ink = rasterise(strokes, PAD)
        box = bounding_box(ink)
        return as_it_stands(_average(ink), _crop(PAD.to_pad(box))) if box else blank(center=False)
    parts = _apart(strokes)
    if parts:
        boxes = tuple(box for part in parts if (box := _outline(part)) is not None)
        chosen = wanted(boxes, digit)
        done = _one_digit(parts[chosen], boxes[chosen])
        return done._replace(note=Note("several"), digits=tuple(Box(*_crop(box)) for box in boxes))
    return _one_digit(strokes, outline)


def _one_digit(strokes: Sequence[Stroke], outline: Box) -> Preprocessed:
    """Crop, scale and centre all that these strokes leave."""
    # Only an eraser and the pad's edge can make the ink smaller than the strokes' own outline.
    known = _within_pad(outline) and not any(stroke.erase for stroke in strokes)
    box = outline if known else Box(*_crop(outline))
    for _ in range(PASSES):
        drawn, frame = box, _frame(box)
        ink = rasterise(strokes, frame)
        if known:
            break
        cells = bounding_box(ink)
        if cells is None:
            return blank()
        box = Box(*_crop(frame.to_pad(cells)))
        if max(abs(old - new) for old, new in zip(drawn, box, strict=True)) * frame.scale <= CLOSE:
            break
    done = place(_average(ink), drawn, BOX / drawn.longest)
    return done._replace(note=small_note(done.scale))


def _apart(strokes: Sequence[Stroke]) -> list[list[Stroke]]:
    """The strokes of each digit, where there are several; with an eraser they are taken for one."""
    if len(strokes) < 2 or any(stroke.erase for stroke in strokes):
        return []
    outlines = [_outline([stroke]) for stroke in strokes]
    seen = [index for index, box in enumerate(outlines) if box is not None]
    parts = apart([box for box in outlines if box is not None])
    found = [[strokes[seen[index]] for index in sorted(part)] for part in parts]
    digits = [part for part in found if not all(_is_dot(stroke) for stroke in part)]
    return digits if len(digits) > 1 else []


def _is_dot(stroke: Stroke) -> bool:
    """Whether a stroke is no longer than it is wide: a dot is no digit."""
    return bool(np.ptp(stroke.points, axis=0).max() <= stroke.width)


def rasterise(strokes: Iterable[Stroke], frame: Frame = PAD) -> Array:
    """Ink of the strokes in a frame of the pad, (rows, columns) float32 in 0..1."""
    ink = np.zeros((frame.rows, frame.columns), np.float32)
    origin = np.array((frame.left, frame.top))
    batches = _batches(strokes, frame.scale)
    for erase, radius, points in batches:
        lines = [(line - origin) * frame.scale for line in points]
        visits = VISITS // len(batches)
        covered = coverage(lines, radius, frame.rows, frame.columns, visits)
        if erase:
            np.maximum(ink - covered, 0, out=ink)
        else:
            np.maximum(ink, covered, out=ink)
    _clip_to_pad(ink, frame)
    return ink


def _batches(strokes: Iterable[Stroke], scale: float) -> list[Batch]:
    """Strokes that may be drawn at once: between two changes of draw and erase, by radius."""
    batches: list[Batch] = []
    by_radius: dict[float, Batch] = {}
    erasing = False
    for stroke in strokes:
        if stroke.erase != erasing:
            erasing, by_radius = stroke.erase, {}
        radius = max(max(stroke.width, HAIR) * scale, PEN * FINE) / 2
        radius = round(radius / RADIUS_STEP) * RADIUS_STEP
        if radius not in by_radius:
            by_radius[radius] = Batch(erasing, radius, [])
            batches.append(by_radius[radius])
        by_radius[radius].lines.append(stroke.points)
    return batches


def _outline(strokes: Sequence[Stroke]) -> Box | None:
    """Box of all that is drawn, in pad units, or None when none of it is on the pad."""
    drawn = [stroke for stroke in strokes if not stroke.erase]
    if not drawn:
        return None
    low = np.array([stroke.points.min(0) for stroke in drawn])
    high = np.array([stroke.points.max(0) for stroke in drawn])
    extent = float((high.max(0).clip(0, 1) - low.min(0).clip(0, 1)).max())
    least = max(PEN * extent / (BOX - PEN), HAIR)
    radius = np.maximum([[stroke.width] for stroke in drawn], least) / 2
    (left, top), (right, bottom) = (low - radius).min(0).tolist(), (high + radius).max(0).tolist()
    if right <= 0 or bottom <= 0 or left >= 1 or top >= 1:
        return None
    return Box(left, top, right, bottom)


def _within_pad(box: Box) -> bool:
    return box.left >= 0 and box.top >= 0 and box.right <= 1 and box.bottom <= 1


def _frame(box: Box) -> Frame:
    """A frame of whole final pixels around a box, the box in its middle, 20 px at the longest."""
    pixel = box.longest / BOX
    rows, columns = even_pixels(box.height / pixel), even_pixels(box.width / pixel)
    left = (box.left + box.right - columns * pixel) / 2
    top = (box.top + box.bottom - rows * pixel) / 2
    return Frame(left, top, FINE / pixel, rows * FINE, columns * FINE)


def _clip_to_pad(ink: Array, frame: Frame) -> None:
    """Take away what lies outside the pad."""
    for axis, start in ((0, frame.top), (1, frame.left)):
        cells = ink.shape[axis]
        if start < 0 or start + cells / frame.scale > 1:
            edges = np.clip(start + np.arange(cells + 1) / frame.scale, 0, 1)
            inside = (np.diff(edges) * frame.scale).astype(np.float32)
            ink *= inside[:, None] if axis == 0 else inside


def _average(ink: Array) -> Array:
    rows, columns = ink.shape
    average: Array = ink.reshape(rows // FINE, FINE, columns // FINE, FINE).mean((1, 3))
    return average


def _crop(box: Box) -> list[float]:
    return [min(max(edge, 0.0), 1.0) for edge in box]
