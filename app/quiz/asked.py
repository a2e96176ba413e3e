"""Questions as a request asks for them: which, how many, of what level and seed, in what form."""

from collections.abc import Callable, Mapping, Sequence
from time import perf_counter
from typing import Final, NamedTuple

from starlette.datastructures import QueryParams
from starlette.requests import Request

from app.asking import Answer, form_of, server_timing
from app.bodies import JSON
from app.catalogue import Catalogue
from app.models import CSV, Served
from app.parameters import whole_number
from app.quiz.gift import gift
from app.quiz.kinds import KINDS
from app.quiz.make import LEVELS, make_quiz
from app.quiz.material import Material
from app.quiz.said import quiz_said
from app.quiz.schemas import Quiz
from app.quiz.table import table
from app.reading import Source
from app.refusals import wrong_parameter
from app.schemas import MAX_NUMBER
from app.texts import Texts

GIFT: Final = "text/plain"
"""GIFT has no media type of its own."""

FORMS: Final[Mapping[str, str]] = {"json": JSON, "gift": GIFT, "csv": CSV}
"""What `?form=` may name, and the media type of each."""

MOST: Final = 50
"""Questions at once; each takes some ten milliseconds."""

BOUNDS: Final = {
    "level": (LEVELS[0], LEVELS[-1], 1),
    "seed": (0, MAX_NUMBER, 1),
    "count": (1, MOST, 10),
}
"""The least and the most of each number, and what it is when it is not there."""

_WRITERS: Final[Mapping[str, Callable[[Quiz], str]]] = {
    JSON: Quiz.model_dump_json,
    GIFT: gift,
    CSV: table,
}


class Wanted(NamedTuple):
    """What is asked for."""

    served: Served
    weights: str
    kinds: Sequence[str]
    level: int
    seed: int
    many: int


def wanted(served: Served, parameters: QueryParams) -> Wanted:
    """
    Read `?kind=&level=&seed=&count=`; all kinds where none is named.

    Raises
    ------
    RefusalError
        Saying what each of them may be.
    """
    kinds = tuple(dict.fromkeys(parameters.getlist("kind"))) or tuple(KINDS)
    if not set(kinds) <= set(KINDS):
        raise wrong_parameter("kind", "unknown-kind", {"kinds": tuple(KINDS)})
    digits = len(str(MAX_NUMBER))
    numbers = {
        name: whole_number(parameters, name, *bounds, digits=digits)
        for name, bounds in BOUNDS.items()
    }
    weights, many = parameters.get("weights", ""), numbers.pop("count")
    return Wanted(served, weights, kinds, many=many, **numbers)


def form_wanted(request: Request) -> str:
    """
    Choose the form of the answer: the one that `?form=` names, else what `Accept` prefers.

    Raises
    ------
    RefusalError
        Naming the forms there are.
    """
    said = request.query_params.getlist("form")
    if not said:
        return form_of(request, tuple(FORMS.values()))
    if len(said) > 1 or said[0] not in FORMS:
        raise wrong_parameter("form", "unknown-form", {"forms": tuple(FORMS)})
    return FORMS[said[0]]


def quiz_answer(
    source: Source, want: Wanted, catalogue: Catalogue, texts: Texts, form: str
) -> Answer:
    """Preprocess, trace, make the questions, write them."""
    started = perf_counter()
    edits, draw = source.look()
    served = catalogue.resolve(want.served, want.weights, edits)
    drawn = draw()
    image = drawn.input_of(served)
    preprocessed = perf_counter()
    pixels = None if drawn.numbers is not None else drawn.image.pixels
    material = Material(served.network, served.network.trace(image), pixels)
    quiz = make_quiz(material, want.kinds, want.level, want.seed, want.many)
    made = perf_counter()
    about = {"model": served.id, "weights": served.weights.digest}
    body = _WRITERS[form](quiz_said(quiz, texts, about, want.level, want.seed)).encode()
    steps = {
        "preprocess": preprocessed - started,
        "make": made - preprocessed,
        "encode": perf_counter() - made,
    }
    return Answer(body, served.weights.digest, server_timing(steps), ())
