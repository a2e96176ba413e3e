"""The run folder that `convlens train` writes beside its checkpoint and its weights.

The checkpoint stays what a training is resumed from; the run's `resume/` has the same files under
their steps. Where no run can be written, training goes on without one.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from rich.console import Console

from app.runs.asked import room_for
from app.runs.folder import Config, Run, Runs, now
from app.runs.locks import locked
from app.runs.recorder import Recorder
from app.training_settings import Training as Settings
from model.data.folders import data_folder
from model.train.batches import Examples
from model.train.evaluate import Evaluation
from model.train.loop import EpochReport, StepReport, Training

_RUN = "run"  # among the notes of a checkpoint


class Recorded:
    """What follows a training into its run folder, if it has one."""

    def __init__(self, recorder: Recorder | None, notes: dict[str, str]) -> None:
        self._recorder, self._notes = recorder, notes

    def step(self, report: StepReport) -> None:
        """Hear of a step."""
        if self._recorder is not None:
            self._recorder.made(report)
            self._recorder.look_if_due()

    def epoch(self, report: EpochReport) -> None:
        """Hear of an epoch."""
        if self._recorder is not None:
            self._recorder.epoch(report)

    def keeping(self) -> None:
        """Write down, before a checkpoint is kept, what belongs to it."""
        if self._recorder is not None:
            self._recorder.sync()
            self._notes.update(self._recorder.notes())

    def kept(self, checkpoint: Path) -> None:
        """Lay the checkpoint that was just kept among what the run can be resumed from."""
        if self._recorder is not None:
            run = self._recorder.run
            _lay(checkpoint, run.resume / f"{self._recorder.step:08d}.safetensors")
            run.forget_older()

    def end(self, out: Path, found: Evaluation) -> None:
        """Write what came out."""
        if self._recorder is None:
            return
        run = self._recorder.run
        self._recorder.end(found)
        _lay(out, run.final)
        self._recorder.tell(state="finished", test_accuracy=found.accuracy)
        run.forget_way()


@contextmanager
def recorded(
    folder: Path | None,
    training: Training,
    examples: Examples,
    notes: dict[str, str],
    names: tuple[str, str],
    data: Path,
    console: Console,
) -> Iterator[Recorded]:
    """
    Write a run for as long as the block lasts: the one that the notes name, else a new one.

    Parameters
    ----------
    names
        Of the architecture, and of the set of images.
    """
    runs = Runs(folder or data_folder() / "runs")
    try:
        run = runs.find(notes.get(_RUN, "")) or _new(runs, training, notes, names, data)
    except (OSError, ValueError) as error:
        _say(console, f"No run folder is written: {getattr(error, 'strerror', None) or error}.")
        yield Recorded(None, notes)
        return
    with locked(run.lock) as mine:
        if not mine:
            _say(console, f"No run folder is written: another process writes {run.path}.")
            yield Recorded(None, notes)
            return
        notes[_RUN] = run.id
        recorder = Recorder(run, training, examples, evaluates=False)
        recorder.begin(notes)
        yield Recorded(recorder, notes)


def _new(
    runs: Runs, training: Training, notes: dict[str, str], names: tuple[str, str], data: Path
) -> Run:
    spec, recipe = training.network.spec, training.recipe
    config = Config(
        title=spec.title,
        network=names[0],
        spec=spec,
        recipe=recipe,
        data=names[1],
        folder=str(data.absolute()),
        by="command",
        command=notes["command"],
        created=now(),
    )
    runs.path.mkdir(parents=True, exist_ok=True)
    most = Settings.from_environment(os.environ).megabytes
    if runs.size() + room_for(config) > most * 1_000_000:
        raise ValueError(
            f"the runs in {runs.path} would take more than {most} MB. `convlens runs` lists them; "
            "remove the folders of some, or name another folder with --runs"
        )
    return runs.create(config)


def _say(console: Console, sentence: str) -> None:
    console.print(sentence, highlight=False, soft_wrap=True, markup=False)


def _lay(path: Path, place: Path) -> None:
    """Give a file that is never written to again another name, or a copy on another disk."""
    place.unlink(missing_ok=True)
    try:
        os.link(path, place)
    except OSError:
        with suppress(FileNotFoundError):
            shutil.copyfile(path, place)
