"""The passes through a graph: what every layer gives, how it is spread, and how weights matter."""

import math
from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np

from app.operations.asked import wrong
from app.operations.schemas import Wishes
from model import Graph
from model.arrays import Array, Indices
from model.graph import first_of
from model.spec import GraphSpec, LayerSpec

_PART: Final = 65_536
"""Numbers that are looked at in float64 at once."""


class Passed(NamedTuple):
    """
    What was found out.

    Attributes
    ----------
    outputs, winners
        As `Graph.once` gives them.
    gradients
        Of the weights, by name, where they are wished.
    """

    outputs: Mapping[str, Array]
    winners: Mapping[str, Indices]
    gradients: Mapping[str, Array]


def judge_target(spec: GraphSpec, wishes: Wishes) -> None:
    """
    Hold the target of gradients to the units of the last layer.

    Raises
    ------
    RefusalError
        When there are no units, or not so many.
    """
    if wishes.gradients is None:
        return
    shape = spec.shapes[spec.layers[-1].name]
    if len(shape) != 1:
        raise wrong("no-units", "#/gradients", {"shape": shape})
    if wishes.gradients >= shape[0]:
        raise wrong("no-such-unit", "#/gradients", {"last": shape[0] - 1})


def passed(graph: Graph, image: Array, wishes: Wishes) -> Passed:
    """Read an image (channels, rows, columns); go back from a target, where one is wished."""
    if wishes.gradients is None:
        return Passed(*graph.once(image), {})
    forward = graph.forward(image[None])
    # Of softmax and cross-entropy together: the shares, less 1 at the target.
    scores = _scores(graph.spec.layers[-1])
    logits = forward.outputs[scores][0]
    shares = np.exp(logits - logits.max())
    shares /= shares.sum()
    shares[wishes.gradients] -= 1
    back = graph.backward(forward, {scores: shares[None]}, to_input=False)
    return Passed(first_of(forward.outputs), first_of(forward.winners), back.parameters)


def spread(outputs: Mapping[str, Array]) -> dict[str, list[float | None]]:
    """Say of each layer [mean, standard deviation, share of zeros]; None for what is infinite."""
    with np.errstate(over="ignore", invalid="ignore"):
        found = {name: _spread(values.reshape(-1)) for name, values in outputs.items()}
    return {name: [_finite(one) for one in of] for name, of in found.items()}


def _spread(values: Array) -> tuple[float, float, float]:
    count = len(values)
    mean = float(values.mean(dtype=np.float64))
    parts = (values[at : at + _PART].astype(np.float64) for at in range(0, count, _PART))
    squares = sum(float(np.square(part - mean).sum()) for part in parts)
    return mean, math.sqrt(squares / count), 1 - np.count_nonzero(values) / count


def histogram(outputs: Mapping[str, Array], bins: int) -> dict[str, tuple[float, list[int]]]:
    """
    Count the values of each layer.

    Parameters
    ----------
    bins
        On each side of 0, equally wide, from minus the largest magnitude to plus it. What lies
        where two of them meet counts in the upper one, so 0 counts with what is above it.

    Returns
    -------
    dict
        By layer the largest magnitude of its finite values, and the counts of these, from the
        lowest bin to the highest.
    """
    return {name: _histogram(values.reshape(-1), bins) for name, values in outputs.items()}


def _histogram(values: Array, bins: int) -> tuple[float, list[int]]:
    finite = values[np.isfinite(values)]
    most = float(np.abs(finite).max(initial=0))
    counts = np.zeros(2 * bins, np.int64)
    for at in range(0, len(finite), _PART):
        places = np.floor(finite[at : at + _PART].astype(np.float64) * (bins / (most or 1)))
        # The largest magnitude is an end itself, and its quotient may be rounded beyond it.
        inside = np.clip(places, -bins, bins - 1).astype(np.int64) + bins
        counts += np.bincount(inside, minlength=2 * bins)
    return most, counts.tolist()


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _scores(last: LayerSpec) -> str:
    """The layer whose units are compared: that which a final softmax reads."""
    return last.inputs[0] if last.kind == "softmax" else last.name
