"""What a network is, without its weights, and all that follows from it.

What one layer is stands in `model/layer_spec.py`, the arithmetic of shapes in `model/shapes.py`;
everybody imports both from here.

A network is a directed acyclic graph of layers in topological order. Everybody who needs a shape
asks a `NetworkSpec`: the engine, the server, and the page through the server.
"""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from model.layer_spec import (
    FIELDS,
    KINDS,
    MERGING,
    MODES,
    Connections,
    Kind,
    LayerSpec,
    Mode,
    Pair,
    SpecError,
    add,
    check_whole,
    concat,
    conv,
    dense,
    flatten,
    is_texts,
    pool,
    relu,
    sigmoid,
    softmax,
    subsample,
    tanh,
)
from model.shapes import (
    LIMIT,
    Shape,
    in_words,
    output_shape,
    output_size,
    parameter_shapes,
    unconnected,
)
from model.spec_json import as_tuple, exact, layer_from_json, layer_to_json

__all__ = [
    "FIELDS",
    "INPUT",
    "KINDS",
    "MERGING",
    "MODES",
    "Connections",
    "InputSpec",
    "Kind",
    "LayerSpec",
    "Mode",
    "NetworkSpec",
    "Pair",
    "Shape",
    "SpecError",
    "add",
    "concat",
    "conv",
    "dense",
    "flatten",
    "output_size",
    "pool",
    "relu",
    "sigmoid",
    "softmax",
    "subsample",
    "tanh",
]

INPUT = "input"
"""The name under which layers and traces know the image."""

_LONGEST = 200
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


@dataclass(frozen=True, slots=True)
class InputSpec:
    """What the network reads: ink in 0..1 (0 paper, 1 ink) in a border of paper, then scaled.

    Attributes
    ----------
    shape : (channels, rows, columns) with the border.
    border : cells of paper on each side.
    scale, offset : a cell holds ink * scale + offset.
    """

    shape: tuple[int, int, int] = (1, 32, 32)
    border: int = 2
    scale: float = 1.0
    offset: float = 0.0

    def __post_init__(self) -> None:
        """Refuse images that cannot be."""
        _check_triple(self.shape)
        for number in self.shape:
            check_whole("The input's shape", number, least=1)
        check_whole("The input's border", self.border, least=0)
        if 2 * self.border >= min(self.shape[1:]):
            raise SpecError("The input's border leaves no room for the image; make it smaller.")
        for name, value in (("scale", self.scale), ("offset", self.offset)):
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise SpecError(f"The input's {name} must be a number.")
            if not abs(value) <= LIMIT:
                raise SpecError(f"The input's {name} must be finite and not astronomic.")
        if self.scale == 0:
            raise SpecError("The input's scale must not be 0: every image would look the same.")


