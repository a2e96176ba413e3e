"""The strongest chains through a few stages, found exactly: best first, with an exact bound."""

import heapq
from collections.abc import Mapping, Sequence
from itertools import count
from typing import NamedTuple

import numpy as np

from model.arrays import Array

Steps = Mapping[tuple[int, int], Array]
"""What a chain is multiplied by from one stage to a later one, where it can go so: {(earlier,
later): (cells of the later, cells of the earlier)}."""


class Chain(NamedTuple):
    """One chain.

    Attributes
    ----------
    value : what it comes to: the entry of its first cell times all its steps.
    cells : (stage, cell) from its first one on; the goal is left out.
    """

    value: float
    cells: tuple[tuple[int, int], ...]


def strongest(entries: Sequence[Array], steps: Steps, most: int) -> list[Chain]:
    """Find the chains to the goal with the largest values above 0, the largest first.

    A chain enters at any cell of any stage with the entry of that cell and goes on by steps to
    later stages; the last stage is the goal.

    Parameters
    ----------
    entries : for each stage what enters at each of its cells, (cells,); the goal has one cell.
    steps : see `Steps`. With those to the goal turned round it finds the smallest below 0.
    most : how many at most.

    From the goal back, whichever beginning promises most is made longer, and the bound is what the
    best chain with that end comes to: so chains are complete in their order, and none is missed.
    """
    bounds = _bounds(entries, steps)
    number = count()  # of equal ones the one that was found first comes first
    goal = len(entries) - 1
    waiting: list[tuple[float, int, float, tuple[tuple[int, int], ...], bool]] = []
    heapq.heappush(waiting, (-bounds[goal][0].item(), next(number), 1.0, ((goal, 0),), False))
    found: list[Chain] = []
    while waiting and len(found) < most:
        bound, _, product, cells, complete = heapq.heappop(waiting)
        if not bound < 0:
            break
        if complete:
            found.append(Chain(-bound, cells[:-1]))
            continue
        stage, cell = cells[0]
        whole = product * entries[stage][cell].item()
        heapq.heappush(waiting, (-whole, next(number), product, cells, True))
        for (earlier, later), matrix in steps.items():
            if later != stage:
                continue
            products = product * matrix[cell]
            promised = np.maximum(products * bounds[earlier][0], products * bounds[earlier][1])
            # Each of them promises a chain, so those beyond the first `most` are not needed.
            for best in np.argsort(-promised, kind="stable")[:most].tolist():
                way = ((earlier, best), *cells)
                share = products[best].item()
                heapq.heappush(waiting, (-promised[best].item(), next(number), share, way, False))
    return found


def _bounds(entries: Sequence[Array], steps: Steps) -> list[tuple[Array, Array]]:
    """Say what the largest and the smallest chain that ends in each cell of a stage come to."""
    bounds: list[tuple[Array, Array]] = []
    for stage, entry in enumerate(entries):
        largest, smallest = entry, entry
        for (earlier, later), matrix in steps.items():
            if later == stage:
                ends = matrix * bounds[earlier][0], matrix * bounds[earlier][1]
                largest = np.maximum(largest, np.maximum(*ends).max(axis=1))
                smallest = np.minimum(smallest, np.minimum(*ends).min(axis=1))
        bounds.append((largest, smallest))
    return bounds
