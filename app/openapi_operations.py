"""What OpenAPI says of graphs of operations."""

from typing import Any, Final

from app.asking import OFFERS
from app.bodies import JSON, SAFETENSORS
from app.openapi import BINARY, SCHEMAS, problems
from app.operations.schemas import OperationsBody, OperationsMetadata
from app.schemas import TensorJson

_EXAMPLE: Final = OperationsBody.model_json_schema()["examples"][0]

OPERATIONS: Final[dict[str, Any]] = {
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
