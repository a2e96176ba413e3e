"""What the cells of a layer do over many images: how often each is above 0, never or always."""

from typing import Literal, NamedTuple

import numpy as np

from model.activations import Activations
from model.arrays import Array
from model.histogram import Counts, Histogram, histogram
from model.spec import INPUT, NetworkSpec

Sense = Literal["gate", "sum", "signed", "positive"]
"""
What it means that a cell is above 0.

gate: a relu let something through; a cell that never is above 0 is dead: it tells nothing, and
learns nothing. sum: it is a weighted sum, above 0 or below; what that means, the layer after it
says. signed: a curve such as tanh, for which below 0 says as much as above. positive: never below 0
by its formula, so that nothing follows from it.
"""

_SENSES: dict[str, Sense] = {
    "relu": "gate",
    "tanh": "signed",
    **dict.fromkeys(("sigmoid", "softmax", "square", "ratio"), "positive"),
}
_PASSING = ("pool", "flatten", "dropout", "concat")


class Census(NamedTuple):
    """Of a layer of some shape (channels, …) over n images.

    Attributes
    ----------
    above : on how many images each cell is above 0, in the layer's shape.
    most, least : the largest and the smallest number of each cell, in the layer's shape.
    """

    above: Counts
    most: Array
    least: Array
    histogram: Histogram


def census(activations: Activations) -> Census:
    """Go twice through a layer's activations."""
    shape = activations.network.spec.shapes[activations.layer]
    above = np.zeros(activations.cells, np.int64)
    most, least = np.full(activations.cells, -np.inf), np.full(activations.cells, np.inf)
    for piece in activations:
        above += (piece > 0).sum(axis=0)
        most = np.fmax(most, np.fmax.reduce(piece, axis=0))
        least = np.fmin(least, np.fmin.reduce(piece, axis=0))
    ends = [float(end.reshape(-1)[np.isfinite(end)].min(initial=0)) for end in (least, -most)]
    spread = histogram(activations, ends[0], -ends[1])
    return Census(above.reshape(shape), most.reshape(shape), least.reshape(shape), spread)


def sense_of(spec: NetworkSpec, layer: str) -> Sense:
    """Say what it means for the cells of a layer to be above 0."""
    if layer == INPUT:
        return "signed" if spec.input.offset < 0 else "positive"
    one = spec.layer(layer)
    if one.kind == "pool" and one.mode == "l2":
        return "positive"
    if one.kind not in _PASSING:
        return _SENSES.get(one.kind, "sum")
    below = {sense_of(spec, name) for name in one.inputs}
    return below.pop() if len(below) == 1 else "sum"
