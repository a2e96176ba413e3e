"""How a network is trained: every choice in one value, so that a run can be repeated."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from types import MappingProxyType
from typing import Literal, get_args

from model.train.augment import Augmentation

Optimiser = Literal["sgd", "adam"]
Loss = Literal["cross_entropy", "squared_error"]
Schedule = Literal["constant", "cosine"]
Method = Literal["he", "glorot"]


class RecipeError(ValueError):
    """A recipe that cannot be followed; its text is a sentence for the person who wrote it."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides a training beside the architecture and the data.

    Attributes
    ----------
    epochs : times that every image is shown.
    batch_size : images a step.
    optimiser, peak, weight_decay : `peak` is the highest learning rate of the schedule.
    schedule, warm_up : the share of all steps in which the rate climbs to its peak.
    loss : what a step makes smaller.
    initial : how the weights are drawn.
    augmentation : how strongly images are distorted; None for not at all.
    drawn : digits of our own drawing beside MNIST's, as a share of them; 0 for none.
    proportion : how far, in those, one half may grow at the other's expense; 0 for not at all.
    redrawn : MNIST's digits redrawn by a pen beside them, as a share of them; 0 for none.
    calm : the share of the epochs, the last ones, in which images are distorted half as much.
    average : decay of the running mean of the weights, which is then what is kept; 0 for none.
    held_out : images of the training set that are only ever validated with.
    seed : of everything that is drawn.
    """

    name: str = "plain"
    epochs: int = 12
    batch_size: int = 64
    optimiser: Optimiser = "adam"
    peak: float = 2e-3
    weight_decay: float = 0.01
    schedule: Schedule = "cosine"
    warm_up: float = 0.15
    loss: Loss = "cross_entropy"
    initial: Method = "he"
    augmentation: Augmentation | None = None
    drawn: float = 0.0
    proportion: float = 0.0
    redrawn: float = 0.0
    calm: float = 0.0
    average: float = 0.0
    held_out: int = 5_000
    seed: int = 0

    def __post_init__(self) -> None:
        """Refuse what cannot be followed."""
        for name, choices in _CHOICES.items():
            if getattr(self, name) not in choices:
                raise RecipeError(f"The recipe's {name} must be one of {', '.join(choices)}.")
        for name, least in (("epochs", 1), ("batch_size", 1), ("held_out", 1), ("seed", 0)):
            if getattr(self, name) < least:
                raise RecipeError(f"The recipe's {name} must be at least {least}.")
        if not 0 < self.peak < 100:
            raise RecipeError("The recipe's peak (learning rate) must lie between 0 and 100.")
        for name in _SHARES:
            if not 0 <= getattr(self, name) < 1:
                raise RecipeError(f"The recipe's {name} must be at least 0 and below 1.")

    def to_json(self) -> str:
        """Write the recipe for a checkpoint's metadata."""
        return json.dumps(asdict(self), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "Recipe":
        """Read what `to_json` wrote."""
        try:
            value = json.loads(text)
            if value["augmentation"] is not None:
                value["augmentation"] = Augmentation(**value["augmentation"])
            return cls(**value)
        except RecipeError:
            raise
        except (ValueError, TypeError, KeyError) as error:
            names = ", ".join(field.name for field in fields(cls))
            raise RecipeError(f"A recipe must be a JSON object with {names}.") from error


_CHOICES: Mapping[str, tuple[str, ...]] = {
    "optimiser": get_args(Optimiser),
    "schedule": get_args(Schedule),
    "loss": get_args(Loss),
    "initial": get_args(Method),
}

_SHARES = ("weight_decay", "warm_up", "average", "drawn", "proportion", "redrawn", "calm")

PLAIN = Recipe()
STANDARD = Recipe(
    name="standard",
    epochs=60,
    batch_size=256,
    peak=4e-3,
    augmentation=Augmentation(),
    average=0.999,
)
BEST = replace(STANDARD, name="best", epochs=80, drawn=0.1, proportion=0.5, redrawn=0.33, calm=0.2)
TANH = replace(STANDARD, name="tanh", initial="glorot", drawn=0.1)
"""For networks that bend with tanh: first weights neither saturate it nor leave it straight."""
RECIPES: Mapping[str, Recipe] = MappingProxyType(
    {recipe.name: recipe for recipe in (PLAIN, STANDARD, BEST, TANH)}
)
