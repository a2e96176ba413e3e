"""A real server in a process of its own, for the tests over HTTP and in the browser.

with running("--model", "net.safetensors") as server:
    httpx.get(server.url + "healthz")
"""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parents[1]
PATIENCE = 60  # seconds; a busy machine starts slowly


@dataclass
class Server:
    """A server that runs: where it is, and what it has printed."""

    process: subprocess.Popen[str]
    url: str = ""
    lines: list[str] = field(default_factory=list)

    @property
    def port(self) -> int:
        """The port that it took."""
        return httpx.URL(self.url).port or 80

    @property
    def output(self) -> str:
        """Everything printed so far, to either stream."""
        return "\n".join(self.lines)

    def until(self, text: str, seconds: float = 20) -> None:
        """Wait until it has printed this: what it writes comes a little after what it answers."""
        late = time.monotonic() + seconds
        while text not in self.output:
            assert time.monotonic() < late, f"{text} is not in: {self.output}"
            time.sleep(0.02)

    def stop(self, how: int = signal.SIGINT) -> int:
        """End it as ctrl-C does, and give its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        try:
            return self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()

    def read_output(self, told: threading.Event) -> None:
        """Collect what the process prints; tell when the URL is among it."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))
            if found := re.search(r"http://\S+", line):
                self.url = self.url or found.group()
                told.set()
        told.set()


def start(
    *arguments: str,
    port: int = 0,
    command: tuple[str, ...] = ("serve",),
    environment: dict[str, str] | None = None,
    folder: Path = ROOT,
    told: Callable[["Server"], None] = lambda _: None,
    new_group: bool = False,
    first: str = "",
) -> Server:
    """
    Start `convlens serve` with these arguments and wait until it answers.

    One worker process, which starts quicker, unless they say how many. `told` is called at once
    when it has printed its link; `first` is Python that runs in it before all else, to shorten a
    time that nobody could wait for.
    """
    if "--workers" not in arguments:
        arguments = ("--workers", "1", *arguments)
    process = subprocess.Popen(
        [sys.executable, *_program(first), *command, "--port", str(port), *arguments],
        cwd=folder,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=new_group,
    )
    server, printed = Server(process), threading.Event()
    threading.Thread(target=server.read_output, args=(printed,), daemon=True).start()
    if not printed.wait(PATIENCE) or not server.url:
        server.stop()
        raise RuntimeError(f"The server did not start. It said:\n{server.output}")
    told(server)
    _wait_for_health(server)
    return server


def _program(first: str) -> tuple[str, str]:
    return ("-c", f"{first}; from app.__main__ import main; main()") if first else ("-m", "app")


def apart(folder: Path, **more: str) -> dict[str, str]:
    """Give the environment of a server that keeps all it has in this folder: sets, runs, caches."""
    homes = {"XDG_CACHE_HOME": str(folder / "cache"), "XDG_DATA_HOME": str(folder / "data")}
    kept = {"CONVLENS_RUNS": str(folder / "runs"), "CONVLENS_DATA": str(folder / "sets")}
    return kept | homes | more


@contextmanager
def running(*arguments: str, **more: Any) -> Iterator[Server]:
    """Run a server for as long as the block lasts."""
    server = start(*arguments, **more)
    try:
        yield server
    finally:
        server.stop()
        if server.process.stdout is not None:
            server.process.stdout.close()


def _wait_for_health(server: Server) -> None:
    deadline = time.monotonic() + PATIENCE
    with httpx.Client(trust_env=False) as client:
        while time.monotonic() < deadline:
            try:
                if client.get(server.url + "healthz").is_success:
                    return
            except httpx.TransportError:
                time.sleep(0.05)
    server.stop()
    raise RuntimeError(f"The server does not answer. It said:\n{server.output}")
