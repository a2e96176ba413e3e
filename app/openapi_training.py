"""What OpenAPI says of trainings and sets of images."""

from typing import Any, Final

from app.bodies import JSON, SAFETENSORS
from app.openapi import BINARY, SCHEMAS, problems
from app.runs.schemas import RunBody, WishBody

NEEDS: Final = ("forbidden", "foreign-origin")
BODY: Final = ("not-json", "too-slow", "too-large", "wrong-content-type", "wrong-field", "busy")


def body(model: type, **examples: tuple[str, Any]) -> dict[str, Any]:
    """Describe a body in JSON, with examples."""
    said = {name: {"summary": text, "value": value} for name, (text, value) in examples.items()}
    schema = {"$ref": SCHEMAS + model.__name__}
    return {
        "requestBody": {"required": True, "content": {JSON: {"schema": schema, "examples": said}}}
    }


START: Final = body(
    RunBody,
    plain=("lenet on MNIST, all else as in the recipe plain", {"network": "lenet"}),
    again=(
        "A run once more, with one thing changed",
        {"like": "20260829-101500-c0ffee", "recipe": {"optimiser": "sgd"}},
    ),
    momentum=(
        "Two epochs of 5,000 images with momentum",
        {"recipe": {"optimiser": "momentum", "rate": 0.02, "images": 5000, "epochs": 2}},
    ),
)
START_ANSWERS: Final = problems(
    *NEEDS, *BODY, "no-run", "no-set", "no-room", "no-drawing", "few-drawings"
)
WISH: Final = body(WishBody, pause=("Stand still between two batches", {"wish": "pause"}))
WISH_ANSWERS: Final = problems(*NEEDS, *BODY, "no-run", "run-state", "no-room")
DELETE_ANSWERS: Final = problems(*NEEDS, "no-run", "run-state", "no-room")
FETCH_ANSWERS: Final = problems(*NEEDS, "no-set", "no-room", "busy")

IMAGES: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "Tensors `labels` and `places` (n, I32) and `images` (n, 28, 28, U8); `of` "
        "in the metadata says how many there are in all. As JSON each is `{dtype, shape, data}`.",
        "content": {SAFETENSORS: {"schema": BINARY}, JSON: {"schema": {"type": "object"}}},
    },
    **problems("no-set", "not-acceptable", "wrong-parameter"),
}

METRICS: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "A `RunLine` each, oldest first.",
        "content": {
            "application/x-ndjson": {"schema": {"type": "string"}},
            "text/csv": {"schema": {"type": "string"}},
        },
    },
    **problems("no-run", "not-acceptable", "wrong-parameter"),
}
STREAM: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "Events `metrics`, whose data is a `RunLine` and whose id its number, and "
        "`status`, whose data is a `RunStatus`. It ends when the run has ended or is deleted.",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    },
    **problems("no-run", "wrong-parameter", "busy"),
}
WEIGHTS: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "A safetensors file.",
        "content": {SAFETENSORS: {"schema": BINARY}},
    },
    **problems("no-run", "wrong-parameter"),
}
