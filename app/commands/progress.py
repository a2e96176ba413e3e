"""Showing long work: bars in a terminal, a line now and then everywhere else. The clock is here."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

from model.train.loop import EpochReport, StepReport
from model.train.recipe import Recipe

Downloaded = Callable[[str, int, int], None]


@contextmanager
def show_download(console: Console) -> Iterator[Downloaded]:
    """Show a bar for each file that arrives; without a terminal, a line when a file begins."""
    if not console.is_terminal:
        begun: set[str] = set()

        def line(name: str, done: int, total: int) -> None:
            del done
            if name not in begun:
                begun.add(name)
                console.print(
                    f"Downloading {name} ({total:,} bytes).", highlight=False, soft_wrap=True
                )

        yield line
        return
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Progress(*columns, console=console) as bars:
        tasks: dict[str, TaskID] = {}

        def bar(name: str, done: int, total: int) -> None:
            if name not in tasks:
                tasks[name] = bars.add_task(f"Downloading {name}")
            bars.update(tasks[name], completed=done, total=total or None)

        yield bar


@dataclass
class TrainingShown:
    """What follows a training: call `step` and `epoch` with the loop's reports."""

    console: Console
    recipe: Recipe
    bars: Progress | None = None
    task: TaskID | None = None
    began: float | None = None  # when the first step was done; digits are drawn before it
    first: float = 0.0  # epochs done by then; who resumes has some

    def drawing(self, count: int) -> None:
        """Say what happens before the first step, for it may take a minute or two."""
        self.console.print(
            f"Drawing {count:,} digits to learn from beside MNIST's.",
            highlight=False,
            soft_wrap=True,
        )

    def step(self, report: StepReport) -> None:
        """Move the bar."""
        done = report.epoch + (report.step + 1) / report.steps
        if self.began is None:
            self.began, self.first = time.monotonic(), done
        if self.bars is None:
            return
        before = self.first - 1 / report.steps  # epochs done before this run
        if self.task is None:
            self.task = self.bars.add_task("", total=self.recipe.all_epochs - before)
        self.bars.update(
            self.task,
            completed=done - before,
            description=f"{place(self.recipe, report.epoch)}  loss {report.loss:.4f}  "
            f"accuracy {report.accuracy:.2%}",
        )

    def epoch(self, report: EpochReport) -> None:
        """Write the line of a finished epoch."""
        timed = report.epoch + 1 - self.first
        left = self.recipe.all_epochs - report.epoch - 1
        text = (
            f"{place(self.recipe, report.epoch)}: loss {report.loss:.4f}, "
            f"accuracy {report.accuracy:.2%}, "
            f"validation {report.validation.accuracy:.2%} (loss {report.validation.loss:.4f})"
        )
        if self.bars is None and self.began is not None and timed and left:
            text += f", {duration((time.monotonic() - self.began) / timed * left)} left"
        self.console.print(text, highlight=False, soft_wrap=True)


@dataclass
class Keeper:
    """Calls `keep` now and then: a training that is killed repeats a few seconds of its work."""

    keep_now: Callable[[], None]
    every: float = 5.0  # seconds
    last: float = field(default_factory=time.monotonic)

    def keep(self) -> None:
        """Keep now."""
        self.keep_now()
        self.last = time.monotonic()

    def keep_if_due(self) -> None:
        """Keep if the last time is long enough ago."""
        if time.monotonic() - self.last >= self.every:
            self.keep()


@contextmanager
def show_training(console: Console, recipe: Recipe) -> Iterator[TrainingShown]:
    """Show loss, accuracy and the time left while a network learns."""
    if not console.is_terminal:
        yield TrainingShown(console, recipe)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeRemainingColumn(),
        TextColumn("left"),
    )
    with Progress(*columns, console=console) as bars:
        yield TrainingShown(console, recipe, bars)


def place(recipe: Recipe, epoch: int) -> str:
    """Say who learns in an epoch of the whole training, and how far it is."""
    stage = recipe.stage(epoch)
    who = "" if stage.pupil == stage.pupils - 1 else f"teacher {stage.pupil + 1}, "
    return f"{who}epoch {stage.epoch + 1}/{stage.epochs}"


def duration(seconds: float) -> str:
    """Say how long, in the unit that people would use."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"
