"""How a network reads many made-up hands, and what it doubts: the judge that `writers.py` makes.

    python -m benchmarks.hands [--model NAME_OR_FILE] [--seed 1] [--data DIR] [--json]

Writers with seed 0 are those that choices may be made by; all others are to be told by. Drawings go
the way of the page: what `preprocess` takes for several digits is not asserted to be one. With a
folder of MNIST (`--data`) the images held out are read too, drawn by the page's pen as they are,
and as if their writers wrote otherwise: real hands, where the others are made up.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from benchmarks.report import Row, print_rows
from model import Network, load_network
from model.data import mnist
from model.preprocess import Stroke, preprocess_strokes, to_input
from model.train.batches import Examples, split
from model.train.calibrate import (
    doubted,
    energies,
    energy,
    expected_calibration_error,
    predictions,
    reliability,
)
from model.train.drawn import NO_DIGITS
from model.train.evaluate import evaluate
from model.train.recipe import PLAIN, Recipe
from model.train.redrawn import otherwise, redraw
from model.train.writers import WRITERS, hands, rows

OTHERS = 500
"""Rows of digits, and of each sort of what is no digit."""

LEAST = {"letters": 65.0, "scribbles": 88.0}
"""Percent of what is no digit that should not be asserted."""

WIDTHS = (0.03, 0.07, 0.12)
"""Of the pen, as in `benchmarks.strokes`."""

_TOLD = 20_181  # a stream of chance beside those by which thresholds are chosen


def asserted(network: Network, drawings: Iterable[Sequence[Stroke]]) -> npt.NDArray[np.bool_]:
    """Say of each drawing whether the page would assert that it is a digit."""
    done = [preprocess_strokes(drawing) for drawing in drawings]
    logits = network.logits(np.stack([to_input(one.pixels, network.spec.input) for one in done]))
    single = np.array([not one.digits and not one.blank for one in done])
    return single & ~doubted(energy(logits), network.metadata)


def measure(
    network: Network, seed: int, writers: int = WRITERS, others: int = OTHERS
) -> tuple[list[Row], Counter[str]]:
    """Let it read everything; the targets are those of a network that is to be relied on."""
    found = hands(seed, writers)
    images, labels = found.examples
    probabilities = predictions(network, images)
    right = probabilities.argmax(axis=1) == labels
    sure = ~doubted(energies(network, images), network.metadata)
    unknown = found.unknown
    by_writer = [right[found.writers == one].mean() for one in np.unique(found.writers)]
    error = expected_calibration_error(reliability(probabilities, labels))
    figures = [
        Row("read right", 100 * right.mean(), "%", least=99),
        Row("in ways that are learnt from", 100 * right[~unknown].mean(), "%"),
        Row("in other ways", 100 * right[unknown].mean(), "%"),
        Row("of the writer who is read worst", 100 * min(by_writer), "%"),
        Row("doubted", 100 * (~sure).mean(), "%", target=1.5),
        Row("in other ways, asserted and wrong", 100 * (sure & ~right)[unknown].mean(), "%", 5),
        Row("expected calibration error", 100 * error, "%", target=1),
        Row("rows of digits, asserted", 100 * asserted(network, rows(seed, others)).mean(), "%", 5),
    ]
    for number, (name, draw) in enumerate(NO_DIGITS.items()):
        rng = np.random.default_rng([_TOLD, seed, number])
        kept = ~asserted(network, (draw(rng) for _ in range(others)))
        figures.append(Row(f"{name}, not asserted", 100 * kept.mean(), "%", least=LEAST.get(name)))
    said = probabilities.argmax(axis=1)
    wrong = zip(labels[~right], said[~right], strict=True)
    return figures, Counter(f"{true} as {read}" for true, read in wrong)


def held_out_of(network: Network) -> int:
    """How many images were held out when it was trained; the usual number where it says nothing."""
    settings = network.metadata.get("settings")
    return (Recipe.from_json(settings) if settings else PLAIN).held_out


def measure_real(network: Network, held: Examples) -> list[Row]:
    """Let it read images that were not learnt from, drawn by a pen, and written otherwise."""
    bent = otherwise(held.images, "judged", np.random.default_rng(_TOLD))
    figures = []
    for what, images in (("by pen", held.images), ("written otherwise", bent)):
        for width in WIDTHS:
            drawn = Examples(redraw(images, [width] * len(images)), held.labels)
            found, name = evaluate(network, drawn), f"held out, {what}, {width:.0%} brush"
            figures.append(Row(name, 100 * found.accuracy, "%"))
            figures.append(Row(f"{name}, 1,000 times its loss", 1000 * found.loss, ""))
    return figures


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a table, or JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--model", default="lenet")
    parser.add_argument("--seed", type=int, default=1, help="of the writers; 0 is chosen by")
    parser.add_argument("--data", type=Path, help="a folder with MNIST; without it, none of it")
    parser.add_argument("--json", action="store_true", help="print JSON")
    wanted = parser.parse_args(arguments)
    with threadpool_limits(1, user_api="blas"):
        network = load_network(wanted.model)
        figures, pairs = measure(network, wanted.seed)
        if wanted.data:
            held = split(Examples(*mnist.load(wanted.data, "train")), held_out_of(network))[1]
            figures += measure_real(network, held)
    worst = ", ".join(f"{pair} ({count})" for pair, count in pairs.most_common(8)) or "none"
    title = f"Digits of many hands, read by {wanted.model}"
    print_rows(title, figures, as_json=wanted.json, also={"confusions": worst})


if __name__ == "__main__":
    main()
