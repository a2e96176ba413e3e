"""A trace: every activation of one forward pass, by layer name.

All of them lie end to end in one array, in C order and in the order of the layers, as they go over
the wire. Who won in max pooling is told from them when somebody asks.
"""

import math
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from model.arrays import Array, Indices, Labels
from model.layer_spec import LayerSpec
from model.layers.windows import padded, windows
from model.shapes import Shape
from model.spec import GraphSpec


class Layout:
    """Where everything lies in the traces of a network, and which cells its poolings compare."""

    def __init__(self, spec: GraphSpec) -> None:
        """Work it out."""
        pools = [layer for layer in spec.layers if layer.mode == "max"]
        self.values = _end_to_end(spec.shapes)
        self.winners = _end_to_end({pool.name: spec.shapes[pool.name] for pool in pools})
        most = max([2, *(math.prod(pool.kernel) for pool in pools)])
        cells, members = [np.empty((most, 0), np.intp)], [np.empty((most, 0), np.int32)]
        for pool in pools:
            (here, _), (below, shape) = self.values[pool.name], self.values[pool.inputs[0]]
            inside = _members(shape, pool)
            inside = inside[np.minimum(np.arange(most), len(inside) - 1)]
            maps = np.arange(below.start, below.stop, math.prod(shape[1:]))
            read = (inside[:, None] + maps[:, None]).reshape(most, -1)
            cells.append(np.vstack([read[:-1], np.arange(here.start, here.stop)]))
            members.append(np.tile(inside, len(maps)).astype(np.int32))
        self._cells, table = np.hstack(cells), np.hstack(members)
        self._first, furthest = table[0], np.ptp(table, axis=0).max(initial=0)
        # From the last member back, as they are needed.
        self._steps = tuple(np.diff(table, axis=0)[::-1].astype(np.min_scalar_type(furthest)))

    def find_winners(self, values: Array) -> Indices:
        """Find the first cell of each window that is not below what pooling gave.

        All windows of all layers at once, in bytes, and nothing branches on what it finds: lenet's
        take 8 µs; 20 where each cell is asked for, as by `putmask`, 30 by `argmax` in each window.
        """
        cells = values.take(self._cells)
        *earlier, beyond = np.less(cells[:-1], cells[-1]).view(np.uint8)
        # From the last member back: who has lost goes a step on, and as far as the one after it.
        # Bytes wrap round in between, but end where the winner is.
        beyond = beyond * self._steps[0]
        for step, lost in zip(self._steps[1:], reversed(earlier), strict=True):
            beyond += step
            beyond *= lost
        found: Labels = self._first + beyond  # int64 where wide windows have steps of uint32
        return found.astype(np.int32, copy=False)


class Trace(Mapping[str, Array]):
    """All activations of one image, and the winners of max pooling. It owns its memory.

    `trace["conv1"]` is (channels, rows, columns) or (units,), "input" included, in the order of
    the layers. `trace.winners["pool1"]` is (channels, rows, columns) int32: the row-major index
    of the winner in the map below, the first one on ties. All arrays are read-only.
    """

    __slots__ = ("_found", "_layout", "_values")

    def __init__(self, layout: Layout, values: Array) -> None:
        """Take over the values, which nobody else may write to."""
        values.setflags(write=False)
        self._layout, self._values = layout, values
        self._found: Indices | None = None

    def packed(self) -> tuple[Array, Indices]:
        """All activations end to end in the order of the layers, C order, and all winners."""
        if self._found is None:  # two threads at once find the same: no lock is needed
            found = self._layout.find_winners(self._values)
            found.setflags(write=False)
            self._found = found
        return self._values, self._found

    @property
    def winners(self) -> Mapping[str, Indices]:
        """Where the winners of each max pooling layer lie in the map below, by layer name."""
        winners, places = self.packed()[1], self._layout.winners.items()
        return MappingProxyType({n: winners[place].reshape(shape) for n, (place, shape) in places})

    def __getitem__(self, name: str) -> Array:
        """Return the activation of a layer."""
        place, shape = self._layout.values[name]
        return self._values[place].reshape(shape)

    def __iter__(self) -> Iterator[str]:
        """Go through the names in the order of the layers, "input" first."""
        return iter(self._layout.values)

    def __len__(self) -> int:
        """Count the layers, "input" included."""
        return len(self._layout.values)

    def __repr__(self) -> str:
        """Show names and shapes, not thousands of numbers."""
        shapes = ", ".join(f"{name} {array.shape}" for name, array in self.items())
        return f"<Trace {shapes}>"


def _end_to_end(shapes: Mapping[str, Shape]) -> dict[str, tuple[slice, Shape]]:
    """Place arrays of these shapes one after the other."""
    found, end = {}, 0
    for name, shape in shapes.items():
        start, end = end, end + math.prod(shape)
        found[name] = slice(start, end), shape
    return found


def _members(shape: Shape, pool: LayerSpec) -> Indices:
    """Index the cells of each window in one of the maps below, row by row: (R·S, windows).

    Instead of padding, which never wins, the window's first real cell is named once more: whoever
    looks for the first cell that is the largest never gets beyond it.
    """
    count = math.prod(shape[1:])
    numbers: Any = np.arange(count).reshape(1, 1, *shape[1:])
    view = windows(padded(numbers, pool.padding, count), pool.kernel, pool.stride)
    members = view.reshape(math.prod(pool.kernel), -1)
    return np.where(members < count, members, members.min(axis=0)).astype(np.int32)
