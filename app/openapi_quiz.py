"""What OpenAPI says of questions made from live numbers."""

from typing import Any, Final

from app.bodies import JSON
from app.models import CSV
from app.openapi import DRAWING, ID, SCHEMAS, TRACE, VARIANT, query
from app.quiz.asked import BOUNDS, FORMS, GIFT
from app.quiz.kinds import KINDS
from app.quiz.schemas import Quiz

_NUMBERS: Final = {
    "level": "How hard they are: what each level means of each kind, its messages say.",
    "seed": "The same makes the same questions, another others.",
    "count": "How many, of one kind after the other.",
}


def _number(name: str, about: str) -> dict[str, Any]:
    least, most, usual = BOUNDS[name]
    return query(
        name, {"type": "integer", "minimum": least, "maximum": most, "default": usual}, about
    )


QUIZ: Final[dict[str, Any]] = {
    **TRACE,
    "parameters": [
        ID,
        VARIANT,
        *DRAWING,
        query(
            "kind",
            {"type": "array", "items": {"enum": list(KINDS)}},
            "Which kinds, as often as there are some; all when it is left out.",
        ),
        *(_number(name, about) for name, about in _NUMBERS.items()),
        query(
            "form",
            {"enum": list(FORMS)},
            "The form of the answer; when it is left out, `Accept` chooses.",
        ),
    ],
    "responses": {
        **TRACE["responses"],
        200: {
            **TRACE["responses"][200],
            "description": "The questions, and which kinds there are none of and why. As plain "
            "text they are GIFT, the format that Moodle takes; as CSV a row a question.",
            "content": {
                JSON: {"schema": {"$ref": SCHEMAS + Quiz.__name__}},
                GIFT: {"schema": {"type": "string"}},
                CSV: {"schema": {"type": "string"}},
            },
        },
    },
}
