"""Steps of training on one drawing: the gradients of all cells and weights, and what they change.

All of it is float64. The gradients of the first step are taken at the values of the trace, so that
corners stay where they are seen; losses are those of networks that were really changed and read
the drawing anew.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from model.arrays import Array
from model.graph import ForwardPass, Gradients, first_of
from model.layers import softmax
from model.network import Network
from model.passes import pass_at, weights_in_float64
from model.train.loss import LOSSES, LossTerms, Name, layer_of, measure, terms_of
from model.train.optimise import Optimiser, State

LOOKED: tuple[int, ...] = (1, 10, 100)
"""After so many steps other drawings are looked at, and after the last one."""


class Aim(NamedTuple):
    """What is made smaller: a loss, for a class that is to be read."""

    target: int
    loss: Name = "cross_entropy"


class Others(NamedTuple):
    """Drawings that are not learnt from: what they are, and what becomes of them."""

    moments: tuple[int, ...]  # after how many steps, 0 first
    losses: Array  # (moments, drawings)
    shares: Array  # (moments, drawings): what the output says of the right class


class Steps(NamedTuple):
    """What some steps on one drawing did. Everything is float64."""

    losses: Array  # (steps + 1,): before, and after each
    outputs: Array  # (steps + 1, classes): what the last layer said
    terms: LossTerms  # of the loss before the first step
    tenfold: float  # the loss after the first step, had its rate been ten times as large
    gradients: Gradients  # before the first step, by parameter and by layer, "input" included
    changes: dict[str, Array]  # what all steps together added to each parameter
    after: dict[str, Array]  # what each layer then says of the drawing
    others: Others


def in_float64(network: Network) -> Network:
    """Copy a network with its weights in float64, to be changed."""
    return Network(network.spec, weights_in_float64(network))


def gradients_of(network: Network, passed: ForwardPass, aim: Aim) -> Gradients:
    """Send a loss back to every parameter and every layer, in the order of the spec.

    Layers that have no influence hold zeros. Cross-entropy goes from the scores, as p - y; the
    shares hold what it is by them alone, -1 / p of the right class.
    """
    labels = np.array([aim.target])
    _, seeds = measure(aim.loss, network, passed, labels)
    found = network.backward(passed, seeds)
    layers = {
        name: found.layers[name] if name in found.layers else np.zeros_like(output)
        for name, output in passed.outputs.items()
    }
    if aim.loss == "cross_entropy" and network.logits_layer != network.output_layer:
        shares, _ = softmax.forward(passed.outputs[network.logits_layer])
        layers[network.output_layer][0, aim.target] = -1 / shares[0, aim.target]
    return Gradients(found.parameters, layers)


def take_steps(
    network: Network,
    image: Array,
    aim: Aim,
    optimiser: Optimiser,
    rate: float,
    steps: int = 1,
    others: tuple[Array, Sequence[int]] | None = None,
) -> Steps:
    """Learn from one drawing alone, some steps; the network itself stays as it is.

    Parameters
    ----------
    image : as `trace` takes it.
    rate : the learning rate of every step.
    steps : how many, at least 1.
    others : inputs (n, C, H, W) and their classes, to be looked at beside.

    Numbers that grow beyond all bounds become infinite or NaN; nothing is raised for them.
    """
    with np.errstate(all="ignore"):
        return _take_steps(network, image, aim, optimiser, rate, steps, others)


def _take_steps(
    network: Network,
    image: Array,
    aim: Aim,
    optimiser: Optimiser,
    rate: float,
    steps: int,
    others: tuple[Array, Sequence[int]] | None,
) -> Steps:
    images = image[None].astype(np.float64)
    first = first_gradients(network, image, aim)
    tenfold = in_float64(network)
    optimiser.step(
        tenfold.parameters, first.parameters, optimiser.start(tenfold.parameters), 10 * rate
    )
    moments = tuple(sorted({0, steps, *(moment for moment in LOOKED if moment < steps)}))
    losses, outputs, reads, looks = [], [], [], []
    read = layer_of(aim.loss, network.spec)
    for number, now in enumerate(walk(network, image, aim, optimiser, rate, steps)):
        losses.append(_loss(now.network, now.passed, aim))
        outputs.append(now.passed.outputs[network.output_layer][0])
        reads.append(now.passed.outputs[read][0])
        if number in moments:
            looks.append(_look(now.network, others, aim))
    begun = weights_in_float64(network)
    return Steps(
        np.array(losses),
        np.array(outputs),
        terms_of(aim.loss, reads[0], aim.target),
        _loss(tenfold, tenfold.forward(images), aim),
        Gradients(first.parameters, first_of(first.layers)),
        {name: array - begun[name] for name, array in now.network.parameters.items()},
        first_of(now.passed.outputs),
        Others(moments, *(np.array(one) for one in zip(*looks, strict=True))),
    )


class Moment(NamedTuple):
    """Where a walk stands. What it holds changes with the next step."""

    network: Network
    passed: ForwardPass  # of the drawing
    gradients: dict[str, Array]  # by parameter, that led here; none at first
    state: State  # what the optimiser remembers


def walk(
    network: Network, image: Array, aim: Aim, optimiser: Optimiser, rate: float, steps: int
) -> Iterator[Moment]:
    """Go through steps on one drawing: how things stand before the first one, and after each."""
    changed, labels = in_float64(network), np.array([aim.target])
    images, state = image[None].astype(np.float64), optimiser.start(changed.parameters)
    passed = changed.forward(images)
    yield Moment(changed, passed, {}, state)
    gradients = first_gradients(network, image, aim).parameters
    for number in range(1, steps + 1):
        if number > 1:
            _, seeds = measure(aim.loss, changed, passed, labels)
            gradients = changed.backward(passed, seeds, to_input=False).parameters
        optimiser.step(changed.parameters, gradients, state, rate)
        passed = changed.forward(images)
        yield Moment(changed, passed, gradients, state)


def first_gradients(network: Network, image: Array, aim: Aim) -> Gradients:
    """Give the gradients of all parameters and layers (1, …) at the values of the trace."""
    return gradients_of(network, pass_at(network, network.trace(image)), aim)


def _loss(network: Network, passed: ForwardPass, aim: Aim) -> float:
    return measure(aim.loss, network, passed, np.array([aim.target]))[0]


def _look(
    network: Network, others: tuple[Array, Sequence[int]] | None, aim: Aim
) -> tuple[Array, Array]:
    """The loss of each other drawing, and its share of the right class: both (n,)."""
    if others is None:
        return np.zeros(0), np.zeros(0)
    images, labels = others
    outputs = network.forward(images.astype(np.float64)).outputs
    loss, right = LOSSES[aim.loss], np.array(labels)
    read = outputs[layer_of(aim.loss, network.spec)]
    each = [loss.forward(read[k : k + 1], right[k : k + 1])[0] for k in range(len(right))]
    return np.array(each), outputs[network.output_layer][np.arange(len(right)), right]
