"""Passes in float64 at the values of a trace: what derivatives and paths are worked out from."""

from collections.abc import Container, Mapping

import numpy as np

from model.arrays import Array
from model.graph import ForwardPass, Graph
from model.layers import operation


def weights_in_float64(network: Graph) -> dict[str, Array]:
    """Copy the parameters, {name: float64 array}."""
    return {name: array.astype(np.float64) for name, array in network.parameters.items()}


def pass_at(
    network: Graph,
    trace: Mapping[str, Array],
    copies: int = 1,
    layers: Container[str] | None = None,
) -> ForwardPass:
    """Give what each layer keeps of a pass with these outputs, all of it in float64.

    Each layer reads what the trace says, so that corners stay where they are seen: a cell is above
    zero, or wins, exactly if it does so there.

    Parameters
    ----------
    trace : {layer name: values of the layer's shape}, "input" included.
    copies : how often the image is in the batch, so that as many gradients can be sent back.
    layers : whose caches are wanted; None for all.

    Returns outputs (copies, …), which may share memory, and the caches.
    """
    weights = weights_in_float64(network)
    outputs: dict[str, Array] = {
        name: np.broadcast_to(np.asarray(trace[name], np.float64), (copies, *shape))
        for name, shape in network.spec.shapes.items()
    }
    caches = {}
    with np.errstate(over="ignore", invalid="ignore"):  # of traces that overflowed
        for layer in network.spec.layers:
            if layers is None or layer.name in layers:
                inputs = [outputs[name] for name in layer.inputs]
                own = [weights[name] for name in network.spec.parameters_of(layer.name)]
                _, caches[layer.name] = operation(layer).forward(layer, *inputs, *own)
    return ForwardPass(outputs, caches)
