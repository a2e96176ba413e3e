"""What a run was asked to be, in the words of the wire, and in what two of them differ."""

import json
from collections.abc import Mapping
from typing import Any, Final

from app.runs.asked import RENAMED
from app.runs.folder import Config
from app.runs.schemas import Optimiser, RunRecipe
from model.architectures import NETWORKS
from model.train.recipe import Recipe

_MORE: Final = ("drawn", "proportion", "redrawn", "calm", "distillation")
"""Choices that only a recipe's name makes."""


def said(recipe: Recipe) -> RunRecipe:
    """Write a recipe, every choice said that plays a part."""
    facts: dict[str, Any] = {
        name: getattr(recipe, RENAMED.get(name, name)) for name in RunRecipe.model_fields
    }
    named = _optimiser(recipe)
    facts |= {"optimiser": named, "augmentation": recipe.augmentation is not None}
    facts |= {} if named == "momentum" else {"momentum": None}
    return RunRecipe.model_construct(**facts)


def differences(one: Config, other: Config) -> Mapping[str, tuple[Any, Any]]:
    """Name all in which two runs were asked to differ, beside when and by whom: both values."""
    first, second = _choices(one), _choices(other)
    pairs = {name: (first[name], second[name]) for name in first}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _optimiser(recipe: Recipe) -> Optimiser:
    if recipe.optimiser == "sgd":
        return "momentum" if recipe.momentum else "sgd"
    return "adamw" if recipe.decoupled else "adam"


def _choices(config: Config) -> dict[str, Any]:
    choices = said(config.recipe).model_dump(exclude={"recipe"})
    choices |= {name: getattr(config.recipe, name) for name in _MORE}
    if config.recipe.augmentation is not None:
        choices["augmentation"] = repr(config.recipe.augmentation)
    return {"network": _architecture(config), "data": config.data, **choices}


def _architecture(config: Config) -> str:
    """Name the network; its layers stand for one that does not come along, but for the classes."""
    if config.network in NETWORKS:
        return config.network
    layers = config.spec.to_json()["layers"]
    return json.dumps([one for one in layers if one["name"] != config.spec.logits_layer])
