"""What long work shows: bars in a terminal, plain lines elsewhere; and how commands fail."""

import io

import numpy as np
import pytest
import typer
from rich.console import Console

from app.commands import sentences
from app.commands.progress import Keeper, duration, show_download, show_training
from model.train.evaluate import Evaluation
from model.train.loop import EpochReport, StepReport
from model.train.recipe import Distillation, Recipe

FOUND = Evaluation(9, 10, 0.25, np.zeros((10, 10), np.int64))

THREE_EPOCHS = Recipe(epochs=3)


def shown(terminal: bool, use) -> str:
    file = io.StringIO()
    use(Console(file=file, force_terminal=terminal, width=120, color_system=None))
    return file.getvalue()


def train_two_epochs(console: Console, recipe: Recipe = THREE_EPOCHS) -> None:
    with show_training(console, recipe) as follow:
        for epoch in (1, 2):  # resumed: the first was done before
            for step in range(4):
                follow.step(StepReport(epoch, step, 4, 0.5, 0.75))
            follow.epoch(EpochReport(epoch, 0.5, 0.75, FOUND))


def test_a_terminal_sees_loss_accuracy_and_time_left() -> None:
    text = shown(True, train_two_epochs)
    assert "epoch 3/3  loss 0.5000  accuracy 75.00%" in text
    assert "100%" in text
    assert "left" in text
    assert "epoch 2/3: loss 0.5000, accuracy 75.00%, validation 90.00% (loss 0.2500)\n" in text


def test_without_a_terminal_each_epoch_is_a_line() -> None:
    lines = shown(False, train_two_epochs).splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("epoch 2/3: loss 0.5000, accuracy 75.00%, validation 90.00%")
    assert lines[0].endswith(" left")
    assert lines[1].endswith("validation 90.00% (loss 0.2500)")


def test_each_teacher_counts_its_own_epochs() -> None:
    recipe = Recipe(epochs=2, distillation=Distillation(teachers=2, patience=0.5))
    lines = shown(False, lambda console: train_two_epochs(console, recipe)).splitlines()
    assert [line.split(":")[0] for line in lines] == ["teacher 2, epoch 1/1", "epoch 1/2"]
    assert all(line.endswith(" left") for line in lines)


def test_the_time_left_counts_no_drawing_of_digits(monkeypatch) -> None:
    clock = [100.0]
    monkeypatch.setattr("app.commands.progress.time.monotonic", lambda: clock[-1])

    def draw_then_train(console: Console) -> None:
        with show_training(console, THREE_EPOCHS) as follow:
            follow.drawing(70_950)
            for step, seconds in enumerate((300.0, 310.0, 320.0, 330.0)):
                clock.append(seconds)
                follow.step(StepReport(0, step, 4, 0.5, 0.75))
            follow.epoch(EpochReport(0, 0.5, 0.75, FOUND))

    assert shown(False, draw_then_train).endswith(", 1 min 20 s left\n")  # eight steps of 10 s


def test_a_training_is_kept_when_five_seconds_have_passed(monkeypatch) -> None:
    clock: list[float] = [100.0]
    kept: list[float] = []
    monkeypatch.setattr("app.commands.progress.time.monotonic", lambda: clock[-1])
    keeper = Keeper(lambda: kept.append(clock[-1]), last=100.0)
    for seconds in (102.0, 104.9, 105.0, 107.0, 110.1):
        clock.append(seconds)
        keeper.keep_if_due()
    assert kept == [105.0, 110.1]


def test_a_resumed_training_starts_its_bar_where_it_stands() -> None:
    def use(console: Console) -> None:
        with show_training(console, THREE_EPOCHS) as follow:
            follow.step(StepReport(1, 2, 4, 0.5, 0.75))  # 1.5 epochs were done, 1.5 are left
            assert follow.bars is not None
            (task,) = follow.bars.tasks
            assert task.percentage == pytest.approx(100 / 6)

    shown(True, use)


def test_the_drawing_of_digits_is_told_of() -> None:
    def draw(console: Console) -> None:
        with show_training(console, Recipe()) as follow:
            follow.drawing(70_950)

    assert shown(False, draw) == "Drawing 70,950 digits to learn from beside MNIST's.\n"


def download(console: Console) -> None:
    with show_download(console) as progress:
        for name in ("images", "labels"):
            for done in (500, 1000):
                progress(name, done, 1000)


def test_a_download_shows_each_file_once() -> None:
    assert shown(False, download).splitlines() == [
        "Downloading images (1,000 bytes).",
        "Downloading labels (1,000 bytes).",
    ]
    assert "Downloading labels" in shown(True, download)


def test_no_download_shows_nothing() -> None:
    def nothing(console: Console) -> None:
        with show_download(console):
            pass

    assert shown(False, nothing) == ""


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.4, "0 s"), (59, "59 s"), (61, "1 min 1 s"), (7260, "2 h 1 min")]
)
def test_times_are_said_in_the_unit_people_would_use(seconds: float, words: str) -> None:
    assert duration(seconds) == words


@pytest.mark.parametrize(
    ("error", "words", "code"),
    [
        (ValueError("It is so."), "It is so.", 1),
        (PermissionError(13, "Permission denied", "/x"), "Permission denied (/x).", 1),
        (MemoryError(), "not enough memory", 1),
        (KeyboardInterrupt(), "Stopped.", 130),
    ],
)
def test_what_goes_wrong_becomes_a_sentence_and_a_code(error, words, code, capsys) -> None:
    with pytest.raises(typer.Exit) as caught, sentences.told():
        raise error
    assert caught.value.exit_code == code
    assert words in capsys.readouterr().err
