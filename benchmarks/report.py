"""One table for every benchmark: what was measured, its target, its ratio to the yardstick."""

import json
import os
import platform
import sys
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np


class Row(NamedTuple):
    """One figure."""

    name: str
    value: float
    unit: str
    target: float | None = None  # at most
    yardstick: float | None = None  # of the same run, in the same unit
    least: float | None = None  # the target, where more is better
    times: float | None = None  # the target as a multiple of the yardstick
    ratio: float | None = None  # to the yardstick, where it is the median of rounds

    def target_text(self) -> str:
        """Say the target, if there is one."""
        if self.times is not None:
            return f"target ≥ {self.times:g}×"
        if self.least is not None:
            return f"target ≥ {self.least:g}"
        return "" if self.target is None else f"target ≤ {self.target:g}"


def environment() -> dict[str, str]:
    """What the figures depend on beside the code."""
    return {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "machine": f"{platform.system()} {platform.machine()}",
        "cores": str(os.cpu_count()),
    }


def print_rows(
    title: str, rows: list[Row], *, as_json: bool, also: Mapping[str, str] | None = None
) -> None:
    """Print the table, or JSON with the environment; `also` belongs to that."""
    known = environment() | dict(also or {})
    if as_json:
        figures = [row._asdict() for row in rows]
        json.dump({"title": title, "environment": known, "figures": figures}, sys.stdout)
        print()
        return
    noted = ", ".join(f"{key} {value}" for key, value in known.items())
    print(f"\n{title}  ({noted})")
    for row in rows:
        ratio = f"{row.ratio or row.value / row.yardstick:6.2f}×" if row.yardstick else ""
        print(f"  {row.name:48} {row.value:10.2f} {row.unit:4} {ratio:8} {row.target_text()}")
