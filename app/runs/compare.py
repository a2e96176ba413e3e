"""In what two runs were asked to differ."""

import json
from collections.abc import Mapping
from typing import Any, Final

from app.runs.asked import comes_along, said, without_dropout
from app.runs.folder import Config

_MORE: Final = (
    "drawn",
    "hands",
    "proportion",
    "redrawn",
    "strange",
    "calm",
    "ending",
    "distillation",
)
"""Choices that only a recipe's name makes."""


def differences(one: Config, other: Config) -> Mapping[str, tuple[Any, Any]]:
    """Name all in which two runs were asked to differ, beside when and by whom: both values."""
    first, second = _choices(one), _choices(other)
    pairs = {name: (first[name], second[name]) for name in first}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _choices(config: Config) -> dict[str, Any]:
    choices = said(config.recipe, config.dropout).model_dump(exclude={"recipe"})
    choices |= {name: getattr(config.recipe, name) for name in _MORE}
    if config.recipe.augmentation is not None:
        choices["augmentation"] = repr(config.recipe.augmentation)
    data = f"{config.data} {config.handwriting}".rstrip()
    more = {"pretrained": config.pretrained}
    return {"network": _architecture(config), "data": data, **more, **choices}


def _architecture(config: Config) -> str:
    """Name the network; its layers stand for one that does not come along, but for the classes."""
    spec = without_dropout(config)
    if comes_along(config.network, spec):
        return config.network
    facts = spec.to_json()
    layers = [one for one in facts["layers"] if one["name"] != spec.logits_layer]
    return json.dumps([facts["input"], *layers])
