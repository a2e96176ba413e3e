"""What somebody asks a training to be: held to the data, to the limits, and written as a config."""

import os
from typing import Any, Final

from app import data_sets
from app.commands.plan import Wishes
from app.handwriting.archive import usual_held_out
from app.handwriting.frozen import NAME as HANDWRITING
from app.handwriting.frozen import Frozen
from app.recipes import changed, optimiser_of
from app.refusals import RefusalError, field_error
from app.runs.folder import Config, now
from app.runs.schemas import RunBody, RunRecipe
from app.specs import SIDE, spec_of
from app.training_settings import Training
from model import load_network
from model.architectures import NETWORKS
from model.data.errors import MnistError
from model.data.sets import DataSet
from model.lenet import LENET
from model.spec import NetworkSpec
from model.train.loop import begin
from model.train.material import steps_of_epoch
from model.train.recipe import PLAIN, RECIPES, Recipe, RecipeError

RENAMED: Final = {"recipe": "name", "rate": "peak"}
"""Where a recipe has another word."""

DROPS: Final = "dropped"
"""The layer that drops cells where that is asked for beside a network."""


def config_of(
    asked: RunBody, settings: Training, like: Config | None = None, frozen: Frozen | None = None
) -> Config:
    """
    Make a run's config of what was asked, or refuse it.

    Parameters
    ----------
    like
        Of a run that is to be repeated, but for what is asked.
    frozen
        Drawings of somebody's own that are to be learnt from instead of a set.

    Raises
    ------
    RefusalError
        Saying which field is wrong, or what would be too much.
    """
    data = asked.data or (like.data if like else "mnist")
    one = frozen.set if frozen else _set_of(data, settings)
    recipe = _recipe(asked.recipe, one, like)
    name, spec = _spec(asked, like)
    drops = _dropout(asked, like)
    try:
        plain = data_sets.for_classes(spec, one.classes)
    except MnistError as error:
        raise _cannot(str(error), "#/network") from None
    spec = with_dropout(plain, drops)
    pretrained = _pretrained(asked, like, spec, recipe)
    steps = steps_of(recipe, one)
    if steps > settings.steps:
        gaps = {"steps": steps, "most": settings.steps}
        wrong = field_error("many-batches", gaps, pointer="#/recipe")
        raise RefusalError("many-batches", gaps, errors=[wrong])
    return Config(
        title=asked.title.strip() or (like.title if like and _same(asked) else spec.title),
        network=name,
        spec=spec,
        recipe=recipe,
        data=one.id if frozen else data,
        folder=str(frozen.folder) if frozen else settings.data,
        by="server",
        command=_command(name, recipe, pretrained)
        if (frozen or data == "mnist") and not drops and comes_along(name, plain)
        else "",
        created=now(),
        workers=asked.workers or max(1, (os.cpu_count() or 1) - 1),
        seconds=60 * settings.minutes,
        dropout=drops,
        handwriting=frozen.id if frozen else "",
        beside=settings.data if frozen else "",
        pretrained=pretrained,
    )


def with_dropout(spec: NetworkSpec, rate: float) -> NetworkSpec:
    """
    Have cells dropped before the last layer with weights.

    Parameters
    ----------
    rate
        The share of the cells that a step of training drops; 0 for none.

    Raises
    ------
    RefusalError
        When the network has a layer of its own of that name.
    """
    if not rate:
        return spec
    if any(one.name == DROPS for one in spec.layers):
        why = f"A layer of the network is called {DROPS}, as the one that dropout adds would be."
        raise _cannot(why, "#/recipe/dropout")
    facts = spec.to_json()
    layers = facts["layers"]
    last = next(one for one in layers if one["name"] == spec.logits_layer)
    added = {"name": DROPS, "kind": "dropout", "inputs": last["inputs"], "rate": rate}
    layers.insert(layers.index(last), added)
    last["inputs"] = [DROPS]
    return NetworkSpec.from_json(facts)


def without_dropout(config: Config) -> NetworkSpec:
    """Give a run's network without what was added to drop cells; layers of its own stay."""
    if not config.dropout:
        return config.spec
    facts, spec = config.spec.to_json(), config.spec
    layers = [one for one in facts["layers"] if one["name"] != DROPS]
    last = next(one for one in layers if one["name"] == spec.logits_layer)
    last["inputs"] = list(spec.layer(DROPS).inputs)
    return NetworkSpec.from_json({**facts, "layers": layers})


def comes_along(name: str, spec: NetworkSpec) -> bool:
    """Tell whether a network is the one of that name that comes along, but for the classes."""
    if name not in NETWORKS:
        return False
    try:
        ours = data_sets.for_classes(NETWORKS[name], spec.classes)
    except MnistError:
        return False
    return (ours.input, ours.layers) == (spec.input, spec.layers)


def _same(asked: RunBody) -> bool:
    """Tell whether the network is that of the run that is repeated, if one is."""
    return asked.spec is None and asked.network is None


def _dropout(asked: RunBody, like: Config | None) -> float:
    """Read what share is dropped; another network that is asked for begins without."""
    if asked.recipe.dropout is not None:
        return asked.recipe.dropout
    return like.dropout if like is not None and _same(asked) else 0.0