@dataclass(frozen=True, slots=True)
class NetworkSpec:
    """A whole architecture as a value. Making one checks it and works out every shape.

    Attributes
    ----------
    id : its name in links and file names.
    classes : names of the units of the last layer, which is the output.
    layers : in topological order; after construction every layer's inputs are spelled out.
    shapes : by layer name, "input" included.
    parameter_shapes : by "LAYER.weight" and "LAYER.bias", in the order of the layers.
    """

    id: str
    title: str
    input: InputSpec
    classes: tuple[str, ...]
    layers: tuple[LayerSpec, ...]
    shapes: Mapping[str, Shape] = field(init=False, repr=False, compare=False)
    parameter_shapes: Mapping[str, Shape] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Resolve the inputs, work out the shapes, refuse what does not fit together."""
        _check_texts(self.id, self.title, self.classes)
        layers = _resolved(self.layers)
        shapes: dict[str, Shape] = {INPUT: self.input.shape}
        parameters: dict[str, Shape] = {}
        for layer in layers:
            inputs = [shapes[name] for name in layer.inputs]
            shapes[layer.name] = output_shape(layer, inputs)
            parameters |= parameter_shapes(layer, inputs)
            _check_size(layer, "cells", shapes.values())
            _check_size(layer, "parameters", parameters.values())
        output = shapes[layers[-1].name]
        if output != (len(self.classes),):
            raise SpecError(
                f"The last layer, {layers[-1].name}, gives {in_words(output)}, but there are "
                f"{len(self.classes)} classes; each class needs one unit."
            )
        object.__setattr__(self, "layers", layers)
        object.__setattr__(self, "shapes", MappingProxyType(shapes))
        object.__setattr__(self, "parameter_shapes", MappingProxyType(parameters))

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel to other processes as the five given facts; the rest is worked out again."""
        return NetworkSpec, (self.id, self.title, self.input, self.classes, self.layers)

    def layer(self, name: str) -> LayerSpec:
        """Find a layer by its name (KeyError when there is none; "input" is no layer)."""
        for layer in self.layers:
            if layer.name == name:
                return layer
        raise KeyError(name)

    def readers(self, name: str) -> tuple[str, ...]:
        """Name the layers that read `name`, in order."""
        return tuple(layer.name for layer in self.layers if name in layer.inputs)

    def parameters_of(self, name: str) -> tuple[str, ...]:
        """Name the parameters of a layer, weight before bias; () when it has none."""
        both = (f"{name}.weight", f"{name}.bias")
        return both if both[0] in self.parameter_shapes else ()

    def parameter_count(self, name: str) -> int:
        """Count the numbers of a layer that training sets: only weights of what is connected."""
        layer = self.layer(name)
        there = sum(math.prod(self.parameter_shapes[one]) for one in self.parameters_of(name))
        return there - unconnected(layer, [self.shapes[source] for source in layer.inputs])

    def to_json(self) -> dict[str, Any]:
        """Write the spec as plain JSON values: what a checkpoint's metadata hold."""
        shape, border = list(self.input.shape), self.input.border
        scale, offset = self.input.scale, self.input.offset
        return {
            "id": self.id,
            "title": self.title,
            "input": {"shape": shape, "border": border, "scale": scale, "offset": offset},
            "classes": list(self.classes),
            "layers": [layer_to_json(layer) for layer in self.layers],
        }

    @classmethod
    def from_json(cls, value: object) -> "NetworkSpec":
        """Read what `to_json` wrote; anything else is a SpecError with a sentence."""
        top = exact("The spec", value, ("id", "title", "input", "classes", "layers"))
        image = exact("The input", top["input"], ("shape", "border", "scale", "offset"))
        if not isinstance(top["layers"], list):
            raise SpecError("The layers must be a list.")
        layers = [layer_from_json(*numbered) for numbered in enumerate(top["layers"], 1)]
        image = {key: as_tuple(value) for key, value in image.items()}
        classes = as_tuple(top["classes"])
        return cls(top["id"], top["title"], InputSpec(**image), classes, tuple(layers))


def _check_triple(shape: object) -> None:
    if not isinstance(shape, tuple) or len(shape) != 3:
        raise SpecError("The input's shape must be three numbers: channels, rows, columns.")


def _check_texts(ident: object, title: object, classes: tuple[str, ...]) -> None:
    if not isinstance(ident, str) or not _ID.fullmatch(ident):
        raise SpecError(
            "The spec's id must be made of small letters, digits, - and _ (40 at most), because "
            "it becomes part of a link."
        )
    if not isinstance(title, str) or not 1 <= len(title) <= _LONGEST:
        raise SpecError(f"The spec's title must be a text of 1 to {_LONGEST} characters.")
    if not is_texts(classes) or not all(1 <= len(name) <= _LONGEST for name in classes):
        raise SpecError(f"The classes must be names of 1 to {_LONGEST} characters.")
    if len(set(classes)) < len(classes):
        raise SpecError("Two classes have one name; give each its own.")


def _resolved(layers: object) -> tuple[LayerSpec, ...]:
    """Spell out every layer's inputs; refuse double names and inputs that do not come before."""
    if not isinstance(layers, tuple) or not all(isinstance(one, LayerSpec) for one in layers):
        raise SpecError("The layers must be a tuple of layers.")
    if not layers:
        raise SpecError("The spec has no layers; it needs at least one.")
    done: list[LayerSpec] = []
    known = [INPUT]
    for layer in layers:
        if layer.name in known:
            raise SpecError(f"Two layers are called {layer.name}; give each its own name.")
        for name in layer.inputs:
            if name not in known:
                raise SpecError(
                    f"Layer {layer.name}: it reads {name[:60]!r}, which is no layer before it."
                )
        done.append(layer if layer.inputs else replace(layer, inputs=(known[-1],)))
        known.append(layer.name)
    return tuple(done)


def _check_size(layer: LayerSpec, what: str, shapes: Iterable[Shape]) -> None:
    if sum(math.prod(shape) for shape in shapes) > LIMIT:
        raise SpecError(
            f"Layer {layer.name}: with it the network has more than {LIMIT:,} {what}; "
            "make it smaller."
        )
