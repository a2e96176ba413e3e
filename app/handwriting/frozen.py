"""Sets as trainings learn from them: frozen, so that what is drawn later changes no training."""

import shutil
from collections.abc import Collection
from pathlib import Path
from typing import Final, NamedTuple

from app.handwriting.folder import MOST_BYTES, Folder, bytes_in
from app.handwriting.made import id_of, make
from app.refusals import RefusalError
from model.data.sets import DataSet, in_folder
from model.train.batches import Examples

NAME: Final = "handwriting"
"""What such a set is called; the folder of its files says so."""

GONE: Final = "The handwriting that it learnt from was deleted."


class Frozen(NamedTuple):
    """A set: what it is called, the folder around that of its files, and what is in it."""

    id: str
    folder: Path
    set: DataSet


def freeze(folder: Folder, mnist: Examples | None, spared: Collection[str]) -> Frozen:
    """
    Keep the drawings as they are now, for a training; the same ones are kept once.

    Parameters
    ----------
    spared
        Ids of sets that stay where there is no room; others go, the oldest first.
    """
    with folder.held():
        files = make(folder.all(), folder.classes(), mnist).files()
        id = id_of(files)
        place = folder.sets / id
        if not place.exists():
            _make_room(folder, sum(map(len, files.values())), spared)
            half = folder.sets / f".{id}"
            shutil.rmtree(half, ignore_errors=True)
            (half / NAME).mkdir(parents=True)
            for name, content in files.items():
                (half / NAME / name).write_bytes(content)
            half.rename(place)
    return find(folder, id)


def find(folder: Folder, id: str) -> Frozen:
    """Find a set that was frozen, or refuse."""
    place = folder.sets / id
    found = in_folder(place / NAME) if id.isalnum() else []
    if not found or found[0].set is None:
        raise RefusalError("no-frozen-set")
    return Frozen(id, place, found[0].set)


def _make_room(folder: Folder, more: int, spared: Collection[str]) -> None:
    """Delete the oldest sets until there is room; none where all of them would not be enough."""
    olds = [one for one in folder.sets.glob("*") if one.name not in spared]
    over, freed, gone = folder.size() + more - MOST_BYTES, 0, []
    for old in sorted(olds, key=lambda one: one.stat().st_mtime):
        if freed < over:
            gone.append(old)
            freed += bytes_in(old)
    folder.check_room(more - freed)
    for old in gone:
        shutil.rmtree(old)
