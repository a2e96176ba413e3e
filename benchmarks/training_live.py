"""What it costs to watch a training: against `convlens train`, and for somebody who only draws.

    python -m benchmarks.training_live --data DIR [--rounds 5] [--epochs 1] [--whole] [--json]

In turns, with the same number of workers: `convlens train lenet`, the same recipe trained by the
server, and again with twenty readers of its stream, one of which never reads. Images a second are
those of the metrics, which all three write. A light client asks for a trace ten times a second,
before a training and during one. `--whole` trains all epochs of the recipe once, to its accuracy.
Run it on a quiet machine.
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
    headers = {"Convlens-Token": TOKEN}
    answer = httpx.post(f"{server.url}api/runs", json=body, headers=headers, trust_env=False)
    answer.raise_for_status()
    run = runs.find(answer.json()["id"])
    assert run is not None
    return run


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


def light_client(server: Server, seconds: float) -> float:
    """Ask for a trace ten times a second; the 95th percentile in ms."""
    drawing = {"strokes": SAMPLES["digits"][0]["strokes"]}
    took = []
    late = time.monotonic() + seconds
    with httpx.Client(base_url=server.url, trust_env=False) as client:
        while time.monotonic() < late:
            started = time.perf_counter()
            client.post("api/models/lenet/trace", json=drawing).raise_for_status()
            took.append(1e3 * (time.perf_counter() - started))
            time.sleep(PAUSE)
    return percentile(took, 95)


def measure(data: Path, rounds: int, epochs: int, workers: int, *, whole: bool) -> list[Row]:
    """Run all in turns."""
    found: dict[str, list[float]] = {"command": [], "server": [], "read": []}
    idle: list[float] = []
    busy: list[float] = []
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
                found["command"].append(by_command(folder, data, epochs, workers))
                idle.append(light_client(server, 10))
                run = by_server(server, runs, epochs, workers)
                found["server"].append(await_end(run))
                run = by_server(server, runs, epochs, workers)
                with readers(server, run, READERS):
                    found["read"].append(await_end(run))
                run = by_server(server, runs, epochs, workers)
                while not run.status.step:
                    time.sleep(0.1)
                busy.append(light_client(server, 5))
                await_end(run)
            if whole:
                run = by_server(server, runs, 12, workers)
                await_end(run)
                accuracy = run.status.validation_accuracy or 0.0
                rows.append(Row("validation accuracy of lenet", 100 * accuracy, "%", least=98))
    speed = {name: statistics.median(values) for name, values in found.items()}
    alone = statistics.median(idle)
    pairs = zip(found["read"], found["server"], strict=True)
    kept = statistics.median(one / other for one, other in pairs)
    ratios = zip(found["server"], found["command"], strict=True)
    share = statistics.median(one / other for one, other in ratios)
    return [
        Row("convlens train", speed["command"], "1/s"),
        Row("by the server", speed["server"], "1/s", yardstick=speed["command"], ratio=share,
            times=0.85),
        Row("and 20 readers", speed["read"], "1/s", yardstick=speed["server"], ratio=kept,
            times=0.9),
        Row("a light client's p95, no training", alone, "ms"),
        Row("during one", statistics.median(busy), "ms", target=3 * alone, yardstick=alone),
        *rows,
    ]  # fmt: skip


def main() -> None:
    """Print the table."""
    about = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--data", type=Path, default=os.environ.get("CONVLENS_DATA"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--workers", type=int, default=max(1, (os.cpu_count() or 1) - 1))
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    if asked.data is None:
        parser.error("--data names the folder with MNIST's four files")
    rows = measure(asked.data, asked.rounds, asked.epochs, asked.workers, whole=asked.whole)
    load = json.dumps([round(one, 1) for one in os.getloadavg()])
    print_rows("A training that is watched", rows, as_json=asked.json, also={"load": load})


if __name__ == "__main__":
    main()
