"""The training loop: show every image, measure the loss, follow its gradient down, repeat.

`steps` is a training as an iterator: between two steps it stands still and is whole, to be looked
at, kept, paused or left (model/train/session.py keeps it). `train` runs all of them. Nothing here
prints, reads a clock or touches a file.
"""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
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
    weights_rng,
)
from model.train.calibrate import likeliest_temperature
from model.train.drawn import DIGIT_CLASSES, judged_digits
from model.train.evaluate import Evaluation, evaluate
from model.train.loss import LOSSES, distillation, soften
from model.train.material import POOL, drawn_beside, material
from model.train.recipe import STANDARD, Recipe, RecipeError, Stage
from model.train.schedule import constant, warm_cosine
from model.train.transfer import take_over


class StepReport(NamedTuple):
    """After a step: loss and accuracy are running means over this epoch, before each update.

    Drawings of no class count among those that are not read right.
    """

    epoch: int  # of the whole training, counted from 0, like `step`
    step: int
    steps: int  # of an epoch
    loss: float
    accuracy: float

    @property
    def ends_epoch(self) -> bool:
        """Whether every image has now been shown once more."""
        return self.step + 1 == self.steps


class EpochReport(NamedTuple):
    """After an epoch: the means over its batches, and the kept weights on the images held out."""

    epoch: int
    loss: float
    accuracy: float
    validation: Evaluation


class Sums(NamedTuple):
    """What the steps of an unfinished epoch have come to."""

    shown: int = 0  # images
    loss: float = 0.0  # of all of them together
    correct: int = 0


class LastStep(NamedTuple):
    """What the last step was made of; the next one overwrites its gradients."""

    loss: float  # of its batch, before the update
    correct: int
    shown: int
    rate: float
    gradients: Mapping[str, Array]


@dataclass(slots=True)
class Training:
    """Everything that changes while a network learns; together with the data it is all there is."""

    network: Network
    recipe: Recipe
    memory: optimise.State  # the optimiser's
    average: dict[str, Array]  # the running mean of the weights; empty when there is none
    epoch: int = 0  # epochs completed, those of the teachers included
    step: int = 0  # steps completed of the epoch after them
    sums: Sums = field(default_factory=Sums)  # of those steps
    teachers: list[Network] = field(default_factory=list)  # who have learnt already
    last: LastStep | None = None  # to be looked at; it is not kept


def begin(
    spec: NetworkSpec,
    recipe: Recipe,
    teachers: Sequence[Network] = (),
    pretrained: Network | None = None,
) -> Training:
    """Draw the first weights of who learns after these teachers, or take over those of another.

    Raises RecipeError when the recipe draws digits and the classes are others.
    """
    if any(recipe.beside) and spec.classes != DIGIT_CLASSES:
        raise RecipeError(
            f"{recipe.name} draws digits of its own, so it is for networks whose classes are 0 to "
            f"9; those of {spec.title} are others. Take the recipe {STANDARD.name}."
        )
    network = Network.initialise(spec, weights_rng(recipe.seed, len(teachers)), recipe.first)
    if pretrained is not None:
        if recipe.distillation is not None:
            raise RecipeError(
                f"{recipe.name} has teachers, which all begin with weights drawn by chance: take a "
                "recipe without them to go on from a network."
            )
        network = take_over(network, pretrained)
    average = {name: p.copy() for name, p in network.parameters.items()} if recipe.average else {}
    memory = optimiser(recipe).start(network.parameters)
    return Training(network, recipe, memory, average, teachers=list(teachers))


def optimiser(recipe: Recipe) -> optimise.Optimiser:
    """Make the optimiser that the recipe names."""
    if recipe.optimiser == "sgd":
        return optimise.SGD(recipe.momentum, recipe.weight_decay)
    # 0.99 where the paper has 0.999: the squares of the last hundred batches, not thousand, since
    # a run has a few thousand only.
    return optimise.Adam(beta2=0.99, decay=recipe.weight_decay, decoupled=recipe.decoupled)


def learning_rate(recipe: Recipe, step: int, steps: int) -> float:
    """Look up the learning rate of a step, of `steps` that one network learns."""
    if recipe.schedule == "constant":
        return constant(step, rate=recipe.peak)
    return warm_cosine(step, peak=recipe.peak, steps=steps, warmup=int(recipe.warm_up * steps))


def kept(training: Training) -> Network:
    """Make the network that is kept of a training: its average if the recipe asks for one."""
    return Network(training.network.spec, training.average or training.network.parameters)


def steps(
    training: Training,
    examples: Examples,
    *,
    on_drawing: Callable[[int], None] | None = None,
    workers: int = 1,
) -> Generator[StepReport]:
    """Go on from where `training` stands to the recipe's last epoch, a step at a time.

    `examples` is the whole training set; no gradient comes from what the recipe holds out of it.
    Between two steps `training` is whole: kept there (or copied) and gone on from later, it ends at
    the same weights, to the bit, with any number of `workers`, the processes that share the work.
    They end with the iterator, so close it (contextlib.closing) when you leave early. When a step
    itself is cut off, by ctrl-C say, go on from what was kept before it.

    `on_drawing` hears, before any digits are drawn to learn from, how many; it takes a while.
    """
    check(training.network.spec, examples, training.recipe.held_out)
    yield from _steps(training, *material(training.recipe, examples), on_drawing, workers)


def _steps(
    training: Training,
    learnt: Examples,
    held: Examples,
    on_drawing: Callable[[int], None] | None,
    workers: int,
) -> Generator[StepReport]:
    """Take the steps that are left, with the examples to learn from and those held out."""
    recipe = training.recipe
    drawn = drawn_beside(recipe, learnt, on_drawing) if training.epoch < recipe.all_epochs else None
    while training.epoch < recipe.all_epochs:
        stage = recipe.stage(training.epoch)
        if stage.pupil > len(training.teachers):
            _graduate(training)
        with team_for(training.network, recipe, workers, taught=stage.taught) as team:
            for _ in range(stage.epoch, stage.epochs):
                yield from _epoch(training, team, learnt, held, drawn)


