"""The engine against PyTorch and ONNX Runtime: single images, batches, training.

    python -m benchmarks.engine [--json] [--rounds 15] [--threads 1 2]

All run in turns in one process for each number of threads; ratios are medians over the rounds.
With one thread it is the time of the processor that counts, which a busy machine does not stretch.
With several it must be the time on the clock: such figures need a machine with nothing else to do
(threads that wait for each other fare worst), so the load before the run is printed beside them.
The yardsticks are an extra (`pip install -e ".[bench]"`); without them our figures stand alone.

OPENBLAS_CORETYPE=Haswell measures as on a processor without AVX-512: NumPy's BLAS is limited by it,
PyTorch by variables of its own that are set here. ONNX Runtime knows none, and is marked.
"""

import argparse
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping

import numpy as np

from app.commands.bench import TRAINING, Work, engine, examples, kernels, measure
from benchmarks.report import Row, print_rows
from model import Network, load_network
from model.train.loop import gradients_of

TARGETS: Mapping[str, Mapping[str, float]] = {  # how many times as fast as whom
    "one image, everything kept": {"PyTorch": 5.5, "ONNX Runtime": 1.3},
    "one image, every tensor read": {"PyTorch": 4},
    "batch of 64, bytes to logits": {"PyTorch": 3.5, "ONNX Runtime": 1.15},
    "batch of 1,000, bytes to logits": {"PyTorch": 3.5, "ONNX Runtime": 1.15},
    "training": {"PyTorch": 2.4, "PyTorch at its best": 1.7},
}
LIMITS = {"ATEN_CPU_CAPABILITY": "avx2", "ONEDNN_MAX_CPU_ISA": "AVX2"}  # of PyTorch
WITH_AVX512 = ("skylakex", "cooperlake", "sapphirerapids")  # as OPENBLAS_CORETYPE names kernels
ROUNDING = 1e-5  # of the largest entry of a parameter's gradient
HOW = (
    "PyTorch and ONNX Runtime are not installed, so there is nothing to compare with. Get them "
    'with: pip install -e ".[bench]" in the environment that runs this (about 1 GB).'
)


def installed() -> bool:
    """Tell whether the yardsticks are there."""
    return all(importlib.util.find_spec(name) for name in ("torch", "onnxruntime", "onnx"))


def contestants(
    network: Network, threads: int, works: dict[str, Work]
) -> dict[str, dict[str, Work]]:
    """Line up who does what: ours first."""
    training = f"training, {threads} worker{'s' * (threads > 1)}"
    # With several threads only training is shared among them; BLAS is fastest on one here.
    known = {name: work for name, work in works.items() if not name.startswith("training")}
    found = {name: {"": work} for name, work in known.items()} | {"training": {"": works[training]}}
    if installed():
        from benchmarks import yardsticks

        for theirs in (yardsticks.with_torch, yardsticks.with_onnx):
            for what, who in theirs(network, threads).items():
                found[what] |= who
    return found


def limits(environment: Mapping[str, str]) -> Mapping[str, str]:
    """Say what PyTorch must be told where OPENBLAS_CORETYPE keeps NumPy from AVX-512."""
    chosen = environment.get("OPENBLAS_CORETYPE", "").lower()
    return LIMITS if chosen and chosen not in WITH_AVX512 else {}


def capability() -> str:
    """Name the instructions that PyTorch has chosen its own loops for."""
    if not installed():
        return "nothing: not installed"
    from torch.backends import cpu

    return cpu.get_cpu_capability()


def check_gradients(network: Network) -> float:
    """Hold the gradient of a training step to PyTorch's; give the largest difference found."""
    from benchmarks import yardsticks

    batch, worst = examples(network, TRAINING.batch_size), 0.0
    ours = gradients_of(network, TRAINING, batch).gradients
    for name, theirs in yardsticks.torch_gradients(network, batch).items():
        worst = max(worst, float(np.abs(ours[name] - theirs).max() / np.abs(theirs).max()))
    if worst > ROUNDING:
        raise AssertionError(f"Our gradient differs from PyTorch's by {worst:.1e} of its size.")
    return worst


def compare(threads: int, rounds: int) -> list[Row]:
    """Measure in turns; a row for each of our figures beside each yardstick."""
    network, rows = load_network("lenet"), list[Row]()
    clock = time.process_time if threads == 1 else time.perf_counter
    if installed():
        rows.append(
            Row("gradient, difference", 1e6 * check_gradients(network), "ppm", 1e6 * ROUNDING)
        )
    with engine(network, threads) as works:
        for what, who in contestants(network, threads, works).items():
            if threads > 1 and what == "training":
                who = {name: steadied(work) for name, work in who.items()}
            rows += _rows(what, threads, measure(who, rounds, clock))
    return rows


def steadied(work: Work) -> Work:
    """Take many calls as one, which is warmed up as one too.

    Threads of one library spin for some milliseconds after their last work, on a core that the
    next contestant needs; and processes that slept are slow to begin.
    """
    count = max(1, 640 // work.images)
    return Work(work.images * count, lambda: [work.call() for _ in range(count)])


def _rows(what: str, threads: int, found: Mapping[str, list[float]]) -> list[Row]:
    """Set our images a second beside theirs. The targets are for one thread, and for training."""
    ours, theirs = found[""], {who: rates for who, rates in found.items() if who}
    rows = [Row(what, statistics.median(ours), "/s")] if not theirs else []
    for who, rates in theirs.items():
        ratio = statistics.median(a / b for a, b in zip(ours, rates, strict=True))
        target = TARGETS[what].get(who) if threads == 1 or what == "training" else None
        unlimited = who == "ONNX Runtime" and limits(os.environ)
        name, value = f"{what} : {who}", statistics.median(ours)
        name += ", unlimited" if unlimited else ""
        rows.append(
            Row(name, value, "/s", None, statistics.median(rates), times=target, ratio=ratio)
        )
    return rows


def in_a_process(threads: int, rounds: int) -> tuple[list[Row], dict[str, str]]:
    """Measure in a process that was told threads and limits before its libraries woke."""
    limited = limits(os.environ)
    environment = {**os.environ, **limited}
    environment |= {"OMP_NUM_THREADS": str(threads), "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "benchmarks.engine", "--inside", "--rounds", str(rounds)]
    command += ["--threads", str(threads)]
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, text=True)
    said = json.loads(done.stdout)
    notes = {"BLAS for": said["kernels"], "PyTorch for": said["torch"], "load before": load}
    if limited:
        notes["unlimited"] = "ONNX Runtime, which takes every instruction that the processor has"
    return [Row(**row) for row in said["rows"]], notes


def main() -> None:
    """Print a table for each number of threads, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        rows = compare(options.threads[0], options.rounds)
        said = {
            "kernels": kernels(),
            "torch": capability(),
            "rows": [row._asdict() for row in rows],
        }
        json.dump(said, sys.stdout)
        return
    if not installed():
        print(HOW, file=sys.stderr)
    for threads in options.threads:
        rows, notes = in_a_process(threads, options.rounds)
        title = f"The engine, {threads} thread{'s' * (threads > 1)}, images a second"
        print_rows(title, rows, as_json=options.json, also=notes)


if __name__ == "__main__":
    main()
