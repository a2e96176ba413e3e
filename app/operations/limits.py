"""What a graph of operations may cost, judged by its shapes before anything is made of them."""

import math
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from app.refusals import RefusalError, field_error
from model.cost import laid_out, multiply_adds, read, steps
from model.shapes import Shape
from model.spec import GraphSpec

MOST_HEADER: Final = 64_000
"""Bytes of the header of a safetensors body."""

MOST_INPUT: Final = 256 * 1024
"""Bytes of the input: a channel keeps it."""

MOST_VALUES: Final = 5_000
"""Texts and numbers that describe the layers."""

MOST_SIGNS: Final[Mapping[str, int]] = {",": 70_000, "[": 20_000, '"': 4_000, "{": 100}
"""Signs of JSON that a body may hold: each becomes an object of Python's, or ends one."""

MOST_LAYERS: Final = 64
MOST_DRAWN: Final = 450_000
MOST_STEPS: Final = 1_500
MOST_MULTIPLY_ADDS: Final = 60_000_000
MOST_READ: Final = 6_000_000
MOST_HELD: Final = 4_000_000
MOST_ANSWER: Final = 4_000_000
MOST_JSON_ANSWER: Final = 1_000_000

_WITH_GRADIENTS: Final = 3
"""Forward, back to the cells, and back to the weights."""

_TO_PLACE: Final = 30
_TO_COMPARE: Final = 10
"""What it takes, in cells that are read, to find where a place of a map was before a move, and to
look up a cell of each map there, between four others, and compare it."""

_STEPS_TO_COMPARE: Final = 8
"""Of the calls that a layer is compared with, as many as take as long as those that are counted."""

_BYTES: Final = 4
_DIGITS: Final = 24  # and a comma: the longest text of a float32, written with all its digits


class Cost(NamedTuple):
    """
    What it takes to run a graph on one input, in numbers.

    Attributes
    ----------
    layers
        How many there are.
    drawn
        Weights and biases that are drawn.
    steps
        Calls that are made one after the other: a layer is one, or as `model.cost.steps` says.
    multiply_adds
        Products with weights, each added to a sum.
    read
        Cells that the layers read, each as often as it is read: of windows that overlap, too.
    held
        Numbers that are there at once: those of the answer, and beside them either the same once
        more, while it is written, or what is copied for the layer for which most is: its windows,
        and maps with padding. With gradients what is copied for all layers, and the gradients of
        all layers, too; with moves what all layers give after one, and what it takes to compare.
    answered
        Numbers of the answer.
    """

    layers: int
    drawn: int
    steps: int
    multiply_adds: int
    read: int
    held: int
    answered: int


def cost_of(
    spec: GraphSpec,
    *,
    drawn: bool = False,
    gradients: bool = False,
    moves: int = 0,
    kept: bool = False,
) -> Cost:
    """
    Work it out; nothing is run for it.

    Parameters
    ----------
    drawn
        Whether weights are drawn, and answered.
    gradients
        Whether the weights' gradients are wished.
    moves
        How many times the graph is run again, on the input moved.
    kept
        Whether the asker has the input, so that the answer leaves it out.
    """
    layers = spec.layers
    values = sum(map(math.prod, spec.shapes.values()))
    winners = sum(math.prod(spec.shapes[one.name]) for one in layers if one.mode == "max")
    weights = sum(map(math.prod, spec.parameter_shapes.values()))
    answered = values + winners + weights * (drawn + gradients) + moves * math.prod(spec.shape)
    if kept:
        answered -= math.prod(spec.shape)
    copies = [laid_out(spec, one) for one in layers]
    beside = max(copies) + (values + sum(copies) if gradients else 0)
    maps = [shape for shape in spec.shapes.values() if len(shape) == 3]
    compared = [_TO_PLACE * math.prod(one[1:]) + _TO_COMPARE * math.prod(one) for one in maps]
    if moves:  # what all layers give, and what it takes to compare one of them
        beside += values + max(compared)
    passes = _WITH_GRADIENTS if gradients else 1
    passes += moves
    return Cost(
        layers=len(layers),
        drawn=weights * drawn,
        steps=sum((1 + moves) * steps(one, back=gradients) for one in layers)
        + moves * _STEPS_TO_COMPARE * len(spec.shapes),
        multiply_adds=passes * sum(multiply_adds(spec, one) for one in layers),
        read=passes * sum(read(spec, one) for one in layers) + moves * sum(compared),
        held=answered + max(beside, answered),
        answered=answered,
    )


def judge_count(count: int) -> None:
    """Refuse more layers than may be, before any is looked at."""
    if count > MOST_LAYERS:
        raise RefusalError("many-layers", {"count": count, "most": MOST_LAYERS})


def judge_input(shape: Shape, bytes_each: int) -> None:
    """Refuse an input that is too large to be kept."""
    if math.prod(shape) * bytes_each > MOST_INPUT:
        gaps = {"count": math.prod(shape) * bytes_each, "most": MOST_INPUT}
        raise RefusalError("large-operand", gaps)


def judge(cost: Cost, so_far: Callable[[int], Cost], place: str, *, json: bool) -> None:
    """
    Refuse what would cost too much.

    Parameters
    ----------
    so_far
        What the first layers alone would cost, so many of them.
    place
        Where the layers stand in the body: a JSON Pointer.
    json
        Whether the answer is written in digits.

    Raises
    ------
    RefusalError
        Saying what there is too much of, how much there is and how much may be, at the first layer
        with which it is too much.
    """
    over = _over(cost, json=json)
    if over is None:
        return
    kind, count, most = over
    numbers = range(1, cost.layers + 1)
    at = bisect_left(numbers, True, key=lambda number: _over(so_far(number), json=json) is not None)
    gaps = {"count": count, "most": most}
    raise RefusalError(kind, gaps, errors=[field_error(kind, gaps, pointer=f"{place}/{at}")])


def _over(cost: Cost, *, json: bool) -> tuple[str, int, int] | None:
    """Find the first limit that a cost is over: what is said of it, how much it is, the most."""
    limits: Sequence[tuple[str, int, int]] = (
        ("many-layers", cost.layers, MOST_LAYERS),
        ("many-weights", cost.drawn, MOST_DRAWN),
        ("many-steps", cost.steps, MOST_STEPS),
        ("many-multiply-adds", cost.multiply_adds, MOST_MULTIPLY_ADDS),
        ("many-cells-read", cost.read, MOST_READ),
        ("many-cells-held", cost.held, MOST_HELD),
        ("long-answer", cost.answered * _BYTES, MOST_ANSWER),
    )
    if json:
        limits = (*limits, ("long-json-answer", cost.answered * _DIGITS, MOST_JSON_ANSWER))
    return next((limit for limit in limits if limit[1] > limit[2]), None)
