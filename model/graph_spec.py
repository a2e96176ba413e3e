"""A graph of layers without weights, and all that follows from it: every shape, every parameter.

A graph is directed and without circles, its layers in topological order. It says nothing about
what goes in or comes out: classes, a title and the way from a drawing to numbers belong to a
network (`model/spec.py`), which is a graph with these.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from model.layer_spec import LayerSpec, SpecError, check_whole
from model.parameters import Parameter, parameters_of
from model.shapes import LIMIT, Shape, output_shape

INPUT = "input"
"""The name under which layers and traces know what goes in."""


@dataclass(frozen=True, slots=True)
class GraphSpec:
    """Layers that read each other, as a value. Making one checks it and works out every shape.

    Attributes
    ----------
    shape : (channels, rows, columns) of what goes in.
    layers : in topological order; after construction every layer's inputs are spelled out.
    shapes : by layer name, "input" included.
    parameters : by layer name, of every layer, what its kind learns; () for nothing.
    parameter_shapes : by "LAYER.NAME", in the order of the layers.
    """

    shape: tuple[int, int, int]
    layers: tuple[LayerSpec, ...]
    shapes: Mapping[str, Shape] = field(init=False, repr=False, compare=False)
    parameters: Mapping[str, tuple[Parameter, ...]] = field(init=False, repr=False, compare=False)
    parameter_shapes: Mapping[str, Shape] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Resolve the inputs, work out the shapes, refuse what does not fit together."""
        check_shape(self.shape)
        layers = _resolved(self.layers)
        shapes: dict[str, Shape] = {INPUT: self.shape}
        parameters: dict[str, tuple[Parameter, ...]] = {}
        named: dict[str, Shape] = {}
        for layer in layers:
            inputs = [shapes[name] for name in layer.inputs]
            shapes[layer.name] = output_shape(layer, inputs)
            parameters[layer.name] = parameters_of(layer, inputs)
            named |= {f"{layer.name}.{one.name}": one.shape for one in parameters[layer.name]}
            _check_size(layer, "cells", shapes.values())
            _check_size(layer, "parameters", named.values())
        object.__setattr__(self, "layers", layers)
        object.__setattr__(self, "shapes", MappingProxyType(shapes))
        object.__setattr__(self, "parameters", MappingProxyType(parameters))
        object.__setattr__(self, "parameter_shapes", MappingProxyType(named))

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel to other processes as the given facts; the rest is worked out again."""
        return GraphSpec, (self.shape, self.layers)

    @property
    def subject(self) -> str:
        """How sentences about it begin."""
        return "The graph"

    def layer(self, name: str) -> LayerSpec:
        """Find a layer by its name (KeyError when there is none; "input" is no layer)."""
        for layer in self.layers:
            if layer.name == name:
                return layer
        raise KeyError(name)

    def readers(self, name: str) -> tuple[str, ...]:
        """Name the layers that read `name`, in order."""
        return tuple(layer.name for layer in self.layers if name in layer.inputs)

    def before(self, name: str) -> frozenset[str]:
        """Name all layers that a layer depends on, "input" too where it does; not itself."""
        found = {name}
        for layer in reversed(self.layers):
            if layer.name in found:
                found.update(layer.inputs)
        return frozenset(found - {name})

    def parameters_of(self, name: str) -> tuple[str, ...]:
        """Name the parameters of a layer in full, in the order of its `forward`; () for none."""
        return tuple(f"{name}.{one.name}" for one in self.parameters.get(name, ()))

    def parameter_count(self, name: str) -> int:
        """Count the numbers of a layer that training sets: only those of what is connected."""
        return sum(one.learnt for one in self.parameters[name])


def check_shape(shape: object) -> None:
    """Refuse what cannot be the shape of an input."""
    if not isinstance(shape, tuple) or len(shape) != 3:
        raise SpecError("input-shape")
    for number in shape:
        check_whole("input-whole", number, least=1, field="shape")


def _resolved(layers: object) -> tuple[LayerSpec, ...]:
    """Spell out every layer's inputs; refuse double names and inputs that do not come before."""
    if not isinstance(layers, tuple) or not all(isinstance(one, LayerSpec) for one in layers):
        raise SpecError("layers-tuple")
    if not layers:
        raise SpecError("no-layers")
    done: list[LayerSpec] = []
    known = [INPUT]
    for layer in layers:
        if layer.name in known:
            raise SpecError("same-name", layer=layer.name)
        for name in layer.inputs:
            if name not in known:
                raise SpecError("no-input", layer=layer.name, source=name[:60])
        done.append(layer if layer.inputs else replace(layer, inputs=(known[-1],)))
        known.append(layer.name)
    return tuple(done)


def _check_size(layer: LayerSpec, what: str, shapes: Iterable[Shape]) -> None:
    if sum(math.prod(shape) for shape in shapes) > LIMIT:
        raise SpecError(f"many-{what}", layer=layer.name, most=LIMIT)
