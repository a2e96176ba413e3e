"""What OpenAPI says of the routes that take what a trace takes, and answer something else."""

from collections.abc import Mapping
from typing import Any, Final

from app.addresses import MOST_QUESTIONS
from app.asking import OFFERS
from app.bodies import JSON
from app.openapi import ASKS_ONLY, DRAWING, ID, SCHEMAS, TRACE, VARIANT, problems, query
from app.schemas import (
    DerivativesMetadata,
    EditsBody,
    Model,
    PathsMetadata,
    TensorJson,
    TraceMetadata,
)


def like_a_trace(
    about: str,
    metadata: type,
    needed: list[str],
    parameters: list[dict[str, Any]],
    more: tuple[str, ...] = (),
) -> dict[str, Any]:
    """Describe a route whose bodies, headers and refusals are those of a trace, with more forms."""
    answer = TRACE["responses"][200]
    json: Mapping[str, Any] = {
        "type": "object",
        "description": "The tensors by name.",
        "properties": {"__metadata__": {"$ref": SCHEMAS + metadata.__name__}},
        "required": ["__metadata__", *needed],
        "additionalProperties": {"$ref": SCHEMAS + TensorJson.__name__},
    }
    forms = {name: answer["content"][name] for name in (*OFFERS, *more)} | {JSON: {"schema": json}}
    return {
        **TRACE,
        "parameters": [*TRACE["parameters"], *parameters],
        "responses": {
            **TRACE["responses"],
            200: {**answer, "description": about, "content": forms},
        },
    }


def _place(
    name: str, about: str, *, needed: bool = False, default: int | None = 0
) -> dict[str, Any]:
    first = {} if needed or default is None else {"default": default}
    schema = {"type": "integer", "minimum": 0, **first}
    return query(name, schema, about, needed=needed)


DERIVATIVES: Final = like_a_trace(
    "A tensor of its shape for `input` and each layer, under its name: for layers before the cell "
    "the derivatives of the cell by each of theirs, for layers after it those of each of their "
    "cells by the cell. The cell's own layer is 1 at the cell and else 0; layers beside it are 0.",
    DerivativesMetadata,
    ["input"],
    [
        query(
            "layer",
            {"type": "string", "minLength": 1},
            "The cell's layer, by name; `input` is the image.",
            needed=True,
        ),
        _place("channel", "Its map, or its unit.", needed=True),
        _place("row", "Its row in the map; 0 for units."),
        _place("column", "Its column in the map; 0 for units."),
    ],
)

PATHS: Final = like_a_trace(
    "Of k chains, those for the score first, the strongest first, then those against it: `values` "
    "(k), what each brings to the score; `cells` (k, junctions), the row-major index of its cell "
    "in each junction, -1 where it passes by; `pixels` (k, *shape of the input), of which cells of "
    "the input that is made; `muted` (k, scores), all scores with that chain muted. Beside them "
    "`score`, and what `all` paths and all `biases` bring to it; `rest` is what is then left: next "
    "to nothing in a network of straight pieces (relu, max pooling), and what straight lines miss "
    "where curves (tanh) bend. With `against` all of it is about the difference of two scores.",
    PathsMetadata,
    ["score", "all", "biases", "rest", "values", "pixels", "muted", "cells"],
    [
        _place("channel", "Whose score: the class's place, from 0.", needed=True),
        _place("against", "The class whose score is taken away from it.", default=None),
        _place("row", "Where scores are maps: the row; else 0."),
        _place("column", "Where scores are maps: the column; else 0."),
    ],
)

VARIATIONS: Final = like_a_trace(
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


QUESTIONS: Final[dict[str, Any]] = {
    **TRACE,
    "parameters": [
        query(
            "ask",
            {
                "type": "array",
                "items": {"type": "string"},
                "minItems": 1,
                "maxItems": MOST_QUESTIONS,
            },
            "A question, as often as there are questions: the address under which one would ask it "
            "alone, from the network's id on, with its parameters (`lenet/trace`, "
            "`mlp/trace?down=2`, `lenet/trace?weights=…`). In a query `?` and `&` of it are "
            "written as `%3F` and `%26`.",
            needed=True,
        ),
        *DRAWING,
    ],
    "responses": {
        **TRACE["responses"],
        200: {
            **TRACE["responses"][200],
            "description": "All answers in one file, each tensor and each of the metadata under "
            "the number of its question, from 0: `0/conv1`, `1/input`. As JSON it is a list of "
            "what each question alone would be answered.",
            "content": {
                **{name: TRACE["responses"][200]["content"][name] for name in OFFERS},
                JSON: {
                    "schema": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "properties": {
                                "__metadata__": {"$ref": SCHEMAS + TraceMetadata.__name__}
                            },
                            "required": ["__metadata__"],
                        },
                    }
                },
            },
        },
    },
}

VARIANTS: Final[dict[str, Any]] = {
    **ASKS_ONLY,
    "parameters": [ID, VARIANT],
    "requestBody": {
        "required": True,
        "content": {
            JSON: {
                "schema": {"$ref": SCHEMAS + EditsBody.__name__},
                "examples": {
                    "silent": {
                        "summary": "Map 3 of conv2 silenced, its filter and its bias",
                        "value": {
                            "edits": [{"do": "set", "of": "conv2", "at": [3], "values": [0]}]
                        },
                    },
                    "turned": {
                        "summary": "A filter of conv1 with its signs turned, and one weight moved",
                        "value": {
                            "edits": [
                                {"do": "scale", "of": "conv1.weight", "at": [2], "values": [-1]},
                                {
                                    "do": "add",
                                    "of": "conv1.weight",
                                    "at": [2, 0, 1, 3],
                                    "values": [0.25],
                                },
                            ]
                        },
                    },
                },
            }
        },
    },
    "responses": {
        200: {
            "description": "The network with these weights; `sha256` is what `?weights=` takes.",
            "content": {JSON: {"schema": {"$ref": SCHEMAS + Model.__name__}}},
        },
        **problems(
            "not-json",
            "unknown-model",
            "other-weights",
            "too-slow",
            "too-large",
            "wrong-content-type",
            "wrong-field",
            "busy",
        ),
    },
}
