"""A trace as a plan leaves it: one copy of the plan's memory, brought into C order when it is read.

The copy takes half a microsecond. Bringing it into C order, a relu that was joined with pooling,
and the winners take about twenty more: that is done once, on the first access.
"""

import math
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from model.arrays import Array, Indices
from model.fast import gathers
from model.fast.workspace import Workspace
from model.shapes import Shape
from model.trace import Trace


class _Joined(NamedTuple):
    """A convolution that lies as planes, its pooling, and the relu that was never computed."""

    planes: slice  # in the plan's memory
    order: gathers.Gather
    conv: slice  # here and below among the values
    relu: slice | None
    pool: slice
    votes: slice


class Layout:
    """Where everything lies in the memory of a plan for one image; all its traces share it."""

    def __init__(self, work: Workspace) -> None:
        """Work it out from the plan's memory."""
        spec, shapes, slots = work.spec, work.spec.shapes, work.slots
        joined = list(work.pooled.values())
        self.values = _end_to_end(shapes)
        self.winners = _end_to_end({n.name: shapes[n.name] for n in spec.layers if n.mode == "max"})
        votes = _end_to_end({pool.name: shapes[pool.name] for _, _, pool in joined})
        place = {name: where for name, (where, _) in self.values.items()}
        self.joined = [
            _Joined(
                slots[conv.name],
                gathers.unblocked(shapes[conv.name]),
                place[conv.name],
                place[relu.name] if relu else None,
                place[pool.name],
                votes[pool.name][0],
            )
            for conv, relu, pool in joined
        ]
        self.moves = [(votes[pool.name][0], self.winners[pool.name][0]) for _, _, pool in joined]
        tables = [gathers.candidates(shapes[conv.name]) for conv, _, _ in joined]
        self.candidates = np.concatenate([*tables, np.zeros((0, 4), np.int32)]).ravel()
        self.first = np.arange(0, self.candidates.size, 4)
        self.zeros = work.zeros
        skipped = {one.name for conv, relu, _ in joined for one in (conv, relu) if one}
        self.copies = _runs([(slots[name], place[name]) for name in shapes if name not in skipped])

    def unpack(self, memory: Array, others: Mapping[str, Indices]) -> tuple[Array, Indices]:
        """Bring a copy of a plan's memory into C order: all values, all winners, end to end."""
        values: Array = np.empty(_size(self.values), memory.dtype)
        winners: Indices = np.empty(_size(self.winners), np.int32)
        losers = np.empty((3, self.first.size), np.bool_)
        alive = np.ones(self.first.size, np.bool_)
        for source, target in self.copies:
            values[target] = memory[source]
        for planes, order, conv, relu, pool, votes in self.joined:
            cells, best = memory[planes], values[pool]
            cells.take(order, out=values[conv], mode="clip")
            np.less(cells.reshape(4, -1)[:3], best, out=losers[:, votes])
            if relu is not None:
                np.maximum(values[conv], self.zeros[: cells.size], out=values[relu])
                np.greater(best, 0, out=alive[votes])  # a window of zeros: the first one wins
        first, second, third = losers.view(np.uint8)
        members = first * (second * (third + 1) + 1) * alive  # the first that lost to nobody
        found = self.candidates.take(self.first + members)
        for source, target in self.moves:
            winners[target] = found[source]
        for name, indices in others.items():
            winners[self.winners[name][0]] = indices.ravel()
        values.setflags(write=False)
        winners.setflags(write=False)
        return values, winners


class PackedTrace(Trace):
    """A trace whose arrays are views of two pieces of memory, made on the first access."""

    __slots__ = ("_layout", "_memory", "_others", "_unpacked")

    def __init__(self, layout: Layout, memory: Array, others: Mapping[str, Indices]) -> None:
        """Take over a copy of a plan's memory, and the winners of poolings of their own."""
        self._layout, self._memory, self._others = layout, memory, others
        self._unpacked: tuple[Array, Indices] | None = None

    def packed(self) -> tuple[Array, Indices]:
        """All activations and all winners, each end to end in the order of the layers."""
        if self._unpacked is None:  # two threads at once find the same: no lock is needed
            self._unpacked = self._layout.unpack(self._memory.reshape(-1), self._others)
        return self._unpacked

    @property
    def winners(self) -> Mapping[str, Indices]:
        """Where the winners of each max pooling layer lie in the map below, by layer name."""
        winners, places = self.packed()[1], self._layout.winners.items()
        return MappingProxyType({n: winners[place].reshape(shape) for n, (place, shape) in places})

    def __getitem__(self, name: str) -> Array:
        """Return the activation of a layer."""
        place, shape = self._layout.values[name]
        return self.packed()[0][place].reshape(shape)

    def __iter__(self) -> Iterator[str]:
        """Go through the names in the order of the layers, "input" first."""
        return iter(self._layout.values)

    def __len__(self) -> int:
        """Count the layers, "input" included."""
        return len(self._layout.values)


def _end_to_end(shapes: Mapping[str, Shape]) -> dict[str, tuple[slice, Shape]]:
    """Place arrays of these shapes one after the other."""
    found, end = {}, 0
    for name, shape in shapes.items():
        start, end = end, end + math.prod(shape)
        found[name] = slice(start, end), shape
    return found


def _size(places: Mapping[str, tuple[slice, Shape]]) -> int:
    return max((place.stop for place, _ in places.values()), default=0)


def _runs(copies: list[tuple[slice, slice]]) -> list[tuple[slice, slice]]:
    """Join copies that go on where the one before ended, here and there."""
    found = copies[:1]
    for source, target in copies[1:]:
        before, after = found[-1]
        if (source.start, target.start) == (before.stop, after.stop):
            found[-1] = slice(before.start, source.stop), slice(after.start, target.stop)
        else:
            found.append((source, target))
    return found
