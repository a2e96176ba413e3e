"""Steps on a few scores alone: what a query says of them, and what is answered."""

import math
from typing import Final, cast

from starlette.datastructures import QueryParams

from app.parameters import choice, real_number, whole_number
from app.refusals import wrong_parameter
from app.schemas import ScoreMoment, ScoreSteps
from model.train.scores import BOTH, Compared, score_steps, shares_to_scores

CLASSES: Final = (2, 10)
"""The fewest and the most shares."""

RATES: Final = (0.0, 100.0)
RATE: Final = 1.0
MOST_STEPS: Final = 100

_SLACK: Final = 1e-6
"""By how much shares may miss 1, written in digits as they are."""


def steps_on_scores(parameters: QueryParams) -> ScoreSteps:
    """
    Read `?shares=&target=&loss=&rate=&steps=`, and take the steps.

    Raises
    ------
    RefusalError
        Saying what each of them may be.
    """
    shares = _shares(parameters)
    target = whole_number(parameters, "target", 0, len(shares) - 1, 0, digits=9)
    loss = cast(Compared, choice(parameters, "loss", BOTH))
    rate = real_number(parameters, "rate", *RATES, RATE)
    steps = whole_number(parameters, "steps", 0, MOST_STEPS, 0, digits=9)
    moments = score_steps(shares_to_scores(shares), target, loss, rate, steps)
    told = tuple(
        ScoreMoment(
            scores=tuple(one.scores.tolist()),
            shares=tuple(one.shares.tolist()),
            squares=tuple(one.squares.tolist()),
            losses={str(name): value for name, value in one.losses.items()},
            by_shares=tuple(one.by_shares.tolist()),
            matrix=tuple(map(tuple, one.matrix.tolist())),
            products=tuple(map(tuple, one.products.tolist())),
            gradients={str(name): tuple(each.tolist()) for name, each in one.gradients.items()},
        )
        for one in moments
    )
    return ScoreSteps(target=target, loss=loss, rate=rate, moments=told)


def _shares(parameters: QueryParams) -> list[float]:
    least, most = CLASSES
    try:
        (said,) = parameters.getlist("shares")
        shares = [float(one) for one in said.split(",")]
    except ValueError:
        shares = []
    if not least <= len(shares) <= most or not all(0 < one < 1 for one in shares):
        raise wrong_parameter("shares", "no-shares", {"least": least, "most": most})
    if abs(math.fsum(shares) - 1) > _SLACK:
        raise wrong_parameter("shares", "other-sum", {})
    return shares
