"""
From the bytes of a JSON body to a drawing, at a price that the largest right body sets.

Wrong bodies must not cost more than right ones: what cannot be a drawing is told from counts, and
of a hundred thousand unknown names only the first few are ever looked at.
"""

from collections.abc import Mapping
from itertools import islice
from typing import Any, Final

import numpy as np
from pydantic import BaseModel, ValidationError
from pydantic_core import from_json

from app.schemas import MAX_POINTS, MAX_STROKES, PixelsBody, Stroke, StrokesBody
from app.sentences import SHOWN, both_forms, no_form, not_json, refusal_of, too_much

_SMALL: Final = 64_000
"""Bytes that can be parsed unseen: they cannot hold more than the largest drawing does."""

_FIELDS: Final = len(Stroke.model_fields)
_MOST: Final[tuple[tuple[str, bytes, int], ...]] = (
    ("objects", b"{", MAX_STROKES + 1),
    ("names", b'"', 2 * (_FIELDS * MAX_STROKES + 8)),
    ("lists", b"[", MAX_POINTS + MAX_STROKES + 1),
    ("values", b",", 2 * MAX_POINTS + _FIELDS * MAX_STROKES + 8),
)
"""What a right body can hold at most, by the byte that each begins with or is followed by."""


def parse(body: bytes) -> StrokesBody | PixelsBody:
    """
    Read a JSON body by its schema.

    Raises
    ------
    RefusalError
        Whatever is wrong with it, in sentences.
    """
    if len(body) > _SMALL:
        _judge_by_counts(body)
    try:
        document = from_json(body, allow_inf_nan=True)
    except ValueError as error:
        raise not_json(str(error)) from None
    schema = _schema_of(document)
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


def _schema_of(document: Any) -> type[StrokesBody] | type[PixelsBody]:
    """Tell the two kinds of body apart by their field."""
    if not isinstance(document, dict):
        raise no_form()
    if "strokes" in document:
        if "pixels" in document:
            raise both_forms()
        return StrokesBody
    if "pixels" in document:
        return PixelsBody
    raise no_form()


def _shortened(document: Mapping[str, Any], schema: type[BaseModel]) -> Mapping[str, Any]:
    """Leave out all unknown names but the first few: validation would word each of them."""
    strokes = document.get("strokes")
    if isinstance(strokes, list):
        strokes = [
            _few(one, Stroke) if isinstance(one, dict) and len(one) > _FIELDS else one
            for one in islice(strokes, MAX_STROKES + 1)
        ]
        document = {**document, "strokes": strokes}
    return _few(document, schema)


def _few(fields: Mapping[str, Any], schema: type[BaseModel]) -> Mapping[str, Any]:
    known = schema.model_fields
    kept = {name: value for name, value in fields.items() if name in known}
    unknown = ((name, value) for name, value in fields.items() if name not in known)
    return kept | dict(islice(unknown, SHOWN + 1))
