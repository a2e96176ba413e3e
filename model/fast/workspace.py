"""The memory of a plan: every value, gradient and parameter has its place before anything runs."""

import math
from collections.abc import Callable
from functools import partial
from itertools import accumulate
from typing import Any

import numpy as np
import numpy.typing as npt

from model.arrays import Array
from model.fast.gathers import gathered, pooled
from model.layer_spec import Pair
from model.spec import INPUT, GraphSpec, LayerSpec

_LINE = 64  # bytes of a cache line, which is also the widest that a processor reads at once


def empty(shape: int | tuple[int, ...], dtype: npt.DTypeLike) -> npt.NDArray[Any]:
    """Make zeros that begin with a cache line: products are up to a fifth faster than across."""
    size = math.prod(shape if isinstance(shape, tuple) else (shape,)) * np.dtype(dtype).itemsize
    raw = np.zeros(size + _LINE, np.uint8)
    start = -raw.ctypes.data % _LINE
    return raw[start : start + size].view(dtype).reshape(shape)


def nothing() -> None:
    """Do nothing: what a step does that has nothing to do."""


class Workspace:
    """Arrays for `batch` images of a spec, made once; the steps of a plan write into them.

    A value is an array (cells, batch): cells in C order, images innermost, so that whatever is
    done to a cell is done to a run of numbers, and each cell of a window is copied in one piece
    (0.5 µs an image for lenet's first layer; 4 for a single image).

    Attributes
    ----------
    values : by layer name, "input" too: rows of one `arena`, in the spec's order. The arena's last
        row stays zero: padding is read there.
    gradients : as values, for the way back; none in plans that only go forward.
    parameters, flat : views by name, and the vector in which they lie.
    slopes, flat_slopes : the same for their gradients.
    masks : of dropout layers, as values, by which they weigh their cells; none in plans that only
        go forward. All 1 until somebody draws them.
    """

    def __init__(
        self,
        spec: GraphSpec,
        batch: int,
        dtype: npt.DTypeLike,
        seed: str | None = None,
        *,
        banded: bool = False,
    ) -> None:
        """Make all arrays. Of a single image on the way forward, a trace keeps every value.

        seed: the layer whose gradient is sent back; None for plans that only go forward.
        banded: such a plan may lay out convolutions by rows (`bands.py`).
        """
        self.single = batch == 1 and seed is None
        self.spec, self.batch, self.dtype = spec, batch, np.dtype(dtype)
        self.seed, self.active = seed, _ancestors(spec, seed)
        self.pooled, self.banded = {} if self.single else pooled(spec), banded and not self.single
        ends = list(accumulate(map(math.prod, spec.shapes.values()), initial=0))
        self.slots = {name: slice(*ends[at : at + 2]) for at, name in enumerate(spec.shapes)}
        self.cells = ends[-1]
        self.arena: Array = empty((self.cells + 1, batch), self.dtype)
        self.values = {name: self.arena[slot] for name, slot in self.slots.items()}
        back: Array = empty((self.cells if seed else 0, batch), self.dtype)
        self.gradients = {name: back[slot] for name, slot in self.slots.items()}
        dropped = [one.name for one in spec.layers if one.kind == "dropout"] if seed else []
        self.masks = {name: np.ones_like(self.values[name]) for name in dropped}
        self.zeros: Array = empty(max(map(len, self.values.values())) * batch, self.dtype)
        # In turn convolutions lay out their rows here: so it stays in the cache (a tenth less).
        most = 0
        for layer in filter(partial(gathered, spec), spec.layers if self.banded else ()):
            channels, rows, _ = spec.shapes[layer.inputs[0]]
            taps = layer.kernel[1] * spec.shapes[layer.name][2]
            most = max(most, channels * (rows + 2 * layer.padding[0]) * taps)
        self.laid: Array = empty(most * batch, self.dtype)
        # Weight and bias of a layer are one matrix (outputs, inputs + 1), anything else that is
        # learnt lies by itself. Position 0 is a zero.
        self.blocks: dict[str, slice] = {}
        end = 16
        for owner, learnt in spec.parameters.items():
            if size := sum(math.prod(one.shape) for one in learnt):
                self.blocks[owner] = slice(end, end + size)
                end = -(-(end + size) // 16) * 16
        self.flat: Array = empty(end, self.dtype)
        self.flat_slopes: Array = empty(end, self.dtype)
        self.parameters, self.slopes = self.named(self.flat), self.named(self.flat_slopes)

    def block_of(self, conv: LayerSpec) -> Pair:
        """Say how many neighbouring cells, rows by columns, one window of a convolution gives."""
        return (1 if self.banded else 2, 2) if conv.name in self.pooled else (1, 1)

    def bias(self, layer: str) -> Array:
        """View the biases of a layer as a column."""
        return self.parameters[f"{layer}.bias"][:, None]

    def named(self, flat: Array) -> dict[str, Array]:
        """View a vector like `flat` as the parameters that lie in it, by name."""
        found: dict[str, Array] = {}
        for layer, block in self.blocks.items():
            learnt, names = self.spec.parameters[layer], self.spec.parameters_of(layer)
            shape = learnt[0].shape
            joined = [("weight", shape), ("bias", shape[:1])]
            if [(one.name, one.shape) for one in learnt] == joined:
                matrix = flat[block].reshape(shape[0], -1)
                found |= {names[0]: matrix[:, :-1].reshape(shape), names[1]: matrix[:, -1]}
                continue
            end = block.start
            for name, one in zip(names, learnt, strict=True):
                start, end = end, end + math.prod(one.shape)
                found[name] = flat[start:end].reshape(one.shape)
        return found

    def images_first(self, values: Array, name: str) -> Array:
        """View a value or gradient of a layer as the reference has it: (B, C, H, W) or (B, N)."""
        return np.moveaxis(values.reshape(*self.spec.shapes[name], self.batch), -1, 0)

    def share(self, name: str, reader: str) -> tuple[Array | None, Callable[[], Any]]:
        """Say where `reader` writes its share of a layer's gradient, and what is to be done then.

        Of several readers the last one writes, being the first on the way back; others add. There
        is no place for gradients that nobody wants, as that of the image.
        """
        if name == INPUT or not self.seed:
            return None, nothing
        total = self.gradients[name]
        readers = [layer for layer in self.spec.readers(name) if layer in self.active]
        if readers[-1:] in ([reader], []):
            return total, nothing
        own: Array = empty(total.shape, self.dtype)
        return own, partial(np.add, total, own, out=total)


def _ancestors(spec: GraphSpec, seed: str | None) -> frozenset[str]:
    """Name the layer and all that it is computed from."""
    found = {seed} if seed else set()
    for layer in reversed(spec.layers):
        if layer.name in found:
            found.update(layer.inputs)
    return frozenset(found)
