"""What OpenAPI says of graphs of operations."""

from typing import Any, Final

from app.asking import OFFERS
from app.bodies import IMAGES, JSON, SAFETENSORS
from app.openapi import ASKS_ONLY, BINARY, SCHEMAS, problems, query
from app.operations.schemas import NetworkFile, OperationsBody, OperationsMetadata
from app.pictures import MOST_SIDE
from app.schemas import PixelsBody, StrokesBody, TensorJson

_EXAMPLE: Final = OperationsBody.model_json_schema()["examples"][0]

OPERATIONS: Final[dict[str, Any]] = {
    **ASKS_ONLY,
    "requestBody": {
        "required": True,
        "content": {
            JSON: {
                "schema": {"$ref": SCHEMAS + OperationsBody.__name__},
                "examples": {
                    "kernel": {
                        "summary": "A 3×3 kernel over a picture of 4×4, and what of it is above 0",
                        "value": _EXAMPLE,
                    }
                },
            },
            SAFETENSORS: {"schema": BINARY},
            "application/octet-stream": {"schema": BINARY},
        },
    },
    "responses": {
        200: {
            "description": "As a trace: `input` as float32, each layer under its name, and "
            "`NAME.winners` for max pooling (the index into the map below); with `moves` also "
            "`input.moved`, what went in after each of them. The metadata's `spec` "
            "is the graph as JSON, with the shape of each layer, its parameters, its multiply-adds "
            "and its receptive field. Numbers may grow beyond float32: they are infinities and NaN "
            "then, and null in JSON.",
            "headers": {
                "Server-Timing": {
                    "description": "preprocess, forward and encode, in milliseconds.",
                    "schema": {"type": "string"},
                },
            },
            "content": {
                **{name: {"schema": BINARY} for name in OFFERS},
                JSON: {
                    "schema": {
                        "type": "object",
                        "description": "The tensors by name.",
                        "properties": {
                            "__metadata__": {"$ref": SCHEMAS + OperationsMetadata.__name__}
                        },
                        "required": ["__metadata__", "input"],
                        "additionalProperties": {"$ref": SCHEMAS + TensorJson.__name__},
                    }
                },
            },
        },
        **problems(
            "not-json",
            "not-safetensors",
            "not-acceptable",
            "too-slow",
            "too-large",
            "too-dear",
            "wrong-content-type",
            "wrong-field",
            "busy",
        ),
    },
}


def _switch(name: str, about: str) -> dict[str, Any]:
    return query(name, {"type": "boolean", "default": False}, about)


PICTURES: Final[dict[str, Any]] = {
    **ASKS_ONLY,
    "parameters": [
        query(
            "side",
            {"type": "integer", "minimum": 1, "maximum": MOST_SIDE, "default": MOST_SIDE},
            "Rows and columns of a file's picture at most; smaller ones stay as they are.",
        ),
        _switch("colour", "Three maps of a file: red, green and blue; else one of grey."),
        _switch("whole", "Bytes of a drawing, too: the nearest of 256 levels."),
    ],
    "requestBody": {
        "required": True,
        "content": {
            JSON: {
                "schema": {
                    "oneOf": [
                        {"$ref": SCHEMAS + StrokesBody.__name__},
                        {"$ref": SCHEMAS + PixelsBody.__name__},
                    ]
                },
                "examples": {
                    "strokes": {
                        "summary": "A 1, drawn in one stroke",
                        "value": {"strokes": [{"points": [[0.5, 0.2], [0.5, 0.8]]}]},
                    },
                },
            },
            **{name: {"schema": BINARY} for name in IMAGES},
        },
    },
    "responses": {
        200: {
            "description": "The tensor `picture` (maps, rows, columns): of a drawing float32, 0 "
            "for paper and 1 for ink; of a file uint8, 0 for black and 255 for white. A graph of "
            "operations takes either as its `input`.",
            "headers": {
                "Server-Timing": {
                    "description": "preprocess and encode, in milliseconds.",
                    "schema": {"type": "string"},
                },
            },
            "content": {
                **{name: {"schema": BINARY} for name in OFFERS},
                JSON: {
                    "schema": {
                        "type": "object",
                        "properties": {"picture": {"$ref": SCHEMAS + TensorJson.__name__}},
                        "required": ["picture"],
                    }
                },
            },
        },
        **problems(
            "not-json",
            "not-acceptable",
            "too-slow",
            "too-large",
            "wrong-content-type",
            "wrong-field",
            "wrong-parameter",
            "unreadable-image",
            "busy",
        ),
    },
}

SPECS: Final[dict[str, Any]] = {
    **ASKS_ONLY,
    "requestBody": {
        "required": True,
        "content": {
            JSON: {
                "schema": {"$ref": SCHEMAS + NetworkFile.__name__},
                "examples": {
                    "network": {
                        "summary": "A convolution, pooling, and a unit for each digit",
                        "value": NetworkFile.model_json_schema()["examples"][0],
                    }
                },
            }
        },
    },
    "responses": {
        200: {
            "description": "The same network, written out in full.",
            "content": {JSON: {"schema": {"$ref": SCHEMAS + NetworkFile.__name__}}},
        },
        **problems(
            "not-json",
            "too-slow",
            "too-large",
            "wrong-content-type",
            "wrong-field",
            "too-dear",
            "busy",
        ),
    },
}
