"""What OpenAPI says of the routes that take what a trace takes, and answer something else."""

from collections.abc import Mapping
from typing import Any, Final

from app.asking import OFFERS
from app.bodies import JSON
from app.openapi import TRACE
from app.schemas import DerivativesMetadata, TensorJson, TraceMetadata

_SCHEMAS: Final = "#/components/schemas/"


def _like_a_trace(
    about: str, metadata: type, needed: list[str], parameters: list[dict[str, Any]]
) -> dict[str, Any]:
    """Describe a route whose bodies, headers and refusals are those of a trace."""
    answer = TRACE["responses"][200]
    json: Mapping[str, Any] = {
        "type": "object",
        "description": "The tensors by name.",
        "properties": {"__metadata__": {"$ref": _SCHEMAS + metadata.__name__}},
        "required": ["__metadata__", *needed],
        "additionalProperties": {"$ref": _SCHEMAS + TensorJson.__name__},
    }
    forms = {name: answer["content"][name] for name in OFFERS} | {JSON: {"schema": json}}
    return {
        **TRACE,
        "parameters": [*TRACE["parameters"], *parameters],
        "responses": {
            **TRACE["responses"],
            200: {**answer, "description": about, "content": forms},
        },
    }


def _place(name: str, about: str, *, needed: bool = False) -> dict[str, Any]:
    default = {} if needed else {"default": 0}
    schema = {"type": "integer", "minimum": 0, **default}
    return {"name": name, "in": "query", "required": needed, "schema": schema, "description": about}


DERIVATIVES: Final = _like_a_trace(
    "A tensor of its shape for `input` and each layer, under its name: for layers before the cell "
    "the derivatives of the cell by each of theirs, for layers after it those of each of their "
    "cells by the cell. The cell's own layer is 1 at the cell and else 0; layers beside it are 0.",
    DerivativesMetadata,
    ["input"],
    [
        {
            "name": "layer",
            "in": "query",
            "required": True,
            "schema": {"type": "string", "minLength": 1},
            "description": "The cell's layer, by name; `input` is the image.",
        },
        _place("channel", "Its map, or its unit.", needed=True),
        _place("row", "Its row in the map; 0 for units."),
        _place("column", "Its column in the map; 0 for units."),
    ],
)

VARIATIONS: Final = _like_a_trace(
    "The probabilities of the classes, last axis, for the preprocessed image of 28×28: `shift` by "
    "rows and columns of `shift.offsets` pixels (down and right positive; what leaves is cut off), "
    "`rotation` by `rotation.angles` degrees (counter-clockwise positive), `scale` by "
    "`scale.factors`, the last two about the middle with bilinear interpolation; `rotation.images` "
    "and `scale.images` are what was read for these.",
    TraceMetadata,
    [
        *("shift", "shift.offsets", "rotation", "rotation.angles", "rotation.images"),
        *("scale", "scale.factors", "scale.images"),
    ],
    [],
)
