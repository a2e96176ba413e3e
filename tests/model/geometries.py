"""Generated geometries: windows of all sorts, arrays to go with them, and whole networks."""

import math
from typing import Any, NamedTuple

import numpy as np
from hypothesis import strategies as st

from model import LayerSpec, NetworkSpec
from model.shapes import Shape, output_shape
from model.spec import (
    Connections,
    InputSpec,
    Pair,
    add,
    concat,
    conv,
    dense,
    flatten,
    output_size,
    pool,
    relu,
    sigmoid,
    softmax,
    subsample,
    tanh,
)

seeds = st.integers(0, 2**32 - 1)


class Windows(NamedTuple):
    """A map and the windows that slide over it; every axis for itself."""

    shape: tuple[int, int, int, int]  # (B, C, H, W)
    kernel: Pair
    stride: Pair
    padding: Pair

    @property
    def geometry(self) -> dict[str, Pair]:
        """As keyword arguments of a layer that slides."""
        return {"kernel": self.kernel, "stride": self.stride, "padding": self.padding}

    @property
    def counts(self) -> Pair:
        """(P, Q), worked out by trying every place."""
        starts = (
            [s for s in range(-p, n + p, step) if s + k <= n + p]
            for n, k, step, p in zip(
                self.shape[2:], self.kernel, self.stride, self.padding, strict=True
            )
        )
        rows, columns = (len(found) for found in starts)
        return rows, columns


@st.composite
def windows(draw: Any) -> Windows:
    """Overlaps, gaps, padding, kernels as large as the padded map."""
    axes = [draw(_axis()) for _ in range(2)]
    size, kernel, stride, padding = zip(*axes, strict=True)
    return Windows(
        (draw(st.integers(1, 3)), draw(st.integers(1, 3)), *size), kernel, stride, padding
    )


@st.composite
def _axis(draw: Any) -> tuple[int, int, int, int]:
    kernel = draw(st.integers(1, 4))
    padding = draw(st.integers(0, kernel - 1))
    size = draw(st.integers(max(1, kernel - 2 * padding), 7))
    return size, kernel, draw(st.integers(1, 5)), padding


def distinct(shape: tuple[int, ...], seed: int) -> np.ndarray:
    """Numbers further apart than any step of a difference, none of them near zero, both signs."""
    count = math.prod(shape)
    values = np.random.default_rng(seed).permutation(count) - count // 2 + 0.5
    return (values / 8).reshape(shape)


def loops(windows: Windows) -> Any:
    """Go through all windows: (p, q, slice of rows, slice of columns), clipped to the map."""
    height, width = windows.shape[2:]
    for p in range(windows.counts[0]):
        for q in range(windows.counts[1]):
            top = p * windows.stride[0] - windows.padding[0]
            left = q * windows.stride[1] - windows.padding[1]
            yield (
                p,
                q,
                slice(max(0, top), min(height, top + windows.kernel[0])),
                slice(max(0, left), min(width, left + windows.kernel[1])),
            )


@st.composite
def networks(draw: Any) -> NetworkSpec:
    """Chains and graphs of any kinds that fit, ending in three classes."""
    image = (draw(st.integers(1, 2)), draw(st.integers(4, 9)), draw(st.integers(4, 9)))
    shapes: dict[str, Shape] = {"input": image}
    layers: list[LayerSpec] = []

    def put(layer: LayerSpec) -> None:
        shapes[layer.name] = output_shape(layer, [shapes[name] for name in layer.inputs])
        layers.append(layer)

    for number in range(draw(st.integers(0, 6))):
        name = f"layer{number}"
        source = draw(st.sampled_from(list(shapes)))
        kind = draw(st.sampled_from(["window", "same", "add", "concat", "units"]))
        partners = [
            other
            for other, shape in shapes.items()
            if other != source
            and len(shape) == len(shapes[source])
            and shape[kind == "concat" :] == shapes[source][kind == "concat" :]
        ]
        if kind in ("add", "concat") and partners:
            inputs = (source, draw(st.sampled_from(partners)))
            put(add(name, *inputs) if kind == "add" else concat(name, *inputs))
        elif kind == "window" and len(shapes[source]) == 3:
            put(_sliding(draw, name, source, shapes[source]))
        elif kind == "units":
            units = draw(st.integers(1, 4))
            put(draw(st.sampled_from([flatten(name, source), dense(name, units, source)])))
        else:
            put(draw(st.sampled_from([relu, tanh, sigmoid, scaled_tanh]))(name, source))
    put(dense("scores", 3, draw(st.sampled_from(list(shapes)))))
    put(softmax("shares", "scores"))
    return NetworkSpec("any", "Any", InputSpec(image, border=0), ("a", "b", "c"), tuple(layers))


def scaled_tanh(name: str, source: str) -> LayerSpec:
    """A tanh that is neither as high nor as steep as the plain one."""
    return tanh(name, source, amplitude=1.5, slope=0.75)


@st.composite
def connections(draw: Any, filters: int, maps: int) -> Connections:
    """A table that lets each filter read one map or more."""
    some = st.sets(st.integers(0, maps - 1), min_size=1).map(lambda chosen: tuple(sorted(chosen)))
    return tuple(draw(some) for _ in range(filters))


def _sliding(draw: Any, name: str, source: str, shape: Shape) -> LayerSpec:
    kernel = (draw(st.integers(1, min(3, shape[1]))), draw(st.integers(1, min(3, shape[2]))))
    padding = (draw(st.integers(0, kernel[0] - 1)), draw(st.integers(0, kernel[1] - 1)))
    stride = (draw(st.integers(1, 3)), draw(st.integers(1, 3)))
    assert output_size(shape[1], kernel[0], stride[0], padding[0]) >= 1
    if draw(st.booleans()):
        channels = draw(st.integers(1, 3))
        table = draw(connections(channels, shape[0])) if draw(st.booleans()) else None
        return conv(
            name,
            channels,
            kernel=kernel,
            stride=stride,
            padding=padding,
            connections=table,
            inputs=source,
        )
    mode = draw(st.sampled_from(["max", "average", "sum", None]))
    if mode is None:
        return subsample(name, kernel, stride=stride, padding=padding, inputs=source)
    return pool(name, kernel, stride=stride, padding=padding, mode=mode, inputs=source)
