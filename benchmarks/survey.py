"""How soon the test images are read, and what somebody who only draws notices of it.

    python -m benchmarks.survey --data DIR [--rounds 7] [--json]

Two workers serve. Each round has a light client ask for a trace a hundred times, first alone, then
while one survey after the other is made of weights that nobody has read with. Once at the start,
when the process that reads is not there yet, and in each round the time from the first question to
the whole answer is taken. Then maps are laid out by a small layer and by the largest, of weights
that nobody has read with, and somebody asks without pause what is nearest to a drawing. Figures are
medians of the rounds.
"""

import argparse
import json
import os
import statistics
import threading
import time
from pathlib import Path

import httpx

from benchmarks.pupils import percentile
from benchmarks.report import Row, print_rows
from benchmarks.server import SAMPLES
from tests.server import Server, running

QUESTIONS = 100
PAUSE = 0.02
LOOK = 0.1  # seconds between two looks, as the page has


def variant(client: httpx.Client, number: int) -> str:
    """Make weights that nobody has asked yet."""
    edits = [{"do": "add", "of": "fc3.bias", "at": [0], "values": [number / 1000]}]
    answer = client.post("api/models/lenet/variants", json={"edits": edits})
    digest: str = answer.raise_for_status().json()["sha256"]
    return digest


def survey(client: httpx.Client, weights: str, what: str = "readings?") -> float:
    """Have the set read, or laid out; seconds until all is here."""
    started = time.perf_counter()
    path = f"api/models/lenet/{what}weights={weights}"
    while (answer := client.get(path)).status_code == 202:
        time.sleep(LOOK)
    answer.raise_for_status()
    return time.perf_counter() - started


def maps(client: httpx.Client, number: int) -> tuple[float, float]:
    """Have the set read and laid out by two layers of new weights; seconds of each."""
    weights = variant(client, number)
    started = time.perf_counter()
    survey(client, weights)
    survey(client, weights, "map?layer=relu4&")
    both = time.perf_counter() - started
    return both, survey(client, weights, "map?layer=conv1&")


def nearest(server: Server, over: threading.Event, times: list[float]) -> None:
    """Ask what is nearest to a drawing in the largest layer, one question after the other; ms."""
    path, digits = "api/models/lenet/neighbours?layer=conv1", SAMPLES["digits"]
    with httpx.Client(base_url=server.url, trust_env=False, timeout=60) as client:
        while not over.is_set():
            drawing = {"strokes": digits[len(times) % len(digits)]["strokes"]}
            started = time.perf_counter()
            client.post(path, json=drawing).raise_for_status()
            times.append(1e3 * (time.perf_counter() - started))


def light(server: Server) -> float:
    """The p95 of a client that only draws, ms."""
    drawing = {"strokes": SAMPLES["digits"][0]["strokes"]}
    took = []
    with httpx.Client(base_url=server.url, trust_env=False) as client:
        client.post("api/models/lenet/trace", json=drawing)  # it connects
        for _ in range(QUESTIONS):
            started = time.perf_counter()
            client.post("api/models/lenet/trace", json=drawing).raise_for_status()
            took.append(1e3 * (time.perf_counter() - started))
            time.sleep(PAUSE)
    return percentile(took, 95)


def measure(data: Path, rounds: int) -> list[Row]:
    """Run all in turns."""
    number, times, alone, beside = 1, [], [], []
    laid: list[tuple[float, float]] = []
    found: list[float] = []
    drawn = []
    over = threading.Event()
    with (
        running("--workers", "2", "--data", str(data)) as server,
        httpx.Client(base_url=server.url, trust_env=False, timeout=60) as client,
    ):
        first = survey(client, variant(client, 0))

        def read_on() -> None:
            nonlocal number
            while not over.is_set():
                times.append(survey(client, variant(client, number)))
                number += 1

        for _ in range(rounds):
            alone.append(light(server))
            over.clear()
            thread = threading.Thread(target=read_on)
            thread.start()
            beside.append(light(server))
            over.set()
            thread.join()
            laid.append(maps(client, 10_000 + number))
            survey(client, client.get("api/models/lenet").json()["sha256"], "map?layer=conv1&")
            over.clear()
            thread = threading.Thread(target=nearest, args=(server, over, found))
            thread.start()
            drawn.append(light(server))
            over.set()
            thread.join()
    quiet, busy = statistics.median(alone), statistics.median(beside)
    return [
        Row("the set is read, the first time", first, "s", target=3),
        Row("and by a process that is there", statistics.median(times), "s", target=3),
        Row("a light client's p95, alone", quiet, "ms"),
        Row("while sets are read", busy, "ms", target=quiet + 20, yardstick=quiet),
        Row("read, and laid out by relu4", statistics.median(a for a, _ in laid), "s", target=3),
        Row("laid out by conv1, too", statistics.median(b for _, b in laid), "s", target=3),
        Row("nearest to a drawing in conv1, p95", percentile(found, 95), "ms"),
        Row(
            "a light client's p95 meanwhile",
            statistics.median(drawn),
            "ms",
            target=quiet + 20,
            yardstick=quiet,
        ),
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, default=os.environ.get("CONVLENS_DATA"))
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    if asked.data is None:
        parser.error("--data names the folder with MNIST's four files")
    load = json.dumps([round(one, 1) for one in os.getloadavg()])
    rows = measure(asked.data, asked.rounds)
    print_rows("Surveys of a set", rows, as_json=asked.json, also={"load": load})


if __name__ == "__main__":
    main()
