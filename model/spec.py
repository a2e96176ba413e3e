"""What a network is, without its weights: a graph with a name, a way to its input, and classes.

What one layer is stands in `model/layer_spec.py`, the arithmetic of shapes in `model/shapes.py`,
what a graph is in `model/graph_spec.py`; everybody imports all of them from here.

Everybody who needs a shape asks a `GraphSpec`, which every `NetworkSpec` is: the engine, the
server, and the page through the server.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from model.graph_spec import INPUT, GraphSpec, check_shape
from model.layer_spec import (
    FIELDS,
    KINDS,
    MERGING,
    MODES,
    UNBOUNDED,
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
    dropout,
    flatten,
    is_texts,
    pool,
    ratio,
    relu,
    sigmoid,
    softmax,
    square,
    subsample,
    tanh,
)
from model.parameters import Parameter
from model.shapes import LIMIT, Shape, output_size
from model.spec_json import as_tuple, exact, layer_from_json, layer_to_json

__all__ = [
    "FIELDS",
    "INPUT",
    "KINDS",
    "MERGING",
    "MODES",
    "Connections",
    "GraphSpec",
    "InputSpec",
    "Kind",
    "LayerSpec",
    "Mode",
    "NetworkSpec",
    "Pair",
    "Parameter",
    "Shape",
    "SpecError",
    "add",
    "concat",
    "conv",
    "dense",
    "dropout",
    "flatten",
    "output_size",
    "pool",
    "ratio",
    "relu",
    "sigmoid",
    "softmax",
    "square",
    "subsample",
    "tanh",
]

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
        check_shape(self.shape)
        check_whole("input-whole", self.border, least=0, field="border")
        if 2 * self.border >= min(self.shape[1:]):
            raise SpecError("input-border")
        for name, value in (("scale", self.scale), ("offset", self.offset)):
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise SpecError("input-number", field=name)
            if not abs(value) <= LIMIT:
                raise SpecError("input-finite", field=name)
        if self.scale == 0:
            raise SpecError("input-scale")


@dataclass(frozen=True, slots=True, init=False)
class NetworkSpec(GraphSpec):
    """A whole architecture as a value: a graph that has a name and makes its input from ink.

    Attributes
    ----------
    id : its name in links and file names.
    input : how ink becomes what goes in.
    classes : names of the units of the last layer, which is the output; () for a network that
        tells no classes apart, whose last layer may be anything.
    """

    id: str
    title: str
    input: InputSpec
    classes: tuple[str, ...]
    shape: tuple[int, int, int] = field(init=False, repr=False, compare=False)  # the input's

    def __init__(
        self,
        id: str,
        title: str,
        input: InputSpec,
        classes: tuple[str, ...],
        layers: tuple[LayerSpec, ...],
    ) -> None:
        """Check it and work out every shape; SpecError with a sentence when it cannot be."""
        _check_texts(id, title, classes)
        given = {"id": id, "title": title, "input": input, "classes": classes, "layers": layers}
        for name, value in given.items():
            object.__setattr__(self, name, value)
        object.__setattr__(self, "shape", input.shape)
        GraphSpec.__post_init__(self)
        _check_bounded(self.layers)
        output = self.shapes[self.layers[-1].name]
        if classes and output != (len(classes),):
            last = self.layers[-1].name
            raise SpecError("other-units", layer=last, shape=output, count=len(classes))

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel to other processes as the five given facts; the rest is worked out again."""
        return NetworkSpec, (self.id, self.title, self.input, self.classes, self.layers)

    @property
    def subject(self) -> str:
        """How sentences about it begin."""
        return self.title

    @property
    def logits_layer(self) -> str:
        """The layer that the final softmax reads; the last layer when that is no softmax."""
        last = self.layers[-1]
        return last.inputs[0] if last.kind == "softmax" else last.name

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
        top = exact("spec", value, ("id", "title", "input", "classes", "layers"))
        image = exact("input", top["input"], ("shape", "border", "scale", "offset"))
        if not isinstance(top["layers"], list):
            raise SpecError("layers-list")
        layers = [layer_from_json(*numbered) for numbered in enumerate(top["layers"], 1)]
        image = {key: as_tuple(value) for key, value in image.items()}
        classes = as_tuple(top["classes"])
        return cls(top["id"], top["title"], InputSpec(**image), classes, tuple(layers))


def _check_bounded(layers: tuple[LayerSpec, ...]) -> None:
    for layer in layers:
        if layer.kind in UNBOUNDED:
            raise SpecError("unbounded", layer=layer.name, kind=layer.kind)


def _check_texts(ident: object, title: object, classes: tuple[str, ...]) -> None:
    if not isinstance(ident, str) or not _ID.fullmatch(ident):
        raise SpecError("id")
    if not isinstance(title, str) or not 1 <= len(title) <= _LONGEST:
        raise SpecError("title", most=_LONGEST)
    if not is_texts(classes) or not all(1 <= len(name) <= _LONGEST for name in classes):
        raise SpecError("classes", most=_LONGEST)
    if len(set(classes)) < len(classes):
        raise SpecError("same-class")
