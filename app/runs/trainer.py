"""
The process that trains one run: `python -m app.runs.trainer FOLDER`.

It writes the run's folder and reads wishes from it, and knows no server. It ends, having kept all,
when its standard input does: whoever started it is gone then.
"""

import json
import os
import select
import signal
import sys
import threading
import time
from collections.abc import Generator
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

import numpy as np
from threadpoolctl import threadpool_limits

from app import data_sets
from app.commands.plan import PRETRAINED, said_of
from app.handwriting import figures
from app.handwriting.frozen import GONE
from app.handwriting.schemas import HandwritingFigures
from app.helper_process import give_way
from app.refusals import RefusalError
from app.runs import wishes
from app.runs.folder import ENDED, Run
from app.runs.locks import locked
from app.runs.recorder import Recorder
from model import load_network
from model.checkpoint import CheckpointError
from model.data.errors import MnistError
from model.data.sets import DataSet
from model.network import Network
from model.train import session
from model.train.batches import Examples, check
from model.train.calibrate import Threshold, choose_threshold
from model.train.evaluate import evaluate
from model.train.loop import StepReport, Training, begin, kept, steps
from model.train.material import as_read

_LOOK: Final = 0.05  # seconds between two looks for a wish while it stands still
_HURRY: Final = 0.2  # and, at the least, while it runs
_BEAT: Final = 0.5  # seconds between two signs of life
_LAST: Final = 60.0  # seconds in which all is kept once it is to end; else this hangs
_WORK: Final = 0.001  # seconds of a processor's time without which there is none
_SHIFT: Final = 4  # pixels by which images are moved at the most to be judged once more


class Ended(Exception):  # noqa: N818 - it is no error
    """Whoever started this process is gone, or wants it to end."""


class Trainer:
    """One run on its way."""

    def __init__(self, run: Run) -> None:
        self.run, self.config = run, run.config
        self._gone = threading.Event()
        self._read, self._wanted = 0.0, wishes.Wished()

    def listen(self) -> None:
        """End when standard input ends, or at SIGTERM; at once, when it has ended already."""

        def wait() -> None:
            while os.read(0, 4096):  # of sys.stdin the interpreter would wait for a lock at its end
                pass
            self._gone.set()

        if os.name == "posix" and select.select([0], [], [], 0)[0] and not os.read(0, 4096):
            raise Ended
        threading.Thread(target=wait, daemon=True).start()
        signal.signal(signal.SIGTERM, lambda *_: self._gone.set())
        if os.name == "posix":
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # for who started it

    def show_life(self) -> None:
        """Touch the lock while work is done: not when this hangs, waits for ever or is stopped.

        Where nobody is there to end what hangs, it ends itself, and the lock is free.
        """

        def beat() -> None:
            before = 0.0
            while not self._gone.wait(_BEAT):
                worked = time.process_time() - time.thread_time()  # of all threads but this one
                if worked - before > _WORK:
                    before = worked
                    with suppress(OSError):
                        os.utime(self.run.lock)
            time.sleep(_LAST)
            os._exit(1)

        threading.Thread(target=beat, daemon=True).start()

    def train(self) -> None:
        """Train until the recipe, a wish or a limit ends it."""
        found = data_sets.sets(self.config.folder).get(self.config.data)
        if found is None or found.set is None:
            if self.config.handwriting:
                raise MnistError(GONE)
            raise MnistError(
                (found and found.problem)
                or f"The images of {self.config.data} are no longer where they were."
            )
        examples = data_sets.load(found.set, "train")
        training, notes = self._taken_up(data_sets.fingerprint(found.set))
        check(training.network.spec, examples, training.recipe.held_out)
        recorder = Recorder(self.run, training, examples)
        recorder.begin(notes)
        recorder.look()
        recorder.keep(notes)

        def drawing(count: int) -> None:
            recorder.tell(sentence=f"It draws {count:,} digits to learn from first.")

        reports = steps(training, examples, on_drawing=drawing, workers=self.config.workers)
        try:
            with closing(reports):
                stopped = self._follow(reports, recorder, notes)
        except Ended:
            recorder.keep(notes)
            recorder.look()
            said = "The server has stopped; it goes on when one is there again."
            recorder.tell(state="waiting", sentence=said)
            return
        self._finish(training, recorder, notes, found.set, stopped)

    def _taken_up(self, data: dict[str, str]) -> tuple[Training, dict[str, str]]:
        """Go on from the last state that is whole, or begin."""
        line = json.dumps(data, sort_keys=True)
        for path in self.run.resumes():
            try:
                training, notes = session.resume(path)
            except CheckpointError:
                path.unlink(missing_ok=True)  # the one before it is there for that
                continue
            if notes.get("data") != line:
                raise MnistError("The images are others than those that this run began with.")
            return training, notes
        notes = {"command": self.config.command, "data": line}
        known = load_network(self.config.pretrained) if self.config.pretrained else None
        if known is not None:
            notes[PRETRAINED] = said_of(known)
        return begin(self.config.spec, self.config.recipe, pretrained=known), notes

    def _follow(
        self, reports: Generator[StepReport], recorder: Recorder, notes: dict[str, str]
    ) -> str | None:
        """Take steps as they are wished for; why it was stopped, or None at its end."""
        while (why := self._ending(recorder)) is None:
            if not self._may_step(recorder, notes):
                self._gone.wait(_LOOK)
                continue
            if (report := next(reports, None)) is None:
                return None
            recorder.made(report)
            _check_finite(recorder)
            if self._wanted.do == "pause":
                recorder.keep(notes)
                recorder.look()
                recorder.tell(stepped=recorder.status.stepped + 1)
            recorder.keep_if_due(notes)
        return why

    def _ending(self, recorder: Recorder) -> str | None:
        """Look for a wish, and say why it ends now, if it does."""
        if self._gone.is_set():
            raise Ended
        if recorder.status.state == "paused" or time.monotonic() - self._read > _HURRY:
            self._wanted, self._read = wishes.read(self.run.wish), time.monotonic()
            if self.config.handwriting and not Path(self.config.folder).is_dir():
                raise MnistError(GONE)
        if self._wanted.do == "stop":
            return ""
        if self.config.seconds and recorder.seconds > self.config.seconds:
            return f"It had learnt for {self.config.seconds // 60:,} minutes, which is the most."
        return None

    def _may_step(self, recorder: Recorder, notes: dict[str, str]) -> bool:
        """Stand still or go on, as is wished for; tell whether a step is to be made."""
        if self._wanted.do == "run":
            recorder.go_on(self._wanted.steps)
            return True
        if recorder.status.state != "paused":
            recorder.pause()
            recorder.keep(notes)
            recorder.look()
        return recorder.status.stepped < self._wanted.steps

    def _finish(
        self,
        training: Training,
        recorder: Recorder,
        notes: dict[str, str],
        one: DataSet,
        stopped: str | None,
    ) -> None:
        """Read the test images, write the weights, and let go of what it was resumed from."""
        recipe, network = training.recipe, kept(training)
        held = recorder.held
        validation = evaluate(network, held)
        test = None
        if stopped is None:
            test = evaluate(network, as_read(recipe, data_sets.load(one, "test")))
        recorder.end(
            test, evaluate(network, _shifted(held)).accuracy if not recipe.shuffled else None
        )
        facts = session.facts(
            training,
            validation=validation,
            test=test,
            threshold=_threshold(training, held, one) if stopped is None else None,
            command=notes["command"],
            data=json.loads(notes["data"]),
            step=recorder.step,
            pretrained=notes.get(PRETRAINED, ""),
        )
        session.write(self.run.final, training, facts)
        recorder.look()
        measured = self.config.handwriting and stopped is None
        accuracy = None if test is None else test.accuracy
        recorder.tell(
            state="finished" if stopped is None else "stopped",
            sentence=self._measure(network, one) if measured else stopped or "",
            test_accuracy=accuracy,
        )
        self.run.forget_way()

    def _measure(self, after: Network, one: DataSet) -> str:
        """Keep what it has changed, for those who know the drawings; say why, if it cannot be."""
        config = self.config
        first = self.run.scrubbed()[0].path
        before = load_network(config.pretrained or first)
        mnist = data_sets.sets(config.beside).get("mnist")
        test = data_sets.load(mnist.set, "test") if mnist and mnist.set else None
        found = figures.measure(before, after, one, test)
        try:
            figures.keep(Path(config.folder), HandwritingFigures(run=self.run.id, figures=found))
        except RefusalError as refusal:  # the weights are there all the same
            return f"What it has changed could not be kept. {refusal}"
        return ""


