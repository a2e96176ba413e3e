"""How far what a graph makes of a moved input is from before, and from before moved along.

A map that stays as it was is invariant, one that is moved along is equivariant. Neither is taken
on faith: both are distances, and 0 only where it is true.
"""

import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.arrays import Array
from model.cost import Reach, reaches
from model.graph_spec import GraphSpec
from model.resample import bilinear
from model.variations import Move

_NEAR = 1e-9
"""Cells; a sine is rounded."""


class Change(NamedTuple):
    """How far maps are from before.

    Attributes
    ----------
    cells
        How many of each map count: those that see nothing from beyond the borders.
    before
        (C,) norm of after − before over those cells, as a share of the norm of before.
    along
        (C,) the same of after − before, moved along.
    """

    cells: int
    before: Array
    along: Array


class _Seen(NamedTuple):
    """Of a map: its rows and columns, and on which cells of the input they depend."""

    shape: tuple[int, ...]
    down: Reach
    right: Reach


def moved_input(image: Array, move: Move) -> Array:
    """Move an image (C, H, W) about its middle, bilinear; what comes in from outside is 0."""
    rows, columns = (np.arange(size, dtype=np.float64) for size in image.shape[1:])
    return bilinear(image, _came_from(rows, columns, move, image.shape))


def changes(
    spec: GraphSpec, move: Move, before: Mapping[str, Array], after: Mapping[str, Array]
) -> dict[str, Change]:
    """Compare what "input" and each layer with rows and columns gave before and after a move.

    A map is moved along as the input was: about the place that the middle of the input has in it,
    and less far where its cells lie further apart; between its cells bilinear. Borders are left
    out: a cell counts where all that it depends on came from within the input, and where all of
    the map that is looked up for it depends on nothing beyond. Layers in which no such place
    exists, as a dense one, are left out.
    """
    down, right = reaches(spec, 0), reaches(spec, 1)
    every = {
        name: _Seen(shape[1:], down[name], right[name])
        for name, shape in spec.shapes.items()
        if len(shape) == 3 and min(down[name].step, right[name].step) > 0
    }
    places = {one: _places(one, move, spec.shape) for one in set(every.values())}
    return {name: _change(before[name], after[name], *places[one]) for name, one in every.items()}


def _came_from(rows: Array, columns: Array, move: Move, shape: tuple[int, ...]) -> Array:
    """Where in the input (C, H, W) what is now in these rows and columns was before: (…, …, 2)."""
    middle = (np.array(shape[1:]) - 1) / 2
    down, right = rows - middle[0] - move.down, columns - middle[1] - move.right
    back = _back(move)
    found: Array = back[:, 0] * down[:, None, None] + back[:, 1] * right[:, None] + middle
    return found


def _back(move: Move) -> Array:
    """What (down, right) from the middle of a move is multiplied with to undo it."""
    angle = math.radians(move.rotation)
    # Rows run downwards: what comes to (down, right) was at the place turned back, clockwise.
    back = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
    found: Array = back / move.scale
    return found


def _places(seen: _Seen, move: Move, shape: tuple[int, ...]) -> tuple[NDArray[np.bool_], Array]:
    """Say which cells of a map count, and where in it they were before."""
    sides = zip(seen.shape, (seen.down, seen.right), shape[1:], strict=True)
    axes = [_axis(cells, reach, size) for cells, reach, size in sides]
    (rows, columns), (down, right) = (one.middles for one in axes), (one.counts for one in axes)
    there = _came_from(rows, columns, move, shape)
    # The window of a cell, moved back, reaches so far from its middle.
    reach = np.abs(_back(move)) @ np.array([one.half for one in axes])
    least = np.maximum([one.least for one in axes], reach) - _NEAR
    most = np.minimum([one.most for one in axes], np.array(shape[1:]) - 1 - reach) + _NEAR
    inside = (there >= least) & (there <= most)
    counts = down[:, None] & right & inside[..., 0] & inside[..., 1]
    first, step = (np.array([getattr(one, name) for one in axes]) for name in ("first", "step"))
    return counts, (there[counts] - first) / step


class _Axis(NamedTuple):
    middles: Array  # of each cell's window, in cells of the input
    counts: NDArray[np.bool_]  # the cells whose windows lie within the input
    half: float  # from the middle of a window to its ends
    first: float  # the middle of the first window
    step: int
    least: float  # the middles of the first and the last cell that count
    most: float


def _axis(cells: int, reach: Reach, size: int) -> _Axis:
    step, start, end, _ = reach
    half = (end - start) / 2
    first = start + half
    middles = first + step * np.arange(cells)
    counts = (middles >= half) & (middles <= size - 1 - half)
    within = middles[counts]
    least, most = (within[0], within[-1]) if len(within) else (math.inf, -math.inf)
    return _Axis(middles, counts, half, first, step, least, most)


def _change(before: Array, after: Array, counts: NDArray[np.bool_], sources: Array) -> Change:
    here, now = before[:, counts].astype(np.float64), after[:, counts]
    along = bilinear(before, sources)
    with np.errstate(divide="ignore"):
        whole = _norm(here)
        return Change(len(sources), _norm(now - here) / whole, _norm(now - along) / whole)


def _norm(maps: Array) -> Array:
    """Of each map (C, n), in float64."""
    wide = maps.astype(np.float64, copy=False)
    found: Array = np.sqrt(np.einsum("cn,cn->c", wide, wide))
    return found
