"""What is learnt from: drawings parted into learnt and held out, beside a sample of MNIST."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np

from app.handwriting.folder import Classes, Kept, Writer, image_of, strokes_of
from app.judging import WRITERS as WRITERS_FILE
from app.refusals import RefusalError
from model.data import idx
from model.data.idx import Bytes
from model.data.sets import KNOWN
from model.train.batches import Examples

FIRST, EVERY = 3, 4
"""Of each class and writer the third drawing is held out, and every fourth after it."""

RULE: Final = (
    "Of each class and writer, in the order in which they were drawn, the third drawing is held "
    "out and every fourth after it; a class that would have none gives its last one."
)
_DIGITS: Final = KNOWN["mnist"].classes
_SAMPLE: Final = 7  # a stream of chance of its own


class Made(NamedTuple):
    """A set: its classes, images to learn from and images held out, and who wrote the latter."""

    classes: tuple[str, ...]
    train: Examples
    test: Examples
    writers: tuple[Writer, ...]

    def files(self) -> Mapping[str, bytes]:
        """Write it as a folder that `convlens train --data` takes."""
        return {
            "train-images-idx3-ubyte": idx.encode(self.train.images),
            "train-labels-idx1-ubyte": idx.encode(self.train.labels.astype(np.uint8)),
            "t10k-images-idx3-ubyte": idx.encode(self.test.images),
            "t10k-labels-idx1-ubyte": idx.encode(self.test.labels.astype(np.uint8)),
            "classes.txt": _lines(self.classes),
            WRITERS_FILE: _lines(self.writers),
        }


def id_of(files: Mapping[str, bytes]) -> str:
    """Name a set by what is in it."""
    found = hashlib.sha256()
    for name, content in sorted(files.items()):
        found.update(f"{name} {len(content)}\n".encode())
        found.update(content)
    return found.hexdigest()[:16]


def held_out(drawings: Sequence[Kept]) -> frozenset[str]:
    """Choose the drawings that are never learnt from, by their ids; see `RULE`."""
    counts: dict[tuple[int, Writer], int] = {}
    chosen: dict[int, list[str]] = {}
    last: dict[int, list[str]] = {}
    for one in drawings:
        count = counts[one.label, one.writer] = counts.get((one.label, one.writer), 0) + 1
        mine = chosen.setdefault(one.label, [])
        if count % EVERY == FIRST:
            mine.append(one.id)
        last.setdefault(one.label, []).append(one.id)
    for label, mine in chosen.items():
        if not mine and len(last[label]) > 1:
            mine.append(last[label][-1])
    return frozenset(id for mine in chosen.values() for id in mine)


def make(drawings: Sequence[Kept], classes: Classes, mnist: Examples | None) -> Made:
    """
    Make a set of drawings, beside digits of MNIST where there are any.

    Raises
    ------
    RefusalError
        When a class has too few drawings, or there are too few classes.
    """
    held = held_out(drawings)
    names = [name for number, name in classes.names.items() if _counts(drawings, number)]
    few = tuple(n for number, n in classes.names.items() if _counts(drawings, number) == 1)
    if few:
        raise RefusalError("few-drawings", {"names": few})
    if mnist is not None:
        names = [*_DIGITS, *(name for name in names if name not in _DIGITS)]
    if not drawings or len(names) < 2:
        raise RefusalError("few-drawn-classes")
    label = {number: names.index(n) for number, n in classes.names.items() if n in names}
    learnt = [one for one in drawings if one.id not in held]
    tested = [one for one in drawings if one.id in held]
    train = _examples(learnt, label)
    if mnist is not None:
        train = Examples(*(np.concatenate(pair) for pair in zip(train, mnist, strict=True)))
    writers = tuple(one.writer for one in tested)
    return Made(tuple(names), train, _examples(tested, label), writers)


def sample(mnist: Examples, count: int) -> Examples:
    """Choose so many digits, always the same; fewer lie within more of them."""
    order = np.random.default_rng([0, _SAMPLE]).permutation(len(mnist.labels))
    chosen = np.sort(order[:count])
    return Examples(mnist.images[chosen], mnist.labels[chosen])


def images(drawings: Sequence[Kept]) -> Bytes:
    """Make of each drawing what is learnt from, (n, 28, 28) bytes."""
    made = np.zeros((len(drawings), 28, 28), np.uint8)
    for into, one in zip(made, drawings, strict=True):
        into[:] = np.rint(image_of(strokes_of(one)).pixels * 255)
    return made


def _examples(drawings: Sequence[Kept], label: Mapping[int, int]) -> Examples:
    labels = np.array([label[one.label] for one in drawings], np.uint8)
    return Examples(images(drawings), labels)


def _counts(drawings: Sequence[Kept], number: int) -> int:
    return sum(one.label == number for one in drawings)


def _lines(words: Sequence[str]) -> bytes:
    return "".join(f"{word}\n" for word in words).encode()
