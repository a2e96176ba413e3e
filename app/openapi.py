"""What OpenAPI says where the routes do not say it by themselves."""

from collections.abc import Mapping
from typing import Any, Final

from fastapi import FastAPI

from app.bodies import IMAGES, JSON, SAFETENSORS
from app.errors import MEDIA_TYPE, PROBLEMS
from app.handwriting.schemas import HandwritingBody, HandwritingChange, HandwritingNames
from app.models import CSV, NPZ
from app.moves import LIMITS, WHOLE
from app.operations.schemas import (
    GraphDescription,
    LiveOperations,
    NetworkFile,
    OperationsBody,
    OperationsMetadata,
    Wishes,
)
from app.quiz.schemas import Quiz
from app.runs.schemas import RunBody, RunLine, RunStatus, WishBody
from app.schemas import (
    DerivativesMetadata,
    EditsBody,
    GradientMetadata,
    InputBody,
    LiveMessage,
    LiveRefusal,
    PathsMetadata,
    PixelsBody,
    Problem,
    ScoreSteps,
    StepMetadata,
    StrokesBody,
    TensorJson,
    TraceMetadata,
)
from app.surveys.schemas import (
    MapMetadata,
    NeighboursMetadata,
    ReadingsMetadata,
    SurveyProgress,
    UnitsMetadata,
)

SCHEMAS: Final = "#/components/schemas/"
NETWORK: Final = "The id of a network, as the list has it."
WEIGHTS: Final = (
    "The hash of the weights that are meant: those that are served when it is left out, or those "
    "of a variant that edits made (`POST /api/models/{id}/variants`)."
)
ASKS_ONLY: Final[dict[str, Any]] = {"x-changes": "nothing"}
"""What a POST says that asks and changes nothing; every other one needs the token."""

BINARY: Final = {"type": "string", "format": "binary"}


def problems(*kinds: str) -> dict[int | str, dict[str, Any]]:
    """Describe the refusals of these kinds, by status."""
    said: dict[int, list[str]] = {}
    for status, title, when in (PROBLEMS[kind] for kind in kinds):
        said.setdefault(status, []).append(f"{title}: {when}")
    content = {MEDIA_TYPE: {"schema": {"$ref": SCHEMAS + Problem.__name__}}}
    return {
        status: {"description": " ".join(sentences), "content": content}
        for status, sentences in sorted(said.items())
    }


_JSON_TRACE: Final[Mapping[str, Any]] = {
    "type": "object",
    "description": "The tensors by name.",
    "properties": {"__metadata__": {"$ref": SCHEMAS + TraceMetadata.__name__}},
    "required": ["__metadata__", "input"],
    "additionalProperties": {"$ref": SCHEMAS + TensorJson.__name__},
}

_MOVES: Final = {
    "down": "Move the preprocessed image down by so many rows (up when negative); what leaves is "
    "cut off. The `preprocess` tensors still say how it was placed before, but for the centre.",
    "right": "Move it to the right by so many columns (to the left when negative).",
    "rotation": "Turn it about the middle by so many degrees, counter-clockwise, before moving.",
    "scale": "Enlarge it about the middle by this factor, before turning.",
}


def query(name: str, schema: dict[str, Any], about: str, *, needed: bool = False) -> dict[str, Any]:
    """Describe a parameter of a query."""
    found = {"name": name, "in": "query", "schema": schema, "description": about}
    return {**found, "required": True} if needed else found


def _move(name: str, about: str) -> dict[str, Any]:
    least, most = LIMITS[name]
    kind = "integer" if name in WHOLE else "number"
    default = 1 if name == "scale" else 0
    schema = {"type": kind, "minimum": least, "maximum": most, "default": default}
    return query(name, schema, about)


ID: Final[dict[str, Any]] = {
    "name": "id",
    "in": "path",
    "required": True,
    "schema": {"type": "string"},
    "description": NETWORK,
}
VARIANT: Final = query("weights", {"type": "string", "default": ""}, WEIGHTS)
DRAWING: Final[list[dict[str, Any]]] = [
    query(
        "center",
        {"type": "boolean", "default": True},
        "For image files: crop to the ink, scale and centre it. JSON bodies say it in their field.",
    ),
    query(
        "digit",
        {"type": "integer", "minimum": 0, "maximum": 999},
        "Of several digits the one to read, from 0, as the metadata's `digits` count them; the "
        "largest when it is left out or there are fewer.",
    ),
]
"""What a query says of the drawing, whatever is asked about it."""

