"""
From the bytes of a JSON body to a drawing, at a price that the largest right body sets.

Wrong bodies must not cost more than right ones: what cannot be a drawing is told from counts, and
of a hundred thousand unknown names only the first few are ever looked at.
"""

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any, Final, NamedTuple, TypeVar

import numpy as np
from pydantic import BaseModel, ValidationError
from pydantic_core import from_json

from app import schemas
from app.schemas import (
    MAX_POINTS,
    MAX_STROKES,
    EditsBody,
    InputBody,
    LiveMessage,
    PixelsBody,
    Stroke,
    StrokesBody,
)
from app.sentences import PARTS, SHOWN, both_forms, no_form, not_json, refusal_of, too_much
from model.edits import Edit

_SMALL: Final = 64_000
"""Bytes that can be parsed unseen: they cannot hold more than the largest drawing does."""

Body = TypeVar("Body", bound=BaseModel)

_SCHEMAS: Final[Mapping[str, type[StrokesBody] | type[PixelsBody] | type[InputBody]]] = {
    "strokes": StrokesBody,
    "pixels": PixelsBody,
    "input": InputBody,
}

_FIELDS: Final = len(Stroke.model_fields)
_MOST: Final[tuple[tuple[str, bytes, int], ...]] = (
    ("objects", b"{", MAX_STROKES + 1),
    ("names", b'"', 2 * (_FIELDS * MAX_STROKES + 8)),
    ("lists", b"[", MAX_POINTS + MAX_STROKES + 1),
    ("values", b",", 2 * MAX_POINTS + _FIELDS * MAX_STROKES + 8),
)
"""What a right body can hold at most, by the byte that each begins with or is followed by."""


class Parsed(NamedTuple):
    """A drawing, and the edits that were sent with it, if any."""

    drawing: StrokesBody | PixelsBody | InputBody
    edits: tuple[Edit, ...] | None = None


def parse(body: bytes) -> Parsed:
    """
    Read a drawing by its schema.

    Raises
    ------
    RefusalError
        Whatever is wrong with it, in sentences.
    """
    document = read_json(body)
    edits = None
    if isinstance(document, dict) and "edits" in document:
        edits = _edits({"edits": document.pop("edits")})
    schema = _schema_of(document)
    return Parsed(_valid(document, schema), edits)


def parse_edits(body: bytes) -> tuple[Edit, ...]:
    """
    Read edits alone.

    Raises
    ------
    RefusalError
        Whatever is wrong with them, in sentences.
    """
    document = read_json(body)
    if not isinstance(document, dict):
        document = {}
    return _edits(document)


def message_of(document: Any) -> LiveMessage:
    """
    Make what came on a live channel of its JSON.

    Raises
    ------
    RefusalError
        Whatever is wrong with it, in sentences.
    """
    return _valid(document if isinstance(document, dict) else {}, LiveMessage)


def steps_of(edits: Sequence[schemas.Edit]) -> tuple[Edit, ...]:
    """Edits as the engine takes them."""
    return tuple(Edit(one.do, one.of, tuple(one.at), tuple(one.values)) for one in edits)


def _edits(document: Mapping[str, Any]) -> tuple[Edit, ...]:
    return steps_of(_valid(document, EditsBody).edits)


def read_json(body: bytes) -> Any:
    """
    Read JSON of whatever form.

    Raises
    ------
    RefusalError
        When it is none, or holds more than any drawing.
    """
    if len(body) > _SMALL:
        _judge_by_counts(body)
    try:
        return from_json(body, allow_inf_nan=True)
    except ValueError as error:
        raise not_json(str(error)) from None


def _valid(document: Mapping[str, Any], schema: type[Body]) -> Body:
    try:
        return schema.model_validate(_shortened(document, schema))
    except ValidationError as error:
        raise refusal_of(error, schema) from None


def _judge_by_counts(body: bytes) -> None:
    """Refuse what holds more than any drawing, before it becomes a million Python objects."""
    codes = np.frombuffer(body, np.uint8)  # NumPy counts ten times as fast as bytes.count
    for what, sign, most in _MOST:
        if np.count_nonzero(codes == sign[0]) > most:
            raise too_much(what)


def _schema_of(document: Any) -> type[StrokesBody] | type[PixelsBody] | type[InputBody]:
    """Tell the kinds of body apart by their field."""
    there = [name for name in _SCHEMAS if isinstance(document, dict) and name in document]
    if not there:
        raise no_form()
    if len(there) > 1:
        raise both_forms(*there[:2])
    return _SCHEMAS[there[0]]


def _shortened(document: Mapping[str, Any], schema: type[BaseModel]) -> Mapping[str, Any]:
    """Leave out all unknown names but the first few: validation would word each of them."""
    for name, (part, most) in PARTS.items():
        parts = document.get(name)
        if isinstance(parts, list):
            known = len(part.model_fields)
            parts = [
                _few(one, part) if isinstance(one, dict) and len(one) > known else one
                for one in islice(parts, most + 1)
            ]
            document = {**document, name: parts}
    return _few(document, schema)


def _few(fields: Mapping[str, Any], schema: type[BaseModel]) -> Mapping[str, Any]:
    known = schema.model_fields
    kept = {name: value for name, value in fields.items() if name in known}
    unknown = ((name, value) for name, value in fields.items() if name not in known)
    return kept | dict(islice(unknown, SHOWN + 1))
