"""What questions are made from: a network, and all its numbers for one drawing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

import numpy as np

from app.cells import Cell
from model import LayerSpec, Network, Trace
from model.arrays import Array
from model.cost import WINDOWED
from model.layer_spec import Kind as LayerKind
from model.preprocess import to_input
from model.variations import shifted

Rng = np.random.Generator
Thing = TypeVar("Thing")

KEEPING: Final[frozenset[LayerKind]] = frozenset({"relu", "tanh", "sigmoid", "add", "concat"})
"""Kinds whose cells read what lies at their own place."""

Box = tuple[int, int, int, int]
"""Rows from and to, columns from and to, both ends of them included."""


@dataclass(frozen=True, eq=False)
class Material:
    """
    A network and its trace of one drawing.

    Attributes
    ----------
    pixels
        The drawing as (28, 28); None where the input was given as numbers.
    """

    network: Network
    trace: Trace
    pixels: Array | None = None
    _exact: dict[int, tuple[Array, Array]] = field(default_factory=dict, init=False, repr=False)
    _shares: dict[tuple[int, int], Array] = field(default_factory=dict, init=False, repr=False)

    @property
    def classes(self) -> tuple[str, ...]:
        """Names of the units of the last layer."""
        return self.network.spec.classes

    def layers(self, fits: Callable[[LayerSpec], bool]) -> list[LayerSpec]:
        """Those that fit, in order."""
        return [one for one in self.network.spec.layers if fits(one)]

    def below(self, layer: LayerSpec) -> tuple[int, int, int]:
        """The shape of what a layer reads; units are maps of one cell."""
        shape = (*self.network.spec.shapes[layer.inputs[0]], 1, 1)[:3]
        return shape[0], shape[1], shape[2]

    def shape(self, layer: LayerSpec) -> tuple[int, int, int]:
        """The shape of what a layer gives; units are maps of one cell."""
        shape = (*self.network.spec.shapes[layer.name], 1, 1)[:3]
        return shape[0], shape[1], shape[2]

    def cell(self, layer: str, *at: int) -> Cell:
        """Name a cell; of units the first index is enough."""
        return Cell(layer, at[: len(self.network.spec.shapes[layer])])

    def weight(self, layer: LayerSpec) -> Array:
        """The weights of a layer, exactly."""
        return self._exactly(self.network.parameters[f"{layer.name}.weight"])

    def bias(self, layer: LayerSpec) -> Array:
        """The biases of a layer, exactly."""
        return self._exactly(self.network.parameters[f"{layer.name}.bias"])

    def values(self, name: str) -> Array:
        """What stands in a layer, exactly."""
        return self._exactly(self.trace[name])

    def shares(self, down: int = 0, right: int = 0) -> Array:
        """What the network reads of the drawing moved: a share for each class."""
        if (down, right) not in self._shares:
            self._shares[down, right] = self._read(down, right)
        return self._shares[down, right]

    def _exactly(self, numbers: Array) -> Array:
        """Of the same array the same one, as long as this is there: many questions look at it."""
        if id(numbers) not in self._exact:
            self._exact[id(numbers)] = numbers, numbers.astype(np.float64)
        return self._exact[id(numbers)][1]

    def _read(self, down: int, right: int) -> Array:
        assert self.pixels is not None
        (moved,) = shifted(self.pixels, np.array([down]), np.array([right]))
        image = to_input(moved, self.network.spec.input).astype(self.network.dtype)
        shares: Array = self.network.predict(image[None])[0]
        return shares


def is_windowed(layer: LayerSpec) -> bool:
    """Whether its cells read a window."""
    return layer.kind in WINDOWED and layer.dilation == (1, 1)


def reads_one_map(material: Material, layer: LayerSpec) -> bool:
    """Whether it is a convolution over one map, whose kernels are small grids."""
    return layer.kind == "conv" and is_windowed(layer) and material.below(layer)[0] == 1


def mixed(rng: Rng, things: Sequence[Thing]) -> list[Thing]:
    """Give them in any order."""
    return [things[at] for at in rng.permutation(len(things))]


def pick(rng: Rng, things: Sequence[Thing]) -> Thing:
    """Take one of them."""
    return things[int(rng.integers(len(things)))]
