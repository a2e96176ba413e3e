"""Somebody's own drawings, as routes and trainings ask for them."""

from collections.abc import Sequence

from app import data_sets
from app.handwriting import figures, frozen
from app.handwriting.archive import idx_archive, png_archive
from app.handwriting.folder import (
    MOST_BYTES,
    MOST_CLASSES,
    MOST_DRAWINGS,
    WRITERS,
    Folder,
    Kept,
)
from app.handwriting.made import RULE, held_out, images, make, sample
from app.handwriting.schemas import (
    Handwriting,
    HandwritingClass,
    HandwritingDrawing,
    HandwritingFigures,
)
from app.refusals import RefusalError
from app.runs.folder import ENDED, Run, RunError, Runs
from app.training_settings import Training
from model.data.errors import MnistError
from model.data.idx import Bytes
from model.train.batches import Examples


class Handwritings:
    """Lists, freezes, packs and counts. Its methods read and write files: in threads."""

    def __init__(self, settings: Training, runs: Runs) -> None:
        self.folder = Folder(settings.drawings)
        self._settings, self._runs = settings, runs

    def listed(self) -> Handwriting:
        """List everything but the strokes."""
        classes, drawings = self.folder.classes(), self.folder.all()
        held = held_out(drawings)
        return Handwriting(
            classes=tuple(
                HandwritingClass(number=number, name=name) for number, name in classes.names.items()
            ),
            drawings=tuple(described(one, one.id in held) for one in drawings),
            writers=WRITERS,
            bytes=self.folder.size(),
            most_bytes=MOST_BYTES,
            most_drawings=MOST_DRAWINGS,
            most_classes=MOST_CLASSES,
            rule=RULE,
            runs=tuple(run.id for run in self.learnt()),
        )

    def one(self, kept: Kept) -> HandwritingDrawing:
        """Say all of a drawing but its strokes."""
        return described(kept, kept.id in held_out(self.folder.all()))

    def images(self, ids: Sequence[str]) -> Bytes:
        """Make of some drawings what is learnt from."""
        there = {one.id: one for one in self.folder.all()}
        if not all(id in there for id in ids):
            raise RefusalError("no-drawing-here")
        return images([there[id] for id in ids])

    def pngs(self) -> bytes:
        """Pack all drawings as pictures."""
        with self.folder.held():
            return png_archive(self.folder.all(), self.folder.classes())

    def idx(self, mnist: int) -> bytes:
        """Pack the set that a training would learn from now."""
        digits = self._mnist(mnist)
        with self.folder.held():
            made = make(self.folder.all(), self.folder.classes(), digits)
        return idx_archive(made.files())

    def idx_of(self, run: Run) -> bytes:
        """Pack the set that a training has learnt from."""
        place = self.frozen_of(run).folder / frozen.NAME
        return idx_archive({one.name: one.read_bytes() for one in sorted(place.iterdir())})

    def freeze(self, mnist: int) -> frozen.Frozen:
        """Keep the drawings as they are now, beside so many images of MNIST, for a training."""
        spared = {run.config.handwriting for run in self.learnt() if run.status.state not in ENDED}
        return frozen.freeze(self.folder, self._mnist(mnist), spared)

    def frozen_of(self, run: Run) -> frozen.Frozen:
        """Find the set that a training has learnt from, or refuse."""
        return frozen.find(self.folder, run.config.handwriting)

    def figures(self, run: Run) -> HandwritingFigures:
        """Say what a training has changed."""
        place = self.folder.sets / run.config.handwriting
        if not run.config.handwriting:
            raise RefusalError("no-figures")
        return figures.read(place, run.id)

    def learnt(self) -> list[Run]:
        """List the trainings that learnt from drawings, the newest first."""
        return [run for run in self._runs.all() if _of_handwriting(run)]

    def _mnist(self, count: int) -> Examples | None:
        if not count:
            return None
        found = data_sets.sets(self._settings.data).get("mnist")
        if found is None:
            raise RefusalError("no-mnist-beside")
        if found.set is None:
            raise RefusalError("damaged-set")
        try:
            return sample(data_sets.load(found.set, "train"), count)
        except MnistError:
            raise RefusalError("damaged-set") from None


def described(one: Kept, held: bool) -> HandwritingDrawing:
    """Say all of a drawing but its strokes."""
    return HandwritingDrawing(id=one.id, label=one.label, writer=one.writer, held_out=held)


def _of_handwriting(run: Run) -> bool:
    try:
        return bool(run.config.handwriting)
    except RunError:
        return False
