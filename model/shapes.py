"""The arithmetic of shapes: what leaves a layer when this enters. Written down nowhere else."""

import math
from collections.abc import Callable, Mapping, Sequence

from model.layer_spec import Kind, LayerSpec, SpecError
from model.spec_words import Gap

_AXES = ("rows", "columns")

Shape = tuple[int, ...]
"""(channels, rows, columns) of maps, or (units,)."""

LIMIT = 100_000_000
"""Most cells or parameters of a network, and most cells that the windows of a layer may hold."""


def output_shape(layer: LayerSpec, inputs: Sequence[Shape]) -> Shape:
    """Work out what leaves `layer` when layers of these shapes enter, or say why nothing can."""
    return _SHAPES[layer.kind](layer, inputs)


def output_size(size: int, kernel: int, stride: int, padding: int, dilation: int = 1) -> int:
    """Count the windows that fit along one axis of `size` cells."""
    return (size + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1


def _named(layer: LayerSpec) -> dict[str, Gap]:
    """Name a layer, and the first that it reads."""
    return {"layer": layer.name, "source": layer.inputs[0]}


def _unlike(sentence: str, layer: LayerSpec, first: Shape, name: str, shape: Shape) -> SpecError:
    return SpecError(sentence, **_named(layer), shape=first, second=name, other=shape)


def _maps(layer: LayerSpec, shape: Shape) -> tuple[int, int, int]:
    if len(shape) != 3:
        raise SpecError("needs-maps", **_named(layer), kind=layer.kind, shape=shape)
    return shape[0], shape[1], shape[2]


def _windowed(layer: LayerSpec, inputs: Sequence[Shape]) -> Shape:
    channels, *size = _maps(layer, inputs[0])
    highest = max((maps[-1] for maps in layer.connections or ()), default=0)
    if highest >= channels:
        raise SpecError("connection-high", **_named(layer), map=highest, shape=inputs[0])
    sizes = []
    for axis, cells in enumerate(size):
        kernel, stride, padding = layer.kernel[axis], layer.stride[axis], layer.padding[axis]
        dilation, span = layer.dilation[axis], layer.span[axis]
        if span > cells + 2 * padding:
            sizes_here: dict[str, Gap] = {"kernel": kernel, "cells": cells + 2 * padding}
            if span > kernel:
                sentence = f"kernel-{_AXES[axis]}-spread"
                raise SpecError(sentence, **_named(layer), **sizes_here, span=span)
            raise SpecError(f"kernel-{_AXES[axis]}", **_named(layer), **sizes_here)
        sizes.append(output_size(cells, kernel, stride, padding, dilation))
    terms = channels * math.prod(layer.kernel) * math.prod(sizes)
    if terms > LIMIT:
        raise SpecError("many-terms", layer=layer.name, count=terms, most=LIMIT)
    around = channels * math.prod(n + 2 * p for n, p in zip(size, layer.padding, strict=True))
    if around > LIMIT:
        raise SpecError("many-around", layer=layer.name, count=around, most=LIMIT)
    for axis, cells in enumerate(size):
        if _some_read_nothing(layer, axis, cells, sizes[axis]):
            sentence, dilation = f"steps-over-{_AXES[axis]}", layer.dilation[axis]
            raise SpecError(sentence, layer=layer.name, dilation=dilation, cells=cells)
    return (channels if layer.channels is None else layer.channels, *sizes)


def _some_read_nothing(layer: LayerSpec, axis: int, cells: int, windows: int) -> bool:
    """Tell whether the weights of some window all lie beside the map: they can step across it."""
    stride, padding, dilation = layer.stride[axis], layer.padding[axis], layer.dilation[axis]
    if dilation <= cells:
        return False
    # What begins before the map reads at most one cell of it, and all is the same again after as
    # many windows as the dilation.
    starts = (window * stride - padding for window in range(min(windows, dilation)))
    return any(start < 0 and start % dilation >= cells for start in starts)


def _same(layer: LayerSpec, inputs: Sequence[Shape]) -> Shape:
    del layer
    return inputs[0]


def _dense(layer: LayerSpec, inputs: Sequence[Shape]) -> Shape:
    del inputs
    return (layer.channels or 0,)


def _shares(layer: LayerSpec, inputs: Sequence[Shape]) -> Shape:
    if len(inputs[0]) != 1:
        raise SpecError("needs-units", **_named(layer), kind=layer.kind, shape=inputs[0])
    return inputs[0]


def _flatten(layer: LayerSpec, inputs: Sequence[Shape]) -> Shape:
    del layer
    return (math.prod(inputs[0]),)


def _add(layer: LayerSpec, inputs: Sequence[Shape]) -> Shape:
    for name, shape in zip(layer.inputs, inputs, strict=True):
        if shape != inputs[0]:
            raise _unlike("add", layer, inputs[0], name, shape)
    return inputs[0]


def _concat(layer: LayerSpec, inputs: Sequence[Shape]) -> Shape:
    for name, shape in zip(layer.inputs, inputs, strict=True):
        if shape[1:] != inputs[0][1:] or len(shape) != len(inputs[0]):
            raise _unlike("concat", layer, inputs[0], name, shape)
    return (sum(shape[0] for shape in inputs), *inputs[0][1:])


_SHAPES: Mapping[Kind, Callable[[LayerSpec, Sequence[Shape]], Shape]] = {
    "conv": _windowed,
    "pool": _windowed,
    "subsample": _windowed,
    "dense": _dense,
    "relu": _same,
    "tanh": _same,
    "sigmoid": _same,
    "square": _same,
    "dropout": _same,
    "softmax": _shares,
    "ratio": _shares,
    "flatten": _flatten,
    "add": _add,
    "concat": _concat,
}
