"""Specs as plain JSON values and back, where nothing misspelt is ever ignored."""

from typing import Any

from model.layer_spec import FIELDS, KINDS, OPTIONAL, LayerSpec, SpecError


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
    what = f"Layer number {number}"
    if not isinstance(value, dict):
        raise SpecError(f"{what} must be an object with the fields name, kind and inputs.")
    kind = value.get("kind")
    if kind not in KINDS:
        raise SpecError(f"{what}: its kind must be one of {', '.join(KINDS)}.")
    ordinary = {key: OPTIONAL[key] for key in FIELDS[kind] if key in OPTIONAL}
    keys = ("name", "kind", "inputs", *FIELDS[kind])
    fields = exact(f"{what} ({kind})", {**ordinary, **value}, keys)
    return LayerSpec(**{key: as_tuple(value) for key, value in fields.items()})


def exact(what: str, value: object, keys: tuple[str, ...]) -> dict[str, Any]:
    """Hold a JSON object to exactly these keys, so that no misspelt field is ever ignored."""
    if not isinstance(value, dict):
        raise SpecError(f"{what} must be an object with the fields {', '.join(keys)}.")
    for key in keys:
        if key not in value:
            raise SpecError(f"{what} lacks the field {key}.")
    for key in value:
        if key not in keys:
            raise SpecError(f"{what} has no field {str(key)[:60]!r}; it has {', '.join(keys)}.")
    return value


def as_tuple(value: Any) -> Any:
    """Turn JSON's lists, and lists in lists, into tuples; leave anything else."""
    return tuple(as_tuple(item) for item in value) if isinstance(value, list) else value


def as_list(value: Any) -> Any:
    """Turn tuples, and tuples in tuples, into lists; leave anything else."""
    return [as_list(item) for item in value] if isinstance(value, tuple) else value
