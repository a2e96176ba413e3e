"""What is written while a network learns: metrics, what it can be resumed from, its history."""

import hashlib
import json
import math
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import numpy as np

from app.runs.folder import LOOKS, Run, Status
from app.runs.metrics import Journal, Line, finite
from model.arrays import Array
from model.network import Network
from model.train import session
from model.train.batches import Examples
from model.train.evaluate import Evaluation, evaluate
from model.train.loop import EpochReport, StepReport, Training, kept
from model.train.material import material, steps_of_epoch
from model.whole_file import write_whole

HISTORY: Final = 24
"""Networks that are kept for later at the least, if there are as many steps."""

_LINES: Final = 1500
"""Lines about steps that a run has, or somewhat more."""

_SHARE: Final = 4
"""So many images are learnt for one that is evaluated, or more."""

_KEEP_EVERY: Final = 4.0  # seconds
_LOOK_EVERY: Final = 1.0
_LARGEST_LOOK: Final = 16_000_000  # bytes of a network that is written every second
_METRICS: Final = "metrics"  # among the notes of what can be resumed


def log_spaced(total: int, count: int = HISTORY) -> list[int]:
    """
    Choose steps from the first to the last of `total`, each as many times the one before.

    There are at least `count` of them (all, if there are no more), and step 0 beside them.
    """
    points = count
    while True:
        found = {round(total**share) for share in np.linspace(0, 1, points)}
        if len(found) >= min(count, total):
            return sorted({0, *found})
        points += 1


