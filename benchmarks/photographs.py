"""How well photographs of one handwritten digit are read, kind by kind, and several called several.

    python -m benchmarks.photographs [--each 50] [--kinds NAME,NAME] [--held-out] [--keep FOLDER]

Draws photographs by program (`photo_kinds.py`, `several_digits.py`): a judge that never tires. A
reading is *asserted* when the page would show it without "not sure". Whoever works on the reader
looks at the seeds of every day; `--held-out` asks for other seeds and for three more kinds, which
tell the truth only as long as nobody works on them: for the end, and refused by default.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.photo_kinds import HELD_OUT, KINDS, draw
from benchmarks.report import environment
from benchmarks.several_digits import drawing, picture
from model import Network, load_network
from model.preprocess import Preprocessed, Stroke, preprocess_file, preprocess_strokes, to_input
from model.train.calibrate import doubted, energy

DAILY, LATER = 1, 2
"""Seeds: of every day, and of the end."""


class Read(NamedTuple):
    """What became of one photograph."""

    right: bool
    asserted: bool
    blank: bool
    several: bool


class Figures(NamedTuple):
    """What became of the photographs of one kind, in percent of them."""

    kind: str
    photographs: int
    right: float
    asserted: float
    asserted_wrong: float
    right_asserted: float  # percent of those read right
    blank: float
    several: float


def read(network: Network, done: Preprocessed, digit: int) -> Read:
    """Let the network read one image, and say whether it would be shown as certain."""
    logits = network.logits(to_input(done.pixels, network.spec.input)[None])
    sure = not doubted(energy(logits), network.metadata)[0]
    right = not done.blank and int(logits[0].argmax()) == digit
    asserted = sure and not done.blank and not done.note
    return Read(right, asserted, done.blank, several=bool(done.digits))


def figures(kind: str, found: Sequence[Read]) -> Figures:
    """Count."""
    right, asserted, blank, several = np.array(found, bool).reshape(-1, 4).T

    def share(marks: np.ndarray, of: int) -> float:
        return 100 * float(marks.sum()) / max(of, 1)

    total = len(found)
    return Figures(
        kind,
        total,
        share(right, total),
        share(asserted, total),
        share(asserted & ~right, total),
        share(asserted & right, int(right.sum())),
        share(blank, total),
        share(several, total),
    )


def measure(
    network: Network, kinds: Sequence[str], each: int, seed: int, keep: Path | None
) -> Iterator[tuple[str, list[Read]]]:
    """Draw and read `each` photographs of every kind."""
    for kind in kinds:
        found = []
        for number in range(each):
            photo = draw(kind, (seed, list(KINDS).index(kind), number))
            result = read(network, preprocess_file(photo.data), photo.digit)
            found.append(result)
            if keep is not None:
                said = "right" if result.right else "blank" if result.blank else "wrong"
                said += " sure" if result.asserted else " doubted"
                suffix = "png" if photo.data.startswith(b"\x89PNG") else "jpg"
                name = f"{kind} {number:03} {photo.digit} {said}.{suffix}".replace(" ", "-")
                (keep / name).write_bytes(photo.data)
        yield kind, found


def print_figures(title: str, rows: Sequence[Figures], *, as_json: bool) -> None:
    """Print the table, or JSON with the environment."""
    if as_json:
        found = [row._asdict() for row in rows]
        print(json.dumps({"title": title, "environment": environment(), "figures": found}))
        return
    heads = ("right", "asserted", "and wrong", "of right", "no ink", "several")
    print(f"\n{title}  (percent; `of right`: asserted, of those read right)")
    print(f"  {'kind':22}{'number':>8}" + "".join(f"{head:>11}" for head in heads))
    for row in rows:
        print(f"  {row.kind:22}{row.photographs:8}" + "".join(f"{one:11.1f}" for one in row[2:]))


def called_several(
    name: str, count: int, seed: int, done: Callable[[tuple[int, int, int]], Preprocessed]
) -> Figures:
    """How many of pictures or drawings of several digits are called that."""
    found = [done((seed, 1_000, number)) for number in range(count)]
    return figures(name, [Read(False, False, one.blank, bool(one.digits)) for one in found])


def main(arguments: Sequence[str] | None = None) -> None:
    """Draw, read, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--each", type=int, default=50, help="photographs of each kind")
    parser.add_argument("--kinds", help="only these, by name, with commas between")
    parser.add_argument("--held-out", action="store_true", help="other seeds, three more kinds")
    parser.add_argument("--several", type=int, default=200, help="pictures of several digits")
    parser.add_argument("--keep", type=Path, help="store the photographs in this folder")
    parser.add_argument("--model", default="lenet")
    parser.add_argument("--json", action="store_true", help="print JSON")
    wanted = parser.parse_args(arguments)
    kinds = [kind for kind in KINDS if wanted.held_out or kind not in HELD_OUT]
    if wanted.kinds:
        named = wanted.kinds.split(",")
        if not set(named) <= set(kinds):
            held = "; " + ", ".join(HELD_OUT) + " need --held-out" if not wanted.held_out else ""
            sys.exit(f"The kinds are {', '.join(kinds)}{held}.")
        kinds = named
    seed = LATER if wanted.held_out else DAILY
    if wanted.keep is not None:
        wanted.keep.mkdir(parents=True, exist_ok=True)
    network = load_network(wanted.model)
    rows, everything = [], []
    with threadpool_limits(1, user_api="blas"):
        for kind, found in measure(network, kinds, wanted.each, seed, wanted.keep):
            rows.append(figures(kind, found))
            everything += found
        rows.append(figures("all kinds", everything))
        if not wanted.kinds:
            several = wanted.several
            rows += [
                called_several(
                    "pictures of several", several, seed, lambda s: preprocess_file(picture(s))
                ),
                called_several(
                    "drawings of several", several // 2, seed, lambda s: _drawn(drawing(s))
                ),
            ]
    title = f"Photographs of single digits, read by {wanted.model}"
    print_figures(title, rows, as_json=wanted.json)


def _drawn(strokes: list[Stroke]) -> Preprocessed:
    return preprocess_strokes(strokes)


if __name__ == "__main__":
    main()