TRACE: Final[dict[str, Any]] = {
    **ASKS_ONLY,
    "parameters": [
        ID,
        VARIANT,
        *DRAWING,
        *(_move(name, about) for name, about in _MOVES.items()),
    ],
    "requestBody": {
        "required": True,
        "content": {
            JSON: {
                "schema": {
                    "oneOf": [
                        {"$ref": SCHEMAS + StrokesBody.__name__},
                        {"$ref": SCHEMAS + PixelsBody.__name__},
                        {"$ref": SCHEMAS + InputBody.__name__},
                    ]
                },
                "examples": {
                    "strokes": {
                        "summary": "A 1, drawn in one stroke",
                        "value": {
                            "strokes": [{"points": [[0.5, 0.2], [0.5, 0.8]], "width": 0.07}],
                            "center": True,
                        },
                    },
                    "pixels": {
                        "summary": "An image of 28×28, here without ink",
                        "value": {"pixels": [0] * 784},
                    },
                    "edits": {
                        "summary": "With any of them may stand the edits that make the weights "
                        "that are meant, so that the question is answered wherever it arrives",
                        "value": {
                            "strokes": [{"points": [[0.5, 0.2], [0.5, 0.8]]}],
                            "edits": [{"do": "set", "of": "conv2", "at": [3], "values": [0]}],
                        },
                    },
                },
            },
            **{name: {"schema": BINARY} for name in IMAGES},
        },
    },
    "responses": {
        200: {
            "description": "Every tensor of the forward pass: `input`, each layer under its name, "
            "`NAME.winners` for max pooling (the index into the map below), and `preprocess.crop`, "
            "`.scale`, `.centre`, `.shift`. The metadata say whether the image is `blank`, what "
            "speaks against the reading (`note`), and where the `digits` are when there "
            "seem to be several. A NumPy archive "
            "holds the weights, too, as `NAME.weight` and `NAME.bias`. CSV has the layers alone, "
            "a row a cell.",
            "headers": {
                "Convlens-Weights": {
                    "description": "SHA-256 of the weights that made it.",
                    "schema": {"type": "string"},
                },
                "Server-Timing": {
                    "description": "preprocess, forward and encode, in milliseconds.",
                    "schema": {"type": "string"},
                },
            },
            "content": {
                SAFETENSORS: {"schema": BINARY},
                "application/octet-stream": {"schema": BINARY},
                JSON: {"schema": _JSON_TRACE},
                NPZ: {"schema": BINARY},
                CSV: {"schema": {"type": "string"}},
            },
        },
        **problems(
            "not-json",
            "unknown-model",
            "other-weights",
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


# Schemas that no route's own types name.
_REFERRED_TO: Final = (
    StrokesBody,
    PixelsBody,
    InputBody,
    EditsBody,
    TraceMetadata,
    DerivativesMetadata,
    PathsMetadata,
    StepMetadata,
    GradientMetadata,
    ScoreSteps,
    TensorJson,
    Problem,
    LiveMessage,
    LiveRefusal,
    GraphDescription,
    OperationsBody,
    OperationsMetadata,
    Wishes,
    LiveOperations,
    NetworkFile,
    Quiz,
    RunBody,
    HandwritingNames,
    HandwritingBody,
    HandwritingChange,
    RunLine,
    RunStatus,
    WishBody,
    ReadingsMetadata,
    SurveyProgress,
    MapMetadata,
    UnitsMetadata,
    NeighboursMetadata,
)


def describe(app: FastAPI) -> dict[str, Any]:
    """Complete what FastAPI derives from the routes with the schemas that they only refer to."""
    if app.openapi_schema is None:
        document = FastAPI.openapi(app)
        schemas = document["components"]["schemas"]
        for model in _REFERRED_TO:
            schema = model.model_json_schema(ref_template=SCHEMAS + "{model}")
            schemas |= schema.pop("$defs", {})
            schemas[model.__name__] = schema
        _leave_out_validation(document)
        app.openapi_schema = document
    return app.openapi_schema


def _leave_out_validation(document: dict[str, Any]) -> None:
    """Take out the refusal that FastAPI adds to every route with a parameter: ours are strings."""
    for methods in document["paths"].values():
        for operation in methods.values():
            if "HTTPValidationError" in str(operation["responses"].get("422", "")):
                del operation["responses"]["422"]
    for name in ("HTTPValidationError", "ValidationError"):
        document["components"]["schemas"].pop(name, None)
