"""What OpenAPI says of somebody's own drawings."""

from typing import Any, Final

from app.bodies import SAFETENSORS
from app.handwriting.schemas import HandwritingBody, HandwritingChange, HandwritingNames
from app.openapi import BINARY, problems
from app.openapi_training import BODY, NEEDS, body

SEEN: Final = problems(*NEEDS, "handwriting-full", "busy")
OF_ONE: Final = problems(*NEEDS, "no-drawing", "handwriting-full", "busy")
WRITTEN: Final = problems(*NEEDS, *BODY, "no-drawing", "handwriting-full")
ALL_GONE: Final = problems(*NEEDS, "wrong-parameter", "handwriting-full", "busy")

NAMES: Final = body(HandwritingNames, signs=("Two digits and a sign", {"names": ["4", "7", "★"]}))
DRAWING: Final = body(
    HandwritingBody,
    one=(
        "A stroke down, by the writer called blue",
        {"label": 0, "writer": "blue", "strokes": [{"points": [[0.5, 0.2], [0.5, 0.8]]}]},
    ),
)
CHANGE: Final = body(HandwritingChange, label=("It is of another class", {"label": 1}))


def _file(kind: str, about: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"description": about, "content": {kind: {"schema": BINARY}}}}


FIGURES: Final = problems(*NEEDS, "no-run", "no-drawing")
IMAGES: Final = _file(
    SAFETENSORS, "`images`: (n, 28, 28) bytes, in the order asked for."
) | problems(*NEEDS, "wrong-parameter", "no-drawing", "handwriting-full")
IDX: Final = _file(
    "application/zip", "Four IDX files, the names of the classes, the writers, and a text."
) | problems(
    *(*NEEDS, "wrong-parameter", "no-set", "no-run", "no-drawing", "few-drawings"),
    "handwriting-full",
)
PNGS: Final = _file("application/zip", "A PNG of 28×28 pixels each.") | SEEN
