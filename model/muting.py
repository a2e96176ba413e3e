"""What a score would be with one chain of cells muted, and everything else as it was.

To mute a chain is to tell it, and it alone, that every cell of the input is 0. Its first cell is
computed again from that; what this cell says then is told to the chain's next cell alone, which is
computed again with it, and so on up to the scores. Every other cell says to everybody what it said,
and so does the image. So exactly the paths of the chain carry something else; no weight changes.

That is not what the chain brings to the score, with the sign turned: on the way a cell may fall to
0 for relu, or another one may win a maximum. Where nothing bends it is.
"""

from collections.abc import Mapping, Sequence, Set

import numpy as np

from model.arrays import Array
from model.graph import Graph
from model.graph_spec import INPUT
from model.layers import operation
from model.passes import weights_in_float64


def muted(
    network: Graph, trace: Mapping[str, Array], layer: str, junctions: Sequence[str], cells: Array
) -> Array:
    """Compute the scores with each of some chains muted, one at a time.

    Parameters
    ----------
    trace : {layer name: values}, "input" included.
    layer : whose cells are the scores.
    junctions : names of the layers whose cells make a chain, in the order of the layers.
    cells : (k, junctions) the row-major index of the chain's cell in each, -1 where it passes by.

    Returns (k, *shape of `layer`), float64.
    """
    says = {name: np.asarray(trace[name], np.float64) for name in network.spec.shapes}
    weights = weights_in_float64(network)
    known = {**says, INPUT: np.zeros_like(says[INPUT])}
    blank = _forward(network, weights, known, {INPUT}, junctions)
    found = []
    for chain in cells:
        computed = blank
        for name, cell in zip(junctions, chain.tolist(), strict=True):
            if cell < 0:
                continue
            told = says[name].copy()
            told.flat[cell] = computed[name].flat[cell]
            computed = _forward(network, weights, {**says, name: told}, {name}, junctions)
        found.append(computed[layer])
    return np.array(found).reshape(-1, *says[layer].shape)


def _forward(
    network: Graph,
    weights: Mapping[str, Array],
    says: Mapping[str, Array],
    changed: Set[str],
    junctions: Sequence[str],
) -> dict[str, Array]:
    """Compute all layers that the changed ones reach: {name: values}, the others as they are.

    Junctions are computed, but go on saying what they said.
    """
    computed, said = dict(says), dict(says)
    reached = set(changed)
    for layer in network.spec.layers:
        if not reached.intersection(layer.inputs):
            continue
        inputs = [said[name][None] for name in layer.inputs]
        own = [weights[name] for name in network.spec.parameters_of(layer.name)]
        computed[layer.name] = operation(layer).forward(layer, *inputs, *own)[0][0]
        if layer.name not in junctions:
            said[layer.name] = computed[layer.name]
            reached.add(layer.name)
    return computed
