"""Trainings on disk: what an interruption leaves behind, and what a finished one hands over."""

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from model.checkpoint import CheckpointError, TrainingState, load_training, save, save_training
from model.network import Network
from model.safetensors_file import AnyArray
from model.train.calibrate import Threshold
from model.train.evaluate import Evaluation
from model.train.loop import Sums, Training, kept
from model.train.recipe import Recipe, RecipeError

_AVERAGE = "average/"
_TEACHER = "teacher/"
_WITHIN = "within_epoch"


def checkpoint_of(out: Path) -> Path:
    """Name the file in which a training towards `out` is kept while it is unfinished."""
    return out.with_name(f"{out.stem}.checkpoint.safetensors")


def keep(path: Path, training: Training, notes: Mapping[str, str]) -> None:
    """Write a checkpoint, whole or not at all. `notes` are the caller's, for when it resumes."""
    average = {f"{_AVERAGE}{name}": array for name, array in training.average.items()}
    teachers = {
        f"{_TEACHER}{number}/{name}": array
        for number, teacher in enumerate(training.teachers)
        for name, array in teacher.parameters.items()
    }
    state = TrainingState(
        slots={**training.memory, **average, **teachers},
        step=int(training.memory["step"]),
        epoch=training.epoch,
        seed=training.recipe.seed,
        notes={
            **notes,
            "recipe": training.recipe.to_json(),
            _WITHIN: json.dumps([training.step, *training.sums]),
        },
    )
    save_training(path, training.network, state)


def resume(path: Path) -> tuple[Training, dict[str, str]]:
    """Take up a training where its checkpoint left it, to the bit, with the notes that were kept.

    Raises CheckpointError with a sentence when the file is no checkpoint of a training.
    """
    network, state = load_training(path)
    notes = dict(state.notes or {})
    try:
        recipe = Recipe.from_json(notes.pop("recipe", ""))
        step, sums = _within(notes.pop(_WITHIN, None))
    except (RecipeError, ValueError, TypeError) as error:
        raise CheckpointError(
            f"{path} was written by another version and cannot be resumed; begin anew. {error}"
        ) from error
    slots = {name: np.array(array) for name, array in state.slots.items()}  # to be written to
    average = _below(slots, _AVERAGE)
    memory = {n: a for n, a in slots.items() if not n.startswith((_AVERAGE, _TEACHER))}
    teachers: list[Network] = []
    while learnt := _below(slots, f"{_TEACHER}{len(teachers)}/"):
        teachers.append(Network(network.spec, learnt))
    return Training(network, recipe, memory, average, state.epoch, step, sums, teachers), notes


def _within(note: str | None) -> tuple[int, Sums]:
    """Read how far an unfinished epoch is; without the note, it was kept between two epochs."""
    if note is None:
        return 0, Sums()
    step, shown, loss, correct = json.loads(note)
    return int(step), Sums(int(shown), float(loss), int(correct))


def _below(slots: Mapping[str, AnyArray], prefix: str) -> dict[str, AnyArray]:
    return {n.removeprefix(prefix): a for n, a in slots.items() if n.startswith(prefix)}


def facts(
    training: Training,
    *,
    validation: Evaluation,
    test: Evaluation | None,
    threshold: Threshold | None,
    command: str,
    data: Mapping[str, str],
    step: int | None = None,
    pretrained: str = "",
) -> dict[str, str]:
    """Say how the weights were made, for their metadata.

    Nothing in it depends on when or where, so that the same training gives the same bytes. `data`
    names the files that were learnt from and their SHA-256. `test` is None, and `step` said, of a
    training that was stopped. `pretrained` names the weights that it began with, if any.
    """
    recipe = training.recipe
    found = {
        **({} if test is None else _tested(test)),  # measured once, at the end
        "validation_accuracy": str(validation.accuracy),
        "command": command,
        "recipe": recipe.name,
        "settings": recipe.to_json(),
        "seed": str(recipe.seed),
        "epochs": str(recipe.epochs),
        "data": json.dumps(dict(data), sort_keys=True),
        "numpy": np.__version__,
        **({"pretrained": pretrained} if pretrained else {}),
        **({} if threshold is None else threshold.facts()),
    }
    return found if test is not None else {**found, "stopped_after_step": str(step)}


def _tested(test: Evaluation) -> dict[str, str]:
    """Tell the accuracy, and the counts that it is made of: rows are true classes."""
    counts = json.dumps(test.confusion.tolist(), separators=(",", ":"))
    return {"accuracy": str(test.accuracy), "confusion": counts}


def write(out: Path, training: Training, facts: Mapping[str, str]) -> None:
    """Write the weights that are kept of a training, with facts about their making."""
    save(out, kept(training), facts)


def finish(
    out: Path,
    training: Training,
    *,
    validation: Evaluation,
    test: Evaluation,
    threshold: Threshold | None,
    command: str,
    data: Mapping[str, str],
    pretrained: str = "",
) -> None:
    """Write the weights with the `facts` of their making, and drop the checkpoint."""
    found = facts(
        training,
        validation=validation,
        test=test,
        threshold=threshold,
        command=command,
        data=data,
        pretrained=pretrained,
    )
    write(out, training, found)
    checkpoint_of(out).unlink(missing_ok=True)