def train(
    training: Training,
    examples: Examples,
    *,
    keep: Callable[[Training], None],
    on_step: Callable[[StepReport], None] | None = None,
    on_epoch: Callable[[EpochReport], None] | None = None,
    on_drawing: Callable[[int], None] | None = None,
    workers: int = 1,
) -> Evaluation:
    """Take all `steps` that are left; say how the network validates then.

    `keep` is called after each epoch; `on_step` may keep `training` after any step. When it or a
    callback raises, go on from what was kept last, which leads to the same result.
    """
    check(training.network.spec, examples, training.recipe.held_out)
    learnt, held = material(training.recipe, examples)
    with closing(_steps(training, learnt, held, on_drawing, workers)) as reports:
        for report in reports:
            if on_step is not None:
                on_step(report)
            if not report.ends_epoch:
                continue
            keep(training)
            if on_epoch is not None:
                validation = evaluate(kept(training), held)
                on_epoch(EpochReport(report.epoch, report.loss, report.accuracy, validation))
    return evaluate(kept(training), held)


def _graduate(training: Training) -> None:
    """Make a teacher of who has learnt, and begin with the next."""
    after = begin(training.network.spec, training.recipe, [*training.teachers, kept(training)])
    training.network, training.memory = after.network, after.memory
    training.average, training.teachers = after.average, after.teachers


def _augmentation(recipe: Recipe, stage: Stage) -> Augmentation | None:
    """Look up how strongly the images of an epoch are distorted: less in the last ones.

    Strong distortions teach what digits have in common; in the end the network may learn what they
    really look like.
    """
    strength = recipe.augmentation
    calm = stage.epoch >= round(stage.epochs * (1 - recipe.calm))
    return strength.weaker(recipe.ending) if strength is not None and calm else strength


def _settle(training: Training, held: Examples) -> None:
    """Make who was taught as sure as it is right: its last layer is divided by a temperature.

    Who learns what several teachers think, softened, is too cautious in the end. That is judged by
    the images held out, and by drawings if the recipe draws.
    """
    judges = [held, judged_digits()] if training.recipe.drawn else [held]
    temperature = np.float32(likeliest_temperature(kept(training), judges))
    layer = training.network.logits_layer
    for parameters in (training.network.parameters, training.average):
        for name in {f"{layer}.weight", f"{layer}.bias"} & set(parameters):
            parameters[name] /= temperature


def _epoch(
    training: Training, team: Team, learnt: Examples, held: Examples, drawn: Examples | None
) -> Iterator[StepReport]:
    """Show each image once that this epoch has not shown yet, and count the epoch."""
    recipe, network = training.recipe, training.network
    stage, epoch = recipe.stage(training.epoch), training.epoch
    count = 0 if drawn is None else len(drawn.labels) // POOL
    total = count_batches(len(learnt.labels) + count, recipe.batch_size)
    follow = optimiser(recipe)
    upcoming = batches(
        learnt,
        network.spec.input,
        batch_size=recipe.batch_size,
        augmentation=_augmentation(recipe, stage),
        seed=recipe.seed,
        epoch=epoch,
        drawn=drawn,
        count=count,
        first=training.step,
    )
    if stage.taught:
        upcoming = _asked(upcoming, training.teachers, recipe)
    following = next(upcoming)
    for step in range(training.step, total):
        batch = following
        team.begin(network.parameters, *batch, chance=(recipe.seed, epoch, step))
        following = next(upcoming, batch)  # distorted while the other workers are busy
        measured = team.finish()
        done = stage.epoch * total + step
        rate = learning_rate(recipe, done, stage.epochs * total)
        follow.step(network.parameters, measured.gradients, training.memory, rate)
        _update_average(training, done)
        if stage.taught and done + 1 == stage.epochs * total:
            _settle(training, held)
        sums = _added(training.sums, measured, len(batch.labels))
        training.step, training.sums = step + 1, sums
        loss, correct, gradients = measured
        training.last = LastStep(loss, correct, len(batch.labels), rate, gradients)
        report = StepReport(epoch, step, total, sums.loss / sums.shown, sums.correct / sums.shown)
        if report.ends_epoch:
            training.epoch, training.step, training.sums = epoch + 1, 0, Sums()
        yield report


def _added(sums: Sums, measured: Measured, count: int) -> Sums:
    loss = sums.loss + float(measured.loss) * count
    return Sums(sums.shown + count, loss, sums.correct + int(measured.correct))


def _asked(
    upcoming: Iterator[Batch], teachers: Sequence[Network], recipe: Recipe
) -> Iterator[Batch]:
    """Ask the teachers about each batch as it is distorted: the mean of their opinions."""
    for batch in upcoming:
        said = [soften(t.logits(batch.inputs), recipe.temperature) for t in teachers]
        yield batch._replace(opinions=np.mean(said, axis=0))


def team_for(network: Network, recipe: Recipe, workers: int = 1, *, taught: bool = False) -> Team:
    """Gather those who compute gradients: of the labels' loss, or of the teachers'."""
    loss = distillation(recipe.temperature) if taught else LOSSES[recipe.loss]
    reads = network.logits_layer if loss.reads == "logits" else network.output_layer
    dtype, size = network.dtype.name, recipe.batch_size
    task = Task(network.spec, reads, loss.forward, loss.backward, size, dtype, by_opinions=taught)
    return Team(task, workers)


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
