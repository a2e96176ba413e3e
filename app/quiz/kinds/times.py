"""How many times as large is its share? What a lead of scores means after softmax."""

from typing import Final

import numpy as np

from app.quiz.item import Gap, Item, Words, figure, told_apart, valued
from app.quiz.kinds.kind import Kind
from app.quiz.kinds.share import shares_out
from app.quiz.material import Material, Rng

LEADS: Final = {1: (0.8, 1.5), 2: (1.5, 3.0), 3: (3.0, 5.0)}
"""Level: by how much one score is ahead of the other."""

_GAP: Final = 1.15
"""Least ratio of options: what is shown of scores is rounded."""


def _make(material: Material, level: int, rng: Rng) -> Item | None:
    scores = material.values(material.network.logits_layer)
    ahead, behind = (int(one) for one in rng.permutation(len(scores))[:2])
    high, low = figure(scores[ahead]), figure(scores[behind])
    lead = high.value - low.value
    least, most = LEADS[level]
    if not least <= lead < most:
        return None
    right = float(np.exp(scores[ahead] - scores[behind]))
    wrong = [
        (lead, "took-difference"),
        (2**lead, "doubled"),
        (abs(high.value / low.value) if low.value else 0, "no-exponential"),
        (float(10**lead), "tenfold"),
    ]
    known, far = [right], []
    for value, mistake in wrong:
        apart = all(max(value, one) >= _GAP * min(value, one) for one in known)
        if value >= 0.1 and apart:
            known.append(value)
            far.append(valued(value, mistake, 1))
    options = told_apart(valued(right, "", 1), far)
    if len(options) < 4:
        return None
    gaps: dict[str, Gap] = {"ahead": material.classes[ahead], "behind": material.classes[behind]}
    asks = Words("item.times.asks", {**gaps, "high": high, "low": low})
    cell = material.cell(material.network.output_layer, ahead)
    times = tuple(one._replace(says=Words("item.times", one.says.gaps)) for one in options)
    return Item(asks, times, cell)


def _missing(material: Material, level: int) -> str:
    del level
    return shares_out(material, 2)


TIMES: Final = Kind("times", _make, _missing)