class Recorder:
    """
    Follows a training, step by step, and writes its run.

    Parameters
    ----------
    evaluates
        Whether an epoch's end is evaluated here; else `epoch` is told of it.
    lines
        So many lines about steps there are, or somewhat more; 0 for as many as is usual.
    """

    def __init__(
        self,
        run: Run,
        training: Training,
        examples: Examples,
        *,
        evaluates: bool = True,
        lines: int = 0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.run, self._training, self._clock = run, training, clock
        recipe = training.recipe
        learnt, self.held = material(recipe, examples)
        self._sample = _sample(learnt, len(self.held.labels))
        self._of_epoch = steps_of_epoch(recipe, len(examples.labels))
        self.total = self._of_epoch * recipe.all_epochs
        self._every = max(1, self.total // (lines or _LINES))
        self._history = frozenset(log_spaced(self.total))
        self._evaluated = self._evaluations(recipe.batch_size)
        self._evaluates = evaluates
        self._journal = Journal(
            run.metrics,
            run.table,
            [name for name, all_ in training.network.spec.parameters.items() if all_],
        )
        self._since = [0, 0.0, 0]  # images, their loss and how many were right, since the last line
        self._began, self._before = clock(), 0.0
        self._kept = self._looked = clock()
        self.status = run.status

    @property
    def step(self) -> int:
        """Steps completed, those of teachers included."""
        return self._training.epoch * self._of_epoch + self._training.step

    @property
    def seconds(self) -> float:
        """Seconds in which it learnt, whatever it waited for meanwhile."""
        return self._before + (0 if self._began == math.inf else self._clock() - self._began)

    @property
    def diverged(self) -> bool:
        """Whether the loss of the last step is no number."""
        last = self._training.last
        return last is not None and not math.isfinite(last.loss)

    def begin(self, notes: Mapping[str, str]) -> None:
        """Begin, or go on where a resumed training stands; `notes` are those kept with it."""
        if text := notes.get(_METRICS):
            facts = json.loads(text)
            self._since, self._before = list(facts["since"]), facts["seconds"]
        self.run.tidy()
        lines = self._journal.keep_until(self.step)
        for one in (*self.run.history.glob("*"), *self.run.live.glob("*")):
            if one.name.split(".")[0].isdigit() and int(one.name.split(".")[0]) > self.step:
                one.unlink(missing_ok=True)
        evaluated = any(one["kind"] == "evaluation" and one["step"] == self.step for one in lines)
        if self.step in self._evaluated and not evaluated:
            self._evaluate()
        self._remember()
        self._began = self._clock()
        if (state := self.status.state) in ("waiting", "failed"):
            again = "It was taken up again after the server had stopped."
            self.tell(state="running", sentence=again if self.step and state == "waiting" else "")
        self.tell()
        if self.status.state == "paused":
            self._began = math.inf

    def made(self, report: StepReport) -> None:
        """Hear of a step that was just made."""
        last = self._training.last
        assert last is not None
        self._since[0] += last.shown
        self._since[1] += last.loss * last.shown
        self._since[2] += last.correct
        if self.step % self._every == 0 or report.ends_epoch:
            shown, loss, correct = self._since
            self._since = [0, 0.0, 0]
            sizes = _sizes(last.gradients)
            figures = {"loss": finite(loss / shown), "accuracy": finite(correct / shown)}
            self._write("step", **figures, rate=finite(last.rate), gradients=sizes)
        if self.step in self._evaluated and (self._evaluates or not report.ends_epoch):
            self._evaluate()
        self._remember()

    def epoch(self, report: EpochReport) -> None:
        """Hear how somebody else evaluated an epoch that has just ended."""
        if self.step in self._evaluated:
            self._evaluate(report.validation)

    def pause(self, sentence: str = "") -> None:
        """Stop the clock."""
        self._before, self._began = self.seconds, math.inf
        self.tell(state="paused", sentence=sentence)

    def go_on(self, stepped: int) -> None:
        """Let the clock run again; single steps that were asked for until now are no more due."""
        if self._began == math.inf:
            self._began = self._clock()
        if self.status.state != "running" or self.status.stepped != stepped:
            self.tell(state="running", sentence="", stepped=stepped)

    def notes(self) -> dict[str, str]:
        """What is to be kept beside the training itself."""
        return {_METRICS: json.dumps({"since": self._since, "seconds": round(self.seconds, 3)})}

    def keep(self, notes: Mapping[str, str]) -> None:
        """Keep what the run can be resumed from, and what of it shall be there then."""
        self.sync()
        path = self.run.resume / f"{self.step:08d}.safetensors"
        session.keep(path, self._training, {**notes, **self.notes()})
        self.run.forget_older()
        self._kept = self._clock()

    def keep_if_due(self, notes: Mapping[str, str]) -> None:
        """Keep it if the last time is long enough ago; let others look at it, too."""
        self.look_if_due()
        if self._clock() - self._kept >= _KEEP_EVERY:
            self.keep(notes)

    def look_if_due(self) -> None:
        """Let others look at the network if the last time is long enough ago."""
        if self._clock() - self._looked >= _LOOK_EVERY:
            self.look()

    def sync(self) -> None:
        """See that the metrics so far are on the disk."""
        self._journal.sync()

    def look(self) -> None:
        """Let others look at the network as it is now, and say how far it is."""
        self._looked = self._clock()
        data = kept(self._training).weights_bytes()
        if len(data) <= _LARGEST_LOOK:
            self._leave(self.run.live, data)
            for old in sorted(self.run.live.glob("*.safetensors"), reverse=True)[LOOKS:]:
                old.unlink(missing_ok=True)
        self.tell()

    def end(self, found: Evaluation | None, shifted: float | None = None) -> None:
        """Write the last line: how the test images were read, if they were."""
        figures = {}
        if found is not None:
            figures = {"test_loss": finite(found.loss), "test_accuracy": finite(found.accuracy)}
        self._write("result", **figures, shifted_accuracy=finite(shifted))
        self._journal.sync()

    def judge(self, network: Network, held: Evaluation | None = None) -> dict[str, object]:
        """Say how a network reads images that were learnt from, and those held out."""
        learnt = evaluate(network, self._sample)
        held = held or evaluate(network, self.held)
        return {
            "train_loss": finite(learnt.loss),
            "train_accuracy": finite(learnt.accuracy),
            "validation_loss": finite(held.loss),
            "validation_accuracy": finite(held.accuracy),
            "confusion": held.confusion.tolist(),
        }

    def tell(self, **more: object) -> Status:
        """Write how far it is."""
        where = {"step": self.step, "steps": self.total, "epoch": self.epoch_of(self.step)}
        where["seconds"] = round(self.seconds, 2)
        facts = {name: getattr(self.status, name) for name in Status.__dataclass_fields__}
        last = self._training.last
        if last is not None:
            facts |= {"loss": finite(last.loss), "accuracy": finite(last.correct / last.shown)}
        self.status = Status(**{**facts, **where, **more})
        self.run.say(self.status)
        return self.status

    def _evaluations(self, batch_size: int) -> frozenset[int]:
        """Choose the steps after which is evaluated: early ones, and ends of epochs."""
        images = len(self.held.labels) + len(self._sample.labels)
        rest = math.ceil(_SHARE * images / batch_size)  # steps between two of them
        every = math.ceil(rest / self._of_epoch) * self._of_epoch
        early = {round(10 ** (power / 2.5)) for power in range(3, 20)}
        ends = range(every, self.total + 1, every)
        return frozenset({0, self.total, *ends, *(one for one in early if 2 * one < every)})

    def _evaluate(self, held: Evaluation | None = None) -> None:
        figures = self.judge(kept(self._training), held)
        self._write("evaluation", **figures)
        self.tell(**{n: v for n, v in figures.items() if n.endswith("accuracy")})

    def _write(self, kind: str, **figures: object) -> None:
        where = {"kind": kind, "step": self.step, "epoch": self.epoch_of(self.step)}
        line: Line = {**where, "seconds": round(self.seconds, 2), **figures}
        self._journal.add(line)

    def epoch_of(self, step: int) -> float:
        """Say which epoch a step is in, as metrics have it."""
        return round(step / self._of_epoch, 4)

    def _remember(self) -> None:
        """Keep the network for good, if this is a step of the history."""
        if self.step in self._history:
            self._leave(self.run.history, kept(self._training).weights_bytes(), lasting=True)

    def _leave(self, folder: Path, data: bytes, *, lasting: bool = False) -> None:
        name = f"{self.step:08d}.{hashlib.sha256(data).hexdigest()}.safetensors"
        write_whole(folder / name, data, lasting=lasting)


def _sample(learnt: Examples, count: int) -> Examples:
    """Choose as many images that are learnt from as are held out, always the same ones."""
    chosen = np.random.default_rng(0).permutation(len(learnt.labels))[:count]
    return Examples(learnt.images[chosen], learnt.labels[chosen])


def _sizes(gradients: Mapping[str, Array]) -> dict[str, float | None]:
    """Measure the gradient of each layer: the root of the sum of all its squares."""
    squares: dict[str, float] = {}
    for name, gradient in gradients.items():
        layer = name.rpartition(".")[0]
        squares[layer] = squares.get(layer, 0.0) + float(np.vdot(gradient, gradient))
    return {layer: finite(math.sqrt(square)) for layer, square in squares.items()}
