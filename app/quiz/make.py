"""Make a set of questions: drawn by seed, drawn anew where they will not do, never endlessly."""

import zlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np

from app.quiz.item import Item
from app.quiz.kinds import KINDS, Kind
from app.quiz.material import Material, mixed

LEVELS: Final = (1, 2, 3)


class Numbered(NamedTuple):
    """A question of a set."""

    kind: str
    level: int
    item: Item


class LeftOut(NamedTuple):
    """A kind that a set has not, and why: the message `item.without.REASON`."""

    kind: str
    reason: str


class Quiz(NamedTuple):
    """Questions, and the kinds that there are none of."""

    items: tuple[Numbered, ...]
    left_out: tuple[LeftOut, ...]


def make_item(
    material: Material, kind: Kind, level: int, seed: int, number: int = 0
) -> Item | None:
    """Make one question; the same of the same numbers. None where many tries gave none."""
    rng = np.random.default_rng([seed, number, level, zlib.crc32(kind.name.encode())])
    for _ in range(kind.tries):
        with np.errstate(over="ignore", invalid="ignore"):  # numbers may have outgrown all bounds
            item = kind.make(material, level, rng)
        if item is not None and item.sound:
            return _mixed(item, rng)
    return None


def _mixed(item: Item, rng: np.random.Generator) -> Item:
    """Put the options in any order, numbers of one that is typed apart: nobody sees them."""
    if item.form == "number":
        return item
    return replace(item, options=tuple(mixed(rng, item.options)))


def make_quiz(material: Material, kinds: Sequence[str], level: int, seed: int, count: int) -> Quiz:
    """Make so many questions, of one kind after the other."""
    offered, left_out = [], []
    for name in kinds:
        reason = KINDS[name].missing(material, level)
        if reason:
            left_out.append(LeftOut(name, reason))
        else:
            offered.append(KINDS[name])
    items: list[Numbered] = []
    number = 0
    while offered and len(items) < count:
        kind = offered[number % len(offered)]
        item = make_item(material, kind, level, seed, number)
        if item is None:
            left_out.append(LeftOut(kind.name, "none-found"))
            offered.remove(kind)
            continue
        items.append(Numbered(kind.name, level, item))
        number += 1
    return Quiz(tuple(items), tuple(left_out))
