"""What `convlens evaluate` found, as tables for people and as JSON for scripts."""

import math
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from app.judging import Judged
from model.train.calibrate import Calibration
from model.train.evaluate import Evaluation


def as_json(
    judged: Judged, trust: Calibration | None, classes: Sequence[str], model: str, weights: str
) -> dict[str, Any]:
    """Lay the evaluation out for `--json`; `confusion` counts by [true class][class said].

    Numbers that are not finite, as weights that overflow give them, are null.
    """
    found = judged.found
    writers = {
        name: {"accuracy": right / total, "correct": right, "total": total}
        for name, (right, total) in judged.writers.items()
    }
    return {
        "model": model,
        "weights": weights,
        "accuracy": found.accuracy,
        "correct": found.correct,
        "total": found.total,
        "unknown": dict(judged.unknown),
        "loss": _finite(found.loss),
        "confusion": found.confusion.tolist(),
        "worst_confusions": [
            {"true": classes[pair.true], "said": classes[pair.said], "count": pair.images}
            for pair in found.worst()
        ],
        **({"writers": writers} if writers else {}),
        "ece": trust and _finite(trust.error),
        "ece_by_chance": trust and _finite(trust.chance),
        "reliability": [
            {name: _finite(value) for name, value in interval._asdict().items()}
            for interval in (trust.bins if trust else ())
        ],
        "energy": {"threshold": trust and trust.threshold, "below": trust and trust.below},
    }


def _finite(value: float) -> float | None:
    """Leave out what JSON has no number for."""
    return value if math.isfinite(value) else None


def show_evaluation(
    console: Console, judged: Judged, trust: Calibration | None, classes: Sequence[str]
) -> None:
    """Print accuracy, the confusion matrix, the worst confusions, and how far to believe it."""
    found = judged.found
    wrong = found.total - found.correct
    console.print(
        f"[bold]{found.accuracy:.2%}[/] right: {found.correct:,} of {found.total:,} images, "
        f"{wrong:,} wrong. Mean loss {found.loss:.4f}.",
        highlight=False,
    )
    if judged.unknown:
        many, names = sum(judged.unknown.values()), escape(", ".join(judged.unknown))
        console.print(
            f"{many:,} of them are of classes that the network does not have ({names}), and count "
            "as wrong.",
            highlight=False,
        )
    for name, (right, total) in judged.writers.items():
        share = f"{escape(name)}: {right / total:.2%}, {right:,} of {total:,}."
        console.print(share, highlight=False)
    if trust is None:
        return
    console.print(_matrix(found, classes))
    if found.worst():
        console.print(_worst(found, classes))
    console.print(_reliability(trust))
    console.print(
        f"Expected calibration error {trust.error:.2%}: so far is confidence from the share that "
        "is right, on average. One that is right exactly as often as it says would come to "
        f"{trust.chance:.2%} here, by chance.",
        highlight=False,
    )
    if trust.below is not None:
        console.print(
            f"{trust.below:.2%} of the images lie below the energy {trust.threshold:.2f}, where "
            "the page says that it is not sure.",
            highlight=False,
        )


def _matrix(found: Evaluation, classes: Sequence[str]) -> Table:
    table = Table(title="Rows: the true class. Columns: what was read.")
    table.add_column("", justify="right", style="bold")
    for name in classes:
        table.add_column(escape(name), justify="right")
    table.add_column("right", justify="right")
    for true, row in enumerate(found.confusion.tolist()):
        cells = [_cell(count, true == said) for said, count in enumerate(row)]
        share = f"{row[true] / sum(row):.2%}" if sum(row) else "–"
        table.add_row(escape(classes[true]), *cells, share)
    return table


def _cell(count: int, right: bool) -> str:
    if right:
        return f"[bold]{count}[/]"
    return str(count) if count else "[dim]·[/]"


def _worst(found: Evaluation, classes: Sequence[str]) -> Table:
    table = Table(title="Worst confusions")
    for name in ("true", "read as", "images"):
        table.add_column(name, justify="right")
    for pair in found.worst():
        table.add_row(escape(classes[pair.true]), escape(classes[pair.said]), str(pair.images))
    return table


def _reliability(trust: Calibration) -> Table:
    table = Table(title="Reliability: of answers given with such confidence, how many are right?")
    for name in ("confidence", "images", "mean confidence", "right"):
        table.add_column(name, justify="right")
    for one in trust.bins:
        if one.images:
            low, high = f"{one.low:.0%}".rstrip("%"), f"{one.high:.0%}"
            means = (f"{one.confidence:.2%}", f"{one.accuracy:.2%}")
            table.add_row(f"{low}–{high}", f"{one.images:,}", *means)
    return table
