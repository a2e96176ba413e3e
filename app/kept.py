"""The drawing that a live channel keeps: it grows by what is sent, and is all that is kept."""

from array import array
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np

from app.refusals import RefusalError
from app.schemas import MAX_POINTS, MAX_STROKES, LiveMessage, Point
from app.sentences import too_many
from model.preprocess import Stroke

_PLACES: Final = 2
"""Numbers of a point."""


class _Line(NamedTuple):
    """A stroke; its points lie end to end as float64, x before y."""

    numbers: "array[float]"
    width: float
    erase: bool

    @property
    def points(self) -> int:
        """How many points it has."""
        return len(self.numbers) // _PLACES


class Kept:
    """
    A drawing, and the number of the message that made it what it is.

    A message that is refused leaves nothing: what follows it might build on what was never there,
    so that it must bring the whole drawing.
    """

    def __init__(self) -> None:
        self._lines: list[_Line] = []
        self._next: int | None = None  # None where only a whole drawing can be taken

    @property
    def points(self) -> int:
        """How many points it has."""
        return sum(line.points for line in self._lines)

    def strokes(self) -> Iterator[Stroke]:
        """Give its strokes as the engine takes them."""
        for line in self._lines:
            points = np.array(line.numbers).reshape(-1, _PLACES)
            yield Stroke(points, line.width, line.erase)

    def follow(self, message: LiveMessage) -> None:
        """
        Become what a message makes of it.

        Raises
        ------
        RefusalError
            When it builds on other strokes than these, or would become too large or empty.
        """
        lines, due = self._lines, self._next
        self.forget()
        keep = message.keep
        if keep and (message.number != due or keep > len(lines)):
            raise RefusalError("out-of-step")
        if message.more and not keep:
            raise RefusalError("out-of-step")
        lines = lines[:keep]
        _judge(lines, message)
        if message.more:
            lines[-1].numbers.extend(_flat(message.more))
        lines += [
            _Line(array("d", _flat(one.points)), one.width, one.erase) for one in message.strokes
        ]
        self._lines, self._next = lines, message.number + 1

    def passed(self, number: int) -> None:
        """Stay as it is after a message with this number that was about something else."""
        if self._next == number:
            self._next += 1

    def forget(self) -> None:
        """Keep nothing: only a whole drawing can be taken next."""
        self._lines, self._next = [], None


def _flat(points: Sequence[Point]) -> Iterator[float]:
    return (number for point in points for number in point)


def _judge(kept: Sequence[_Line], message: LiveMessage) -> None:
    """Refuse what would become larger than a drawing may be, as a body of its own would be."""
    if len(kept) + len(message.strokes) > MAX_STROKES:
        raise too_many("many-strokes", "#/strokes")
    if not kept and not message.strokes:
        raise too_many("no-strokes", "#/strokes")
    if message.more and kept[-1].points + len(message.more) > MAX_POINTS:
        raise too_many("many-points", "#/more")
    held = sum(line.points for line in kept) + len(message.more)
    if held + sum(len(one.points) for one in message.strokes) > MAX_POINTS:
        raise too_many("many-points-together", "#")
