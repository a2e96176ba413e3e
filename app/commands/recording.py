"""The run folder that `convlens train` writes beside its checkpoint and its weights.

The checkpoint stays what a training is resumed from; the run's `resume/` has the same files under
their steps. Where no run can be written, or no more, training goes on without one.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from rich.console import Console

from app.commands.plan import PRETRAINED, said_of
from app.runs.asked import room_for
from app.runs.folder import Config, Run, Runs, now
from app.runs.locks import locked
from app.runs.recorder import Recorder
from app.training_settings import Training as Settings
from model import load_network
from model.architectures import NETWORKS
from model.data.folders import data_folder
from model.train.batches import Examples
from model.train.evaluate import Evaluation
from model.train.loop import EpochReport, StepReport, Training
from model.whole_file import write_whole

_RUN = "run"  # among the notes of a checkpoint


class Recorded:
    """What follows a training into its run folder, if it has one, for as long as it can."""

    def __init__(self, recorder: Recorder | None, notes: dict[str, str], console: Console) -> None:
        self._recorder, self._notes, self._console = recorder, notes, console

    def begin(self) -> None:
        """Begin, or go on where a resumed training stands."""
        self._write(lambda recorder: recorder.begin(self._notes))

    def step(self, report: StepReport) -> None:
        """Hear of a step."""

        def write(recorder: Recorder) -> None:
            recorder.made(report)
            recorder.look_if_due()

        self._write(write)

    def epoch(self, report: EpochReport) -> None:
        """Hear of an epoch."""
        self._write(lambda recorder: recorder.epoch(report))

    def keeping(self) -> None:
        """Write down, before a checkpoint is kept, what belongs to it."""

        def write(recorder: Recorder) -> None:
            recorder.sync()
            self._notes.update(recorder.notes())

        self._write(write)

    def kept(self, checkpoint: Path) -> None:
        """Lay the checkpoint that was just kept among what the run can be resumed from."""

        def write(recorder: Recorder) -> None:
            run = recorder.run
            _lay(checkpoint, run.resume / f"{recorder.step:08d}.safetensors")
            run.forget_older()

        self._write(write)

    def end(self, out: Path, found: Evaluation) -> None:
        """Write what came out; the weights as a copy, since `out` may be written to later."""

        def write(recorder: Recorder) -> None:
            recorder.end(found)
            write_whole(recorder.run.final, out.read_bytes())
            recorder.tell(state="finished", test_accuracy=found.accuracy)
            recorder.run.forget_way()

        self._write(write)

    def _write(self, write: Callable[[Recorder], None]) -> None:
        """Write something; from when that cannot be, the training goes on without its run."""
        recorder = self._recorder
        if recorder is None:
            return
        try:
            write(recorder)
        except OSError as error:
            self._recorder = None
            for name in (_RUN, *recorder.notes()):  # a resumed one begins another run
                self._notes.pop(name, None)
            why = error.strerror or str(error)
            _say(self._console, f"The run folder is written no more: {why}. The training goes on.")
            with suppress(OSError):
                recorder.run.change(state="failed", sentence=f"It could not be written: {why}.")


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
        yield Recorded(None, notes, console)
        return
    with locked(run.lock) as mine:
        if not mine:
            _say(console, f"No run folder is written: another process writes {run.path}.")
            yield Recorded(None, notes, console)
            return
        notes[_RUN] = run.id
        made = Recorded(Recorder(run, training, examples, evaluates=False), notes, console)
        made.begin()
        yield made


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
        pretrained=_pretrained(notes),
    )
    runs.path.mkdir(parents=True, exist_ok=True)
    most = Settings.from_environment(os.environ).megabytes
    if runs.size() + room_for(config) > most * 1_000_000:
        raise ValueError(
            f"the runs in {runs.path} would take more than {most} MB. `convlens runs` lists them; "
            "remove the folders of some, or name another folder with --runs"
        )
    return runs.create(config)


def _pretrained(notes: Mapping[str, str]) -> str:
    """Name the weights that it began with: others than those that come along by their hash, too."""
    said = notes.get(PRETRAINED, "")
    name = said.partition(" ")[0]
    return name if name in NETWORKS and said == said_of(load_network(name)) else said


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
