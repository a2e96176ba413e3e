"""How one cell depends on all cells before it, and all cells after it on that cell."""

import numpy as np

from model.arrays import Array
from model.graph import Graph
from model.passes import pass_at


def derivatives(
    network: Graph, image: Array, layer: str, index: tuple[int, ...]
) -> dict[str, Array]:
    """Give the derivatives of one cell by each earlier cell, and of each later cell by it.

    Backward mode answers the first for all earlier layers at once, forward mode the second for
    all later ones: two passes, however many cells there are.

    Parameters
    ----------
    image : the spec's input shape (C, H, W), the network's dtype, already scaled.
    layer : whose cell; "input" too.
    index : its place in the layer's output: (channel, row, column), or (unit,).

    Returns
    -------
    {layer name: float64 array of that layer's shape}, "input" included, in the order of the spec:
    the derivatives at the values of the trace. They are worked out in float64, since float32 has
    two or three digits of them where a function saturates, and none at last. The
    cell's own layer holds 1 at the cell and 0 elsewhere; layers that do not depend on each other
    hold zeros. Where a function has a corner (relu at 0, equal candidates of a maximum) its
    derivative is the one that `backward` takes.

    Raises
    ------
    ValueError : with a sentence, when the image is not as the spec has it.
    KeyError, IndexError : when there is no such layer or cell.
    """
    passed = pass_at(network, network.trace(image))
    itself = np.zeros_like(passed.outputs[layer])
    if len(index) != itself.ndim - 1 or min(index) < 0:
        raise IndexError(f"{layer} has no cell {index}: its shape is {itself.shape[1:]}.")
    itself[(0, *index)] = 1
    before = network.backward(passed, {layer: itself}).layers
    after = network.tangent(passed, {layer: itself})
    either = {**after, **before}
    return {
        name: (either[name] if name in either else np.zeros_like(output))[0]
        for name, output in passed.outputs.items()
    }
