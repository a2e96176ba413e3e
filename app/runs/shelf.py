"""The runs of a server, as its routes ask for them."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from pydantic import ValidationError

from app.handwriting.frozen import Frozen
from app.handwriting.frozen import find as find_frozen
from app.handwriting.shelf import Handwritings
from app.refusals import RefusalError, field_error
from app.runs import schemas, wishes
from app.runs.asked import config_of, room_for, said
from app.runs.folder import ENDED, Config, Run, RunError, Runs, Weights
from app.runs.locks import locked
from app.runs.networks import PREFIX
from app.runs.supervisor import Supervisor
from app.schemas import Gap
from app.training_settings import Training
from model.architectures import NETWORKS
from model.train.recipe import RECIPES


class Trainings:
    """Lists, starts, wishes for and deletes runs. Its methods read and write files: in threads."""

    def __init__(
        self,
        runs: Runs,
        settings: Training,
        supervisor: Supervisor,
        handwritings: Handwritings,
    ) -> None:
        self.runs, self._settings, self._supervisor = runs, settings, supervisor
        self._handwritings = handwritings

    def find(self, id: str) -> Run:
        """Find a run, or refuse."""
        run = self.runs.find(id)
        if run is None:
            raise RefusalError("no-run")
        return run

    def listed(self) -> schemas.RunList:
        """List all runs that can be read."""
        found = listed(self.runs)
        return schemas.RunList(
            runs=tuple(found),
            bytes=sum(one.bytes for one in found),
            most_bytes=self._settings.megabytes * 1_000_000,
            may_go=tuple(one.id for one in reversed(found) if one.state in ENDED),
            open=self._settings.open,
        )

    def recipes(self) -> schemas.RecipeList:
        """Say what a training can begin with."""
        return schemas.RecipeList(
            recipes=tuple(map(said, RECIPES.values())),
            networks=tuple(NETWORKS),
            open=self._settings.open,
        )

    def start(self, asked: schemas.RunBody) -> schemas.Run:
        """Have a training begin as soon as a place is free, if there is room for it."""
        like = None if asked.like is None else self.find(asked.like).config
        config = config_of(asked, self._settings, like, self._frozen(asked))
        with _writing():
            self.runs.path.mkdir(parents=True, exist_ok=True)
            with self._counting() as listed:
                self._check_room(config, listed)
                run = self.runs.create(config)
        self._supervisor.look()
        return described(run)

    @contextmanager
    def _counting(self) -> Iterator[schemas.RunList]:
        """Keep others from starting one for as long as the block lasts, if there is a place."""
        with locked(self.runs.path / ".start.lock"):
            listed = self.listed()
            unended = _unended(listed)
            if len(unended) >= self._settings.trainings + self._settings.waiting:
                raise RefusalError("enough-trainings", {"runs": tuple(r.id for r in unended)})
            yield listed

    def _check_room(self, config: Config, listed: schemas.RunList) -> None:
        """Refuse a run that would not fit, with what those under way will come to."""
        sizes = ((room_for(self.find(r.id).config), r.bytes) for r in _unended(listed))
        to_come = sum(max(0, room - size) for room, size in sizes)
        if listed.bytes + to_come + room_for(config) <= listed.most_bytes:
            return
        gaps: dict[str, Gap] = {
            "megabytes": round((listed.bytes + to_come) / 1e6),
            "most": self._settings.megabytes,
        }
        if not listed.may_go:
            raise RefusalError("runs-full-at-work", gaps)
        raise RefusalError("runs-full", {**gaps, "runs": listed.may_go})

    def of_handwriting(self, asked: schemas.RunBody) -> bool:
        """Tell whether somebody's own drawings are to be learnt from."""
        return asked.handwriting is not None or bool(self._repeated(asked))

    def _repeated(self, asked: schemas.RunBody) -> str:
        """Name the frozen set that is learnt from once more, if one is."""
        if asked.like is None or asked.data is not None or asked.handwriting is not None:
            return ""
        return self.find(asked.like).config.handwriting

    def _frozen(self, asked: schemas.RunBody) -> Frozen | None:
        if asked.handwriting is not None:
            if asked.data is not None:
                error = field_error("two-sets", pointer="#/data")
                raise RefusalError("two-sets", errors=[error])
            return self._handwritings.freeze(asked.handwriting.mnist)
        id = self._repeated(asked)
        return find_frozen(self._handwritings.folder, id) if id else None

    def wish(self, run: Run, what: wishes.Wish) -> schemas.Run:
        """Wish for something of a run that is trained, or was stopped by what went wrong."""
        self._check_own(run)
        state = run.status.state
        if run.config.by == "command":
            raise RefusalError("run-of-command")
        again = state == "failed" and what == "resume"
        if state in ENDED and not again:
            raise RefusalError("run-ended")
        with _writing(run):
            if again:
                with self._counting():
                    run.change(state="waiting", sentence="")
            if what != "stop" or not _stopped_waiting(run):
                wishes.wish(run, what)
        self._supervisor.look()
        return described(run)

    def delete(self, run: Run) -> None:
        """Delete a run that nobody trains, for good; one that waits does so no more."""
        self._check_own(run)
        with _writing(run):
            if not (run.is_over() or _is_left(run) or _stopped_waiting(run)):
                raise RefusalError("run-at-work")
            gone = run.path.with_name(f".{run.id}.gone")  # at once, for all who look
            run.path.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)

    def _check_own(self, run: Run) -> None:
        if run is self.runs.along:
            raise RefusalError("run-along")


