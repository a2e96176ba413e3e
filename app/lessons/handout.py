"""A lesson on paper: what its network says is filled in, numbers of a drawing are gaps."""

from collections.abc import Callable
from math import prod

from app.lessons.schemas import LessonCue
from app.lessons.words import ABOUT_CLASSES, ABOUT_LAYERS, GUESSES
from app.numbers import grouped
from app.schemas import LayerSpec, Model
from model.parameters import Parameter

Say = Callable[..., str]
"""A message, its gaps filled."""


def filled(cue: LessonCue, number: tuple[str, ...], network: Model) -> str:
    """Write a number that no drawing changes; nothing where it is another one."""
    what, layer = (*number, "")[:2]
    if cue.page or not (count := _counted(what, layer, network)):
        return ""
    return " × ".join(map(grouped, count))


def _counted(what: str, name: str, network: Model) -> tuple[int, ...]:
    layers = {layer.name: layer for layer in network.layers}
    shape = (
        network.input.shape
        if name == network.input.name
        else layers[name].shape
        if name in layers
        else ()
    )
    if not shape:
        return ()
    if what in ("maps", "units"):
        return shape[:1]
    if what == "cells":
        return (prod(shape),)
    if what == "size":
        return (*shape, 1, 1)[1:3]
    if what == "kernel" and name in layers:
        return layers[name].kernel
    if what == "weights" and name in layers:
        return (_weights(layers[name]),)
    return ()


def _weights(layer: LayerSpec) -> int:
    """Count the weights and biases of a layer: of a map that is not connected there are none."""
    tables = {"weight": layer.connections}
    found = (Parameter(n, s, connections=tables.get(n)) for n, s in layer.parameters.items())
    return sum(one.learnt for one in found)


def gap(number: tuple[str, ...], say: Say) -> str:
    """Say below a gap what belongs into it."""
    first, *rest = number
    if first in GUESSES:
        return say(f"lessons.gap.{first}")
    if first in ABOUT_CLASSES:
        name = rest[0]
        of = say(f"lessons.gap.{name}" if name in GUESSES else "lessons.gap.class", name=name)
        return say(f"lessons.gap.{first}", of=of)
    if first == "strongest":
        return say("lessons.gap.strongest", layer=rest[0])
    if first in ABOUT_LAYERS:  # of an operation
        return say("lessons.gap.count", what=first, layer=rest[0])
    if len(rest) == 1:
        return say("lessons.gap.unit", layer=first, channel=rest[0])
    channel, row, column = rest
    return say("lessons.gap.cell", layer=first, channel=channel, row=row, column=column)
