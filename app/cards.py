"""A network's card, from its file: whose handwriting it learnt, how well it reads, its making."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final, TypeVar

import numpy as np
from pydantic import AfterValidator, Field, TypeAdapter, ValidationError

from app.models import Served, number, share
from app.schemas import Wire
from model.architectures import NETWORKS
from model.data.download import FILES
from model.data.sets import KNOWN
from model.train.recipe import Recipe, RecipeError

LEARNT_FROM: Final = 60_000
"""Images of MNIST to learn from, those held out among them."""

_LICENCE: Final = "MIT"
"""Of the networks that come along, as of all of Convlens."""


def _written(text: str) -> str:
    text.encode()  # half of a pair of surrogates, which JSON may hold, is a ValueError
    return text


_Text = Annotated[str, AfterValidator(_written)]
_Part = TypeVar("_Part", bound=Wire)


class ClassCard(Wire):
    """How one class of the test images was read."""

    name: str
    correct: int
    total: int
    accuracy: float | None = Field(description="null where there is no image of it.")
    taken_for: str | None = Field(
        description="What it was taken for most often; the first of equals."
    )
    times: int = Field(description="How often that was.")


class DoubtCard(Wire):
    """What "not sure" keeps out, and at what price; shares of 0 to 1."""

    threshold: float
    lost: dict[str, float] = Field(description="Of digits: those that are called unsure.")
    rejected: dict[str, float] = Field(description="Of drawings that are no digit.")


class LearntCard(Wire):
    """From what it learnt."""

    set: str | None = Field(description="Its title; null where its files are not known.")
    files: dict[_Text, _Text] = Field(description="Their names and SHA-256, unpacked.")
    images: int | None = Field(description="Of them it learnt from; null when unknown.")
    held_out: int = Field(description="Of them it was only judged by, while it was made.")
    distorted: bool = Field(description="Whether each was bent and turned anew, each time.")
    drawn: float = Field(description="The share of digits beside them that a pen of ours drew.")
    redrawn: float = Field(description="The share of them that a pen of ours drew once more.")
    strange: float = Field(description="The share of drawings beside them that are no digit.")
    shuffled: bool = Field(description="Whether all their pixels were put in another order.")
    teachers: int = Field(description="Networks whose answers it learnt, too.")


class MadeCard(Wire):
    """How it was made."""

    recipe: _Text
    command: str = Field(description='What makes the same bytes again; "" where nothing does.')
    epochs: int
    seed: int
    numpy: str
    pretrained: str = Field(description='The weights that it began with; "" for none.')
    stopped_after: int | None = Field(description="After which step it was stopped; null for none.")


class ModelCard(Wire):
    """What a network's file says of it; null where it says nothing."""

    id: str
    title: str
    sha256: str
    parameters: int
    accuracy: float | None = Field(description="On test images, 0 to 1.")
    validation_accuracy: float | None = Field(description="On images held out, 0 to 1.")
    correct: int | None
    total: int | None
    classes: tuple[ClassCard, ...] = Field(description="Empty where nothing was counted.")
    doubt: DoubtCard | None
    learnt: LearntCard | None
    made: MadeCard | None
    licence: str | None = Field(description="Of those that come along.")


def card(served: Served, facts: Mapping[str, str]) -> ModelCard:
    """
    Read a network's card.

    Parameters
    ----------
    facts
        The metadata of its file, which anybody may have written.
    """
    confusion = _confusion(facts, len(served.spec.classes))
    recipe, files = _recipe(facts), _json(facts, "data")
    ours = served.id in NETWORKS and files == FILES and "command" in facts
    return ModelCard(
        id=served.id,
        title=served.spec.title,
        sha256=served.weights.digest,
        parameters=served.spec.parameters,
        accuracy=share(facts, "accuracy"),
        validation_accuracy=share(facts, "validation_accuracy"),
        correct=None if confusion is None else int(np.trace(confusion)),
        total=None if confusion is None else int(confusion.sum()),
        classes=() if confusion is None else _classes(served.spec.classes, confusion),
        doubt=_or_none(_doubt, facts),
        learnt=None if recipe is None else _or_none(_learnt, recipe, files),
        made=None if recipe is None else _or_none(_made, recipe, facts),
        licence=_LICENCE if ours else None,
    )