@contextmanager
def _writing(run: Run | None = None) -> Iterator[None]:
    """Refuse what cannot be written: since a run was deleted meanwhile, or for what is said."""
    try:
        yield
    except OSError as error:
        if run is not None and not run.path.is_dir():
            raise RefusalError("no-run") from None
        why = error.strerror or type(error).__name__
        raise RefusalError("runs-unwritable", {"why": why}) from error


def _unended(listed: schemas.RunList) -> list[schemas.RunSummary]:
    """Choose the runs that the server trains, or has waiting."""
    return [one for one in listed.runs if one.state not in ENDED and one.by == "server"]


def _is_left(run: Run) -> bool:
    """Tell whether nobody works on a run that a command trained, or of which nobody can tell."""
    try:
        ours = run.config.by == "server"
    except RunError:
        ours = False
    return not ours and not run.worked_on


def _stopped_waiting(run: Run) -> bool:
    """Stop a run that no process has yet, or has no more; tell whether it was one."""
    with locked(run.lock, patience=0) as mine:
        if waits := mine and run.status.state == "waiting":
            run.change(state="stopped", sentence="")
            for one in run.resumes():
                one.unlink(missing_ok=True)
    return waits


def listed(runs: Runs) -> list[schemas.RunSummary]:
    """List all runs that can be read, the newest first."""
    return [one for run in runs.all() if (one := _summary_or_none(run))]


def described(run: Run) -> schemas.Run:
    """Say everything about a run but its metrics."""
    config, kept = run.config, run.kept()
    with _reading(run):
        return schemas.Run(
            **_summary(run),
            model=f"{PREFIX}{run.id}",
            classes=config.spec.classes,
            recipe=said(config.recipe, config.dropout),
            handwriting=bool(config.handwriting),
            pretrained=config.pretrained,
            command=config.command,
            history=tuple(map(_weights, run.scrubbed())),
            latest=_weights(kept[-1]) if kept else None,
        )


def _summary_or_none(run: Run) -> schemas.RunSummary | None:
    try:
        with _reading(run):
            return schemas.RunSummary(**_summary(run))
    except RunError:
        return None


@contextmanager
def _reading(run: Run) -> Iterator[None]:
    """Take a run whose files hold what none has for one that cannot be read."""
    try:
        yield
    except ValidationError as error:
        raise RunError(f"{run.path} is no run that can be read ({error}).") from error


def _summary(run: Run) -> dict[str, Any]:
    config, status = run.config, run.status
    names = ("title", "network", "data", "by", "created")
    facts = {"id": run.id, **{name: getattr(config, name) for name in names}, **asdict(status)}
    if status.state in ("running", "paused") and config.by == "command" and not run.worked_on:
        facts |= {"state": "stopped", "sentence": "The command was ended; --resume goes on."}
    return {**facts, "bytes": run.size()}


def _weights(one: Weights) -> schemas.RunWeights:
    return schemas.RunWeights(step=one.step, sha256=one.sha256)
