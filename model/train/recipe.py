"""How a network is trained: every choice in one value, so that a run can be repeated."""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from types import MappingProxyType
from typing import Literal, NamedTuple, cast, get_args

import numpy as np

from model.arrays import Array
from model.initialise import Draw, equal
from model.train.augment import Augmentation
from model.train.loss import Name as Loss

Optimiser = Literal["sgd", "adam"]
Schedule = Literal["constant", "cosine"]
Hands = Literal["few", "many"]
Method = Literal["he", "glorot", "zeros", "equal"]


MOST_SEED = 2**32 - 1


class RecipeError(ValueError):
    """A recipe that cannot be followed; its text is a sentence for the person who wrote it."""


@dataclass(frozen=True, slots=True)
class Distillation:
    """Teachers: networks of the same architecture that learn first, alike but for chance.

    What they say together about each distorted image is what the network learns that is kept.

    Attributes
    ----------
    teachers : how many.
    patience : how long each of them learns, as a share of the recipe's epochs.
    temperature : by which logits are divided, so that unlikely classes are heard too.
    """

    teachers: int = 3
    patience: float = 0.5
    temperature: float = 2.0

    def __post_init__(self) -> None:
        """Refuse what cannot be followed."""
        if self.teachers < 1:
            raise RecipeError("The distillation's teachers must be at least 1.")
        for name in ("patience", "temperature"):
            if not 0 < getattr(self, name) < 100:
                raise RecipeError(f"The distillation's {name} must lie between 0 and 100.")


