"""Which drawings are held out, and what a set is made of."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.handwriting import made
from app.handwriting.folder import WRITERS, Classes, Folder, Kept
from app.refusals import RefusalError
from app.schemas import Stroke
from model.train.batches import Examples
from tests.app.handwriting.conftest import SHAPES


def drawings(marks: list[tuple[int, int]]) -> list[Kept]:
    return [
        Kept(f"{number:06d}-aaaaaa", label, WRITERS[writer], Path())
        for number, (label, writer) in enumerate(marks)
    ]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), max_size=60))
def test_of_each_class_and_writer_every_fourth_is_held_out_from_the_third_on(marks) -> None:
    every = drawings(marks)
    held = made.held_out(every)
    for label in range(4):
        of_class = [one for one in every if one.label == label]
        plain = []
        for writer in WRITERS:
            mine = [one.id for one in of_class if one.writer == writer]
            plain += mine[2::4]
        if not plain and len(of_class) > 1:
            plain = [of_class[-1].id]
        assert {one.id for one in of_class if one.id in held} == set(plain)
        if len(of_class) > 1:
            assert 0 < len(plain) < len(of_class), "some to learn from, some to judge with"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "handwriting")


def draw(folder: Folder, label: int, name: str, count: int, writer: str = "blue") -> None:
    strokes = [Stroke(points=[tuple(p) for p in line]) for line in SHAPES[name]]
    for _ in range(count):
        folder.add(label, writer, strokes)


def set_of(folder: Folder, mnist: Examples | None = None) -> made.Made:
    return made.make(folder.all(), folder.classes(), mnist)


def test_classes_of_digits_join_those_of_mnist_and_signs_follow(folder: Folder) -> None:
    folder.collect(["★", "4", "empty", "ß"])
    draw(folder, 3, "ß", 3)
    draw(folder, 1, "4", 5)
    draw(folder, 0, "★", 2, "red")
    alone = set_of(folder)
    assert alone.classes == ("★", "4", "ß")
    assert alone.train.labels.tolist() == [2, 2, 1, 1, 1, 1, 0]
    assert alone.test.labels.tolist() == [2, 1, 0]
    assert alone.writers == ("blue", "blue", "red")
    digits = Examples(np.full((30, 28, 28), 9, np.uint8), np.arange(30, dtype=np.uint8) % 10)
    beside = set_of(folder, made.sample(digits, 12))
    assert beside.classes == (*"0123456789", "★", "ß")
    assert beside.train.labels.tolist()[:7] == [11, 11, 4, 4, 4, 4, 10]
    assert len(beside.train.labels) == 7 + 12
    assert beside.test.labels.tolist() == [11, 4, 10]
    fewer, more = (made.sample(digits, count).labels.tolist() for count in (5, 12))
    assert not [label for label in fewer if fewer.count(label) > more.count(label)]


def test_too_little_is_refused_with_the_names(folder: Folder) -> None:
    with pytest.raises(RefusalError, match="too few classes"):
        set_of(folder)
    folder.collect(["4", "7", "★"])
    draw(folder, 0, "4", 2)
    with pytest.raises(RefusalError, match="too few classes"):
        set_of(folder)
    draw(folder, 1, "7", 2)
    draw(folder, 2, "★", 1)
    with pytest.raises(RefusalError, match="Of ★ there is one drawing only"):
        set_of(folder)


def test_what_is_in_a_set_names_it(folder: Folder) -> None:
    folder.collect(["4", "7"])
    draw(folder, 0, "4", 2)
    draw(folder, 1, "7", 3)
    first = made.id_of(set_of(folder).files())
    assert made.id_of(set_of(folder).files()) == first
    folder.change(folder.all()[-1].id, 0, None)
    assert made.id_of(set_of(folder).files()) != first
    assert Classes({}, 0) == Folder(folder.path / "nowhere").classes()
