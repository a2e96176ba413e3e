"""Some images of a set, upright: those at given places, or a page of a class."""

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from app import data_sets
from app.bodies import JSON
from app.refusals import RefusalError, wrong_parameter
from app.wire import Encoder
from model.data.errors import MnistError
from model.data.mnist import Split
from model.data.sets import DataSet
from model.train.batches import Examples

MOST: Final = 200
"""Images in one answer; they take 160 KB."""

_HELD: Final = 2
"""Parts of sets that a worker holds in memory; the one of MNIST to test with takes 8 MB."""

PLACES: Final = rf"^([0-9]{{1,6}}(,[0-9]{{1,6}}){{0,{MOST - 1}}})?$"
"""How places in a set are listed."""


class Asked(NamedTuple):
    """
    Which images are wanted.

    Attributes
    ----------
    label : of one class only.
    start, most : a page of them, in the order of the set.
    at : places in the set, instead of a page.
    """

    split: Split
    label: int | None
    start: int
    most: int
    at: tuple[int, ...]


def places_of(text: str) -> tuple[int, ...]:
    """
    Read places in a set, separated by commas.

    Raises
    ------
    RefusalError
        When these are none, or too many.
    """
    if not re.fullmatch(PLACES, text):
        raise wrong_parameter("at", "no-list-of-places", {"most": MOST})
    return tuple(map(int, text.split(","))) if text else ()


def answer(id: str, asked: Asked, folder: str, form: str) -> bytes:
    """
    Give images as bytes, 0 is paper and 255 ink, with their labels and their places in the set.

    Parameters
    ----------
    folder
        Where sets lie beside MNIST's own place.
    form
        The media type of the answer.

    Raises
    ------
    RefusalError
        When there is no such set, or a place is not in it.
    """
    one = found(id, folder)
    examples = examples_of(one, asked.split, folder)
    every = np.arange(len(examples.labels))
    if asked.label is not None:
        every = every[examples.labels == asked.label]
    places = _at(asked.at, len(examples.labels)) if asked.at else every[asked.start :][: asked.most]
    images, labels = examples.images[places], examples.labels[places]
    arrays: Sequence[npt.NDArray[Any]] = [
        *(labels.astype(np.int32), places.astype(np.int32), np.ascontiguousarray(images))
    ]
    n = len(places)
    shapes = {"labels": ("I32", (n,)), "places": ("I32", (n,)), "images": ("U8", images.shape)}
    said = {"set": one.id, "split": asked.split, "of": str(len(every))}
    encoder = Encoder(shapes, said)
    return encoder.json(arrays) if form == JSON else encoder.safetensors(arrays)


def found(id: str, folder: str) -> DataSet:
    """
    Find a set by its id.

    Raises
    ------
    RefusalError
        When it is not here, or something is wrong with it.
    """
    here = data_sets.readable(folder)
    if id not in here:
        raise RefusalError("no-set", {"sets": tuple(here) or ("none",)})
    return here[id]


def examples_of(one: DataSet, split: Split, folder: str) -> Examples:
    """
    Read a part of a set, upright; what was read lately is at hand.

    Raises
    ------
    RefusalError
        When its files are damaged.
    """
    try:
        stamps = tuple((path, path.stat().st_mtime_ns) for path in one.parts[split])
        return _read(one.id, split, folder, stamps)
    except (MnistError, OSError):
        raise RefusalError("damaged-set") from None


@lru_cache(maxsize=_HELD)
def _read(id: str, split: Split, folder: str, _: tuple[tuple[Path, int], ...]) -> Examples:
    return data_sets.load(found(id, folder), split)


def _at(places: Sequence[int], most: int) -> npt.NDArray[np.intp]:
    if max(places) >= most:
        raise RefusalError("no-such-image", {"most": most - 1})
    return np.array(places, np.intp)
