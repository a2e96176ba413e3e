"""
Makes the run that comes along: trains it, rounds each moment, judges how the rounded ones read.

    python -m app.runs.shipping --data DIR

The same data give the same bytes wherever a training gives the same weights. Some minutes on one
core.
"""

import argparse
import tempfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Final

from threadpoolctl import threadpool_limits

from app.console import say
from app.runs.folder import Config, Run, Runs
from app.runs.metrics import Journal, finite, read
from app.runs.recorder import Recorder
from app.runs.shipped import FOLDER, Shipped, rounded, write
from model import Network
from model.data import mnist
from model.lenet import LENET
from model.train import session
from model.train.batches import Examples
from model.train.evaluate import Evaluation, evaluate
from model.train.loop import begin, kept, steps
from model.train.recipe import PLAIN, Recipe

LINES: Final = 850
"""About single steps: as many as a wide plot has pixels."""

_BEGUN: Final = "2026-11-29T00:00:00+00:00"  # whenever it is made, the bytes are the same


def make(out: Path, data: Path, recipe: Recipe = PLAIN, workers: int = 1) -> float:
    """Train LeNet on MNIST, write the run into a folder, and say the accuracy without rounding."""
    examples, test = (Examples(*mnist.load(data, part)) for part in ("train", "test"))
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, threadpool_limits(1, user_api="blas"):
        run = Runs(Path(folder)).create(_config(recipe))
        training = begin(LENET, recipe)
        recorder = Recorder(
            run, training, examples, evaluates=False, lines=LINES, clock=lambda: 0.0
        )
        recorder.begin({})
        with closing(steps(training, examples, workers=workers)) as reports:
            for report in reports:
                recorder.made(report)
        moments = {one.step: rounded(LENET, one.network().parameters, {}) for one in run.scrubbed()}
        network = moments[recorder.total]
        tested = evaluate(network, test)
        facts = session.facts(
            training,
            validation=evaluate(network, recorder.held),
            test=tested,
            threshold=None,  # it would be one for the last moment alone
            command=run.config.command,
            data=mnist.fingerprint(data),
        )
        moments[recorder.total] = rounded(LENET, network.parameters, facts)
        write(out, run.config, moments)
        _tell(Shipped(out), recorder, moments, tested)
        return evaluate(kept(training), test).accuracy


def _config(recipe: Recipe) -> Config:
    return Config(
        title="LeNet, plain",
        network=LENET.id,
        spec=LENET,
        recipe=recipe,
        data="mnist",
        folder="",
        by="command",
        command=f"convlens train {LENET.id} --recipe {recipe.name} --seed {recipe.seed}",
        created=_BEGUN,
    )


def _tell(out: Run, recorder: Recorder, moments: Mapping[int, Network], tested: Evaluation) -> None:
    """Write the metrics and the end; all that is said of reading is said of rounded networks."""
    layers = [name for name, learnt in LENET.parameters.items() if learnt]
    journal = Journal(out.metrics, out.table, layers)
    journal.keep_until(-1)
    lines = [line for line in read(recorder.run.metrics) if line["kind"] == "step"]
    for step, network in moments.items():
        where = {"kind": "evaluation", "step": step, "epoch": recorder.epoch_of(step)}
        lines.append({**where, "seconds": 0.0, **recorder.judge(network)})
    lines.sort(key=lambda line: (line["step"], line["kind"] == "evaluation"))
    end = {name: lines[-1][name] for name in ("step", "epoch", "seconds")}
    figures = {"test_loss": finite(tested.loss), "test_accuracy": finite(tested.accuracy)}
    for line in (*lines, {"kind": "result", **end, **figures}):
        journal.add(line)
    accuracies = {name: lines[-1][name] for name in ("train_accuracy", "validation_accuracy")}
    out.say(recorder.tell(state="finished", test_accuracy=tested.accuracy, **accuracies))
    for path in out.path.iterdir():
        path.chmod(0o644)  # everybody may read what comes along


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Make the run that comes along.")
    parser.add_argument("--data", type=Path, required=True, help="The folder of MNIST.")
    parser.add_argument("--out", type=Path, default=FOLDER, help="Where the run is written.")
    parser.add_argument("--workers", type=int, default=1, help="They change no bit.")
    chosen = parser.parse_args()
    plain = make(chosen.out, chosen.data, workers=chosen.workers)
    share = Shipped(chosen.out).status.test_accuracy or 0.0
    say(f"{share:.2%} of the test images are read right; without rounding, {plain:.2%}.")
