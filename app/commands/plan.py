"""What a training shall be: from the options of `convlens train`, or from a checkpoint."""

import json
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from app.data_sets import for_classes
from app.recipes import Optimiser, changes_of
from model import load_network
from model.architectures import NETWORKS
from model.lenet import LENET
from model.network import Network
from model.spec import NetworkSpec
from model.train import session
from model.train.loop import Training, begin
from model.train.loss import Name as Loss
from model.train.recipe import RECIPES, STANDARD, Method, Recipe, RecipeError

PRETRAINED: Final = "pretrained"
"""Among the notes of a training: the weights that it began with."""


class PlanError(ValueError):
    """A network that was asked for and is not there; its text is a sentence for who asked."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """The options that were given; None for those that were not."""

    network: str | None
    recipe: str | None
    epochs: int | None
    batch_size: int | None
    rate: float | None
    seed: int | None
    init: Method | None
    held_out: int | None
    optimiser: Optimiser | None = None
    momentum: float | None = None
    weight_decay: float | None = None
    loss: Loss | None = None
    images: int | None = None
    shuffled: bool | None = None
    augment: bool | None = None
    classes: tuple[str, ...] = ()  # of the images, where they are not digits
    pretrained: str | None = None

    @property
    def name(self) -> str:
        """What the file is called that nobody named."""
        return Path(self.network or LENET.id).stem

    def spec(self) -> NetworkSpec:
        """Find or read the architecture, and give it the classes of the images."""
        found = self._named()
        return for_classes(found, self.classes) if self.classes else found

    def _named(self) -> NetworkSpec:
        wanted = self.network or LENET.id
        if not wanted.endswith(".json"):
            if wanted not in NETWORKS:
                raise PlanError(
                    f"There is no network called {wanted}; there are: {', '.join(NETWORKS)}. A "
                    "spec of your own is a file whose name ends in .json."
                )
            return NETWORKS[wanted]
        try:
            facts = json.loads(Path(wanted).read_bytes())
        except FileNotFoundError as error:
            raise PlanError(f"There is no file {wanted}; check the path.") from error
        except (ValueError, RecursionError) as error:
            raise PlanError(f"{wanted} cannot be read as JSON ({error}).") from error
        return NetworkSpec.from_json(facts)

    def followed(self) -> Recipe:
        """Change the named recipe as asked."""
        name = self.recipe or STANDARD.name
        if name not in RECIPES:
            raise RecipeError(f"There is no recipe called {name}; there are: {', '.join(RECIPES)}.")
        return replace(RECIPES[name], **self._changes())

    def command(self) -> str:
        """Write the command that repeats the training; where files lie is no part of it."""
        words = ["convlens", "train", Path(self.network or LENET.id).name]
        given = {"recipe": self.recipe or STANDARD.name, "seed": self.followed().seed}
        given |= {option: getattr(self, option) for option in _FIELDS if option not in given}
        for option, value in given.items():
            if value is None:
                continue
            name = option.replace("_", "-")
            if isinstance(value, bool):
                words += [f"--{name}" if value else f"--no-{name}"]
            else:
                words += [f"--{name}", str(value)]
        if self.pretrained is not None:
            words += ["--pretrained", Path(self.pretrained).name]
        return shlex.join(words)

    def check_same(self, training: Training) -> None:
        """Refuse options that a training under way was not begun with."""
        recipe = training.recipe
        options = {field: option for option, field in _FIELDS.items()}
        for field, wanted in {"name": self.recipe, **self._changes()}.items():
            option, there = options.get(field, field), getattr(recipe, field)
            if wanted is not None and wanted != there:
                raise RecipeError(
                    f"The training under way was begun with {option.replace('_', '-')} {there}, "
                    f"not {wanted}; a resumed training keeps what it was begun with. Leave the "
                    "option out, or begin anew with --overwrite instead of --resume."
                )
        if self.network is not None and self.spec() != training.network.spec:
            raise PlanError(
                f"The training under way is of another network than {self.network}. Name its file "
                "with --out, or begin anew with --overwrite instead of --resume."
            )

    def _changes(self) -> dict[str, Any]:
        asked = {field: getattr(self, option) for option, field in _FIELDS.items()}
        del asked["name"]
        return changes_of(**asked)


_FIELDS: Mapping[str, str] = {  # option: field of the recipe
    "recipe": "name",
    "epochs": "epochs",
    "batch_size": "batch_size",
    "rate": "peak",
    "seed": "seed",
    "init": "initial",
    "held_out": "held_out",
    "optimiser": "optimiser",
    "momentum": "momentum",
    "weight_decay": "weight_decay",
    "loss": "loss",
    "images": "images",
    "shuffled": "shuffled",
    "augment": "augmentation",
}


def check(target: Path, wishes: Wishes, *, resume: bool, overwrite: bool) -> None:
    """Refuse what is known to be wrong before anything is fetched or read for it."""
    if resume:
        _check_unfinished(target)
        return
    wishes.spec()
    wishes.followed()
    _check_free(target, overwrite=overwrite)


def _check_free(target: Path, *, overwrite: bool) -> None:
    """Nothing that lies at the target is lost unasked."""
    if target.suffix != ".safetensors":
        raise ValueError(f"The weights' file must end in .safetensors; {target} does not.")
    if not target.parent.is_dir():
        raise ValueError(f"There is no folder {target.parent}; make it or name another --out.")
    checkpoint = session.checkpoint_of(target)
    if checkpoint.exists() and not overwrite:
        raise ValueError(
            f"An unfinished training is kept in {checkpoint}. Go on with --resume, begin anew "
            "with --overwrite, or name another --out."
        )
    if target.exists() and not overwrite:
        raise ValueError(f"{target} exists. Replace it with --overwrite, or name another --out.")


def _check_unfinished(target: Path) -> None:
    """There is a training to go on with."""
    checkpoint = session.checkpoint_of(target)
    if not checkpoint.exists():
        finished = f" {target} is finished." if target.exists() else ""
        raise ValueError(
            f"There is no unfinished training to resume: {checkpoint} does not exist.{finished} "
            "Name the file it was to become with --out, or leave out --resume."
        )


def begun(wishes: Wishes, hashes: Mapping[str, str]) -> tuple[Training, dict[str, str]]:
    """Begin a training, with the notes that its checkpoints keep."""
    notes = {"command": wishes.command(), "data": _line(hashes)}
    known = None if wishes.pretrained is None else load_network(wishes.pretrained)
    if known is not None:
        notes[PRETRAINED] = said_of(known)
    return begin(wishes.spec(), wishes.followed(), pretrained=known), notes


def said_of(pretrained: Network) -> str:
    """Name the weights that a training goes on from."""
    return f"{pretrained.spec.id} {pretrained.sha256}"


def resumed(
    target: Path, wishes: Wishes, hashes: Mapping[str, str]
) -> tuple[Training, dict[str, str]]:
    """Take up the unfinished training towards `target`."""
    checkpoint = session.checkpoint_of(target)
    training, notes = session.resume(checkpoint)
    wishes.check_same(training)
    if wishes.pretrained is not None and notes.get(PRETRAINED) != said_of(
        load_network(wishes.pretrained)
    ):
        raise PlanError(
            f"The training under way was not begun with the weights of {wishes.pretrained}. Leave "
            "--pretrained out, or begin anew with --overwrite instead of --resume."
        )
    if notes.get("data") != _line(hashes):
        raise ValueError(
            f"{checkpoint} learnt from other files than those in the folder named now. Name the "
            "folder it was begun with, or begin anew with --overwrite instead of --resume."
        )
    return training, notes


def _line(hashes: Mapping[str, str]) -> str:
    return json.dumps(dict(hashes), sort_keys=True)
