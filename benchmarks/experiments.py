"""What comes out of the ready-made experiments, each with three seeds: `app/runs/experiments.json`.

    nice python -m benchmarks.experiments --data DIR
    python -m benchmarks.experiments --table

Each run is trained by the server's own process, one after the other, with one worker. What is known
already is not trained again; a run that several experiments share is trained once. `--table` prints
what stands in `model/train/README.md`, from the figures as they are. Some 40 minutes on one core.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from app.runs.asked import config_of
from app.runs.experiments import (
    EXPERIMENTS,
    FOUND,
    SEEDS,
    Body,
    Experiment,
    digest,
    figures,
    ordered,
)
from app.runs.folder import Run, Runs
from app.runs.metrics import read
from app.runs.schemas import RunBody
from app.training_settings import Training
from tests.server import ROOT

HEAD = """| experiment | figure | middle one of three seeds (lowest to highest) | with every seed |
|---|---|---|---|
"""


def trained(body: Body, seed: int, data: str) -> Mapping[str, float]:
    """Train a run to its end and read its last figures."""
    with tempfile.TemporaryDirectory() as folder:
        asked = {**body, "recipe": {**body["recipe"], "seed": seed}, "workers": 1}
        config = config_of(RunBody.model_validate(asked), Training(data=data))
        run = Runs(Path(folder)).create(config)
        command = [sys.executable, "-m", "app.runs.trainer", str(run.path)]
        with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE) as process:
            process.wait()
        if run.status.state != "finished":
            raise SystemExit(run.status.sentence or "It did not end.")
        return _last(run)


def _last(run: Run) -> Mapping[str, float]:
    names = ("train_accuracy", "validation_accuracy", "test_accuracy", "shifted_accuracy")
    last = {name: value for line in read(run.metrics) for name, value in line.items()}
    return {name: last[name] for name in names if last.get(name) is not None}


def measure(data: str) -> None:
    """Train all whose figures are not known, and write each down as soon as it is."""
    facts: dict[str, Any] = json.loads(FOUND.read_text("utf-8"))
    all_ = {f"{one.id}/{name}": body for one in EXPERIMENTS for name, body in one.runs.items()}
    known = {one["of"]: one for one in facts["runs"].values()}
    for place, body in all_.items():
        of = digest(body)
        if of not in known:
            began = time.monotonic()
            by_seed = [trained(body, seed, data) for seed in SEEDS]
            seconds = time.monotonic() - began
            print(f"{place}: {seconds / len(SEEDS):.0f} s a run, {by_seed}", flush=True)
            known[of] = {"of": of, "epochs": body["recipe"]["epochs"]}
            known[of] |= {name: [one[name] for one in by_seed] for name in by_seed[0]}
        runs = {n: known[digest(b)] for n, b in all_.items() if digest(b) in known}
        written = {"numpy": np.__version__, "seeds": SEEDS, "runs": runs}
        FOUND.write_text(_lines(written), "utf-8")


def _lines(facts: Mapping[str, Any]) -> str:
    """Write a run a line."""
    runs = ",\n".join(f"  {json.dumps(n)}: {json.dumps(one)}" for n, one in facts["runs"].items())
    rest = "".join(f" {json.dumps(n)}: {json.dumps(facts[n])},\n" for n in ("numpy", "seeds"))
    return f'{{\n{rest} "runs": {{\n{runs}\n }}\n}}\n'


def table() -> str:
    """Write the table of what came out."""
    return HEAD + "".join(map(_row, EXPERIMENTS))


def _row(one: Experiment) -> str:
    runs = "; ".join(f"{name} {_spread(figures(one, name)[one.judged])}" for name in one.runs)
    what = one.judged.removesuffix("_accuracy")
    return f"| `{one.id}` | {what} | {runs} | {_order(one)} |\n"


def _order(one: Experiment) -> str:
    """Write all runs in a row where every pair has its order, else the pairs that have one."""
    pairs, count = ordered(one), len(one.runs)
    if len(pairs) < count * (count - 1) / 2:
        return ", ".join(" > ".join(pair) for pair in pairs) or "none"
    return " > ".join(sorted(one.runs, key=[first for first, _ in pairs].count, reverse=True))


def _spread(values: tuple[float, ...]) -> str:
    low, middle, high = sorted(values)
    return f"{middle:.2%} ({100 * low:.2f}–{100 * high:.2f})".replace("%", " %")


def main() -> None:
    """Measure, or print the table."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("--data", default="", help="the folder in which sets of images lie")
    arguments.add_argument("--table", action="store_true")
    wanted = arguments.parse_args()
    if wanted.table:
        print(table(), end="")
    else:
        measure(wanted.data)


if __name__ == "__main__":
    main()
