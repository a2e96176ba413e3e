"""Networks without weights as files: read, held to what can learn MNIST's digits, written out."""

import json
from typing import Any, Final

from app.operations.asked import read_json, wrong
from app.operations.graph import graph_in, ill, judge_layers, judge_value
from app.schemas import Gap
from model.spec import NetworkSpec, SpecError

SIDE: Final = 28
"""Rows and columns of MNIST's images."""

DIGITS: Final = 10


def spec_in(body: bytes) -> NetworkSpec:
    """
    Read a network that can be trained on MNIST's digits.

    Raises
    ------
    RefusalError
        Saying what is wrong with it: of layers with the first one that cannot be, at its place.
    """
    document = read_json(body, "spec-not-json")
    if not isinstance(document, dict):
        raise wrong("no-object", "#")
    spec = spec_of(document)
    _judge_digits(spec)
    return spec


def spec_of(document: dict[str, Any]) -> NetworkSpec:
    """Read a network of any input and classes; RefusalError as `spec_in` says."""
    for key in document:
        judge_value(key, "#")
    judge_layers(document.get("layers", []), "#/layers")
    try:
        return NetworkSpec.from_json(document)
    except SpecError as error:
        raise ill(error, _place_of(document)) from None


def _place_of(document: dict[str, Any]) -> str:
    """Say where it is wrong; a RefusalError says so itself of the first layer that is."""
    try:
        bare = NetworkSpec.from_json({**document, "classes": [], "layers": _ANY})
    except SpecError:
        return "#"
    layers = document.get("layers", [])
    graph_in(layers, bare.shape, "#/layers")
    return f"#/layers/{len(layers) - 1}"  # there are more classes than it has units, or fewer


_ANY: Final = [{"name": "any", "kind": "flatten", "inputs": []}]


def _judge_digits(spec: NetworkSpec) -> None:
    count, border = len(spec.classes), spec.input.border
    if count < DIGITS:
        raise wrong("few-classes", "#/classes", {"count": count, "least": DIGITS})
    side = SIDE + 2 * border
    if spec.shape != (1, side, side):
        gaps: dict[str, Gap] = {"shape": spec.shape, "border": border, "side": side}
        raise wrong("other-image", "#/input/shape", gaps)


def written(spec: NetworkSpec) -> bytes:
    """Write it as `convlens train` takes it, a layer a line."""
    facts = spec.to_json()
    layers = facts.pop("layers")
    head = [f"  {json.dumps(name)}: {json.dumps(one)}," for name, one in facts.items()]
    rows = ",\n".join(f"    {json.dumps(one)}" for one in layers)
    return "\n".join(("{", *head, '  "layers": [', rows, "  ]", "}", "")).encode()
