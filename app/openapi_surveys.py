"""What OpenAPI says of surveys."""

from typing import Any, Final

from app.asking import OFFERS
from app.bodies import JSON
from app.openapi import BINARY, SCHEMAS, problems
from app.schemas import TensorJson
from app.surveys.schemas import ReadingsMetadata, SurveyProgress

SET: Final = (
    "The set of images, by its id in the list; else the one that a run learnt from, else MNIST, "
    "else any whose classes are the network's."
)


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
