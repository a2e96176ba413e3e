"""Run folders: what lies in one, which there are, and how much room they take."""

import json
import re
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal, Self

from pydantic import TypeAdapter

from app.handwriting.folder import bytes_in
from app.runs.locks import is_held
from model.checkpoint import load
from model.network import Network
from model.spec import NetworkSpec
from model.train.recipe import Recipe
from model.whole_file import write_whole

ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
"""What a run may be called: never a path."""

State = Literal["waiting", "running", "paused", "finished", "stopped", "failed"]
ENDED: Final = frozenset({"finished", "stopped", "failed"})
_WEIGHTS: Final = re.compile(r"(\d{8,})\.([0-9a-f]{64})\.safetensors")
KEPT: Final = 2
"""Resume states that are kept: the last may be half written."""

LOOKS: Final = 6
"""Networks to look at meanwhile that are kept: who is told of one has seconds to fetch it."""

_LEAVING: Final = 5.0  # seconds that a process has to leave once it has said how it all ended


class RunError(ValueError):
    """A folder that is no run; its text is a sentence."""


@dataclass(frozen=True, slots=True)
class Config:
    """
    What a run was asked to be; it never changes.

    Attributes
    ----------
    network : name of the architecture, for people.
    data, folder : the set of images that is learnt from, and where it lay.
    by : who trains: a process of the server, or a command that somebody typed.
    command : what repeats it.
    created : when it was begun, as ISO 8601 has it.
    workers : processes that share the work; their number changes no bit.
    seconds : after so long a training is ended; 0 for never.
    dropout : the share of cells dropped before the last layer with weights; it is in `spec`.
    handwriting : id of the frozen set of somebody's own drawings that is learnt from, if it is one.
    beside : where MNIST lay, which is tested with beside that set.
    pretrained : network that comes along whose weights it begins with, or the id and the SHA-256 of
        another; "" for none.
    """

    title: str
    network: str
    spec: NetworkSpec
    recipe: Recipe
    data: str
    folder: str
    by: Literal["server", "command"]
    command: str
    created: str
    workers: int = 1
    seconds: int = 0
    dropout: float = 0.0
    handwriting: str = ""
    beside: str = ""
    pretrained: str = ""

    def to_json(self) -> str:
        """Write it, readable."""
        facts = {one.name: getattr(self, one.name) for one in fields(self)}
        facts |= {"spec": self.spec.to_json(), "recipe": json.loads(self.recipe.whole_json())}
        return json.dumps({"format": "convlens-run-1", **facts}, indent=1, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what `to_json` wrote."""
        facts = json.loads(text)
        if facts.pop("format") != "convlens-run-1":
            raise RunError("It was written by another version.")
        facts["spec"] = NetworkSpec.from_json(facts["spec"])
        facts["recipe"] = Recipe.from_json(json.dumps(facts["recipe"]))
        return cls(**facts)


@dataclass(frozen=True, slots=True)
class Status:
    """
    How far a run is; whoever trains writes it anew now and then.

    Attributes
    ----------
    sentence : what there is to say about it, such as why it failed.
    restarts : times that it was taken up again after its process had died.
    stepped : single steps that were asked for and made.
    """

    state: State = "waiting"
    step: int = 0
    steps: int = 0
    epoch: float = 0.0
    seconds: float = 0.0
    loss: float | None = None
    accuracy: float | None = None
    train_accuracy: float | None = None
    validation_accuracy: float | None = None
    test_accuracy: float | None = None
    sentence: str = ""
    restarts: int = 0
    stepped: int = 0


_STATUS: Final = TypeAdapter(Status)
_UNREADABLE: Final = "How far it was can no longer be read; its metrics say what it had learnt."


@dataclass(frozen=True, slots=True)
class Weights:
    """A network that was kept: after which step, and the SHA-256 of its file."""

    step: int
    sha256: str
    path: Path

    def network(self) -> Network:
        """Read it."""
        return load(self.path)


class Run:
    """One folder. Reading it needs nobody's leave; only whoever holds its lock writes."""

    def __init__(self, path: Path) -> None:
        self.path, self.id = path, path.name
        self.metrics, self.table = path / "metrics.jsonl", path / "metrics.csv"
        self.resume, self.history, self.live = (path / n for n in ("resume", "history", "live"))
        self.final, self.lock = path / "weights.safetensors", path / "lock"
        self.wish = path / "wish.json"

    @property
    def config(self) -> Config:
        """What it was asked to be."""
        try:
            return Config.from_json((self.path / "config.json").read_text("utf-8"))
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise RunError(f"{self.path} is no run that can be read ({error}).") from error

    @property
    def status(self) -> Status:
        """How far it is, as far as is known; one that has begun is never taken to wait."""
        try:
            return _STATUS.validate_json((self.path / "status.json").read_bytes())
        except (OSError, ValueError):
            if not self.metrics.exists():
                return Status()
            over = self.final.exists()
            return Status(state="stopped" if over else "failed", sentence=_UNREADABLE)

    def say(self, status: Status) -> None:
        """Write how far it is."""
        text = json.dumps(asdict(status))
        write_whole(self.path / "status.json", text.encode(), lasting=True)

    def change(self, **to: Any) -> Status:
        """Write some of it anew."""
        status = replace(self.status, **to)
        self.say(status)
        return status

    @property
    def worked_on(self) -> bool:
        """Whether a process trains it now, or holds it ready."""
        return is_held(self.lock)

    def is_over(self) -> bool:
        """Tell whether it has ended and nobody works on it; who has just ended it may yet leave."""
        return self.status.state in ENDED and not is_held(self.lock, patience=_LEAVING)

    def kept(self) -> list[Weights]:
        """List all networks that can be looked at, the last one last."""
        found = {one.step: one for one in (*_weights(self.live), *_weights(self.history))}
        return [found[step] for step in sorted(found)]

    def scrubbed(self) -> list[Weights]:
        """List the networks of the history, which stay."""
        return sorted(_weights(self.history), key=lambda one: one.step)

    def resumes(self) -> list[Path]:
        """List the states that the run can be resumed from, the newest first."""
        return sorted(self.resume.glob("*.safetensors"), reverse=True)

    def forget_older(self) -> None:
        """Let go of the states that it could be resumed from, but for the newest ones."""
        for old in self.resumes()[KEPT:]:
            old.unlink(missing_ok=True)

    def forget_way(self) -> None:
        """Let go of the states that a run that has ended will not be resumed from."""
        for one in self.resumes():
            one.unlink(missing_ok=True)

    def forget_looks(self) -> None:
        """Let go of the networks to look at meanwhile, which nobody asks for long after the end."""
        for one in self.live.glob("*"):
            one.unlink(missing_ok=True)

    def size(self) -> int:
        """Count the bytes of all files."""
        return bytes_in(self.path)

    def tidy(self) -> None:
        """Remove what a process left half-written that was killed."""
        for place in (self.path, self.resume, self.history, self.live):
            for one in place.glob(".*.*"):
                one.unlink(missing_ok=True)


def _weights(folder: Path) -> Iterator[Weights]:
    for path in folder.glob("*.safetensors"):
        if found := _WEIGHTS.fullmatch(path.name):
            yield Weights(int(found[1]), found[2], path)


class Runs:
    """
    The folder of all runs.

    Parameters
    ----------
    along
        A run beside them, which lies elsewhere: it is found, but not listed, and stays as it is.
    """

    def __init__(self, path: Path, along: Run | None = None) -> None:
        self.path, self.along = path, along

    def find(self, id: str) -> Run | None:
        """Find a run by its id; None where there is none, whatever the id tries to be."""
        if not ID.fullmatch(id):
            return None
        if self.along is not None and id == self.along.id:
            return self.along
        run = Run(self.path / id)
        return run if (run.path / "config.json").is_file() else None

    def all(self) -> list[Run]:
        """List them, the newest first."""
        found = (self.find(path.parent.name) for path in self.path.glob("*/config.json"))
        return sorted((run for run in found if run is not None), key=_begun, reverse=True)

    def size(self) -> int:
        """Count the bytes of all of them."""
        return sum(run.size() for run in self.all())

    def create(self, config: Config) -> Run:
        """Make the folder of a run, whole or not at all."""
        stamp = re.sub(r"\D", "", config.created)[:14]
        id = f"{stamp[:8]}-{stamp[8:]}-{secrets.token_hex(3)}"
        made = self.path / f".{id}"
        try:
            for name in ("resume", "history", "live"):
                (made / name).mkdir(parents=True)
            (made / "config.json").write_text(config.to_json(), "utf-8")
            Run(made).say(Status())
            return Run(made.rename(self.path / id))
        except BaseException:
            shutil.rmtree(made, ignore_errors=True)
            raise


def _begun(run: Run) -> tuple[str, float, str]:
    """When a run was begun: its id says the second, its config, which never changes, the rest."""
    try:
        written = (run.path / "config.json").stat().st_mtime
    except OSError:  # deleted meanwhile
        written = 0.0
    return run.id[:15], written, run.id


def now() -> str:
    """Say what time it is, as `Config.created` has it."""
    return datetime.now().astimezone().isoformat(timespec="seconds")
