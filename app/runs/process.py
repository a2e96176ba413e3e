"""A process that trains a run: started, watched for signs of life, told to end, killed."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

from app.runs.folder import Run

_ROOT: Final = Path(__file__).parents[2]
_SECRET: Final = "CONVLENS_TOKEN"


class Process:
    """
    A process that trains, and its helpers.

    Attributes
    ----------
    silent : seconds since it last showed a sign of life, of those in which somebody looked.
    """

    def __init__(self, run: Run) -> None:
        self._run, self._sign, self.silent = run, 0.0, 0.0
        environment = {name: value for name, value in os.environ.items() if name != _SECRET}
        with (run.path / "log.txt").open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "app.runs.trainer", str(run.path.absolute())],
                cwd=_ROOT,
                env=environment,
                stdin=subprocess.PIPE,  # it ends when this does
                stdout=log,
                stderr=log,
                # A group, since ctrl-C is for the server; in its session, since Linux shares cores
                # out between sessions first, and a low priority counts within one only.
                process_group=0,
            )

    @property
    def ended(self) -> bool:
        """Whether it is there no more."""
        return self._process.poll() is not None

    @property
    def died(self) -> bool:
        """Whether it ended otherwise than it should."""
        return bool(self._process.poll())

    def watch(self, seconds: float) -> None:
        """Look for a sign of life, so many seconds after the last look: it touches its lock."""
        self.silent += seconds
        with suppress(OSError):
            sign = self._run.lock.stat().st_mtime
            if sign != self._sign:
                self._sign, self.silent = sign, 0.0

    def leave(self) -> None:
        """Close its standard input: the sign for it to keep all and end."""
        if self._process.stdin is not None:
            with suppress(OSError):
                self._process.stdin.close()

    def await_end(self, patience: float) -> None:
        """Wait until it has ended, so many seconds at the most; then it is killed."""
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self.kill()
            with suppress(subprocess.TimeoutExpired):  # what waits for a broken disk stays
                self._process.wait(patience)

    def kill(self) -> None:
        """End it and its helpers, whatever they do."""
        if os.name == "posix":
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        else:
            self._process.kill()
