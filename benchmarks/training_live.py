"""What it costs to watch a training: against `convlens train`, and for somebody who only draws.

    python -m benchmarks.training_live --data DIR [--rounds 5] [--seconds 6] [--whole] [--json]

Each round trains `lenet` by `convlens train`, then the same by the server with as many workers.
Then the server begins a long training: in turns it has no reader and twenty, one of which never
reads, and in turns it stands still and learns while a light client asks for a trace ten times a
second. Images a second are those of metrics and status. Figures are medians of the rounds, ratios
those of the medians. `--whole` trains all epochs of the recipe once, to its accuracy. Five rounds
take about seven minutes on a quiet machine, which it needs.
"""

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx

from app.runs.folder import ENDED, Run, Runs
from app.runs.metrics import read
from benchmarks.pupils import percentile
from benchmarks.report import Row, print_rows
from benchmarks.server import SAMPLES
from tests.server import ROOT, Server, running

TOKEN = "a-token-of-a-benchmark"
READERS = 20
PAUSE = 0.1  # seconds between two questions of the light client
RECIPE = "plain"
LONG = 180  # epochs: more than it will ever come to
NAMES = (
    "convlens train",
    "by the server",
    "a long one by the server",
    f"and {READERS} readers",
    "a light client's p95, the training stands still",
    "while it learns",
)


def images_a_second(run: Run) -> float:
    """Tell it from the first and the last line of a step."""
    config, lines = run.config, [one for one in read(run.metrics) if one["kind"] == "step"]
    first, last = lines[0], lines[-1]
    steps = last["step"] - first["step"]
    return float(steps * config.recipe.batch_size / (last["seconds"] - first["seconds"]))


def by_command(folder: Path, data: Path, epochs: int, workers: int) -> float:
    """Train as people do in a terminal."""
    out = folder / "out.safetensors"
    words = ["-m", "app", "train", "lenet", "--recipe", RECIPE, "--epochs", str(epochs)]
    words += ["--workers", str(workers), "--data", str(data), "--out", str(out), "--overwrite"]
    environment = {**os.environ, "CONVLENS_RUNS": str(folder / "commands")}
    done = [sys.executable, *words]
    subprocess.run(done, cwd=ROOT, env=environment, check=True, capture_output=True)
    return images_a_second(Runs(folder / "commands").all()[0])


def by_server(server: Server, runs: Runs, epochs: int, workers: int) -> Run:
    """Begin a training there."""
    body = {"recipe": {"recipe": RECIPE, "epochs": epochs}, "workers": workers}
    run = runs.find(_post(server, "api/runs", body)["id"])
    assert run is not None
    return run


def wish(server: Server, run: Run, what: str, state: str) -> None:
    """Wish for something of a training, and wait until it is so."""
    _post(server, f"api/runs/{run.id}/wishes", {"wish": what})
    while run.status.state != state:
        time.sleep(0.05)


def _post(server: Server, path: str, body: dict[str, Any]) -> Any:
    headers = {"Convlens-Token": TOKEN}
    answer = httpx.post(server.url + path, json=body, headers=headers, trust_env=False)
    return answer.raise_for_status().json()


def await_end(run: Run) -> float:
    """Wait until it has ended; images a second."""
    while run.status.state not in ENDED:
        time.sleep(0.2)
    if run.status.state != "finished":
        raise RuntimeError(run.status.sentence)
    return images_a_second(run)


@contextmanager
def readers(server: Server, run: Run, count: int) -> Iterator[None]:
    """Let so many read along, and one more that does not read."""
    request = f"GET /api/runs/{run.id}/stream HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    with ExitStack() as stack:
        for number in range(count):
            one = stack.enter_context(socket.create_connection(("127.0.0.1", server.port)))
            one.sendall(request)
            if number:
                threading.Thread(target=_read, args=(one,), daemon=True).start()
        yield


def _read(one: socket.socket) -> None:
    try:
        while one.recv(65_536):
            pass
    except OSError:
        return


