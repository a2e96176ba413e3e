"""The nearest of many vectors, exactly, though few of them are looked at whole.

Along any orthogonal directions two vectors are never further apart than they are; what is left of
each beyond these directions has a length, and two such rests are at least as far apart as their
lengths differ. That bound costs little. Vectors are looked at in its order, until all others are
bound to be further away than the nearest that were found.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from model.arrays import Array, Indices
from model.principal import Principal, Vectors

_SLACK = 1e-6  # of a squared length; what rounding can make of a bound is smaller


class Neighbours(NamedTuple):
    """Those that were found, the nearest first, and of equal ones the one of the lowest number."""

    numbers: Indices  # (k,)
    distances: Array  # (k,) float64, Euclidean
    looked_at: int


class Crowd(NamedTuple):
    """Many vectors: places along the directions of a `Principal`, and lengths of their rests."""

    principal: Principal
    places: Array  # (n, k)
    rests: Array  # (n,)

    @classmethod
    def of(cls, vectors: Vectors, principal: Principal) -> "Crowd":
        """Go through the vectors once."""
        found = [_placed(piece, principal) for piece in vectors]
        places, rests = (np.concatenate(parts) for parts in zip(*found, strict=True))
        return cls(principal, places, rests)

    def nearest(self, vector: Array, count: int, read: Callable[[Indices], Array]) -> Neighbours:
        """Find the `count` nearest to a vector (width,).

        read : gives the vectors of some numbers whole, (numbers, width).
        """
        count = min(count, len(self.rests))
        places, rests = _placed(vector[None], self.principal)
        bounds = ((self.places - places) ** 2).sum(axis=1) + (self.rests - rests) ** 2
        scale = np.square(self.places).sum(axis=1).max() + np.square(self.rests).max()
        slack = _SLACK * (scale + np.square(places).sum() + np.square(rests).sum())
        order = np.argsort(bounds, kind="stable").astype(np.int32)
        squares = np.zeros(0)
        while len(squares) < len(order):
            worst = np.partition(squares, count - 1)[count - 1] if squares.size else np.inf
            near = int(np.searchsorted(bounds[order], worst + slack, side="right"))
            end = min(near, max(4 * count, 2 * len(squares)))
            if end <= len(squares):
                break
            whole = read(order[len(squares) : end]).astype(np.float64)
            squares = np.append(squares, np.square(whole - vector).sum(axis=1))
        best = np.lexsort((order[: len(squares)], squares))[:count]
        return Neighbours(order[best], np.sqrt(squares[best]), len(squares))


def _placed(vectors: Array, principal: Principal) -> tuple[Array, Array]:
    off = vectors.astype(np.float64) - principal.mean
    places = off @ principal.directions.T
    rests = np.square(off).sum(axis=1) - np.square(places).sum(axis=1)
    return places, np.sqrt(np.maximum(rests, 0))
