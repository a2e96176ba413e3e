"""Steps on scores alone: a network's last layer by itself, with every number of two losses.

Shares are softmax of the scores. Cross-entropy sends p - t back to the scores; the squared error
sends o - t to the shares, and from there through softmax's matrix.
"""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple, get_args

import numpy as np

from model.arrays import Array
from model.layers import softmax
from model.train.loss import LOSSES

Compared = Literal["cross_entropy", "squared_error"]

BOTH: tuple[Compared, ...] = get_args(Compared)
"""The losses that are compared."""


class ScoreMoment(NamedTuple):
    """Scores of N classes before a step, and all that is made of them. All float64."""

    scores: Array  # (N,)
    shares: Array  # (N,)
    squares: Array  # (N,): ½ (target - share)² of each
    losses: Mapping[Compared, float]
    by_shares: Array  # (N,): the gradient of the squared error at the shares
    matrix: Array  # (N, N): how share j changes with score k
    products: Array  # (N, N): by_shares[j] · matrix[j, k]; column k adds up to a gradient
    gradients: Mapping[Compared, Array]  # at the scores, (N,) each


def shares_to_scores(shares: Sequence[float]) -> Array:
    """Find scores that have these shares: their logarithms. Any number may be added to all."""
    scores: Array = np.log(np.array(shares, np.float64))
    return scores


def score_steps(
    scores: Array, target: int, loss: Compared, rate: float, steps: int
) -> list[ScoreMoment]:
    """Take steps down the gradient of one of the two losses: steps + 1 moments."""
    moments = [_moment(scores, target)]
    for _ in range(steps):
        scores = scores - rate * moments[-1].gradients[loss]
        moments.append(_moment(scores, target))
    return moments


def _moment(scores: Array, target: int) -> ScoreMoment:
    labels, targets = np.array([target]), np.arange(len(scores)) == target
    shares, cache = softmax.forward(scores[None])
    entropy, squared = (LOSSES[name] for name in BOTH)
    surprise, by_scores = entropy.forward(scores[None], labels)
    error, by_outputs = squared.forward(shares, labels)
    by_shares = squared.backward(by_outputs)
    matrix = np.diag(shares[0]) - np.outer(shares, shares)
    both = entropy.backward(by_scores)[0], softmax.backward(by_shares, cache)[0]
    return ScoreMoment(
        scores,
        shares[0],
        (targets - shares[0]) ** 2 / 2,
        dict(zip(BOTH, (surprise, error), strict=True)),
        by_shares[0],
        matrix,
        by_shares[0][:, None] * matrix,
        dict(zip(BOTH, both, strict=True)),
    )