def light_client(server: Server, seconds: float) -> list[float]:
    """Ask for a trace ten times a second; how long each took, in ms."""
    drawing = {"strokes": SAMPLES["digits"][0]["strokes"]}
    took = []
    with httpx.Client(base_url=server.url, trust_env=False) as client:
        client.post("api/models/lenet/trace", json=drawing)  # it connects
        late = time.monotonic() + seconds
        while time.monotonic() < late:
            started = time.perf_counter()
            client.post("api/models/lenet/trace", json=drawing).raise_for_status()
            took.append(1e3 * (time.perf_counter() - started))
            time.sleep(PAUSE)
    return took


def watched(server: Server, run: Run, seconds: float) -> tuple[float, float]:
    """Images a second without readers and with them: in turns, first the one, then the other."""
    found: dict[int, list[float]] = {0: [], READERS: []}
    for count in (0, READERS, READERS, 0):
        before = run.status
        with readers(server, run, count):
            time.sleep(seconds)
            while (now := run.status).step == before.step:
                time.sleep(0.1)
        images = (now.step - before.step) * run.config.recipe.batch_size
        found[count].append(images / (now.seconds - before.seconds))
    return statistics.mean(found[0]), statistics.mean(found[READERS])


def felt(server: Server, run: Run, seconds: float) -> tuple[float, float]:
    """The light client's p95 while a training stands still and while it learns, in turns."""
    took: dict[str, list[float]] = {"paused": [], "running": []}
    for state in ("paused", "running", "running", "paused"):
        wish(server, run, "pause" if state == "paused" else "resume", state)
        took[state] += light_client(server, seconds)
    return percentile(took["paused"], 95), percentile(took["running"], 95)


def measure(data: Path, rounds: int, seconds: float, workers: int, *, whole: bool) -> list[Row]:
    """Run all in turns."""
    found: dict[str, list[float]] = {}
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        runs = Runs(folder / "runs")
        known = {
            "CONVLENS_RUNS": str(runs.path),
            "CONVLENS_DATA": str(data),
            "CONVLENS_TOKEN": TOKEN,
            "CONVLENS_TRAINING_MEGABYTES": "5000",
        }
        with running("--workers", "2", environment=known) as server:
            for _ in range(rounds):
                command = by_command(folder, data, 1, workers)
                trained = await_end(by_server(server, runs, 1, workers))
                run = by_server(server, runs, LONG, workers)
                while not run.status.step:
                    time.sleep(0.1)
                alone, read_ = watched(server, run, seconds)
                idle, busy = felt(server, run, seconds)
                wish(server, run, "stop", "stopped")
                values = (command, trained, alone, read_, idle, busy)
                for name, value in zip(NAMES, values, strict=True):
                    found.setdefault(name, []).append(value)
            if whole:
                run = by_server(server, runs, 12, workers)
                await_end(run)
                accuracy = run.status.validation_accuracy or 0.0
                rows.append(Row("validation accuracy of lenet", 100 * accuracy, "%", least=98))
    command, trained, alone, read_, idle, busy = (statistics.median(found[n]) for n in NAMES)
    return [
        Row(NAMES[0], command, "1/s"),
        Row(NAMES[1], trained, "1/s", yardstick=command, times=0.85),
        Row(NAMES[2], alone, "1/s"),
        Row(NAMES[3], read_, "1/s", yardstick=alone, times=0.9),
        Row(NAMES[4], idle, "ms"),
        Row(NAMES[5], busy, "ms", target=3 * idle, yardstick=idle),
        *rows,
    ]


def main() -> None:
    """Print the table."""
    about = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--data", type=Path, default=os.environ.get("CONVLENS_DATA"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=6, help="of each turn")
    parser.add_argument("--workers", type=int, default=max(1, (os.cpu_count() or 1) - 1))
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    if asked.data is None:
        parser.error("--data names the folder with MNIST's four files")
    rows = measure(asked.data, asked.rounds, asked.seconds, asked.workers, whole=asked.whole)
    load = json.dumps([round(one, 1) for one in os.getloadavg()])
    print_rows("A training that is watched", rows, as_json=asked.json, also={"load": load})


if __name__ == "__main__":
    main()
