"""What is wrong with a spec, as sentences by kind; gaps stand in braces.

A reader who words them anew, in another language for example, goes by the kind and what fills the
gaps. Gaps called `shape` and `other` hold shapes.
"""

from collections.abc import Mapping

Gap = str | int | tuple[str, ...] | tuple[int, ...]
"""What fills a gap: a name, a number, names or numbers in a row, a shape."""

SPEC_WORDS: Mapping[str, str] = {
    # Of any layer.
    "odd-name": (
        "A layer's name must start with a letter and go on with letters, digits, - or _ "
        "(40 at most)."
    ),
    "named-input": 'No layer may be called "input": that name means the image.',
    "kind": "Layer {layer}: its kind must be one of {kinds}.",
    "unused": "Layer {layer}: {kind} has no {field}; leave it out.",
    "whole-channels": (
        "Layer {layer}: its number of channels must be a whole number from {least} to {most}."
    ),
    "whole": "Layer {layer}: its {field} must be a whole number from {least} to {most}.",
    "pair": "Layer {layer}: its {field} must be two numbers, rows and columns.",
    "above-zero": "Layer {layer}: its {field} must be above 0 and at most {most}.",
    "rate": "Layer {layer}: its rate must be a number above 0 and below 1.",
    # Of what it reads.
    "inputs": "Layer {layer}: its inputs must be names of layers.",
    "input-twice": "Layer {layer}: it names an input twice; name each one once.",
    "no-input": "Layer {layer}: it reads '{source}', which is no layer before it.",
    "one-input": "Layer {layer}: {kind} needs two or more inputs.",
    "many-inputs": (
        "Layer {layer}: {kind} reads one layer, not {count}; join them with add or concat first."
    ),
    "needs-maps": (
        "Layer {layer}: {kind} needs maps, but {source} gives {shape}; put it before the fully "
        "connected layers."
    ),
    "needs-units": (
        "Layer {layer}: {kind} needs units, but {source} gives {shape}; put a flatten or dense "
        "layer between."
    ),
    "add": (
        "Layer {layer}: add needs layers of one shape, but {source} gives {shape} and {second} "
        "gives {other}."
    ),
    "concat": (
        "Layer {layer}: concat needs maps of one size, but {source} gives {shape} and {second} "
        "gives {other}."
    ),
    # Of its window.
    "mode": "Layer {layer}: its mode must be one of {modes}.",
    "padding": (
        "Layer {layer}: its padding ({padding}) must be smaller than its kernel ({kernel}), "
        "otherwise some windows would hold nothing but padding."
    ),
    "padding-spread": (
        "Layer {layer}: its padding ({padding}) must be smaller than its kernel ({kernel}), spread "
        "out by its dilation, otherwise some windows would hold nothing but padding."
    ),
    "kernel-rows": (
        "Layer {layer}: its kernel of {kernel} rows is larger than the {cells} that {source} has "
        "with padding."
    ),
    "kernel-columns": (
        "Layer {layer}: its kernel of {kernel} columns is larger than the {cells} that {source} "
        "has with padding."
    ),
    "kernel-rows-spread": (
        "Layer {layer}: its kernel of {kernel} rows, spread over {span} by its dilation, is larger "
        "than the {cells} that {source} has with padding."
    ),
    "kernel-columns-spread": (
        "Layer {layer}: its kernel of {kernel} columns, spread over {span} by its dilation, is "
        "larger than the {cells} that {source} has with padding."
    ),
    "steps-over-rows": (
        "Layer {layer}: with a dilation of {dilation} over {cells} rows some windows would hold "
        "nothing but padding; make it smaller, or pad by a multiple of it."
    ),
    "steps-over-columns": (
        "Layer {layer}: with a dilation of {dilation} over {cells} columns some windows would hold "
        "nothing but padding; make it smaller, or pad by a multiple of it."
    ),
    "many-terms": "Layer {layer}: its windows hold {count} cells; {most} at most.",
    "many-around": (
        "Layer {layer}: with padding, what it reads holds {count} cells; {most} at most."
    ),
    "many-cells": (
        "Layer {layer}: with it the network has more than {most} cells; make it smaller."
    ),
    "many-parameters": (
        "Layer {layer}: with it the network has more than {most} parameters; make it smaller."
    ),
    # Of which maps its maps read.
    "connections": (
        "Layer {layer}: its connections must be {count} lists, one for each of its maps, of the "
        "maps below that it reads."
    ),
    "connection-none": (
        "Layer {layer}: the connections of its map {map} must name one map below or more."
    ),
    "connection-whole": (
        "Layer {layer}: the connections of its map {map} must be a whole number from {least} to "
        "{most}."
    ),
    "connection-order": (
        "Layer {layer}: the connections of its map {map} must rise, each map named once."
    ),
    "connection-high": (
        "Layer {layer}: its connections name map {map}, but {source} gives {shape}, counted from 0."
    ),
    # Of all layers together.
    "layers-list": "The layers must be a list.",
    "layers-tuple": "The layers must be a tuple of layers.",
    "no-layers": "The spec has no layers; it needs at least one.",
    "same-name": "Two layers are called {layer}; give each its own name.",
    "unbounded": (
        "Layer {layer}: {kind} is for graphs of operations. A network may not have it, because its "
        "numbers know no bound; use softmax."
    ),
    "other-units": (
        "The last layer, {layer}, gives {shape}, but there are {count} classes; each class needs "
        "one unit."
    ),
    # Of JSON.
    "layer-object": "Layer number {number} must be an object with the fields {fields}.",
    "layer-kind": "Layer number {number}: its kind must be one of {kinds}.",
    "layer-lacks": "Layer number {number} ({kind}) lacks the field {field}.",
    "layer-unknown": "Layer number {number} ({kind}) has no field '{field}'; it has {fields}.",
    "spec-object": "The spec must be an object with the fields {fields}.",
    "spec-lacks": "The spec lacks the field {field}.",
    "spec-unknown": "The spec has no field '{field}'; it has {fields}.",
    "input-object": "The input must be an object with the fields {fields}.",
    "input-lacks": "The input lacks the field {field}.",
    "input-unknown": "The input has no field '{field}'; it has {fields}.",
    # Of what goes in, of names.
    "input-shape": "The input's shape must be three numbers: channels, rows, columns.",
    "input-whole": "The input's {field} must be a whole number from {least} to {most}.",
    "input-border": "The input's border leaves no room for the image; make it smaller.",
    "input-number": "The input's {field} must be a number.",
    "input-finite": "The input's {field} must be finite and not astronomic.",
    "input-scale": "The input's scale must not be 0: every image would look the same.",
    "id": (
        "The spec's id must be made of small letters, digits, - and _ (40 at most), because it "
        "becomes part of a link."
    ),
    "title": "The spec's title must be a text of 1 to {most} characters.",
    "classes": "The classes must be names of 1 to {most} characters.",
    "same-class": "Two classes have one name; give each its own.",
}
"""By kind."""

_SHAPES = ("shape", "other")


def in_words(shape: tuple[int, ...]) -> str:
    """Say a shape as people do: "6 maps of 28 by 28", "120 units"."""
    if len(shape) == 1:
        return f"{shape[0]} unit{'s' * (shape[0] != 1)}"
    return f"{shape[0]} map{'s' * (shape[0] != 1)} of {shape[1]} by {shape[2]}"


def spec_sentence(kind: str, gaps: Mapping[str, Gap]) -> str:
    """Fill the gaps of a sentence, in English."""
    return SPEC_WORDS[kind].format(**{name: _filled(name, gap) for name, gap in gaps.items()})


def _filled(name: str, gap: Gap) -> str:
    if name in _SHAPES and isinstance(gap, tuple):
        return in_words(tuple(int(one) for one in gap))
    if isinstance(gap, tuple):
        return ", ".join(map(str, gap))
    return f"{gap:,}" if isinstance(gap, int) else gap
