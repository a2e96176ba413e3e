"""What a training on somebody's own drawings has changed: how many are read right, and were."""

from pathlib import Path
from typing import Final

from pydantic import ValidationError

from app import data_sets
from app.handwriting.folder import Folder
from app.handwriting.schemas import HandwritingFigure, HandwritingFigures
from app.judging import judge, writers_of
from app.refusals import RefusalError
from model.data.sets import KNOWN, DataSet
from model.network import Network
from model.train.batches import Examples
from model.whole_file import write_whole

DRAWINGS: Final = "drawings"
MNIST: Final = "mnist"


def measure(
    before: Network, after: Network, one: DataSet, mnist: Examples | None
) -> tuple[HandwritingFigure, ...]:
    """
    Let both networks read the drawings that were held out, and MNIST's test images.

    Parameters
    ----------
    before
        What the training began with.
    mnist
        None where MNIST is not here.
    """
    test = data_sets.load(one, "test")
    writers = writers_of(one.parts["test"].labels.parent, len(test.labels))
    then, now = (judge(network, test, one.classes, writers) for network in (before, after))
    found = {DRAWINGS: (then.found.correct, now.found.correct, now.found.total)}
    if mnist is not None:
        digits = KNOWN[MNIST].classes
        old, new = (judge(network, mnist, digits) for network in (before, after))
        found[MNIST] = old.found.correct, new.found.correct, new.found.total
    for writer, (right, total) in now.writers.items():
        found[writer] = then.writers[writer][0], right, total
    return tuple(
        HandwritingFigure(part=part, before=old, after=new, total=total)
        for part, (old, new, total) in found.items()
    )


def keep(place: Path, figures: HandwritingFigures) -> None:
    """Keep figures beside the set that was learnt from, unless it was deleted meanwhile."""
    with Folder(place.parents[1]).held():
        if place.is_dir():
            write_whole(_path(place, figures.run), figures.model_dump_json().encode())


def read(place: Path, run: str) -> HandwritingFigures:
    """Read what was kept, or refuse."""
    try:
        return HandwritingFigures.model_validate_json(_path(place, run).read_bytes())
    except (OSError, ValidationError):
        raise RefusalError("no-figures") from None


def _path(place: Path, run: str) -> Path:
    return place / f"{run}.json"