class Stage(NamedTuple):
    """Who learns in an epoch of a training: the teachers one after the other, then the last."""

    pupil: int  # counted from 0; the last is the network that is kept
    pupils: int
    epoch: int  # of this pupil, counted from 0
    epochs: int  # that this pupil learns

    @property
    def taught(self) -> bool:
        """Tell whether teachers say what is right; the labels say it otherwise."""
        return self.pupil > 0 and self.pupil == self.pupils - 1


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides a training beside the architecture and the data.

    Attributes
    ----------
    epochs : times that every image is shown.
    batch_size : images a step.
    optimiser, peak, weight_decay : `peak` is the highest learning rate of the schedule.
    momentum : of sgd; 0 for none.
    decoupled : whether adam's weight decay is apart from the gradient, which makes it AdamW.
    schedule, warm_up : the share of all steps in which the rate climbs to its peak.
    loss : what a step makes smaller.
    initial : how the weights are drawn; zeros and equal draw nothing, and show why one does.
    augmentation : how strongly images are distorted; None for not at all.
    drawn : digits of our own drawing beside MNIST's, as a share of them; 0 for none.
    hands : who draws those: a steady hand the ways of `DIGITS`, or hurried ones `MORE_DIGITS` too;
        with many, MNIST's digits are bent before they are redrawn.
    proportion : how far, in those, one half may grow at the other's expense; 0 for not at all.
    redrawn : MNIST's digits redrawn by a pen beside them, as a share of them; 0 for none.
    strange : drawings that are no digit beside them, as a share of them; 0 for none.
    calm : the share of the epochs, the last ones, in which images are distorted less.
    ending : how strongly they are distorted then, as a factor.
    distillation : what is learnt from teachers; None for what the labels say.
    average : decay of the running mean of the weights, which is then what is kept; 0 for none.
    held_out : images of the training set that no gradient comes from; they are validated with, and
        choose a temperature and a threshold.
    images : how many of the others are learnt from; 0 for all.
    shuffled : whether the pixels of all images change places, by one and the same permutation.
    seed : of everything that is drawn, at most `MOST_SEED`.
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
    distillation: Distillation | None = None
    average: float = 0.0
    held_out: int = 5_000
    seed: int = 0
    momentum: float = 0.9
    decoupled: bool = True
    images: int = 0
    shuffled: bool = False
    strange: float = 0.0
    hands: Hands = "few"
    ending: float = 0.5

    def __post_init__(self) -> None:
        """Refuse what cannot be followed."""
        for name, choices in _CHOICES.items():
            if getattr(self, name) not in choices:
                raise RecipeError(f"The recipe's {name} must be one of {', '.join(choices)}.")
        for name, (least, most) in _SPANS.items():
            if not least <= getattr(self, name) <= most:
                above = "" if most == math.inf else f" and at most {most}"
                raise RecipeError(f"The recipe's {name} must be at least {least}{above}.")
        if not 0 < self.peak < 100:
            raise RecipeError("The recipe's peak (learning rate) must lie between 0 and 100.")
        for name in _SHARES:
            if not 0 <= getattr(self, name) < 1:
                raise RecipeError(f"The recipe's {name} must be at least 0 and below 1.")
        if self.loss != "cross_entropy":
            self._refuse_what_needs_cross_entropy()
        if self.shuffled and (self.augmentation is not None or any(self.beside)):
            raise RecipeError(
                "Images whose pixels are shuffled can neither be distorted nor stand beside drawn "
                "ones, which would not be shuffled alike; leave augmentation and drawn ones out."
            )

    def _refuse_what_needs_cross_entropy(self) -> None:
        if self.distillation is not None:
            raise RecipeError(
                "Teachers' opinions are probabilities: a recipe with distillation needs the loss "
                "cross_entropy."
            )
        if self.strange:
            raise RecipeError(
                "Of a drawing that is no digit every class should be thought equally likely: a "
                "recipe with strange drawings needs the loss cross_entropy."
            )

    @property
    def beside(self) -> tuple[float, float, float]:
        """Shares of what is made beside the images: drawn, redrawn, and no digit."""
        return self.drawn, self.redrawn, self.strange

    @property
    def first(self) -> Literal["he", "glorot"] | Draw:
        """What draws the first weights, as `model/initialise.py` takes it."""
        return _CONSTANT.get(self.initial) or cast(Literal["he", "glorot"], self.initial)

    @property
    def temperature(self) -> float:
        """Divisor of logits where teachers are asked; 1 where there are none."""
        return 1.0 if self.distillation is None else self.distillation.temperature

    @property
    def all_epochs(self) -> int:
        """Count the epochs of the whole training, those of the teachers included."""
        return self.epochs + sum(self._lessons())

    def stage(self, epoch: int) -> Stage:
        """Tell who learns in an epoch of the whole training, counted from 0."""
        lengths = [*self._lessons(), self.epochs]
        for pupil, length in enumerate(lengths):
            if epoch < length:
                return Stage(pupil, len(lengths), epoch, length)
            epoch -= length
        raise ValueError(f"A training of {self.all_epochs} epochs is over after them.")

    def _lessons(self) -> list[int]:
        """List the epochs of each teacher."""
        how = self.distillation
        return [] if how is None else [math.ceil(how.patience * self.epochs)] * how.teachers

    def to_json(self) -> str:
        """Write the recipe for a checkpoint's metadata.

        What older recipes did not know is left out where it is as it always was, so that a training
        that is repeated writes the same file.
        """
        plain = {name: getattr(PLAIN, name) for name in _LATER}
        said = {n: value for n, value in asdict(self).items() if value != plain.get(n, _NEVER)}
        return json.dumps(said, sort_keys=True)

    def whole_json(self) -> str:
        """Write every choice, for people and for comparing."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Recipe":
        """Read what `to_json` wrote."""
        try:
            value = {"distillation": None, **json.loads(text)}  # older recipes know no teachers
            for name, make in (("augmentation", Augmentation), ("distillation", Distillation)):
                if value[name] is not None:
                    value[name] = make(**value[name])
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
    "hands": get_args(Hands),
}

_SPANS = {
    "epochs": (1, math.inf),
    "batch_size": (1, 1_000_000),
    "held_out": (1, math.inf),
    "seed": (0, MOST_SEED),
    "images": (0, math.inf),
}
_SHARES = (
    "weight_decay",
    "warm_up",
    "average",
    "drawn",
    "proportion",
    "redrawn",
    "calm",
    "momentum",
    "strange",
    "ending",
)
_LATER = ("momentum", "decoupled", "images", "shuffled", "strange", "hands", "ending")
_NEVER = object()


def _even(shape: tuple[int, ...], rng: np.random.Generator) -> Array:
    """Let each unit begin with the mean of what it reads: all weights of a layer are equal."""
    del rng
    return np.full(shape, 1 / math.prod(shape[1:]), np.float32)


_CONSTANT: Mapping[str, Draw] = {"zeros": equal(0.0), "equal": _even}

PLAIN = Recipe()
STANDARD = Recipe(
    name="standard",
    epochs=60,
    batch_size=256,
    peak=4e-3,
    augmentation=Augmentation(),
    average=0.999,
)
BEST = replace(
    STANDARD,
    name="best",
    epochs=200,
    drawn=0.2,
    proportion=0.5,
    redrawn=0.9,
    hands="many",
    strange=0.015,
    calm=0.2,
    ending=0.0,
    distillation=Distillation(patience=0.25),
)
"""For what is to be relied on: many ways of writing digits, MNIST's own too, and what is none."""
TANH = replace(BEST, name="tanh", initial="glorot")
"""For networks that bend with tanh: first weights neither saturate it nor leave it straight."""
RECIPES: Mapping[str, Recipe] = MappingProxyType(
    {recipe.name: recipe for recipe in (PLAIN, STANDARD, BEST, TANH)}
)
