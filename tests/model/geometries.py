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
    dropout,
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
    dilation: Pair = (1, 1)

    @property
    def geometry(self) -> dict[str, Pair]:
        """As keyword arguments of a layer that slides."""
        return {"kernel": self.kernel, "stride": self.stride, "padding": self.padding}

    @property
    def convolved(self) -> dict[str, Pair]:
        """As keyword arguments of a convolution, whose kernel is that of its weights."""
        return {"stride": self.stride, "padding": self.padding, "dilation": self.dilation}

    @property
    def counts(self) -> Pair:
        """(P, Q), worked out by trying every place."""
        starts = (
            [s for s in range(-p, n + p, step) if all(s + r * d < n + p for r in range(k))]
            for n, k, step, p, d in zip(
                self.shape[2:],
                *(self.kernel, self.stride, self.padding, self.dilation),
                strict=True,
            )
        )
        rows, columns = (len(found) for found in starts)
        return rows, columns


@st.composite
def windows(draw: Any, *, dilated: bool = False) -> Windows:
    """Overlaps, gaps, padding, kernels as large as the padded map; cells that are skipped."""
    axes = [draw(_axis(3 if dilated else 1)) for _ in range(2)]
    size, *geometry = zip(*axes, strict=True)
    return Windows((draw(st.integers(1, 3)), draw(st.integers(1, 3)), *size), *geometry)


@st.composite
def _axis(draw: Any, furthest: int) -> tuple[int, int, int, int, int]:
    kernel, dilation = draw(st.integers(1, 4)), draw(st.integers(1, furthest))
    span = dilation * (kernel - 1) + 1
    padding = draw(st.integers(0, span - 1))
    least = max(1, span - 2 * padding)
    size = draw(st.integers(least, max(least, 7)))
    return size, kernel, draw(st.integers(1, 5)), padding, dilation


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
            put(draw(st.sampled_from([relu, tanh, sigmoid, scaled_tanh, dropping]))(name, source))
    put(dense("scores", 3, draw(st.sampled_from(list(shapes)))))
    put(softmax("shares", "scores"))
    return NetworkSpec("any", "Any", InputSpec(image, border=0), ("a", "b", "c"), tuple(layers))


def dropping(name: str, source: str) -> LayerSpec:
    """Drops a third of its cells, in training only."""
    return dropout(name, 1 / 3, source)


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
    stride = (draw(st.integers(1, 3)), draw(st.integers(1, 3)))
    if draw(st.booleans()):
        axes = [draw(_spread(size, taps)) for size, taps in zip(shape[1:], kernel, strict=True)]
        dilation, padding = zip(*axes, strict=True)
        channels = draw(st.integers(1, 3))
        table = draw(connections(channels, shape[0])) if draw(st.booleans()) else None
        return conv(
            name,
            channels,
            kernel=kernel,
            stride=stride,
            padding=padding,
            dilation=dilation,
            connections=table,
            inputs=source,
        )
    padding = (draw(st.integers(0, kernel[0] - 1)), draw(st.integers(0, kernel[1] - 1)))
    assert output_size(shape[1], kernel[0], stride[0], padding[0]) >= 1
    mode = draw(st.sampled_from(["max", "average", "sum", "l2", None]))
    if mode is None:
        return subsample(name, kernel, stride=stride, padding=padding, inputs=source)
    return pool(name, kernel, stride=stride, padding=padding, mode=mode, inputs=source)


@st.composite
def _spread(draw: Any, size: int, kernel: int) -> tuple[int, int]:
    """A dilation that no window steps across the map with, and a padding that leaves one window."""
    dilation = draw(st.integers(1, min(3, size)))
    span = dilation * (kernel - 1) + 1
    return dilation, draw(st.integers(max(0, -(-(span - size) // 2)), span - 1))
