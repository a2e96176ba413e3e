"""Draw lines with round caps and joins, antialiased, in NumPy.

A line of width 2r with round caps and joins is all that lies within r of it. So the picture follows
from one number per pixel, the distance from its centre to the line: how much of the pixel is
covered is r + ½ − distance, clipped to 0..1. The line is replaced by points on it that lie so close
that the discs around them differ from it by a tenth of a pixel at most, and every point visits only
the square of pixels that its disc can reach.

Coordinates are pixels, x to the right, y down; pixel i covers i to i + 1.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Array = NDArray[np.float32]

DENT = 0.1
"""How far, in pixels, the edge may dip between two neighbouring discs."""

SAMPLES = 100_000
"""Most points that lines are replaced by; beyond it they lie farther apart."""

VISITS = 4_000_000
"""Most visits to pixels; beyond it points that nearly coincide are merged."""

CHUNK = 1 << 16
"""Visits at a time: small enough to stay in the processor's cache."""

FAR = np.float32(np.inf)


def coverage(
    lines: Sequence[Points], radius: float, rows: int, columns: int, visits: int = VISITS
) -> Array:
    """How much of each pixel lines of one width cover.

    Parameters
    ----------
    lines
        Each (n, 2) with n ≥ 1, x and y in pixels; a single point is a dot.
    radius
        Half the lines' width, in pixels.
    rows, columns
        Size of the picture; what lies outside it is left out.
    visits
        Bound of the work: beyond it points that nearly coincide are merged.

    Returns
    -------
    (rows, columns) float32 in 0..1. Off by less than a hundredth on average where edges are
    straight; a line thinner than a pixel covers its own width of it.
    """
    points = _sample(lines, math.sqrt(8 * radius * DENT))
    reach = math.floor(radius + 1)
    near = ((points > -reach) & (points < (columns + reach, rows + reach))).all(1)
    if not near.all():
        points = points[near]
    window = min((2 * reach + 1) ** 2, rows * columns)
    if len(points) * window > visits:
        points = _merge(points, max(1, visits // window))
    squared = _squared_distance(points, reach, rows, columns)
    covered = np.float32(radius + 0.5) - np.sqrt(squared)
    return np.clip(covered, 0, min(1.0, 2 * radius), out=covered)


def _sample(lines: Sequence[Points], step: float) -> Points:
    """Points on the lines, at most a step apart, hardly any closer than half of it."""
    points = np.concatenate(lines)
    ends = np.cumsum([len(line) for line in lines]) - 1
    points, ends, span, length = _thin(points, ends, step / 2)
    step = max(step, float(length.sum()) / SAMPLES)
    pieces = np.maximum(np.ceil(length / step), 1).astype(np.intp)
    owner = np.repeat(np.arange(len(points)), pieces)
    first = np.cumsum(pieces) - pieces
    part = (np.arange(len(owner)) - first[owner]) / pieces[owner]
    return np.asarray(points[owner] + part[:, None] * span[owner])


def _thin(
    points: Points, ends: NDArray[np.intp], pitch: float
) -> tuple[Points, NDArray[np.intp], Points, Points]:
    """Drop points that follow within a pitch along the line; first and last of a line stay.

    Returns points, the index of each line's last, and from each point the way to the next and its
    length (0 after a line's last).
    """
    span, length = _steps(points, ends)
    if not (length < pitch).sum() > len(ends):
        return points, ends, span, length
    bucket = np.floor(np.cumsum(length) / pitch)
    keep = np.ones(len(points), bool)
    keep[1:] = bucket[:-1] != np.concatenate(([-1.0], bucket[:-2]))
    keep[ends] = True
    keep[ends[:-1] + 1] = True
    points, ends = points[keep], (np.cumsum(keep) - 1)[ends]
    return points, ends, *_steps(points, ends)


def _steps(points: Points, ends: NDArray[np.intp]) -> tuple[Points, Points]:
    """From each point the way to the next of its line, (n, 2), and its length, (n,)."""
    span = np.zeros_like(points)
    np.subtract(points[1:], points[:-1], out=span[:-1])
    span[ends] = 0
    return span, np.hypot(span[:, 0], span[:, 1])


def _merge(points: Points, count: int) -> Points:
    """One point for each square of a grid that has any, at most about `count` of them."""
    low = points.min(0)
    size = points.max(0) - low
    pitch = math.sqrt(max(float(size[0] * size[1]), 1.0) / count)
    columns = int(size[0] / pitch) + 1
    square = np.floor((points - low) / pitch).astype(np.intp)
    _, first = np.unique(square[:, 1] * columns + square[:, 0], return_index=True)
    return points[first]


def _squared_distance(points: Points, reach: int, rows: int, columns: int) -> Array:
    """From each pixel's centre to the nearest point, squared; FAR or so if none is in reach."""
    side = 2 * reach + 1
    if side * side >= rows * columns:
        return _squared_distance_everywhere(points, rows, columns)
    margin = 2 * reach + 1
    width = columns + 2 * margin
    canvas = np.full((rows + 2 * margin) * width, FAR, np.float32)
    cell = np.floor(points)
    window = np.arange(-reach, reach + 1)
    from_point = (cell + 0.5 - points).astype(np.float32)
    squares = np.square(window.astype(np.float32) + from_point[:, :, None])
    start = ((cell[:, 1] + margin) * width + cell[:, 0] + margin).astype(np.intp)
    visit = (window[:, None] * width + window).ravel()
    for at in range(0, len(points), max(1, CHUNK // (side * side))):
        some = slice(at, at + max(1, CHUNK // (side * side)))
        reached = squares[some, 1, :, None] + squares[some, 0, None, :]
        np.minimum.at(canvas, (start[some, None] + visit).ravel(), reached.ravel())
    inside = canvas.reshape(-1, width)[margin : margin + rows, margin : margin + columns]
    return np.ascontiguousarray(inside)


def _squared_distance_everywhere(points: Points, rows: int, columns: int) -> Array:
    """The same for discs larger than the picture: every point visits every pixel."""
    nearest = np.full((rows, columns), FAR, np.float32)
    dx = np.square(np.arange(columns) + 0.5 - points[:, 0, None]).astype(np.float32)
    dy = np.square(np.arange(rows) + 0.5 - points[:, 1, None]).astype(np.float32)
    for at in range(0, len(points), 8):
        some = slice(at, at + 8)
        reached = dy[some, :, None] + dx[some, None, :]
        np.minimum(nearest, reached.min(0), out=nearest)
    return nearest
