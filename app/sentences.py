"""Say in sentences what validation found wrong with a body, without repeating the body."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from app.errors import RefusalError
from app.schemas import MAX_POINTS, MAX_STROKES, PIXELS, FieldError, Stroke

SHOWN: Final = 10  # more errors would help nobody
_PLAIN_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,39}")
_FORMS: Final = (
    'Send either {"strokes": [{"points": [[0.5, 0.2], [0.5, 0.8]]}]} or {"pixels": [784 numbers]}.'
)
_NUMBER: Final = "Send a JSON number, without quotes."

# By pydantic's type of error: what is wrong, and how to mend it. Names in braces are the context's.
_SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "missing": ("This field is missing.", "Add it."),
    "float_type": ("This is not a number.", _NUMBER),
    "finite_number": (
        "NaN, Infinity and numbers too large for a float are not allowed.",
        "Send a finite number; leave out points that are not known.",
    ),
    "bool_type": ("This is neither true nor false.", "Send true or false, without quotes."),
    "list_type": ("This is not a list.", "Send a JSON array."),
    "tuple_type": ("This is not a pair of numbers.", "Send a point as [x, y]."),
    "model_type": ("This is not an object.", "Send a JSON object."),
    "greater_than": ("This number is too small.", "Send a number above {gt:g}."),
    "greater_than_equal": ("This number is too small.", "Send a number of at least {ge:g}."),
    "less_than_equal": ("This number is too large.", "Send a number of at most {le:g}."),
    "points_total": (
        f"The strokes have more than {MAX_POINTS} points together.",
        "Leave out points that lie close together.",
    ),
}

# What a list of the wrong length means depends on whose it is.
_LENGTHS: Final[Mapping[tuple[str, str], tuple[str, str]]] = {
    ("strokes", "too_short"): (
        "There are no strokes.",
        "Send at least one; for an empty pad send nothing.",
    ),
    ("strokes", "too_long"): (
        f"There are more than {MAX_STROKES} strokes.",
        "Join strokes, or send the drawing as pixels or as an image.",
    ),
    ("points", "too_short"): (
        "A stroke has no points.",
        "Leave the stroke out, or give it at least one.",
    ),
    ("points", "too_long"): (
        f"A stroke has more than {MAX_POINTS} points.",
        "Leave out points that lie close together.",
    ),
    ("pixels", "too_short"): (
        f"There are fewer than {PIXELS} pixels.",
        f"Send all {PIXELS} of the 28×28 image, row by row.",
    ),
    ("pixels", "too_long"): (
        f"There are more than {PIXELS} pixels.",
        f"Send exactly the {PIXELS} of the 28×28 image, row by row.",
    ),
}
_PIXEL: Final = (
    "A pixel is not a number.",
    f"Send {PIXELS} JSON numbers without quotes in one list, row by row.",
)
_POINT: Final = ("A point does not have two numbers.", "Send a point as [x, y].")


def refusal_of(error: ValidationError, body: type[BaseModel]) -> RefusalError:
    """Turn what pydantic found into a refusal."""
    found = error.errors(include_url=False)[: SHOWN + 1]
    return _refusal([_field_error(one, body) for one in found])


def not_json(said: str) -> RefusalError:
    """Refuse what the parser could not read, and `said` why."""
    place = re.search(r"at line \d+ column \d+$", said)
    reason = "It is nested too deeply" if "recursion" in said else "It cannot be read as JSON"
    where = f" ({place.group()})" if place else ""
    return RefusalError("not-json", f"{reason}{where}. Send one JSON object in UTF-8. {_FORMS}")


def no_form() -> RefusalError:
    """Refuse JSON that is no drawing at all."""
    what = "There are neither strokes nor pixels."
    return _refusal([FieldError(pointer="#", detail=what, mend=_FORMS)])


def both_forms() -> RefusalError:
    """Refuse two drawings in one."""
    both = "There are both strokes and pixels."
    return _refusal([FieldError(pointer="#/pixels", detail=both, mend=_FORMS)])


def too_much(what: str) -> RefusalError:
    """Refuse a body that holds more of something than any drawing."""
    detail = (
        f"The body holds more {what} than a drawing of {MAX_STROKES} strokes and {MAX_POINTS} "
        "points can have."
    )
    mend = (
        "Send only the fields on /api/docs, and leave out points that lie close together; or send "
        "the drawing as pixels or as an image."
    )
    return _refusal([FieldError(pointer="#", detail=detail, mend=mend)])


def _refusal(errors: Sequence[FieldError]) -> RefusalError:
    fields, first, more = errors[:SHOWN], errors[0], len(errors) - 1
    count = f"{more} more" if more < SHOWN else f"at least {more} more"
    rest = f" ({count} of this kind: see errors.)" if more else ""
    where = f"{first.pointer[2:]}: " if first.pointer and len(first.pointer) > 2 else ""
    return RefusalError("wrong-field", f"{where}{first.detail} {first.mend}{rest}", errors=fields)


def _field_error(found: ErrorDetails, body: type[BaseModel]) -> FieldError:
    place = found["loc"]
    if found["type"] == "extra_forbidden":
        return _unknown_field(body, place)
    what, mend = _words(found, place)
    return FieldError(pointer=_pointer(place), detail=what, mend=mend)


def _words(found: ErrorDetails, place: tuple[int | str, ...]) -> tuple[str, str]:
    kind, context = found["type"], found.get("ctx", {})
    if kind == "float_type" and type(found["input"]) is int:  # one of hundreds of digits
        kind = "finite_number"
    is_point = len(place) > 1 and place[-1] != "points" and "points" in place
    if is_point and kind in {"too_short", "too_long", "missing"}:
        return _POINT
    if place[:1] == ("pixels",) and kind == "float_type":
        return _PIXEL
    name = str(place[-1]) if place else ""
    what, mend = _LENGTHS.get((name, kind)) or _SENTENCES.get(kind) or _unforeseen()
    return what, _fill(mend, context)


def _unforeseen() -> tuple[str, str]:
    return "This value is not what is expected here.", "Compare it with the schema on /api/docs."


def _fill(sentence: str, context: Mapping[str, Any]) -> str:
    return sentence if sentence == _FORMS or "{" not in sentence else sentence.format(**context)


def _unknown_field(body: type[BaseModel], place: tuple[int | str, ...]) -> FieldError:
    """Name an unknown field, if its name is plain, and those that there are."""
    owner, name = place[:-1], str(place[-1])
    plain = _PLAIN_NAME.fullmatch(name) is not None
    known = ", ".join((Stroke if owner else body).model_fields)
    return FieldError(
        pointer=_pointer(place if plain else owner),
        detail="This field is unknown." if plain else "A field of this object is unknown.",
        mend=f"Leave it out. The fields here are: {known}.",
    )


def _pointer(place: tuple[int | str, ...]) -> str:
    """A JSON Pointer as a URI fragment (RFC 6901, section 6)."""
    return "#" + "".join(f"/{part}" for part in place)
