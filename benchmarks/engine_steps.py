"""Where the engine's time goes: what each step of lenet's plans takes, in microseconds an image.

    python -m benchmarks.engine_steps [--json] [--rounds 500]

Steps are timed where they are, in the midst of a pass, because what ran before decides what lies in
the cache. Medians; the clock's own time is taken off.
"""

import argparse
import statistics
from collections.abc import Callable
from time import perf_counter_ns

import numpy as np
from threadpoolctl import threadpool_limits

from app.commands.bench import digits, examples, kernels
from benchmarks.report import Row, print_rows
from model import Network, load_network
from model.fast import CHUNK, Plan
from model.fast.workspace import Workspace

Calls = dict[str, Callable[[], object]]


def tracing(network: Network) -> Calls:
    """Line up a trace: its steps, then all of it, then the winners, too."""
    plan, (image,) = Plan(Workspace(network.spec, 1, network.dtype)), examples(network, 1).inputs
    plan.load(network.parameters)
    plan.trace(image)
    calls: Calls = {name: step.forward for name, step in plan.steps.items()}
    calls["the whole trace"] = lambda: network.trace(image)
    trace = network.trace(image)
    layout, (values, _) = trace._layout, trace.packed()
    return calls | {"who won, when asked": lambda: layout.find_winners(values)}


def reading(network: Network) -> Calls:
    """Line up a chunk that is only read: bytes to the output."""
    plan = Plan(Workspace(network.spec, CHUNK, network.dtype, banded=True))
    plan.load(network.parameters)
    images = digits(network, CHUNK)
    calls: Calls = {"taking over bytes": lambda: plan.read(images)}
    return calls | {name: step.forward for name, step in plan.steps.items()}


def training(network: Network) -> Calls:
    """Line up a chunk of a training: forward and back, without loss and update."""
    seed, images = network.logits_layer, examples(network, CHUNK).inputs
    plan = Plan(Workspace(network.spec, CHUNK, network.dtype, seed))
    slope = plan.work.gradients[seed]
    slope[...] = np.random.default_rng(0).normal(size=slope.shape) / CHUNK
    calls: Calls = {
        "taking over weights": lambda: plan.load(network.parameters),
        "taking over images": lambda: plan.read(images),
    }
    calls |= {name: step.forward for name, step in plan.steps.items()}
    back = reversed(plan.steps.items())
    return calls | {f"{name}, back": step.backward for name, step in back}


def measured(calls: Calls, rounds: int, images: int) -> list[Row]:
    """Run all in their order, again and again."""
    calls = {"nothing": lambda: None} | calls
    taken: dict[str, list[int]] = {name: [] for name in calls}
    for _ in range(rounds):
        for name, call in calls.items():
            started = perf_counter_ns()
            call()
            taken[name].append(perf_counter_ns() - started)
    medians = {name: statistics.median(times) / 1000 for name, times in taken.items()}
    nothing = medians.pop("nothing")
    return [Row(name, (time - nothing) / images, "µs") for name, time in medians.items()]


def main() -> None:
    """Print a table for a trace, one for reading, and one for training."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=500)
    options = parser.parse_args()
    network = load_network("lenet")
    with threadpool_limits(1, user_api="blas"):
        for title, calls, images in (
            ("A trace", tracing(network), 1),
            (f"A chunk of {CHUNK} images that are only read, for each", reading(network), CHUNK),
            (f"A chunk of {CHUNK} images in training, for each", training(network), CHUNK),
        ):
            rows = measured(calls, options.rounds, images)
            print_rows(title, rows, as_json=options.json, also={"BLAS for": kernels()})


if __name__ == "__main__":
    main()
