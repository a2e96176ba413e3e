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
    for place, names in (("#", document), ("#/input", document.get("input"))):
        for name in names if isinstance(names, dict) else ():
            judge_value(name, place)
    judge_layers(document.get("layers", []), "#/layers")
    try:
        return NetworkSpec.from_json(document)
    except SpecError as error:
        raise ill(error, _place_of(error, document)) from None


def _place_of(error: SpecError, document: dict[str, Any]) -> str:
    """Say where it is wrong; a RefusalError says so itself of the first layer that is."""
    if error.kind in ("classes", "same-class"):
        return "#/classes"
    if error.kind == "spec-lacks":
        return "#"
    try:
        bare = NetworkSpec.from_json({**document, "classes": [], "layers": _ANY})
    except SpecError:
        return "#"
    layers = document.get("layers", [])
    graph_in(layers, bare.shape, "#/layers")
    # What is left fits to the other layers, but not to a network or to its classes.
    return f"#/layers/{[one['name'] for one in layers].index(error.gaps['layer'])}"


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
