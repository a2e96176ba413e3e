"""The choices of a training in the words of commands and of the wire, as those of a recipe."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, Literal

from model.train.augment import Augmentation
from model.train.recipe import Recipe

Optimiser = Literal["sgd", "momentum", "adam", "adamw"]

OPTIMISERS: Final[Mapping[Optimiser, Mapping[str, Any]]] = {
    "sgd": {"optimiser": "sgd", "momentum": 0.0},
    "momentum": {"optimiser": "sgd", "momentum": 0.9},
    "adam": {"optimiser": "adam", "decoupled": False},
    "adamw": {"optimiser": "adam", "decoupled": True},
}
"""What each optimiser is, in a recipe's words."""


def changes_of(
    *,
    optimiser: Optimiser | None = None,
    momentum: float | None = None,
    augmentation: bool | None = None,
    **fields: Any,
) -> dict[str, Any]:
    """Give the fields of a recipe that choices set; those that are None are not made."""
    found = {name: value for name, value in fields.items() if value is not None}
    if optimiser is not None:
        found |= OPTIMISERS[optimiser]
    if momentum is not None and optimiser != "sgd":
        found["momentum"] = momentum
    if augmentation is not None:
        found["augmentation"] = Augmentation() if augmentation else None
    return found


def changed(base: Recipe, **choices: Any) -> Recipe:
    """Change a recipe; RecipeError where it cannot be followed."""
    return replace(base, **changes_of(**choices))


def optimiser_of(recipe: Recipe) -> Optimiser:
    """Say which optimiser a recipe names."""
    if recipe.optimiser == "sgd":
        return "momentum" if recipe.momentum else "sgd"
    return "adamw" if recipe.decoupled else "adam"
