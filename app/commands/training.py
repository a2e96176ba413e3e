"""`convlens train` and `convlens evaluate`."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.console import Console
from threadpoolctl import threadpool_limits

from app.commands import plan, sentences
from app.commands.images import fingerprint, load, other_set, ready
from app.commands.kinds import Command
from app.commands.options import (
    Augment,
    BatchSize,
    Data,
    Epochs,
    HeldOut,
    Images,
    Init,
    Loss,
    Momentum,
    Named,
    Optimiser,
    Out,
    Overwrite,
    Pretrained,
    Rate,
    RecipeName,
    Resume,
    RunsFolder,
    Seed,
    Shuffled,
    WeightDecay,
    Workers,
)
from app.commands.plan import PRETRAINED, Wishes
from app.commands.progress import Keeper, show_training
from app.commands.recording import recorded
from app.commands.report import as_json, show_evaluation
from app.console import say
from app.judging import judge, names_of, writers_of
from model import load_network
from model.train import session
from model.train.batches import check
from model.train.calibrate import calibrate, choose_threshold
from model.train.evaluate import evaluate
from model.train.loop import EpochReport, StepReport, kept
from model.train.loop import train as follow
from model.train.material import as_read, material

MNIST = "mnist"


def train(
    network: Named = None,
    data: Data = None,
    out: Out = None,
    recipe: RecipeName = None,
    epochs: Epochs = None,
    batch_size: BatchSize = None,
    rate: Rate = None,
    seed: Seed = None,
    init: Init = None,
    held_out: HeldOut = None,
    optimiser: Optimiser = None,
    momentum: Momentum = None,
    weight_decay: WeightDecay = None,
    loss: Loss = None,
    images: Images = None,
    shuffled: Shuffled = False,
    augment: Augment = None,
    pretrained: Pretrained = None,
    workers: Workers = None,
    runs: RunsFolder = None,
    resume: Resume = False,
    overwrite: Overwrite = False,
) -> None:
    """Train a network on MNIST, or images like it, and write its weights.

    A checkpoint is kept every few seconds and after every epoch. After ctrl-C
    --resume goes on from it and ends at the very weights of an uninterrupted
    training.

    The test images are read once, at the end; they choose nothing.
    """
    wishes = Wishes(
        *(network, recipe, epochs, batch_size, rate, seed, init, held_out),
        *(optimiser, momentum, weight_decay, loss, images, shuffled or None, augment),
        pretrained=pretrained,
    )
    with sentences.told() as console, threadpool_limits(1, user_api="blas"):
        target = out or Path(f"{wishes.name}.safetensors")
        plan.check(target, wishes, resume=resume, overwrite=overwrite)
        folder = ready(data, console)
        other = other_set(folder)
        wishes = replace(wishes, classes=other.classes if other else ())
        examples, test = (load(folder, other, part, console) for part in ("train", "test"))
        hashes = fingerprint(folder, other)
        if resume:
            training, notes = plan.resumed(target, wishes, hashes)
        else:
            training, notes = plan.begun(wishes, hashes)
        # All that can be refused is refused now: before long work, before anything is written.
        check(training.network.spec, examples, training.recipe.held_out)
        check(training.network.spec, test)
        checkpoint = session.checkpoint_of(target)
        with recorded(
            runs,
            training,
            examples,
            notes,
            (wishes.name, other.id if other else MNIST),
            folder,
            console,
        ) as run:

            def keep() -> None:
                run.keeping()
                session.keep(checkpoint, training, notes)
                run.kept(checkpoint)

            keeper = Keeper(keep)
            keeper.keep()  # from now on there is something to go on from
            with _unfinished(target, training.recipe.all_epochs):
                with show_training(console, training.recipe) as shown:

                    def on_step(report: StepReport) -> None:
                        shown.step(report)
                        run.step(report)
                        keeper.keep_if_due()

                    def on_epoch(report: EpochReport) -> None:
                        shown.epoch(report)
                        run.epoch(report)

                    validation = follow(
                        training,
                        examples,
                        keep=lambda _: keeper.keep(),
                        on_step=on_step,
                        on_epoch=on_epoch,
                        on_drawing=shown.drawing,
                        workers=workers or os.cpu_count() or 1,
                    )
                trained = kept(training)
                found = evaluate(trained, as_read(training.recipe, test))
                doubts = other is None and not training.recipe.shuffled
                session.finish(
                    target,
                    training,
                    validation=validation,
                    test=found,
                    threshold=choose_threshold(trained, material(training.recipe, examples)[1])
                    if doubts
                    else None,
                    command=notes["command"],
                    data=hashes,
                    pretrained=notes.get(PRETRAINED, ""),
                )
            run.end(target, found)
    say(
        f"{target}: {found.accuracy:.2%} of the {found.total:,} test images are read right "
        f"({validation.accuracy:.2%} of the {validation.total:,} held out)."
    )


@contextmanager
def _unfinished(target: Path, epochs: int) -> Iterator[None]:
    """Say what is kept, and how to go on, when a training is ended or its disk is full."""
    checkpoint = session.checkpoint_of(target)

    def kept_so_far() -> str:
        training = session.resume(checkpoint)[0]
        within = f" and {training.step:,} steps of the next" if training.step else ""
        return (
            f"{training.epoch} of {epochs} epochs{within} are kept in {checkpoint}; go on with: "
            f"convlens train --resume --out {target}"
        )

    try:
        yield
    except KeyboardInterrupt as wish:
        sentences.stop(f"Stopped. {kept_so_far()}", wish)
    except OSError as error:
        mend = sentences.how_to_mend(error)
        sentences.fail(f"{sentences.what_failed(error)}. {mend} {kept_so_far()}")


def evaluate_command(
    model: Annotated[
        str,
        typer.Option(
            metavar="NAME_OR_FILE",
            help="A network that comes with Convlens, or a .safetensors file.",
        ),
    ] = "lenet",
    data: Data = None,
    as_json_text: Annotated[
        bool, typer.Option("--json", help="Print one JSON object for scripts.")
    ] = False,
) -> None:
    """Read MNIST's test images: how many are right, which are confused, how sure is the network.

    Of another set in --data the classes are matched by name. Images of a class
    that the network does not have count as wrong.
    """
    with sentences.told() as console, threadpool_limits(1, user_api="blas"):
        network = load_network(model)
        if not network.spec.classes:
            raise ValueError(
                f"{network.spec.title} has no classes, so nothing that it says of an image is "
                "right or wrong. Name a network with classes."
            )
        folder = ready(data, console)
        other = other_set(folder)
        test = load(folder, other, "test", console)
        place = other.parts["test"].labels.parent if other else folder
        writers = writers_of(place, len(test.labels))
        with np.errstate(over="ignore", invalid="ignore"):  # weights may be as large as float32
            judged = judge(network, test, names_of(other, network), writers)
            trust = None
            if len(judged.known.labels):
                trust = calibrate(network, judged.known, network.metadata)
    classes = network.spec.classes
    if as_json_text:
        say(json.dumps(as_json(judged, trust, classes, model, network.sha256)))
    else:
        show_evaluation(Console(), judged, trust, classes)


def register(cli: typer.Typer) -> None:
    """Add the commands of this file."""
    cli.command(cls=Command)(train)
    cli.command("evaluate", cls=Command)(evaluate_command)