def _json(facts: Mapping[str, str], name: str) -> Any:
    try:
        return json.loads(facts.get(name, "null"))
    except (ValueError, RecursionError):
        return None


def _or_none(make: Callable[..., _Part | None], *facts: Any) -> _Part | None:
    """Make a part of the card; None where what the file says of it is nonsense."""
    try:
        return make(*facts)
    except ValidationError:
        return None


def _confusion(facts: Mapping[str, str], count: int) -> np.ndarray | None:
    """Read the counts, if they are some for so many classes."""
    try:
        found = np.array(_json(facts, "confusion"), np.int64)
    except (ValueError, TypeError, OverflowError):
        return None
    right = found.shape == (count, count) and count and found.min() >= 0 and found.sum() > 0
    return found if right else None


def _classes(names: tuple[str, ...], confusion: np.ndarray) -> tuple[ClassCard, ...]:
    wrong = confusion.copy()
    np.fill_diagonal(wrong, 0)
    found = []
    for label, name in enumerate(names):
        correct, total = int(confusion[label, label]), int(confusion[label].sum())
        other = int(wrong[label].argmax())
        times = int(wrong[label, other])
        found.append(
            ClassCard(
                name=name,
                correct=correct,
                total=total,
                accuracy=correct / total if total else None,
                taken_for=names[other] if times else None,
                times=times,
            )
        )
    return tuple(found)


_SHARES: Final = TypeAdapter(dict[str, Annotated[float, Field(ge=0, le=1)]])
_TRIED: Final[tuple[str, ...]] = ("letters", "scribbles", "lines", "dots", "held_out", "drawn")
"""Drawings by which doubt is judged; the page has words for these."""


def _doubt(facts: Mapping[str, str]) -> DoubtCard | None:
    threshold = number(facts, "energy_threshold")
    choice = _json(facts, "energy_choice")
    if threshold is None or not isinstance(choice, dict):
        return None
    found = [_SHARES.validate_python(choice.get(k)) for k in ("lost", "rejected")]
    lost, rejected = ({k: one[k] for k in _TRIED if k in one} for one in found)
    return DoubtCard(threshold=threshold, lost=lost, rejected=rejected)


def _recipe(facts: Mapping[str, str]) -> Recipe | None:
    try:
        return Recipe.from_json(facts.get("settings", ""))
    except (RecipeError, RecursionError):
        return None


def _learnt(recipe: Recipe, files: Any) -> LearntCard | None:
    known = files == FILES
    most = LEARNT_FROM - recipe.held_out
    if not isinstance(files, dict) or (known and most < 1):
        return None
    images = min(recipe.images or most, most) if known else None
    return LearntCard(
        set=KNOWN["mnist"].title if known else None,
        files=files,
        images=images,
        held_out=recipe.held_out,
        distorted=recipe.augmentation is not None,
        drawn=recipe.drawn,
        redrawn=recipe.redrawn,
        strange=recipe.strange,
        shuffled=recipe.shuffled,
        teachers=recipe.distillation.teachers if recipe.distillation else 0,
    )


def _made(recipe: Recipe, facts: Mapping[str, str]) -> MadeCard:
    stopped = facts.get("stopped_after_step", "")
    return MadeCard(
        recipe=recipe.name,
        command=facts.get("command", ""),
        epochs=recipe.epochs,
        seed=recipe.seed,
        numpy=facts.get("numpy", ""),
        pretrained=facts.get("pretrained", ""),
        stopped_after=int(stopped) if re.fullmatch(r"[0-9]{1,15}", stopped) else None,
    )
