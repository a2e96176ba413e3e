"""The training loop: show every image, measure the loss, follow its gradient down, repeat.

Nothing here prints, reads a clock or touches a file. Who calls it hears of every step and epoch
through callbacks, and keeps what must not be lost (model/train/session.py).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from model.arrays import Array
from model.fast.team import Measured, Task, Team
from model.network import Network
from model.spec import NetworkSpec
from model.train import optimise
from model.train.augment import Augmentation
from model.train.batches import (
    Batch,
    Examples,
    batches,
    check,
    count_batches,
    drawn_rng,
    split,
    weights_rng,
)
from model.train.drawn import STEADY, digits
from model.train.evaluate import Evaluation, evaluate
from model.train.loss import LOSSES
from model.train.recipe import Recipe
from model.train.redrawn import redrawn
from model.train.schedule import constant, warm_cosine

POOL = 3
"""Epochs' worth of drawn and redrawn digits that are made once and then chosen from: drawing is
slower than learning (0.5 and 1.3 against 0.07 ms a digit)."""

CALM = 0.5
"""How strongly images are distorted in the last epochs, as a factor. Strong distortions teach what
digits have in common; in the end the network may learn what they really look like."""


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
    workers: int = 1,
) -> Evaluation:
    """Go on from where `training` stands to the recipe's last epoch; say how it validates then.

    `examples` is the whole training set; what the recipe holds out of it is never learnt from.
    `keep` is called after each epoch. When it or a callback raises, `training` stands somewhere
    within an epoch: go on from what was kept last, which leads to the same result. So does any
    number of `workers`, the processes that share the work.
    """
    recipe = training.recipe
    check(training.network.spec, examples, recipe.held_out)
    learnt, held = split(examples, recipe.held_out)
    drawn = _draw(recipe, learnt) if training.epoch < recipe.epochs else None
    with team_for(training.network, recipe, workers) as team:
        while training.epoch < recipe.epochs:
            last = _train_epoch(training, team, learnt, drawn, on_step)
            keep(training)
            if on_epoch is not None:
                validation = evaluate(kept(training), held)
                on_epoch(EpochReport(last.epoch, last.loss, last.accuracy, validation))
    return evaluate(kept(training), held)


def _draw(recipe: Recipe, learnt: Examples) -> Examples | None:
    """Draw the digits that are learnt from beside these images, if the recipe asks for any."""
    rng = drawn_rng(recipe.seed)
    ours, theirs = (
        POOL * round(share * len(learnt.labels)) for share in (recipe.drawn, recipe.redrawn)
    )
    if not ours + theirs:
        return None
    hand = replace(STEADY, proportion=recipe.proportion)
    pools = digits(ours, rng, hand), redrawn(learnt, theirs, rng)
    return Examples(*(np.concatenate(parts) for parts in zip(*pools, strict=True)))


def _augmentation(recipe: Recipe, epoch: int) -> Augmentation | None:
    """Look up how strongly the images of an epoch are distorted."""
    strength = recipe.augmentation
    calm = epoch >= round(recipe.epochs * (1 - recipe.calm))
    return strength.weaker(CALM) if strength is not None and calm else strength


def _train_epoch(
    training: Training,
    team: Team,
    learnt: Examples,
    drawn: Examples | None,
    on_step: Callable[[StepReport], None] | None,
) -> StepReport:
    """Show each image once, and count the epoch."""
    recipe, network = training.recipe, training.network
    count = 0 if drawn is None else len(drawn.labels) // POOL
    steps = count_batches(len(learnt.labels) + count, recipe.batch_size)
    follow = optimiser(recipe)
    shown, loss, correct = 0, 0.0, 0
    report = StepReport(training.epoch, 0, steps, 0.0, 0.0)
    upcoming = batches(
        learnt,
        network.spec.input,
        batch_size=recipe.batch_size,
        augmentation=_augmentation(recipe, training.epoch),
        seed=recipe.seed,
        epoch=training.epoch,
        drawn=drawn,
        count=count,
    )
    following = next(upcoming)
    for step in range(steps):
        batch = following
        team.begin(network.parameters, batch.inputs, batch.labels)
        following = next(upcoming, batch)  # distorted while the other workers are busy
        measured = team.finish()
        rate = learning_rate(recipe, training.epoch * steps + step, recipe.epochs * steps)
        follow.step(network.parameters, measured.gradients, training.memory, rate)
        _update_average(training, training.epoch * steps + step)
        shown += len(batch.labels)
        loss += measured.loss * len(batch.labels)
        correct += measured.correct
        report = StepReport(training.epoch, step, steps, loss / shown, correct / shown)
        if on_step is not None:
            on_step(report)
    training.epoch += 1
    return report


def team_for(network: Network, recipe: Recipe, workers: int = 1) -> Team:
    """Gather those who compute gradients."""
    loss = LOSSES[recipe.loss]
    reads = network.logits_layer if loss.reads == "logits" else network.output_layer
    dtype, size = network.dtype.name, recipe.batch_size
    return Team(Task(network.spec, reads, loss.forward, loss.backward, size, dtype), workers)


def gradients_of(network: Network, recipe: Recipe, batch: Batch) -> Measured:
    """Measure one batch of any size: its mean loss, the images read right, the gradients."""
    with team_for(network, replace(recipe, batch_size=len(batch.labels))) as team:
        team.begin(network.parameters, batch.inputs, batch.labels)
        return team.finish()


def _update_average(training: Training, step: int) -> None:
    """Move the average of the weights a little towards the weights.

    B. Polyak, A. Juditsky, "Acceleration of Stochastic Approximation by Averaging" (1992); here
    with exponential decay. Early on it follows closely, to forget the random first weights.
    """
    decay = min(training.recipe.average, (1 + step) / (10 + step))
    for name, average in training.average.items():
        average += (1 - decay) * (training.network.parameters[name] - average)
