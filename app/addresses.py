"""Several questions at once, each by the address under which one would ask it alone."""

from collections.abc import Sequence
from typing import Final

from starlette.datastructures import QueryParams

from app.catalogue import Catalogue
from app.finds import KINDS, Question, question
from app.refusals import RefusalError, wrong_parameter

MOST_QUESTIONS: Final = 16
"""Questions that may be asked at once."""

MOST_PARAMETERS: Final = 100
"""Parameters that a query may have: very many take long to parse."""

_SHARED: Final = ("center", "digit")


def addressed(said: Sequence[str], catalogue: Catalogue) -> list[Question]:
    """
    Make questions of their addresses, from the network's id on: `lenet/trace?down=2`.

    Raises
    ------
    RefusalError
        Saying what is wrong with them, and with which.
    """
    if not said:
        raise wrong_parameter("ask", "no-questions", {"questions": tuple(KINDS)})
    if len(said) > MOST_QUESTIONS:
        raise wrong_parameter("ask", "many-questions", {"most": MOST_QUESTIONS})
    return [_numbered(number, one, catalogue) for number, one in enumerate(said)]


def _numbered(number: int, said: str, catalogue: Catalogue) -> Question:
    """One of several questions; what is wrong with it is said with its number."""
    path, _, query = said.partition("?")
    name, _, what = path.rpartition("/")
    try:
        if query.count("&") >= MOST_PARAMETERS:
            raise wrong_parameter("ask", "many-parameters", {"most": MOST_PARAMETERS})
        parameters = QueryParams(query)
        if what not in KINDS:
            raise wrong_parameter("ask", "no-question", {"questions": tuple(KINDS)})
        shared = next((one for one in _SHARED if one in parameters), None)
        if shared:
            raise wrong_parameter("ask", "misplaced-parameter", {"name": shared})
        return question(what, catalogue.find(name), parameters)
    except RefusalError as refusal:
        raise refusal.within(f"Question {number}: ") from None
