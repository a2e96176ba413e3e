"""The training loop: show every image, measure the loss, follow its gradient down, repeat.

Nothing here prints, reads a clock or touches a file. Who calls it hears of every step and epoch
through callbacks, and keeps what must not be lost (model/train/session.py).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from model.arrays import Array
from model.network import Network
from model.spec import NetworkSpec
from model.train import optimise
from model.train.batches import (
    Batch,
    Examples,
    batches,
    check,
    count_batches,
    split,
    weights_rng,
)
from model.train.evaluate import Evaluation, evaluate
from model.train.loss import measure
from model.train.recipe import Recipe
from model.train.schedule import constant, warm_cosine

CHUNK = 32
"""Images that pass through the layers at once. A batch's gradient is the sum over its chunks: the
windows of 32 images stay in the processor's cache, those of 256 do not (8.5 against 15.2 s an
epoch of 60,000)."""


class StepReport(NamedTuple):
    """After a step: loss and accuracy are running means over this epoch, before each update."""

    epoch: int  # counted from 0, like `step`
    step: int
    steps: int
    loss: float
    accuracy: float


class EpochReport(NamedTuple):
    """After an epoch: the means over its batches, and the kept weights on the images held out."""

    epoch: int
    loss: float
    accuracy: float
    validation: Evaluation


@dataclass(slots=True)
class Training:
    """Everything that changes while a network learns; together with the data it is all there is."""

    network: Network
    recipe: Recipe
    memory: optimise.State  # the optimiser's
    average: dict[str, Array]  # the running mean of the weights; empty when there is none
    epoch: int = 0  # epochs completed


def begin(spec: NetworkSpec, recipe: Recipe) -> Training:
    """Draw the first weights."""
    network = Network.initialise(spec, weights_rng(recipe.seed), recipe.initial)
    average = {name: p.copy() for name, p in network.parameters.items()} if recipe.average else {}
    return Training(network, recipe, optimiser(recipe).start(network.parameters), average)


def optimiser(recipe: Recipe) -> optimise.Optimiser:
    """Make the optimiser that the recipe names."""
    if recipe.optimiser == "sgd":
        return optimise.SGD(decay=recipe.weight_decay)
    # 0.99 where the paper has 0.999: the squares of the last hundred batches, not thousand, since
    # a run has a few thousand only.
    return optimise.Adam(beta2=0.99, decay=recipe.weight_decay)


def learning_rate(recipe: Recipe, step: int, steps: int) -> float:
    """Look up the learning rate of a step, of `steps` in the whole training."""
    if recipe.schedule == "constant":
        return constant(step, rate=recipe.peak)
    return warm_cosine(step, peak=recipe.peak, steps=steps, warmup=int(recipe.warm_up * steps))


def kept(training: Training) -> Network:
    """Make the network that is kept of a training: its average if the recipe asks for one."""
    return Network(training.network.spec, training.average or training.network.parameters)


def train(
    training: Training,
    examples: Examples,
    *,
    keep: Callable[[Training], None],
    on_step: Callable[[StepReport], None] | None = None,
    on_epoch: Callable[[EpochReport], None] | None = None,
) -> Evaluation:
    """Go on from where `training` stands to the recipe's last epoch; say how it validates then.

    `examples` is the whole training set; what the recipe holds out of it is never learnt from.
    `keep` is called after each epoch. When it or a callback raises, `training` stands somewhere
    within an epoch: go on from what was kept last, which leads to the same result.
    """
    recipe = training.recipe
    check(training.network.spec, examples, recipe.held_out)
    learnt, held = split(examples, recipe.held_out, recipe.seed)
    while training.epoch < recipe.epochs:
        last = _train_epoch(training, learnt, on_step)
        keep(training)
        if on_epoch is not None:
            validation = evaluate(kept(training), held)
            on_epoch(EpochReport(last.epoch, last.loss, last.accuracy, validation))
    return evaluate(kept(training), held)


def _train_epoch(
    training: Training, learnt: Examples, on_step: Callable[[StepReport], None] | None
) -> StepReport:
    """Show each image once, and count the epoch."""
    recipe, network = training.recipe, training.network
    steps = count_batches(len(learnt.labels), recipe.batch_size)
    follow = optimiser(recipe)
    shown, loss, correct = 0, 0.0, 0
    report = StepReport(training.epoch, 0, steps, 0.0, 0.0)
    for step, batch in enumerate(
        batches(
            learnt,
            network.spec.input,
            batch_size=recipe.batch_size,
            augmentation=recipe.augmentation,
            seed=recipe.seed,
            epoch=training.epoch,
        )
    ):
        rate = learning_rate(recipe, training.epoch * steps + step, recipe.epochs * steps)
        batch_loss, batch_correct, gradients = gradients_of(network, recipe, batch)
        follow.step(network.parameters, gradients, training.memory, rate)
        _update_average(training, training.epoch * steps + step)
        shown += len(batch.labels)
        loss += batch_loss * len(batch.labels)
        correct += batch_correct
        report = StepReport(training.epoch, step, steps, loss / shown, correct / shown)
        if on_step is not None:
            on_step(report)
    training.epoch += 1
    return report


def gradients_of(
    network: Network, recipe: Recipe, batch: Batch
) -> tuple[float, int, dict[str, Array]]:
    """Measure a batch: its mean loss, the images read right, the gradient of each parameter."""
    total, loss, correct = len(batch.labels), 0.0, 0
    sums = {name: np.zeros_like(array) for name, array in network.parameters.items()}
    for start in range(0, total, CHUNK):
        labels = batch.labels[start : start + CHUNK]
        passed = network.forward(batch.inputs[start : start + CHUNK])
        chunk_loss, seeds = measure(recipe.loss, network, passed, labels)
        found = network.backward(passed, seeds, to_input=False).parameters
        share = len(labels) / total
        for name, gradient in found.items():
            sums[name] += gradient * share
        loss += chunk_loss * share
        said = passed.outputs[network.output_layer].argmax(axis=1)
        correct += int(np.count_nonzero(said == labels))
    return loss, correct, sums


def _update_average(training: Training, step: int) -> None:
    """Move the average of the weights a little towards the weights.

    B. Polyak, A. Juditsky, "Acceleration of Stochastic Approximation by Averaging" (1992); here
    with exponential decay. Early on it follows closely, to forget the random first weights.
    """
    decay = min(training.recipe.average, (1 + step) / (10 + step))
    for name, average in training.average.items():
        average += (1 - decay) * (training.network.parameters[name] - average)
