"""Where one gradient comes from: a term for each number above that a cell or a weight reaches.

A term is the gradient of that number times a factor: how much it changes with the cell or weight.
For cells the factor is measured by forward mode, whatever the kind; `reach.py` says of
each kind which numbers a cell reaches, those with the factor 0 too, and what the factor is called.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from model.arrays import Array, Indices
from model.graph import ForwardPass, Gradients
from model.graph_spec import GraphSpec
from model.layer_spec import LayerSpec
from model.layers import operation, softmax
from model.network import Network
from model.shapes import Shape
from model.train.loss import layer_of
from model.train.reach import REACHES, Below, Pairs, Place
from model.train.step import Aim

LOSS = "loss"
"""What reads the layer that a loss is taken of: no layer, and so no name of one that is read."""


class Reader(NamedTuple):
    """A layer that reads a cell, or has a weight; and what its factors are called."""

    layer: str  # LOSS where it is the loss itself
    factor: str


class Terms(NamedTuple):
    """All terms of one gradient, those of each reader next to each other."""

    readers: tuple[Reader, ...]
    reader: Indices  # (T,), which of these
    cells: Indices  # (T, 3): channel, row and column in the reader; 0 where it has no such axis
    sources: Indices  # (T, 4): which weight, or which cell below, the factor is; -1 where none is
    above: Array  # (T,): the gradient of the reader's cell; 1 for the loss
    factors: Array  # (T,)

    @property
    def products(self) -> Array:
        """What each brings: (T,)."""
        return self.above * self.factors

    @property
    def sums(self) -> Array:
        """What each reader brings: (readers,)."""
        sums = np.zeros(len(self.readers))
        np.add.at(sums, self.reader, self.products)
        return sums


class Part(NamedTuple):
    """The terms of one reader."""

    reader: Reader
    cells: list[Place]
    sources: list[Place]
    above: Array
    factors: Array


def cell_terms(
    network: Network, passed: ForwardPass, gradients: Gradients, aim: Aim, layer: str, at: Place
) -> Terms:
    """Give the terms of the gradient of one cell.

    Parameters
    ----------
    passed : a pass of one image in float64, with all caches.
    gradients : what `gradients_of` made of it.
    layer, at : the cell: (channel, row, column), or (unit,).
    """
    spec, last, logits = network.spec, network.output_layer, network.logits_layer
    read = layer_of(aim.loss, spec)
    parts = [_of_loss(passed, aim, layer, at, read)] if layer == read else []
    if layer == last != logits and aim.loss == "cross_entropy":
        share = np.array([-1 / _shares(passed, logits)[aim.target]])
        factors = share if at == (aim.target,) else np.zeros(1)
        parts = [Part(Reader(LOSS, "logarithm"), [at], [()], np.ones(1), factors)]
    for reader in spec.layers:
        joined = read == layer == logits and reader.name == last  # softmax and loss are one step
        if layer in reader.inputs and not joined:
            parts.append(of_reader(spec, passed, gradients, reader, layer, at))
    return _joined(parts)


def of_reader(
    spec: GraphSpec,
    passed: ForwardPass,
    gradients: Gradients,
    reader: LayerSpec,
    layer: str,
    at: Place,
) -> Part:
    """Give the terms that one layer sends back to a cell of one that it reads."""
    shapes = spec.shapes
    moved = {name: np.zeros_like(passed.outputs[name]) for name in reader.inputs}
    moved[layer][(0, *at)] = 1
    changes = tuple(moved[name] for name in reader.inputs)
    found = operation(reader).tangent(
        changes if len(changes) > 1 else changes[0], passed.caches[reader.name]
    )[0]
    before = reader.inputs[: reader.inputs.index(layer)]
    offset = sum(shapes[name][0] for name in before)
    cell = Below(at, shapes[layer], reader, shapes[reader.name], offset)
    reached = REACHES.get((reader.kind, reader.mode), ("slope", lambda _: _moved(found)))
    factor, pairs = reached[0], reached[1](cell)
    cells = [place for place, _ in pairs]
    above = gradients.layers[reader.name][0]
    return Part(
        Reader(reader.name, factor),
        cells,
        [source for _, source in pairs],
        _picked(above, cells),
        _picked(found, cells),
    )


def _moved(changes: Array) -> Pairs:
    return [(tuple(map(int, cell)), ()) for cell in np.argwhere(changes)]


def _of_loss(passed: ForwardPass, aim: Aim, layer: str, at: Place, read: str) -> Part:
    """What a loss says of the layer that it is taken of: two terms, or one for each margin."""
    values, unit = passed.outputs[read][0], at[0]
    if aim.loss == "hinge":
        others = [k for k in range(len(values)) if k != aim.target]
        beyond = {k: float(1 + values[k] - values[aim.target] > 0) for k in others}
        rivals = others if unit == aim.target else [unit]
        factors = np.array([-beyond[k] if unit == aim.target else beyond[k] for k in rivals])
        cells: list[Place] = [(k,) for k in rivals]
        return Part(Reader(LOSS, "margin"), cells, [()] * len(cells), np.ones(len(cells)), factors)
    said = _shares(passed, read) if aim.loss == "cross_entropy" else values
    factors = np.array([said[unit], -float(unit == aim.target)])
    return Part(Reader(LOSS, "difference"), [at, at], [(), ()], np.ones(2), factors)


def _shares(passed: ForwardPass, logits: str) -> Array:
    shares: Array = softmax.forward(passed.outputs[logits])[0][0]
    return shares


def weight_terms(
    network: Network, passed: ForwardPass, gradients: Gradients, parameter: str, index: Place
) -> Terms:
    """Give the terms of the gradient of one weight or bias: what it meets, at each place.

    index: its whole place in the parameter.
    """
    name, _, which = parameter.rpartition(".")
    layer = network.spec.layer(name)
    x, above = passed.outputs[layer.inputs[0]][0], gradients.layers[name][0]
    meets = _bias if which == "bias" else _WEIGHTS[layer.kind]
    cells, sources, factors = meets(layer, index, x, above.shape)
    called = "one" if which == "bias" else "sum" if layer.kind == "subsample" else "input"
    part = Part(
        Reader(name, called), cells, sources, _picked(above, cells), np.array(factors, np.float64)
    )
    return _joined([part])


Met = tuple[list[Place], list[Place], list[float]]
"""Cells of the layer, the cells below (if it is one), and what the weight is multiplied with."""


def _bias(layer: LayerSpec, index: Place, x: Array, out: Shape) -> Met:
    cells = [(*index, *place) for place in np.ndindex(*out[1:])]
    return cells, [()] * len(cells), [1.0] * len(cells)


def _conv_weight(layer: LayerSpec, index: Place, x: Array, out: Shape) -> Met:
    k, c, r, s = index
    table = layer.connections
    met: Met = [], [], []
    for p, q in np.ndindex(*out[1:]):
        row = p * layer.stride[0] - layer.padding[0] + r * layer.dilation[0]
        column = q * layer.stride[1] - layer.padding[1] + s * layer.dilation[1]
        inside = 0 <= row < x.shape[1] and 0 <= column < x.shape[2]
        if inside and (table is None or c in table[k]):
            met[0].append((k, p, q))
            met[1].append((c, row, column))
            met[2].append(float(x[c, row, column]))
    return met


def _dense_weight(layer: LayerSpec, index: Place, x: Array, out: Shape) -> Met:
    below = tuple(map(int, np.unravel_index(index[1], x.shape)))
    return [index[:1]], [below], [float(x[below])]


def _subsample_weight(layer: LayerSpec, index: Place, x: Array, out: Shape) -> Met:
    met: Met = [], [], []
    for p, q in np.ndindex(*out[1:]):
        top = p * layer.stride[0] - layer.padding[0]
        left = q * layer.stride[1] - layer.padding[1]
        rows = slice(max(0, top), top + layer.kernel[0])
        columns = slice(max(0, left), left + layer.kernel[1])
        met[0].append((index[0], p, q))
        met[1].append(())
        met[2].append(float(x[index[0], rows, columns].sum()))
    return met


_WEIGHTS: Mapping[str, Callable[[LayerSpec, Place, Array, Shape], Met]] = {
    "conv": _conv_weight,
    "dense": _dense_weight,
    "subsample": _subsample_weight,
}


def _picked(values: Array, cells: list[Place]) -> Array:
    return np.array([values[cell] for cell in cells], np.float64)


def _joined(parts: list[Part]) -> Terms:
    """Write what each reader brings end to end; places get as many numbers as the longest has."""
    counts = [len(part.cells) for part in parts]
    cells = [cell for part in parts for cell in part.cells]
    sources = [source for part in parts for source in part.sources]
    return Terms(
        tuple(part.reader for part in parts),
        np.repeat(np.arange(len(parts), dtype=np.int32), counts),
        _padded(cells, 3, 0),
        _padded(sources, 4, -1),
        np.concatenate([np.zeros(0), *(part.above for part in parts)]),
        np.concatenate([np.zeros(0), *(part.factors for part in parts)]),
    )


def _padded(places: list[Place], length: int, value: int) -> Indices:
    rows = [(*place, *(value,) * (length - len(place))) for place in places]
    return np.array(rows, np.int32).reshape(len(rows), length)
