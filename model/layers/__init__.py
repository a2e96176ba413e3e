"""The layers: one file each, `forward`, `backward` and `tangent` side by side, and their table.

This table is the only place that knows which kind is which file. `forward` takes a layer's spec,
then the arrays it reads (its inputs, then its parameters); `backward` answers with the gradients
of those arrays, in the same order; `tangent` sends a change of the inputs forward (a tuple of
changes where a layer reads several). A new kind is a new file and a new line here (and one in
`model/shapes.py` for its shape, one in `model/parameters.py` when it learns something).
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
    dropout,
    flatten,
    l2_pool,
    max_pool,
    ratio,
    relu,
    sigmoid,
    softmax,
    sparse_conv,
    square,
    subsample,
    sum_pool,
    tanh,
)

__all__ = ["OPERATIONS", "Operation", "operation"]


class Operation(NamedTuple):
    """What a kind of layer computes, one signature for all."""

    forward: Callable[..., tuple[Array, Any]]
    backward: Callable[[Array, Any], Array | tuple[Array, ...]]
    tangent: Callable[[Any, Any], Array]
    # For layers that read only the image: the same without the gradient of the image, which
    # training never asks for and which costs as much as the rest.
    backward_parameters: Callable[[Array, Any], tuple[Array, ...]] = lambda dy, cache: ()


def _windowed(layer: LayerSpec) -> dict[str, Any]:
    return {"kernel": layer.kernel, "stride": layer.stride, "padding": layer.padding}


def _convolved(layer: LayerSpec) -> dict[str, Any]:
    return {"stride": layer.stride, "padding": layer.padding, "dilation": layer.dilation}


OPERATIONS: Mapping[tuple[Kind, Mode | None], Operation] = {
    ("conv", None): Operation(
        lambda layer, x, weight, bias: conv.forward(x, weight, bias, **_convolved(layer)),
        conv.backward,
        conv.tangent,
        conv.backward_parameters,
    ),
    ("dense", None): Operation(
        lambda layer, x, weight, bias: dense.forward(x, weight, bias),
        dense.backward,
        dense.tangent,
        dense.backward_parameters,
    ),
    ("pool", "max"): Operation(
        lambda layer, x: max_pool.forward(x, **_windowed(layer)),
        max_pool.backward,
        max_pool.tangent,
    ),
    ("pool", "average"): Operation(
        lambda layer, x: sum_pool.forward(x, **_windowed(layer), average=True),
        sum_pool.backward,
        sum_pool.tangent,
    ),
    ("pool", "sum"): Operation(
        lambda layer, x: sum_pool.forward(x, **_windowed(layer)),
        sum_pool.backward,
        sum_pool.tangent,
    ),
    ("pool", "l2"): Operation(
        lambda layer, x: l2_pool.forward(x, **_windowed(layer)),
        l2_pool.backward,
        l2_pool.tangent,
    ),
    ("subsample", None): Operation(
        lambda layer, x, weight, bias: subsample.forward(x, weight, bias, **_windowed(layer)),
        subsample.backward,
        subsample.tangent,
        subsample.backward_parameters,
    ),
    ("relu", None): Operation(lambda layer, x: relu.forward(x), relu.backward, relu.tangent),
    ("tanh", None): Operation(
        lambda layer, x: tanh.forward(x, amplitude=layer.amplitude, slope=layer.slope),
        tanh.backward,
        tanh.tangent,
    ),
    ("sigmoid", None): Operation(
        lambda layer, x: sigmoid.forward(x), sigmoid.backward, sigmoid.tangent
    ),
    ("square", None): Operation(
        lambda layer, x: square.forward(x), square.backward, square.tangent
    ),
    ("dropout", None): Operation(
        lambda layer, x: dropout.forward(x), dropout.backward, dropout.tangent
    ),
    ("softmax", None): Operation(
        lambda layer, x: softmax.forward(x), softmax.backward, softmax.tangent
    ),
    ("ratio", None): Operation(lambda layer, x: ratio.forward(x), ratio.backward, ratio.tangent),
    ("flatten", None): Operation(
        lambda layer, x: flatten.forward(x), flatten.backward, flatten.tangent
    ),
    ("add", None): Operation(lambda layer, *xs: add.forward(*xs), add.backward, add.tangent),
    ("concat", None): Operation(
        lambda layer, *xs: concat.forward(*xs), concat.backward, concat.tangent
    ),
}


SPARSE_CONV = Operation(
    lambda layer, x, weight, bias: sparse_conv.forward(
        x,
        weight,
        bias,
        connections=layer.connections,
        **_convolved(layer),
    ),
    sparse_conv.backward,
    sparse_conv.tangent,
    sparse_conv.backward_parameters,
)


def operation(layer: LayerSpec) -> Operation:
    """Look up what `layer` computes."""
    return SPARSE_CONV if layer.connections else OPERATIONS[layer.kind, layer.mode]
