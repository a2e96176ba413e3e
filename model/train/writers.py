"""Many hands: writers with a style each, to judge networks by. None of them is learnt from.

A writer decides once how each digit goes (its way, and where its places lie) and how they hold the
pen; each drawing then differs a little from the last. So writers differ more from each other than
one writer's drawings do, as people's do.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from model.data.idx import Bytes
from model.preprocess import Stroke
from model.train.batches import Examples
from model.train.drawn import ALL_DIGITS, one_of, render
from model.train.hand import Hand, write
from model.train.strange import row
from model.train.ways import OTHER_DIGITS, WRITERS_DIGITS, Place, Way

WRITERS = 120
EACH = 20
"""Drawings of each writer, two of each digit."""

_SEED = 20_180
_STEADINESS = 0.4  # of a writer's own places: how far each drawing strays, of what the way allows
_HABITS = Hand(
    size=(0.3, 0.9),
    width=(0.03, 0.12),
    thickest=0.18,
    slant=(-0.25, 0.5),
    turn=8.0,
    breadth=0.3,
    bow=0.07,
    wave=0.05,
    care=(0.6, 2.2),
    haste=(0.0, 0.22),
    miss=0.03,
)
"""Between which the habits of writers lie."""


@dataclass(frozen=True, slots=True)
class Writer:
    """What a writer always does, and how far one drawing differs from the next."""

    hand: Hand
    ways: Mapping[str, Sequence[Way]]  # one or two of each digit
    unknown: frozenset[str]  # digits whose ways are not among those that are learnt from


class Hands(NamedTuple):
    """Drawings of many writers."""

    examples: Examples
    writers: npt.NDArray[np.intp]  # (n,)
    unknown: npt.NDArray[np.bool_]  # (n,): whether the way is not among those that are learnt from


def writer(rng: np.random.Generator) -> Writer:
    """Make up one writer."""
    habits = _HABITS
    care, slant, size = (rng.uniform(*one) for one in (habits.care, habits.slant, habits.size))
    low, high = np.log(habits.width)
    width = min(float(np.exp(rng.uniform(low, high))), habits.thickest * 0.9 * size)
    turn, broader = rng.normal(0, habits.turn / 2), np.exp(rng.normal(0, habits.breadth / 2))
    ways, unknown = {}, set()
    for name in sorted(ALL_DIGITS):
        known = rng.random() < 0.5
        pool = ALL_DIGITS[name] if known else [*OTHER_DIGITS[name], *WRITERS_DIGITS[name]]
        if not known:
            unknown.add(name)
        ways[name] = [
            _own(one_of(pool, rng), care, float(broader), float(turn), rng)
            for _ in range(1 if rng.random() < 0.8 else 2)
        ]
    hand = replace(
        habits,
        size=(0.93 * size, 1.07 * size),
        width=(width, width),
        slant=(slant - 0.05, slant + 0.05),
        turn=3.0,
        breadth=0.08,
        proportion=0.2,
        bow=habits.bow / 2,
        wave=habits.wave * rng.uniform(0.2, 1),
        care=(_STEADINESS * care, _STEADINESS * care),
        haste=(0.0, rng.uniform(*habits.haste)),
        miss=habits.miss * rng.uniform(0, 1),
    )
    return Writer(hand, ways, frozenset(unknown))


def _own(way: Way, care: float, broader: float, turn: float, rng: np.random.Generator) -> Way:
    """Decide where the places of a way lie for one writer."""
    cosine, sine = np.cos(np.radians(turn)), np.sin(np.radians(turn))

    def own(place: Place) -> Place:
        x = (place.x + care * rng.uniform(-1, 1) * place.spread_x) * broader
        y = place.y + care * rng.uniform(-1, 1) * place.spread_y
        return Place(x * cosine - y * sine, x * sine + y * cosine, place.spread_x, place.spread_y)

    return tuple(tuple(tuple(own(place) for place in run) for run in line) for line in way)


def hands(seed: int, writers: int = WRITERS, each: int = EACH) -> Hands:
    """Let so many writers draw, each digit as often as any other."""
    names = sorted(ALL_DIGITS)
    drawings: list[Bytes] = []
    unknown = np.zeros((writers, each), np.bool_)
    labels = np.arange(each) % len(names)
    for number in range(writers):
        rng = np.random.default_rng([_SEED, seed, number])
        one = writer(rng)
        unknown[number] = [names[k] in one.unknown for k in labels]
        strokes = (write(one_of(one.ways[names[k]], rng), one.hand, rng) for k in labels)
        drawings.append(render(strokes, each))
    examples = Examples(np.concatenate(drawings), np.tile(labels, writers).astype(np.uint8))
    return Hands(examples, np.repeat(np.arange(writers), each), unknown.ravel())


def rows(seed: int, count: int) -> Iterator[list[Stroke]]:
    """Let writers write two to four digits in a row, each row by another one of them."""
    for number in range(count):
        rng = np.random.default_rng([_SEED, seed, WRITERS + number])
        one = writer(rng)
        yield row(one.ways, one.hand, (-0.1, 0.5), _HABITS, rng)
