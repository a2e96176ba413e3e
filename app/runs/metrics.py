"""The metrics of a run: JSON lines that only grow, and the same as a table.

A line is a step (`kind` "step": loss and accuracy since the line before it, the learning rate, the
size of each layer's gradient), an evaluation ("evaluation": on images that were learnt from and on
those held out, with the confusion matrix of the latter), or the end ("result"). Which steps have a
line depends on the recipe alone, so that a run that was taken up again has the very same ones.
"""

import csv
import io
import json
import math
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from model.whole_file import write_whole

Line = Mapping[str, Any]

FIGURES: Final = (
    *("kind", "step", "epoch", "seconds", "loss", "accuracy", "rate"),
    *("train_loss", "train_accuracy", "validation_loss", "validation_accuracy"),
    *("test_loss", "test_accuracy", "shifted_accuracy"),
)
"""The columns of the table; the gradients follow, `gradient.LAYER` each."""


class Journal:
    """Writes the metrics of a run, to both files at once."""

    def __init__(self, lines: Path, table: Path, layers: Sequence[str]) -> None:
        self._lines, self._table = lines, table
        self._columns = (*FIGURES, *(f"gradient.{name}" for name in layers))

    def keep_until(self, step: int) -> list[Line]:
        """Forget what came after a step, and what was half written; give what is left."""
        there = read(self._lines) if self._lines.exists() else []
        left = [one for one in there if one["step"] <= step and one["kind"] != "result"]
        # New files: whoever reads along sees that they are others, and looks for its place.
        write_whole(self._lines, "".join(map(_as_json, left)).encode(), lasting=True)
        head = ",".join(self._columns) + "\r\n"
        rows = (head + "".join(map(self._as_row, left))).encode()
        write_whole(self._table, rows, lasting=True)
        return left

    def add(self, line: Line) -> None:
        """Write a line."""
        for path, text in ((self._lines, _as_json(line)), (self._table, self._as_row(line))):
            with path.open("ab") as file:  # a line at once, so that nobody reads half of one
                file.write(text.encode())

    def sync(self) -> None:
        """See that they are on the disk, whatever becomes of the machine."""
        for path in (self._lines, self._table):
            with path.open("rb+") as file:
                os.fsync(file.fileno())

    def _as_row(self, line: Line) -> str:
        flat = {**line, **{f"gradient.{n}": g for n, g in line.get("gradients", {}).items()}}
        text = io.StringIO()
        csv.writer(text).writerow(["" if (v := flat.get(n)) is None else v for n in self._columns])
        return text.getvalue()


def read(path: Path) -> list[Line]:
    """Read all whole lines."""
    return list(whole_lines(path.read_bytes()))


def whole_lines(data: bytes) -> Iterator[Line]:
    """Read lines as JSON; what follows the last one's end is not complete yet."""
    for text in data.split(b"\n")[:-1]:
        yield json.loads(text)


def finite(value: float | None) -> float | None:
    """Give a number that JSON can hold; a loss that is none any more is null."""
    return None if value is None or not math.isfinite(value) else float(f"{value:.6g}")


def _as_json(line: Line) -> str:
    return json.dumps(line, separators=(",", ":"), allow_nan=False) + "\n"
