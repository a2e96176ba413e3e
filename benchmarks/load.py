"""A class that draws: 60 pupils, then 240, and somebody who draws alone five seconds later.

    python -m benchmarks.load [--json] [--rounds 5] [--seconds 5] [--workers N] [--pupils 60]

The server comes as it is, with the workers that it takes by itself unless you say how many. The
pupils are an open-loop generator in a process of its own (pupils.py), whose share of a processor is
reported: near 1 it would measure itself. In each round they ask over HTTP, then over live channels,
whose yardstick is HTTP. Its own is a bare ASGI application on as many workers, under the same load,
in turns. Of the rounds the better half counts, because machines are busy with other things.
"""

import argparse
import json
import statistics
import subprocess
import sys
import time

from app.server import usual_workers
from benchmarks.hostile import light
from benchmarks.report import Row, print_rows
from benchmarks.server import Connection, bare, requests
from tests.server import running

CLASS, CROWD = 60, 240
REST = 5.0  # seconds after the crowd
Figures = dict[str, float]


def draw(port: int, pupils: int, seconds: float, seed: int, *more: str) -> Figures:
    """Let so many pupils draw, in another process."""
    command = [sys.executable, "-m", "benchmarks.pupils", str(port), "--pupils", str(pupils)]
    command += ["--seconds", str(seconds), "--seed", str(seed), *more]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    figures: Figures = json.loads(done.stdout)
    return figures


def better_half(rounds: list[Figures]) -> list[Figures]:
    """The half of the rounds in which less went wrong and it was quicker."""
    ordered = sorted(rounds, key=lambda one: (one["answered"] < one["asked"], one["p95"]))
    return ordered[: (len(rounds) + 1) // 2]


def middle(rounds: list[Figures], name: str) -> float:
    """The median of a figure."""
    return statistics.median(one[name] for one in rounds)


def main() -> None:
    """Measure both servers in turns and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--workers", type=int, default=usual_workers())
    parser.add_argument("--pupils", type=int, default=CLASS, help="of the class that is served")
    options = parser.parse_args()
    workers, pupils = options.workers, options.pupils
    with running("--workers", str(workers)) as server:
        size = Connection(server.port).ask(requests()[0])[1]
        with bare(size, workers) as yardstick:
            draw(server.port, pupils, 1, 0)
            ours, live, theirs = [], [], []
            for seed in range(options.rounds):
                ours.append(draw(server.port, pupils, options.seconds, seed))
                live.append(draw(server.port, pupils, options.seconds, seed, "--live"))
                theirs.append(draw(yardstick, pupils, options.seconds, seed))
            before = light(server.port, 3)
            crowd = draw(server.port, CROWD, options.seconds, 0)
            time.sleep(REST)
            after = light(server.port, 3)
            bare_crowd = draw(yardstick, CROWD, options.seconds, 0)
    rows = (
        _class(pupils, ours, theirs)
        + _live(pupils, live, ours)
        + _crowd(crowd, bare_crowd, options.seconds)
    )
    rows.append(Row(f"one alone, {REST:g} s after them, p95", after, "ms", None, before))
    title = f"A class that draws, {workers} worker{'s' if workers > 1 else ''}"
    print_rows(title, rows, as_json=options.json)


def _class(pupils: int, ours: list[Figures], theirs: list[Figures]) -> list[Row]:
    good, bare_good = better_half(ours), better_half(theirs)
    answered, asked = middle(good, "answered"), middle(good, "asked")
    return [
        Row(f"{pupils} pupils: answered", answered, "", None, middle(bare_good, "answered"), asked),
        Row("median", middle(good, "median"), "ms", None, middle(bare_good, "median")),
        Row("p95", middle(good, "p95"), "ms", 150, middle(bare_good, "p95")),
        Row("p95, all rounds", middle(ours, "p95"), "ms"),
        Row("the pupils' own share of a processor", middle(good, "cpu"), ""),
    ]


def _live(pupils: int, live: list[Figures], http: list[Figures]) -> list[Row]:
    good, over_http = better_half(live), better_half(http)
    answered, asked = middle(good, "answered"), middle(good, "asked")
    each = f"{pupils} pupils, live: "
    yardstick = middle(over_http, "answered")
    return [
        Row(each + "answered", answered, "", None, yardstick, asked),
        Row(each + "median", middle(good, "median"), "ms", None, middle(over_http, "median")),
        Row(each + "p95", middle(good, "p95"), "ms", None, middle(over_http, "p95")),
        Row(each + "p95, all rounds", middle(live, "p95"), "ms", None, middle(http, "p95")),
        Row(each + "their share of a processor", middle(good, "cpu"), ""),
    ]


def _crowd(ours: Figures, theirs: Figures, seconds: float) -> list[Row]:
    each = f"{CROWD} pupils: "
    return [
        Row(each + "asked a second", ours["asked"] / seconds, "/s"),
        Row(
            each + "answered a second",
            ours["answered"] / seconds,
            "/s",
            None,
            theirs["answered"] / seconds,
        ),
        Row(each + "p95 of the answered", ours["p95"], "ms", None, theirs["p95"]),
        Row(each + "refused with 503", ours["refused"], ""),
        Row(each + "refused without Retry-After", ours["unhelpful"], "", 0),
        Row(each + "p95 of the refused", ours["refusal_p95"], "ms"),
        Row(each + "the same, while all connect at once", ours["first_refusal_p95"], "ms"),
        Row(each + "neither answered nor refused", ours["missing"] + ours["other"], "", 0),
        Row(each + "their share of a processor", ours["cpu"], ""),
    ]


if __name__ == "__main__":
    main()
