"""Several worker processes: ready when they say so, and gone when the first one is."""

import os
import signal
import time

import httpx
import pytest

from app.server import usual_workers
from tests.server import running

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's here")


def test_two_workers_answer_when_the_link_is_printed_and_stop_together(network_file):
    seen = []

    def at_once(server):
        seen.append(httpx.get(server.url + "healthz", trust_env=False).status_code)

    options = ("--model", str(network_file), "--workers", "2", "--root-path", "/sub")
    with running(*options, told=at_once) as server:
        assert seen == [200]
        for _ in range(6):
            assert httpx.get(server.url + "api/models", trust_env=False).json()[0]["id"]
        problem = httpx.get(server.url + "api/models/x", trust_env=False).json()
        assert problem["type"] == "/sub/api/docs#unknown-model"
        assert server.stop() == 0
        assert "Traceback" not in server.output


def test_ctrl_c_of_a_terminal_reaches_all_processes_and_ends_them_quietly(network_file):
    with running("--model", str(network_file), "--workers", "2", new_group=True) as server:
        os.killpg(server.process.pid, signal.SIGINT)
        assert server.process.wait(20) == 0
        assert server.output.count("\n") == 0, server.output


def test_as_it_comes_it_has_two_workers_where_there_are_two_cores(monkeypatch):
    for cores, workers in [(1, 1), (2, 2), (8, 2), (None, 1)]:
        monkeypatch.setattr(os, "cpu_count", lambda cores=cores: cores)
        assert usual_workers() == workers


def test_no_worker_outlives_a_first_process_that_is_killed(network_file):
    with running("--model", str(network_file), "--workers", "2") as server:
        server.process.send_signal(signal.SIGKILL)
        server.process.wait()
        for _ in range(400):
            try:
                httpx.get(server.url + "healthz", trust_env=False)
            except httpx.TransportError:
                return
            time.sleep(0.05)
        raise AssertionError("somebody still answers on the port")
