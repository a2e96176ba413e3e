"""Several processes on one port: said to be ready when one answers, and none outlives the first."""

import http.client
import multiprocessing
import os
import signal
import socket
import threading
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import wait
from urllib.parse import urlsplit

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from app.main import create_app
from app.settings import Settings
from app.variants import temporary_folder
from model.deaf import deaf

_PAUSE = 0.05  # seconds between two askings
_LOOKS = 10  # for a signal, between two askings whether all processes live


def create_worker() -> FastAPI:
    """Make the application of one of several processes; it ends when the first has ended."""
    first = multiprocessing.parent_process()
    if first is not None:
        threading.Thread(target=_end_after, args=(first.sentinel,), daemon=True).start()
    return create_app()


def supervise(
    config: uvicorn.Config,
    listener: socket.socket,
    settings: Settings,
    url: str,
    ready: Callable[[], None],
) -> bool:
    """
    Run the worker processes until ctrl-C or SIGTERM.

    Parameters
    ----------
    settings
        What the workers are told, beside the folder in which they leave each other weights.
    url
        Where this machine finds the server.
    ready
        Called, in a thread, once somebody answers there.

    Returns
    -------
    bool
        Whether anybody ever did.
    """
    several, answered = _Several(config, sockets=[listener]), threading.Event()

    def wait_for_answer() -> None:
        while not several.should_exit.wait(_PAUSE):
            if _answers(url):
                answered.set()
                ready()
                return

    threading.Thread(target=wait_for_answer, daemon=True).start()
    # Signals are held from here on, so that the folder is wiped whatever ends it.
    with temporary_folder() as variants:
        told = replace(settings, variants=settings.variants or variants)
        os.environ.update(told.to_environment())
        several.run()
    return answered.is_set()


class _Several(Multiprocess):
    """Processes that are deaf to ctrl-C: the first one ends them, without a traceback of theirs."""

    def run(self) -> None:
        """Start them, start others for those that die, and end them all at a signal, at once."""
        self.init_processes()
        while not self.should_exit.is_set():
            self._rest()
            self.handle_signals()
            self.keep_subprocess_alive()
        self.terminate_all()
        self.join_all()

    def _rest(self) -> None:
        """Wait half a second, or until a signal comes, which no lock may be taken to hear of."""
        for _ in range(_LOOKS):
            if self.signal_queue or self.should_exit.wait(_PAUSE):
                return

    def init_processes(self) -> None:
        with deaf():
            super().init_processes()

    def keep_subprocess_alive(self) -> None:
        with deaf():
            super().keep_subprocess_alive()


def _answers(url: str) -> bool:
    place = urlsplit(url)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=5)
    try:
        connection.request("GET", f"{place.path}healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _end_after(first: int) -> None:
    wait([first])
    os.kill(os.getpid(), signal.SIGTERM)
