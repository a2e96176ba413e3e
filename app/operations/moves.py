"""The passes over an input that is moved, and how far they are from the one over it as it is."""

import json
import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from app.operations.schemas import Wishes
from model import Graph
from model.arrays import Array
from model.moving import Change, changes, moved_input
from model.spec import INPUT
from model.variations import Move

Said = tuple[int, list[float | None], list[float | None]]


class Moved(NamedTuple):
    """What the answer holds of moves: the inputs that went in, and what the metadata say."""

    inputs: Mapping[str, Array]
    said: Mapping[str, str]


def moved(graph: Graph, before: Mapping[str, Array], wishes: Wishes) -> Moved:
    """Run the graph on its input moved, one move after the other, and compare."""
    if wishes.moves is None:
        return Moved({}, {})
    moves = [Move(**one.model_dump()) for one in wishes.moves]
    inputs = np.stack([moved_input(before[INPUT], move) for move in moves])
    found = []
    for move, image in zip(moves, inputs, strict=True):
        after, _ = graph.once(image)
        every = changes(graph.spec, move, before, after)
        found.append({name: _said(change) for name, change in every.items()})
    return Moved({f"{INPUT}.moved": inputs}, {"moves": json.dumps(found)})


def _said(change: Change) -> Said:
    before, along = (
        [one if math.isfinite(one) else None for one in shares.tolist()]
        for shares in (change.before, change.along)
    )
    return change.cells, before, along
