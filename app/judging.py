"""How well a network reads a set: classes are matched by name, and writers are told apart."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from model.data.errors import MnistError
from model.data.sets import KNOWN, DataSet
from model.network import Network
from model.train.batches import Examples
from model.train.evaluate import Evaluation, evaluate

WRITERS: Final = "t10k-writers.txt"
"""Beside the files of a set, who wrote each of its test images: a word a line."""


class Judged(NamedTuple):
    """
    What was found.

    Attributes
    ----------
    found : of all images; its loss and confusions are of those whose class the network has.
    known : those.
    unknown : the others by class: they cannot be read right.
    writers : of each writer (images read right, images), where writers are told apart.
    """

    found: Evaluation
    known: Examples
    unknown: Mapping[str, int]
    writers: Mapping[str, tuple[int, int]]


def judge(
    network: Network,
    examples: Examples,
    names: Sequence[str],
    writers: Sequence[str] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Judged:
    """
    Read all images of a set and count.

    Parameters
    ----------
    names
        Of the set's classes, by label.
    writers
        Of each image; none where nobody is told apart.
    """
    place = {name: unit for unit, name in enumerate(network.spec.classes)}
    units = np.array([place.get(name, -1) for name in names])[examples.labels]
    has = units >= 0
    known = Examples(examples.images[has], units[has])
    if not has.any():
        count = len(place)
        read = Evaluation(0, 0, float("nan"), np.zeros((count, count), np.int64))
    else:
        read = evaluate(network, known, progress)
    found = read._replace(total=len(examples.labels))
    unknown = Counter(names[label] for label in examples.labels[~has])
    return Judged(found, known, dict(unknown), _by_writer(network, known, has, writers))


def names_of(other: DataSet | None, network: Network) -> tuple[str, ...]:
    """Name the classes of a set; MNIST's are a network's own where it calls no class so."""
    names = other.classes if other is not None else KNOWN["mnist"].classes
    theirs = network.spec.classes
    strange = len(theirs) == len(names) and not set(names) & set(theirs)
    return theirs if other is None and strange else names


def writers_of(folder: Path, count: int) -> tuple[str, ...]:
    """
    Read who wrote each test image of a set; nothing where nobody says.

    Raises
    ------
    MnistError
        When that does not fit the images.
    """
    path = folder / WRITERS
    if not path.is_file():
        return ()
    try:
        lines = path.read_text("utf-8-sig").splitlines()  # some editors put a mark before it
    except (OSError, UnicodeDecodeError) as error:
        raise MnistError(f"{path} cannot be read as text in UTF-8 ({error}).") from error
    if len(lines) != count:
        raise MnistError(
            f"{path} names the writers of {len(lines)} images where there are {count}: a word a "
            "line. Mend it, or take it away."
        )
    return tuple(line.strip() for line in lines)


def _by_writer(
    network: Network, known: Examples, has: np.ndarray, writers: Sequence[str]
) -> dict[str, tuple[int, int]]:
    found = {}
    every = np.array(writers)
    for writer in dict.fromkeys(sorted(writers)):
        mine = every[has] == writer
        right = 0
        if mine.any():
            right = evaluate(network, Examples(known.images[mine], known.labels[mine])).correct
        found[writer] = right, int((every == writer).sum())
    return found
