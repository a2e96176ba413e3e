"""The check of a gradient: nudge a cell or a weight both ways, and see how far the loss moves.

All is float64. Where a corner lies between the two the quotient is no slope: a gate of relu that
opens or closes, another winner, a window of L2 pooling that is all zero, a margin of the hinge.
Gates and winners are compared with those of the trace, for they are what the gradient goes by.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import numpy as np

from model.arrays import Array
from model.graph import Graph
from model.layer_spec import LayerSpec
from model.layers import operation
from model.network import Network
from model.trace import Trace
from model.train.loss import LOSSES, layer_of
from model.train.reach import Place
from model.train.step import Aim, in_float64

EPSILONS = (1e-4, 1e-5, 1e-6, 1e-7)
"""The largest that crosses no corner is taken; with smaller ones rounding would eat the digits."""

MOST_CROSSINGS = 20
"""More are counted, and not named."""

_TIED = 1e-12
"""Two candidates of a maximum that differ by less, as a part of it, are as good as equal."""


class Crossing(NamedTuple):
    """A corner between the two nudges."""

    what: str  # "gate", "winner", "length" or "margin"
    layer: str
    at: Place


class Nudge(NamedTuple):
    """What came of it."""

    epsilon: float
    losses: tuple[float, float]  # with epsilon less, and with epsilon more
    bound: float  # how far off rounding alone may put the quotient
    crossings: tuple[Crossing, ...]
    crossed: int  # how many there are

    @property
    def quotient(self) -> float:
        """How far the loss moves, for each part of the nudge."""
        return (self.losses[1] - self.losses[0]) / (2 * self.epsilon)


Outputs = dict[str, Array]


def nudge_cell(network: Network, image: Array, aim: Aim, layer: str, at: Place) -> Nudge:
    """Nudge what a layer gives at one cell; the layers before it stay as they are."""
    exact = in_float64(network)
    begun = _outputs(exact, image)
    after = _after(exact, layer)
    last = network.output_layer
    if layer == last != network.logits_layer and aim.loss == "cross_entropy":
        return _nudge_share(begun[last][0], aim, at)

    def read(by: float) -> Outputs:
        outputs = {**begun, layer: begun[layer].copy()}
        outputs[layer][(0, *at)] += by
        return _again(exact, outputs, after)

    return _nudge(network, image, aim, after, read)


def _nudge_share(shares: Array, aim: Aim, at: Place) -> Nudge:
    """Nudge a share, of which cross-entropy is the logarithm: by little, where it is small."""
    share = float(shares[aim.target])
    least = float(np.finfo(np.float64).tiny)  # a share that underflowed is 0
    with np.errstate(divide="ignore", invalid="ignore"):
        epsilon = max(float(10 ** np.floor(np.log10(share) - 4)), least)
        moved = epsilon if at == (aim.target,) else 0
        losses = float(-np.log(share - moved)), float(-np.log(share + moved))
    return Nudge(epsilon, losses, 8 * float(np.finfo(np.float64).eps) / epsilon, (), 0)


def nudge_weight(network: Network, image: Array, aim: Aim, parameter: str, index: Place) -> Nudge:
    """Nudge one weight or bias."""
    exact = in_float64(network)
    begun = _outputs(exact, image)
    name = parameter.rpartition(".")[0]
    after = [exact.spec.layer(name), *_after(exact, name)]
    weight = exact.parameters[parameter]

    def read(by: float) -> Outputs:
        kept = weight[index]
        weight[index] = kept + by
        outputs = _again(exact, dict(begun), after)
        weight[index] = kept
        return outputs

    return _nudge(network, image, aim, after, read)


def _nudge(
    network: Network,
    image: Array,
    aim: Aim,
    after: list[LayerSpec],
    read: Callable[[float], Outputs],
) -> Nudge:
    trace, labels = network.trace(image), np.array([aim.target])
    loss, layer = LOSSES[aim.loss], layer_of(aim.loss, network.spec)
    with np.errstate(over="ignore", invalid="ignore"):
        for epsilon in EPSILONS:
            sides = [read(-epsilon), read(epsilon)]
            crossed = (
                one for side in sides for one in _crossings(network, trace, side, aim, after)
            )
            crossings = list(dict.fromkeys(crossed))
            if not crossings:
                break
        below, above = (loss.forward(side[layer], labels)[0] for side in sides)
        size = 1 + abs(above) + float(np.abs(sides[1][layer]).max())
    bound = 8 * size * float(np.finfo(np.float64).eps) / epsilon
    named = tuple(crossings[:MOST_CROSSINGS])
    return Nudge(epsilon, (below, above), bound, named, len(crossings))


def _outputs(network: Network, image: Array) -> Outputs:
    return network.forward(image[None].astype(np.float64)).outputs


def _after(network: Graph, name: str) -> list[LayerSpec]:
    """All layers behind one in the order of the spec; behind the input, all."""
    names = list(network.spec.shapes)
    return list(network.spec.layers[names.index(name) :])


def _again(network: Graph, outputs: Outputs, layers: list[LayerSpec]) -> Outputs:
    """Compute some layers anew, in place."""
    for layer in layers:
        weights = [network.parameters[name] for name in network.spec.parameters_of(layer.name)]
        inputs = [outputs[name] for name in layer.inputs]
        outputs[layer.name] = operation(layer).forward(layer, *inputs, *weights)[0]
    return outputs


def _crossings(
    network: Network, trace: Trace, outputs: Outputs, aim: Aim, layers: list[LayerSpec]
) -> Iterator[Crossing]:
    for layer in layers:
        corner = _CORNERS.get((layer.kind, layer.mode))
        if corner:
            what, differs = corner
            for at in np.argwhere(differs(layer, trace, outputs)):
                yield Crossing(what, layer.name, tuple(map(int, at)))
    if aim.loss == "hinge":
        read = layer_of(aim.loss, network.spec)
        for unit in np.flatnonzero(_beyond(trace[read], aim) != _beyond(outputs[read][0], aim)):
            yield Crossing("margin", read, (int(unit),))


def _gate(layer: LayerSpec, trace: Trace, outputs: Outputs) -> Array:
    """Where a cell is above zero and was not, or the other way round."""
    (source,) = layer.inputs
    changed: Array = (trace[source] > 0) != (outputs[source][0] > 0)
    return changed


def _winner(layer: LayerSpec, trace: Trace, outputs: Outputs) -> Array:
    """Where the winner of the trace is now less than the maximum."""
    winners, most = trace.winners[layer.name], outputs[layer.name][0]
    flat = outputs[layer.inputs[0]][0].reshape(len(winners), -1)
    won = np.take_along_axis(flat, winners.reshape(len(winners), -1), axis=1).reshape(most.shape)
    changed: Array = most - won > _TIED * np.maximum(1, np.abs(most))
    return changed


def _length(layer: LayerSpec, trace: Trace, outputs: Outputs) -> Array:
    """Where a whole window is zero and was not, or the other way round."""
    changed: Array = (trace[layer.name] == 0) != (outputs[layer.name][0] == 0)
    return changed


def _beyond(scores: Array, aim: Aim) -> Array:
    wanting: Array = 1 + scores.astype(np.float64) - scores[aim.target] > 0
    wanting[aim.target] = False
    return wanting


_CORNERS: Mapping[
    tuple[str, str | None], tuple[str, Callable[[LayerSpec, Trace, Outputs], Array]]
] = {
    ("relu", None): ("gate", _gate),
    ("pool", "max"): ("winner", _winner),
    ("pool", "l2"): ("length", _length),
}
"""Kinds that have corners: how they are called, and where one lies between two passes."""
