"""Specs as plain JSON values and back, where nothing misspelt is ever ignored."""

from typing import Any

from model.layer_spec import FIELDS, KINDS, OPTIONAL, LayerSpec, SpecError
from model.spec_words import Gap

_EVERY = ("name", "kind", "inputs")
"""The fields that any layer has."""


def layer_to_json(layer: LayerSpec) -> dict[str, Any]:
    """Write the fields that the layer's kind has; optional ones where they are not ordinary."""
    fields = {name: getattr(layer, name) for name in ("name", "kind", "inputs")}
    fields |= {name: getattr(layer, name) for name in FIELDS[layer.kind]}
    return {
        key: as_list(value)
        for key, value in fields.items()
        if key not in OPTIONAL or value != OPTIONAL[key]
    }


def layer_from_json(number: int, value: object) -> LayerSpec:
    """Read what `layer_to_json` wrote, of the layer with this number, counted from 1."""
    if not isinstance(value, dict):
        raise SpecError("layer-object", number=number, fields=_EVERY)
    kind = value.get("kind")
    if kind not in KINDS:
        raise SpecError("layer-kind", number=number, kinds=KINDS)
    ordinary = {key: OPTIONAL[key] for key in FIELDS[kind] if key in OPTIONAL}
    keys = (*_EVERY, *FIELDS[kind])
    fields = exact("layer", {**ordinary, **value}, keys, number=number, kind=kind)
    return LayerSpec(**{key: as_tuple(value) for key, value in fields.items()})


def exact(what: str, value: object, keys: tuple[str, ...], **gaps: Gap) -> dict[str, Any]:
    """Hold a JSON object to exactly these keys, so that no misspelt field is ever ignored.

    `what` begins the kinds of sentences about it, whose other gaps are filled by `gaps`.
    """
    if not isinstance(value, dict):
        raise SpecError(f"{what}-object", fields=keys, **gaps)
    for key in keys:
        if key not in value:
            raise SpecError(f"{what}-lacks", field=key, **gaps)
    for key in value:
        if key not in keys:
            raise SpecError(f"{what}-unknown", field=str(key)[:60], fields=keys, **gaps)
    return value


def as_tuple(value: Any) -> Any:
    """Turn JSON's lists, and lists in lists, into tuples; leave anything else."""
    return tuple(as_tuple(item) for item in value) if isinstance(value, list) else value


def as_list(value: Any) -> Any:
    """Turn tuples, and tuples in tuples, into lists; leave anything else."""
    return [as_list(item) for item in value] if isinstance(value, tuple) else value
