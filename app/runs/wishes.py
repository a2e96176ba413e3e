"""Wishes for a run that is trained: a small file, written whole, read between two steps."""

import json
from pathlib import Path
from typing import Final, Literal, NamedTuple

from app.runs.folder import Run
from app.runs.locks import locked
from model.whole_file import write_whole

Do = Literal["run", "pause", "stop"]
Wish = Literal["pause", "step", "resume", "stop"]
"""What somebody may wish for; "step" is one batch, and stands still after it."""


class Wished(NamedTuple):
    """What is wished for now: to run, stand still or end, and steps that are made all the same."""

    do: Do = "run"
    steps: int = 0


_DO: Final[dict[Wish, Do]] = {"pause": "pause", "step": "pause", "resume": "run", "stop": "stop"}


def read(path: Path) -> Wished:
    """Read what is wished for; nothing but to run, if nobody ever said."""
    try:
        facts = json.loads(path.read_bytes())
        return Wished(facts["do"], facts["steps"])
    except (OSError, ValueError, KeyError, TypeError):
        return Wished()


def wish(run: Run, what: Wish) -> Wished:
    """Wish for something; of several who wish at once each is heard."""
    with locked(run.path / "wish.lock"):
        before = read(run.wish)
        now = Wished(_DO[what], before.steps + (what == "step"))
        write_whole(run.wish, json.dumps(now._asdict()).encode())
    return now
