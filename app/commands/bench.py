"""`convlens bench`: how fast the engine is on this machine."""

import json
import os
import statistics
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from itertools import cycle
from time import perf_counter
from typing import Annotated, NamedTuple

import numpy as np
import numpy.typing as npt
import typer
from rich.console import Console
from rich.table import Table
from threadpoolctl import threadpool_info, threadpool_limits

from app.commands import sentences
from app.commands.kinds import Command
from app.console import say
from model import Network, load_network
from model.train.batches import Batch, inputs
from model.train.loop import optimiser, team_for
from model.train.recipe import Recipe

TRAINING = Recipe(name="bench", optimiser="sgd", peak=0.02, weight_decay=0.0, batch_size=64)
_LEAST = 0.02  # seconds that one measurement takes at least, for the clock's sake


class Work(NamedTuple):
    """Something to be measured: a call that reads so many images."""

    images: int
    call: Callable[[], object]


def digits(network: Network, count: int) -> npt.NDArray[np.uint8]:
    """Make up images that are mostly paper, as bytes (n, rows, columns)."""
    rng, spec = np.random.default_rng(0), network.spec.input
    ink = rng.integers(1, 256, (count, *(size - 2 * spec.border for size in spec.shape[1:])))
    return np.where(rng.random(ink.shape) < 0.2, ink, 0).astype(np.uint8)


def examples(network: Network, count: int) -> Batch:
    """Make up inputs, and labels for them; ValueError where there are no classes."""
    if not network.spec.classes:
        raise ValueError(
            f"{network.spec.title} has no classes, so it cannot be trained, which is timed, too. "
            "Name a network with classes."
        )
    labels = np.random.default_rng(1).integers(0, len(network.spec.classes), count)
    return Batch(inputs(digits(network, count), network.spec.input), labels.astype(np.uint8))


@contextmanager
def training(network: Network, workers: int) -> Iterator[Work]:
    """Prepare steps of a training: gradients of a batch and an update."""
    learner, shown, size = network.copy(), examples(network, 2048), TRAINING.batch_size
    follow = optimiser(TRAINING)
    memory, starts = follow.start(learner.parameters), cycle(range(0, 2048, size))
    with team_for(learner, TRAINING, workers) as team:

        def step() -> None:
            part = slice(start := next(starts), start + size)
            team.begin(learner.parameters, shown.inputs[part], shown.labels[part])
            follow.step(learner.parameters, team.finish().gradients, memory, TRAINING.peak)

        yield Work(size, step)


@contextmanager
def engine(network: Network, workers: int) -> Iterator[dict[str, Work]]:
    """Prepare all that is measured; BLAS keeps to one thread."""
    images = [*examples(network, 16).inputs]
    singles, batches = cycle(images), {size: digits(network, size) for size in (64, 1000)}
    with threadpool_limits(1, user_api="blas"), ExitStack() as stack:
        works = {
            "one image, everything kept": Work(1, lambda: network.trace(next(singles))),
            "one image, every tensor read": Work(1, lambda: network.trace(next(singles)).packed()),
            "batch of 64, bytes to logits": Work(64, lambda: network.logits(batches[64])),
            "batch of 1,000, bytes to logits": Work(1000, lambda: network.logits(batches[1000])),
        }
        for count in sorted({1, workers}):
            name = f"training, {count} worker{'s' * (count > 1)}"
            works[name] = stack.enter_context(training(network, count))
        yield works


def measure(
    works: Mapping[str, Work], rounds: int, clock: Callable[[], float] = perf_counter
) -> dict[str, list[float]]:
    """Time all in turns, so that a busy moment meets all alike: images a second, by round."""

    def seconds(work: Work, calls: int) -> float:
        started = clock()
        for _ in range(calls):
            work.call()
        return clock() - started

    calls = {name: max(1, round(_LEAST / seconds(work, 3) * 3)) for name, work in works.items()}
    found: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            work.call()  # what ran before has left the caches its own
            found[name].append(calls[name] * work.images / seconds(work, calls[name]))
    return found


def kernels() -> str:
    """Name the processor that NumPy's BLAS has chosen its products for."""
    names = (one.get("architecture") for one in threadpool_info() if one["user_api"] == "blas")
    return next((str(name) for name in names if name), "unknown")


def bench(
    model: Annotated[
        str,
        typer.Option(
            metavar="NAME_OR_FILE",
            help="A network that comes with Convlens, or a .safetensors file.",
        ),
    ] = "lenet",
    rounds: Annotated[int, typer.Option(min=1, help="Times that everything is measured.")] = 15,
    workers: Annotated[
        int | None,
        typer.Option(
            min=1, max=64, help="Processes that train.", show_default="as many as there are cores"
        ),
    ] = None,
    as_json_text: Annotated[
        bool, typer.Option("--json", help="Print one JSON object for scripts.")
    ] = False,
) -> None:
    """Measure the engine: single images, batches, training.

    Medians of several rounds. How they compare with PyTorch and ONNX Runtime is
    measured by `make bench` in a checkout.
    """
    with sentences.told() as console:
        network = load_network(model)
        count = workers or os.cpu_count() or 1
        with engine(network, count) as works, console.status("Measuring …"):
            found = measure(works, rounds)
    medians = {name: statistics.median(rates) for name, rates in found.items()}
    if as_json_text:
        environment = {"numpy": np.__version__, "blas": kernels(), "cores": os.cpu_count()}
        say(json.dumps({"environment": environment, "images_per_second": medians}))
        return
    table = Table("", "images a second", "µs an image")
    for column in table.columns[1:]:
        column.justify = "right"
    for name, rate in medians.items():
        table.add_row(name, f"{rate:,.0f}", f"{1e6 / rate:,.1f}")
    Console().print(table)
    say(f"NumPy {np.__version__}, products for {kernels()}, {os.cpu_count()} cores")


def register(cli: typer.Typer) -> None:
    """Add the command of this file."""
    cli.command(cls=Command)(bench)
