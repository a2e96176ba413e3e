"""Find the sentence for what validation found wrong with a body, without repeating the body."""

import re
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Final, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from app.handwriting.folder import MOST_CLASSES
from app.refusals import RefusalError, field_error
from app.schemas import MAX_STROKES, MOST_MOVES, Edit, FieldError, Gap, Stroke
from model.edits import MOST_EDITS, MOST_VALUES

SHOWN: Final = 10  # more errors would help nobody
_PLAIN_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,39}")

# By pydantic's type of error: the kind of sentence, and what of the context fills its gaps.
_KINDS: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = {
    "missing": ("missing", {}),
    "float_type": ("no-number", {}),
    "finite_number": ("not-finite", {}),
    "bool_type": ("no-boolean", {}),
    "list_type": ("no-list", {}),
    "tuple_type": ("no-point", {}),
    "model_type": ("no-object", {}),
    "greater_than": ("not-above", {"gt": "above"}),
    "less_than": ("not-below", {"lt": "below"}),
    "dict_type": ("no-object", {}),
    "string_too_long": ("long-text", {"max_length": "most"}),
    "greater_than_equal": ("too-small", {"ge": "least"}),
    "less_than_equal": ("too-large", {"le": "most"}),
    "class_name": ("class-name", {"most": "most"}),
    "points_total": ("many-points-together", {}),
    "literal_error": ("no-verb", {}),
    "string_type": ("no-text", {}),
    "int_type": ("no-whole-number", {}),
}

# What a list of the wrong length means depends on whose it is.
_LENGTHS: Final[Mapping[tuple[str, str], str]] = {
    ("strokes", "too_short"): "no-strokes",
    ("strokes", "too_long"): "many-strokes",
    ("points", "too_short"): "no-points",
    ("points", "too_long"): "many-points",
    ("more", "too_long"): "many-points",
    ("pixels", "too_short"): "few-pixels",
    ("pixels", "too_long"): "many-pixels",
    ("input", "too_short"): "no-input",
    ("edits", "too_short"): "no-edits",
    ("edits", "too_long"): "many-edits",
    ("values", "too_short"): "no-values",
    ("values", "too_long"): "many-values",
    ("at", "too_long"): "long-place",
    ("names", "too_short"): "no-names",
    ("names", "too_long"): "many-classes",
    ("moves", "too_short"): "no-moves",
    ("moves", "too_long"): "many-moves",
}


_POINTS: Final = frozenset({"points", "more"})
"""Lists of points."""

_MOST: Final = {
    "many-edits": MOST_EDITS,
    "many-values": MOST_VALUES,
    "no-moves": MOST_MOVES,
    "many-classes": MOST_CLASSES,
    "many-moves": MOST_MOVES,
}

PARTS: Final[Mapping[str, tuple[type[BaseModel], int]]] = {
    "strokes": (Stroke, MAX_STROKES),
    "edits": (Edit, MOST_EDITS),
}
"""The lists of objects that bodies have: of what, and of how many at most."""


def refusal_of(error: ValidationError, body: type[BaseModel]) -> RefusalError:
    """Turn what pydantic found into a refusal."""
    found = error.errors(include_url=False)[: SHOWN + 1]
    return _refusal([_field_error(one, body) for one in found])


def not_json(said: str) -> RefusalError:
    """Refuse what the parser could not read, and `said` why."""
    place = re.search(r"at line (\d+) column (\d+)$", said)
    kind = "nested-too-deeply" if "recursion" in said else "not-json"
    return RefusalError(kind, {"place": tuple(map(int, place.groups())) if place else ()})


def no_form() -> RefusalError:
    """Refuse JSON that is no drawing at all."""
    return _refusal([field_error("no-drawing", pointer="#")])


def both_forms(first: str, second: str) -> RefusalError:
    """Refuse two drawings in one."""
    gaps = {"first": first, "second": second}
    return _refusal([field_error("two-drawings", gaps, pointer=f"#/{second}")])


def too_many(kind: str, pointer: str) -> RefusalError:
    """Refuse what makes a drawing larger than one may be."""
    return _refusal([field_error(kind, pointer=pointer)])


def too_much(what: str) -> RefusalError:
    """Refuse a body that holds more of something than any drawing."""
    return _refusal([field_error("too-much", {"what": what}, pointer="#")])


def _refusal(errors: Sequence[FieldError]) -> RefusalError:
    fields, first, more = errors[:SHOWN], errors[0], len(errors) - 1
    count = f"{more} more" if more < SHOWN else f"at least {more} more"
    rest = f" ({count} of this kind: see errors.)" if more else ""
    where = f"{first.pointer[2:]}: " if first.pointer and len(first.pointer) > 2 else ""
    return RefusalError(first.kind, first.parameters, errors=fields, where=where, rest=rest)


def _field_error(found: ErrorDetails, body: type[BaseModel]) -> FieldError:
    place = found["loc"]
    if found["type"] == "extra_forbidden":
        return _unknown_field(body, place)
    kind, gaps = _kind(found, place)
    return field_error(kind, gaps, pointer=_pointer(place))


def _kind(found: ErrorDetails, place: tuple[int | str, ...]) -> tuple[str, dict[str, Gap]]:
    kind, context = found["type"], found.get("ctx", {})
    if kind == "float_type" and type(found["input"]) is int:  # one of hundreds of digits
        kind = "finite_number"
    is_point = len(place) > 1 and place[-1] not in _POINTS and not _POINTS.isdisjoint(place)
    if is_point and kind in {"too_short", "too_long", "missing"}:
        return "odd-point", {}
    if place[:1] == ("first",) and kind in {"literal_error", "string_type"}:
        return "no-method", {}
    if kind == "literal_error" and place[-1:] != ("do",):
        return "no-choice", {"choices": str(context["expected"])}
    if place[:1] == ("pixels",) and kind == "float_type":
        return "no-pixel", {}
    name = str(place[-1]) if place else ""
    if (name, kind) in _LENGTHS:
        sentence = _LENGTHS[name, kind]
        return sentence, {"most": _MOST[sentence]} if sentence in _MOST else {}
    sentence, gaps = _KINDS.get(kind, ("unforeseen", {}))
    return sentence, {ours: context[theirs] for theirs, ours in gaps.items()}


def _unknown_field(body: type[BaseModel], place: tuple[int | str, ...]) -> FieldError:
    """Name an unknown field, if its name is plain, and those that there are."""
    owner, name = place[:-1], str(place[-1])
    plain = _PLAIN_NAME.fullmatch(name) is not None
    known = tuple(_model_at(owner, body).model_fields)
    kind = "unknown-field" if plain else "unknown-odd-field"
    return field_error(kind, {"fields": known}, pointer=_pointer(place if plain else owner))


def _model_at(place: tuple[int | str, ...], body: type[BaseModel]) -> type[BaseModel]:
    """What an object in a body is an object of."""
    if not place:
        return body
    if place[0] in PARTS:
        return PARTS[str(place[0])][0]
    told = get_args(body.model_fields[str(place[0])].annotation)
    every = chain.from_iterable(get_args(one) or (one,) for one in told)
    return next(one for one in every if isinstance(one, type) and issubclass(one, BaseModel))


def _pointer(place: tuple[int | str, ...]) -> str:
    """A JSON Pointer as a URI fragment (RFC 6901, section 6)."""
    return "#" + "".join(f"/{part}" for part in place)
