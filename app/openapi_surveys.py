"""What OpenAPI says of surveys."""

from typing import Any, Final

from app.asking import OFFERS
from app.bodies import JSON
from app.openapi import ASKS_ONLY, BINARY, DRAWING, SCHEMAS, TRACE, problems, query
from app.openapi_more import like_a_trace
from app.schemas import TensorJson
from app.surveys.neighbours import MOST as MOST_NEIGHBOURS
from app.surveys.neighbours import USUAL
from app.surveys.schemas import (
    MapMetadata,
    NeighboursMetadata,
    ReadingsMetadata,
    SurveyProgress,
    UnitsMetadata,
)

SET: Final = (
    "The set of images, by its id in the list; else the one that a run learnt from, else MNIST, "
    "else any whose classes are the network's."
)
LAYER: Final = "Which layer, by name; else the one that the scores are made from."


def survey(about: str, metadata: type, needed: list[str]) -> dict[int | str, dict[str, Any]]:
    """Describe the answers of a survey: what it is when it is there, and until then."""
    json = {
        "type": "object",
        "properties": {"__metadata__": {"$ref": SCHEMAS + metadata.__name__}},
        "required": ["__metadata__", *needed],
        "additionalProperties": {"$ref": SCHEMAS + TensorJson.__name__},
    }
    forms = {name: {"schema": BINARY} for name in OFFERS} | {JSON: {"schema": json}}
    progress = {"schema": {"$ref": SCHEMAS + SurveyProgress.__name__}}
    return {
        200: {"description": about, "content": forms},
        202: {
            "description": "It is being made; ask again.",
            "headers": {
                "Retry-After": {
                    "description": "In so many seconds, or sooner.",
                    "schema": {"type": "string"},
                }
            },
            "content": {JSON: progress},
        },
        304: {"description": "The copy that If-None-Match names is still the right one."},
        **problems(
            *("unknown-model", "other-weights", "no-set", "not-acceptable", "wrong-parameter"),
            *("survey-failed", "busy"),
        ),
    }


READINGS: Final = survey(
    "Of each image, in the order of the set: `truth`, `said` and `second` (the class with the "
    "next largest share), `losses` (−log of the true class's share) and `energies` (log-sum-exp of "
    "the scores; low where no class speaks strongly), `scores` and `shares` of all classes. "
    "`confusion` counts images by true class and class said.",
    ReadingsMetadata,
    ["losses", "energies", "scores", "shares", "confusion", "truth", "said", "second"],
)

MAP: Final = survey(
    "`places` (images, 2), how far each lies from the mean along both components; `shares`, how "
    "much of all variance each of the first components holds, of which the map shows two. The "
    "largest number of each component is above 0, so that a map is never turned over.",
    MapMetadata,
    ["places", "shares"],
)

UNITS: Final = survey(
    "Of `input` and each layer, a number a map or unit: `NAME/above`, on what share of the images "
    "its cells are above 0, on average; `NAME/never` and `NAME/always`, how many of its cells are "
    "so on none and on all; `NAME/least` and `NAME/most`; `NAME/cell` (maps, 2), row and column of "
    "the cell that is above 0 most often. `NAME/counts` is the histogram of all its numbers, and "
    "`PARAMETER/counts` that of a parameter's: each number is in the bin that begins with the "
    "largest multiple of its width that is not above it; those that are exactly 0 are in none.",
    UnitsMetadata,
    [],
)

_FOUND: Final = like_a_trace(
    "`numbers` (count), which test images of the set they are, the nearest first; `distances` "
    "to them and their `labels`; and `place` (2), where the drawing itself lies on the map.",
    NeighboursMetadata,
    ["distances", "place", "numbers", "labels"],
    [],
)

NEIGHBOURS: Final[dict[str, Any]] = {
    **ASKS_ONLY,
    "parameters": [
        *DRAWING,
        query(
            "count",
            {"type": "integer", "minimum": 1, "maximum": MOST_NEIGHBOURS, "default": USUAL},
            "How many.",
        ),
    ],
    "requestBody": TRACE["requestBody"],
    "responses": {
        **_FOUND["responses"],
        202: READINGS[202],
        **{
            status: said
            for status, said in problems("unknown-model", "other-weights", "no-set").items()
            if status == 404
        },
    },
}