def _pretrained(asked: RunBody, like: Config | None, spec: NetworkSpec, recipe: Recipe) -> str:
    """Name the network that is gone on from, held to what is to be trained."""
    name = asked.pretrained
    if name is None:
        name = like.pretrained if like is not None and _same(asked) else ""
    if not name:
        return ""
    if name not in NETWORKS:
        gaps = {"networks": tuple(NETWORKS)}
        error = field_error("no-architecture", gaps, pointer="#/pretrained")
        raise RefusalError("no-architecture", gaps, errors=[error])
    try:
        begin(spec, recipe, pretrained=load_network(name))
    except ValueError as error:
        raise _cannot(str(error), "#/pretrained") from None
    return name


def steps_of(recipe: Recipe, one: DataSet) -> int:
    """Count the steps of a training, those of teachers included."""
    return steps_of_epoch(recipe, one.counts["train"]) * recipe.all_epochs


def room_for(config: Config) -> int:
    """Estimate how many bytes a run will take: its history, what it is resumed from, the last."""
    weights = 4 * sum(config.spec.parameter_count(one.name) for one in config.spec.layers)
    how = config.recipe.distillation
    copies = 3 + (config.recipe.average > 0) + (how.teachers if how else 0)
    return (30 + 2 * copies) * (weights + 4_000) + 1_000_000


def _set_of(id: str, settings: Training) -> DataSet:
    found = data_sets.sets(settings.data)
    if id not in found:
        gaps = {"sets": tuple(found) or ("none",)}
        raise RefusalError("no-set", gaps, errors=[field_error("no-set", gaps, pointer="#/data")])
    one = found[id]
    if one.set is None:
        raise _cannot(data_sets.without_paths(one.problem, settings.data), "#/data")
    return one.set


def _spec(asked: RunBody, like: Config | None) -> tuple[str, NetworkSpec]:
    """Find the architecture, and what it is called."""
    if asked.spec is not None:
        spec = spec_of(asked.spec)
        name = spec.id
    elif asked.network is None and like is not None:
        name, spec = like.network, without_dropout(like)
    else:
        name = asked.network or LENET.id
        if name not in NETWORKS:
            gaps = {"networks": tuple(NETWORKS)}
            error = field_error("no-architecture", gaps, pointer="#/network")
            raise RefusalError("no-architecture", gaps, errors=[error])
        spec = NETWORKS[name]
    side = SIDE + 2 * spec.input.border
    if spec.input.shape != (1, side, side) or not spec.classes:
        raise _cannot("The network reads other images than 28 × 28, or has no classes.", "#/spec")
    return name, spec


def _recipe(wanted: RunRecipe, one: DataSet, like: Config | None) -> Recipe:
    usual = like.recipe if like else PLAIN
    base = usual if wanted.recipe is None else RECIPES[wanted.recipe]
    choices: dict[str, Any] = {
        RENAMED.get(name, name): getattr(wanted, name)
        for name in RunRecipe.model_fields
        if name not in ("recipe", "dropout")  # what the network drops is no recipe's
    }
    drawn_before = like is not None and bool(like.handwriting) and base is like.recipe
    if one.id == HANDWRITING and wanted.held_out is None and not drawn_before:
        choices["held_out"] = usual_held_out(one.counts["train"])
    try:
        recipe = changed(base, **choices)
    except RecipeError as error:
        raise _cannot(str(error), "#/recipe") from None
    if recipe.held_out >= one.counts["train"]:
        why = f"{recipe.held_out:,} of {one.counts['train']:,} images cannot be held out."
        raise _cannot(why, "#/recipe/held_out")
    if one.id != "mnist" and any(recipe.beside):
        raise _cannot(f"{recipe.name} draws digits of its own: that is for MNIST.", "#/recipe")
    return recipe


def _cannot(why: str, pointer: str) -> RefusalError:
    gaps = {"why": why}
    return RefusalError(
        "cannot-train", gaps, errors=[field_error("cannot-train", gaps, pointer=pointer)]
    )


def _command(network: str, recipe: Recipe, pretrained: str) -> str:
    """Write the command that does the same; nothing where it has no options for that."""
    choices, usual = (said(one).model_dump() for one in (recipe, RECIPES[recipe.name]))
    made: dict[str, Any] = {n: value for n, value in choices.items() if value != usual[n]}
    taken = ("epochs", "batch_size", "rate", "seed", "held_out", "optimiser", "momentum")
    more = ("weight_decay", "loss", "images", "shuffled")
    options: dict[str, Any] = {name: made.get(name) for name in (*taken, *more)}
    wishes = Wishes(
        network=network,
        recipe=recipe.name,
        init=made.get("initial"),
        augment=made.get("augmentation"),
        pretrained=pretrained or None,
        **options,
    )
    return wishes.command() if wishes.followed() == recipe else ""


def said(recipe: Recipe, dropout: float = 0.0) -> RunRecipe:
    """Write a recipe, and what the network drops; every choice said that plays a part."""
    facts: dict[str, Any] = {
        name: getattr(recipe, RENAMED.get(name, name))
        for name in RunRecipe.model_fields
        if name != "dropout"
    }
    facts["dropout"] = dropout
    named = optimiser_of(recipe)
    facts |= {"optimiser": named, "augmentation": recipe.augmentation is not None}
    facts |= {} if named == "momentum" else {"momentum": None}
    return RunRecipe.model_construct(**facts)
