"""Refusals: their kind, what fills the gaps of its sentence, and the fields that are wrong.

An answer carries the kind and what fills the gaps beside the English sentence, so that a reader can
word it anew, in another language for example. The sentences stand in `app/words/`.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from app.numbers import grouped
from app.schemas import FieldError, Gap
from app.words import Sentence
from app.words.bodies import BODIES
from app.words.handwriting import HANDWRITING
from app.words.operations import OPERATIONS
from app.words.requests import REQUESTS
from app.words.training import TRAINING
from model.spec_words import in_words

SENTENCES: Final[Mapping[str, Sentence]] = {
    **REQUESTS,
    **BODIES,
    **OPERATIONS,
    **TRAINING,
    **HANDWRITING,
}
"""By kind."""

_SPOKEN: Final[Mapping[str, Callable[[Any], str]]] = {
    "shape": lambda shape: in_words(tuple(shape)),
    "other": lambda shape: in_words(tuple(shape)),
    "place": lambda place: " (at line {} column {})".format(*place) if place else "",
}
"""How a gap of this name is filled, where it is neither a text, a number nor a list of names."""


def words(kind: str, gaps: Mapping[str, Gap]) -> tuple[str, str]:
    """What is wrong and how to mend it, in English."""
    filled = spoken(gaps)
    sentence = SENTENCES[kind]
    return sentence.detail.format(**filled), sentence.mend.format(**filled)


def spoken(gaps: Mapping[str, Gap]) -> dict[str, str]:
    """What fills gaps, in English."""
    return {name: _spoken(name, gap) for name, gap in gaps.items()}


def _spoken(name: str, gap: Any) -> str:
    if name in _SPOKEN:
        return _SPOKEN[name](gap)
    if isinstance(gap, tuple):
        return ", ".join(map(str, gap))
    if isinstance(gap, int):
        return grouped(gap)
    return f"{gap:g}" if isinstance(gap, float) else str(gap)


class RefusalError(Exception):
    """
    A request cannot be served, for a reason that its sender can act on.

    Parameters
    ----------
    kind : str
        One of `SENTENCES`.
    gaps : Mapping of str to str, number or list
        What stands in the gaps of the sentence; never what was sent.
    errors : sequence of FieldError
        What is wrong with single fields.
    where, rest : str
        What stands before and after the sentence: a field, and how many more are wrong.
    headers : Mapping of str to str
        More headers for the answer.
    """

    def __init__(
        self,
        kind: str,
        gaps: Mapping[str, Gap] | None = None,
        *,
        errors: Sequence[FieldError] = (),
        where: str = "",
        rest: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.kind, self.gaps = kind, dict(gaps or {})
        self.detail = f"{where}{' '.join(words(kind, self.gaps))}{rest}"
        super().__init__(self.detail)
        self.problem = SENTENCES[kind].problem
        self.errors = tuple(errors)
        self.headers = dict(headers or {})

    def within(self, where: str) -> "RefusalError":
        """The same, said of one of several things that were asked."""
        return RefusalError(
            self.kind, self.gaps, errors=self.errors, where=where, headers=self.headers
        )


def field_error(
    kind: str,
    gaps: Mapping[str, Gap] | None = None,
    *,
    pointer: str | None = None,
    parameter: str | None = None,
) -> FieldError:
    """Say what is wrong with a field of the body, or with a parameter of the query."""
    detail, mend = words(kind, gaps or {})
    return FieldError(
        pointer=pointer,
        parameter=parameter,
        kind=kind,
        parameters=dict(gaps or {}),
        detail=detail,
        mend=mend,
    )


def wrong_parameter(
    parameter: str, kind: str, gaps: Mapping[str, Gap] | None = None
) -> RefusalError:
    """Refuse a parameter of the query: what is wrong with it, and what to give instead."""
    return RefusalError(kind, gaps, errors=[field_error(kind, gaps, parameter=parameter)])
