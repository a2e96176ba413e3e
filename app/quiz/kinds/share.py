"""Which share has this score? Softmax over three classes."""

from typing import Final

import numpy as np

from app.quiz.item import Grid, Item, Option, Words, figure, told_apart, valued
from app.quiz.kinds.kind import Kind
from app.quiz.material import Material, Rng
from model.arrays import Array

RANK: Final = {1: 0, 2: 1, 3: 2}
"""Level: whose share is asked for, the largest, the middle or the smallest score's."""

_FAR: Final = 4.0
_NEAR: Final = 0.3
_GAP: Final = 3.0
"""Least distance of options, in hundredths: what is shown of scores is rounded."""


def _make(material: Material, level: int, rng: Rng) -> Item | None:
    scores = material.values(material.network.logits_layer)
    three = rng.permutation(len(scores))[:3]
    shown = np.array([figure(scores[one]).value for one in three])
    ordered = np.sort(shown)[::-1]
    steps = -np.diff(ordered)
    if steps.min() < _NEAR or ordered[0] - ordered[2] > _FAR:
        return None
    rank = RANK[level]
    at = int(np.argsort(-shown)[rank])
    shares = 100 * _softmax(scores[three])
    others = np.delete(shares, at)
    wrong = [
        valued(100 * abs(shown[at]) / float(np.abs(shown).sum()), "no-exponential", 1),
        valued(100 / (1 + float(np.exp(-shown[at]))), "alone", 1),
        valued(float(others[0]), "other-class", 1),
        valued(100 / 3, "equal-shares", 1),
        valued(float(others[1]), "other-class", 1),
    ]
    right = float(shares[at])
    far: list[Option] = []
    for one in wrong:
        known = [right, *(other.value for other in far)]
        apart = min(abs(one.value - other) for other in known) >= _GAP
        if apart and 0 < one.value < 100:
            far.append(one)
    options = told_apart(valued(right, "", 1), far)
    if len(options) < 4 or not 1 <= right <= 99:
        return None
    percents = tuple(one._replace(says=Words("item.percent", one.says.gaps)) for one in options)
    names = tuple(material.classes[one] for one in three)
    rows = tuple((float(one),) for one in shown)
    grid = Grid(Words("item.share.scores"), rows, labels=names)
    cell = material.cell(material.network.output_layer, int(three[at]))
    asks = Words("item.share.asks", {"class": names[at]})
    return Item(asks, percents, cell, (grid,))


def _softmax(scores: Array) -> Array:
    powers = np.exp(scores - scores.max())
    shares: Array = powers / powers.sum()
    return shares


def shares_out(material: Material, fewest: int) -> str:
    """Why a network has no shares of so many classes; "" where it has."""
    last = material.network.spec.layers[-1]
    if last.kind != "softmax" or len(material.classes) < fewest:
        return "softmax"
    return ""


def _missing(material: Material, level: int) -> str:
    del level
    return shares_out(material, 3)


SHARE: Final = Kind("share", _make, _missing)
