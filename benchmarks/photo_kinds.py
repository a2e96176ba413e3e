"""Kinds of photographs of one handwritten digit: a plain one, and what people's really are like.

Each kind is a plain photograph with one thing changed, and chance in everything else.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from benchmarks.photo_around import (
    desk,
    desk_round,
    far_sides,
    lamp,
    object,
    shadow_hard,
    shadow_soft,
)
from benchmarks.photo_plain import Kind, plain
from benchmarks.photo_sheet import (
    board,
    folded,
    other_papers,
    other_pens,
    other_sizes,
    out_of_focus,
    pale_pen,
    printed_box,
    rules_dark,
    rules_faint,
    two_colours,
    underline,
)
from benchmarks.scene import Scene, photograph


class Photo(NamedTuple):
    """A file, and the digit that it shows."""

    data: bytes
    digit: int


def draw(kind: str, seed: Sequence[int]) -> Photo:
    """Take one photograph of a kind; the same seed gives the same."""
    rng = np.random.default_rng(seed)
    digit = int(rng.integers(10))
    scene = plain(rng, digit)
    return Photo(photograph(KINDS[kind](scene, rng), rng), digit)


def _as_it_is(scene: Scene, _: np.random.Generator) -> Scene:
    return scene


KINDS: Mapping[str, Kind] = {
    "plain": _as_it_is,
    "desk left": desk("left"),
    "desk right": desk("right"),
    "desk above": desk("top"),
    "desk below": desk("bottom"),
    "desk all round": desk_round,
    "hard shadow": shadow_hard,
    "soft shadow": shadow_soft,
    "lamp": lamp,
    "pale pen": pale_pen,
    "out of focus": out_of_focus,
    "printed box": printed_box,
    "underline": underline,
    "faint rules": rules_faint,
    "dark rules": rules_dark,
    "two colours": two_colours,
    "other papers": other_papers,
    "other pens": other_pens,
    "other sizes": other_sizes,
    "desk and shadow": far_sides,
    "board": board,
    "folded sheet": folded,
    "object beside": object,
}
HELD_OUT = ("board", "folded sheet", "object beside")
"""Kinds that nobody looks at while the reader is made."""
