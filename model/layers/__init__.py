"""The layers: one file each, `forward` and `backward` side by side, and the table that names them.

This table is the only place that knows which kind is which file. `forward` takes a layer's spec,
then the arrays it reads (its inputs, then its parameters); `backward` answers with the gradients
of those arrays, in the same order. A new kind is a new file and a new line here (and one in
`model/shapes.py` for its shape).
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from model.arrays import Array
from model.layer_spec import Kind, LayerSpec, Mode
from model.layers import (
    add,
    concat,
    conv,
    dense,
    flatten,
    max_pool,
    relu,
    sigmoid,
    softmax,
    sum_pool,
    tanh,
)

__all__ = ["OPERATIONS", "Operation", "operation"]


class Operation(NamedTuple):
    """What a kind of layer computes, one signature for all."""

    forward: Callable[..., tuple[Array, Any]]
    backward: Callable[[Array, Any], Array | tuple[Array, ...]]
    # For layers that read only the image: the same without the gradient of the image, which
    # training never asks for and which costs as much as the rest.
    backward_parameters: Callable[[Array, Any], tuple[Array, ...]] = lambda dy, cache: ()


def _windowed(layer: LayerSpec) -> dict[str, Any]:
    return {"kernel": layer.kernel, "stride": layer.stride, "padding": layer.padding}


OPERATIONS: Mapping[tuple[Kind, Mode | None], Operation] = {
    ("conv", None): Operation(
        lambda layer, x, weight, bias: conv.forward(
            x, weight, bias, stride=layer.stride, padding=layer.padding
        ),
        conv.backward,
        conv.backward_parameters,
    ),
    ("dense", None): Operation(
        lambda layer, x, weight, bias: dense.forward(x, weight, bias),
        dense.backward,
        dense.backward_parameters,
    ),
    ("pool", "max"): Operation(
        lambda layer, x: max_pool.forward(x, **_windowed(layer)), max_pool.backward
    ),
    ("pool", "average"): Operation(
        lambda layer, x: sum_pool.forward(x, **_windowed(layer), average=True), sum_pool.backward
    ),
    ("pool", "sum"): Operation(
        lambda layer, x: sum_pool.forward(x, **_windowed(layer)), sum_pool.backward
    ),
    ("relu", None): Operation(lambda layer, x: relu.forward(x), relu.backward),
    ("tanh", None): Operation(lambda layer, x: tanh.forward(x), tanh.backward),
    ("sigmoid", None): Operation(lambda layer, x: sigmoid.forward(x), sigmoid.backward),
    ("softmax", None): Operation(lambda layer, x: softmax.forward(x), softmax.backward),
    ("flatten", None): Operation(lambda layer, x: flatten.forward(x), flatten.backward),
    ("add", None): Operation(lambda layer, *xs: add.forward(*xs), add.backward),
    ("concat", None): Operation(lambda layer, *xs: concat.forward(*xs), concat.backward),
}


def operation(layer: LayerSpec) -> Operation:
    """Look up what `layer` computes."""
    return OPERATIONS[layer.kind, layer.mode]
