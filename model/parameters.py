"""What each kind of layer learns: names, shapes, and what they are before anything was learnt.

This table is the only place that says it. The shapes of a graph, first values, files, the fast
path and the server read it; a kind that is not in it learns nothing.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from model.layer_spec import Connections, Kind, LayerSpec
from model.shapes import Shape


class Parameter(NamedTuple):
    """One array of numbers that a layer learns.

    Attributes
    ----------
    name : within its layer; elsewhere it is called LAYER.NAME.
    shape : its axes. The first one counts the maps or units that leave the layer.
    first : the number that it holds everywhere before training; None for random ones.
    connections : for each map the maps below that it reads; its numbers for all others stay 0.
    """

    name: str
    shape: Shape
    first: float | None = None
    connections: Connections | None = None

    @property
    def connected(self) -> npt.NDArray[np.bool_] | None:
        """Draw the table of connections: (K, C), true where map k reads map c; None for all."""
        if self.connections is None:
            return None
        table = np.zeros(self.shape[:2], np.bool_)
        for k, reads in enumerate(self.connections):
            table[k, list(reads)] = True
        return table

    @property
    def learnt(self) -> int:
        """How many of its numbers are learnt: those of what is connected."""
        if self.connections is None:
            return math.prod(self.shape)
        return sum(map(len, self.connections)) * math.prod(self.shape[2:])


def parameters_of(layer: LayerSpec, inputs: Sequence[Shape]) -> tuple[Parameter, ...]:
    """Name what `layer` learns when layers of these shapes enter, in the order of its `forward`."""
    known = PARAMETERS.get(layer.kind)
    return tuple(known(layer, inputs)) if known else ()


def strays(parameter: Parameter, values: npt.NDArray[np.floating]) -> tuple[int, int] | None:
    """Find numbers that nobody would read: (k, c) of the first map with one that is not 0.

    values: of the parameter's shape. None when all is well.
    """
    table = parameter.connected
    if table is None:
        return None
    wrong = values.reshape(*table.shape, -1).any(axis=2) & ~table
    if not wrong.any():
        return None
    k, c = np.argwhere(wrong)[0].tolist()
    return k, c


def _conv(layer: LayerSpec, inputs: Sequence[Shape]) -> Iterator[Parameter]:
    """Weight (K, C, R, S), bias (K,)."""
    maps = layer.channels or 0
    shape = (maps, inputs[0][0], *layer.kernel)
    yield Parameter("weight", shape, connections=layer.connections)
    yield Parameter("bias", (maps,), 0.0)


def _dense(layer: LayerSpec, inputs: Sequence[Shape]) -> Iterator[Parameter]:
    """Weight (units out, units in), bias (units out,)."""
    units = layer.channels or 0
    yield Parameter("weight", (units, math.prod(inputs[0])))
    yield Parameter("bias", (units,), 0.0)


def _subsample(layer: LayerSpec, inputs: Sequence[Shape]) -> Iterator[Parameter]:
    """Weight (C,), with which it begins as the average; bias (C,)."""
    yield Parameter("weight", inputs[0][:1], 1 / math.prod(layer.kernel))
    yield Parameter("bias", inputs[0][:1], 0.0)


PARAMETERS: Mapping[Kind, Callable[[LayerSpec, Sequence[Shape]], Iterator[Parameter]]] = {
    "conv": _conv,
    "dense": _dense,
    "subsample": _subsample,
}