def _threshold(training: Training, held: Examples, one: DataSet) -> Threshold | None:
    """Choose below which energy it is not sure, where digits are what it learnt to read."""
    digits = one.id == "mnist" and not training.recipe.shuffled
    return choose_threshold(kept(training), held) if digits else None


def _shifted(examples: Examples) -> Examples:
    """Move each image by a few pixels, always the same ones by the same way."""
    rng = np.random.default_rng(0)
    moves = rng.integers(-_SHIFT, _SHIFT + 1, (len(examples.labels), 2))
    moved = np.zeros_like(examples.images)
    size = examples.images.shape[1]
    for image, into, (down, right) in zip(examples.images, moved, moves, strict=True):
        kept_ = image[max(0, -down) : size - max(0, down), max(0, -right) : size - max(0, right)]
        rows, columns = kept_.shape
        into[max(0, down) :, max(0, right) :][:rows, :columns] = kept_
    return Examples(moved, examples.labels)


def _check_finite(recorder: Recorder) -> None:
    if recorder.diverged:
        raise ValueError(
            "The loss is no number any more: its steps were too large. Take a smaller learning "
            "rate."
        )


def main(folder: str) -> int:
    """Train the run in a folder; what went wrong stands in its status."""
    run = Run(Path(folder))
    give_way()
    with locked(run.lock) as mine, threadpool_limits(1, user_api="blas"):
        if not mine or run.status.state in ENDED:
            return 0  # another process trains it; or it was stopped before it could begin
        try:
            trainer = Trainer(run)
            trainer.listen()
            trainer.show_life()
            with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
                trainer.train()
        except Ended:
            return 0  # before anything was done
        except (MnistError, ValueError) as error:
            sentence = data_sets.without_paths(str(error), run.config.folder)
            run.change(state="failed", sentence=sentence)
        except MemoryError:
            run.change(state="failed", sentence="This machine has not enough memory for it.")
        except OSError as error:
            said = f"Its folder cannot be written: {error.strerror or error}. Make room there."
            with suppress(OSError):
                run.change(state="failed", sentence=said)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
