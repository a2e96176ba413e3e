"""One question as plain data: words, what can be answered, which mistake makes which answer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

import numpy as np

from app.cells import Cell
from app.numbers import HUGE, grouped, number, rounded_size
from model.arrays import Array

_HALFWAY: Final = 1e-6


class Figure(NamedTuple):
    """A number as it is displayed; `figure` rounds to it."""

    value: float
    decimals: int

    def __str__(self) -> str:
        """As the page writes it."""
        return number(self.value, self.decimals)


Gap = str | int | Figure
"""What fills a gap: a name as it is, a whole number, or one with decimals."""


class Words(NamedTuple):
    """A message of the page's catalogue, by key, and what fills its gaps."""

    key: str
    gaps: Mapping[str, Gap] = {}

    def filled(self) -> dict[str, str]:
        """What fills the gaps, as it is displayed."""
        return {
            name: grouped(gap) if isinstance(gap, int) else str(gap)
            for name, gap in self.gaps.items()
        }


Painted = Literal["", "signed", "image"]
"""Blue above 0 and orange below; or grey, from paper to ink."""


class Grid(NamedTuple):
    """Numbers in rows, to read or, where `painted` says as what, to look at."""

    title: Words
    rows: tuple[tuple[float, ...], ...]
    decimals: int = 2
    painted: Painted = ""
    labels: tuple[str, ...] = ()  # of the rows


class Option(NamedTuple):
    """Something that can be answered: right where no mistake makes it."""

    says: Words
    mistake: str = ""  # its sentence is the message `item.mistake.NAME`
    grid: Grid | None = None

    @property
    def right(self) -> bool:
        """Whether it is the answer."""
        return not self.mistake

    @property
    def value(self) -> float:
        """The number that it is, as it is displayed."""
        shown = self.says.gaps["value"]
        return shown.value if isinstance(shown, Figure) else float(shown)

    @property
    def displayed(self) -> object:
        """What is seen of it: two options must differ in that."""
        return self.says.key, self.says.filled(), self.grid and self.grid.rows


class Moved(NamedTuple):
    """By how much the drawing is moved before the answer is looked up."""

    down: int = 0
    right: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """
    One question.

    Attributes
    ----------
    options
        What can be answered. Where a number is typed they are not shown: one is the answer, the
        others are what mistakes lead to.
    cell
        Whose account on the stage explains the answer.
    """

    asks: Words
    options: tuple[Option, ...]
    cell: Cell
    grids: tuple[Grid, ...] = ()
    form: Literal["choice", "number"] = "choice"
    moved: Moved = field(default_factory=Moved)

    @property
    def answer(self) -> Option:
        """The option that is right."""
        return next(one for one in self.options if one.right)

    @property
    def sound(self) -> bool:
        """Whether exactly one option is right, no two look alike, and nothing is too large."""
        looks = [one.displayed for one in self.options]
        alike = any(look in looks[:at] for at, look in enumerate(looks))
        one_right = sum(one.right for one in self.options) == 1 < len(looks)
        return one_right and not alike and all(abs(number) < HUGE for number in self._numbers)

    @property
    def _numbers(self) -> Iterator[float]:
        """All numbers with decimals that are displayed."""
        for words in (self.asks, *(one.says for one in self.options)):
            yield from (gap.value for gap in words.gaps.values() if isinstance(gap, Figure))
        for grid in (*self.grids, *(one.grid for one in self.options if one.grid)):
            for row in grid.rows:
                yield from row


def figure(value: float, decimals: int = 2) -> Figure:
    """Round as the page does when it displays a number; huge ones stay as they are."""
    if not abs(value) < HUGE:
        return Figure(float(value), decimals)
    size = rounded_size(value, decimals)
    return Figure(float(size) * (-1 if value < 0 and size else 1), decimals)


def rounded(values: Array, decimals: int = 2) -> Array:
    """Round many numbers, each as `figure` does."""
    sizes = np.abs(values, dtype=np.float64) * 10**decimals
    found: Array = np.copysign(np.floor(sizes + 0.5) / 10**decimals, values) + 0.0  # no −0
    # Halfway the product may lie on the wrong side.
    for at in zip(*np.nonzero(np.abs(sizes % 1 - 0.5) < _HALFWAY), strict=True):
        found[at] = figure(float(values[at]), decimals).value
    return found


def grid_of(title: Words, values: Array, decimals: int = 2, *, painted: Painted = "") -> Grid:
    """Make a grid of an array (rows, columns), rounded as it is displayed."""
    rows = tuple(map(tuple, rounded(values, decimals).tolist()))
    return Grid(title, rows, decimals, painted)


def valued(value: float | int, mistake: str = "", decimals: int = 2) -> Option:
    """Make an option that is a number; a whole one is displayed without decimals."""
    shown: Gap = value if isinstance(value, int) else figure(value, decimals)
    return Option(Words("item.number", {"value": shown}), mistake)


def told_apart(right: Option, wrong: Sequence[Option], most: int = 3) -> tuple[Option, ...]:
    """Take the first wrong options that look different from the right one and each other."""
    kept = [right]
    for one in wrong:
        if len(kept) <= most and all(one.displayed != other.displayed for other in kept):
            kept.append(one)
    return tuple(kept)
