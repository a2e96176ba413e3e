"""Over a real socket: what an in-process client cannot show."""

import json
import signal
import socket
import threading
import time

import httpx
import pytest

from tests.app.drawings import JSON, SEVEN, TRACE, body, png
from tests.server import running


def send(server, *parts, pause=0.0):
    """Send raw bytes and read until the server has answered."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        for part in parts:
            connection.sendall(part)
            time.sleep(pause)
        return connection.recv(65536).decode(errors="replace")


def head(length=None, kind="application/json"):
    size = f"Content-Length: {length}" if length is not None else "Transfer-Encoding: chunked"
    lines = (f"POST {TRACE} HTTP/1.1", "Host: localhost", f"Content-Type: {kind}", size, "", "")
    return "\r\n".join(lines).encode()


def assert_goes_on(server):
    assert httpx.post(server.url + TRACE[1:], json=SEVEN, trust_env=False).status_code == 200


@pytest.mark.parametrize("kind", ["application/json", "image/png"])
def test_a_body_that_says_it_is_too_large_is_refused_before_it_comes(server, kind):
    answer = send(server, head(10**9, kind))
    assert answer.startswith("HTTP/1.1 413")
    assert "application/problem+json" in answer
    assert_goes_on(server)


def test_a_body_that_does_not_say_how_large_it_is_is_read_up_to_the_limit(server):
    chunk = b"%x\r\n" % 100_000 + b" " * 100_000 + b"\r\n"
    answer = send(server, head(), *[chunk] * 30)
    assert answer.startswith("HTTP/1.1 413")
    assert_goes_on(server)


def test_a_large_upload_that_is_refused_still_gets_its_answer(server):
    data = png() + bytes(21_000_000)
    with httpx.Client(trust_env=False) as client:
        answer = client.post(
            server.url + TRACE[1:], content=data, headers={"content-type": "image/png"}
        )
        assert answer.status_code == 413
        assert client.get(server.url + "healthz").status_code == 200


def test_an_upload_that_stops_half_way_harms_nobody(server):
    for _ in range(3):
        with socket.create_connection(("127.0.0.1", server.port)) as connection:
            connection.sendall(head(1000) + body(SEVEN)[:50])
    assert_goes_on(server)
    assert "Traceback" not in server.output


def test_a_client_that_leaves_before_the_answer_harms_nobody(server):
    for _ in range(3):
        with socket.create_connection(("127.0.0.1", server.port)) as connection:
            connection.sendall(head(len(body(SEVEN))) + body(SEVEN))
    assert_goes_on(server)
    assert "Traceback" not in server.output


def test_a_body_that_comes_byte_by_byte_is_read(server):
    data = body(SEVEN)
    parts = [data[i : i + 10] for i in range(0, len(data), 10)]
    assert send(server, head(len(data)), *parts, pause=0.002).startswith("HTTP/1.1 200")


@pytest.mark.parametrize(
    "nonsense", [b"\x16\x03\x01\x02\x00\x01\x00", b"GET\r\n\r\n", b"GET / HTTP/1.1\r\nHost\r\n\r\n"]
)
def test_what_is_not_http_harms_nobody(server, nonsense):
    send(server, nonsense + b"\r\n\r\n")
    assert_goes_on(server)


def test_while_the_largest_requests_are_worked_on_the_server_answers_others(server):
    """The event loop goes on: heartbeats come back while every thread is at work."""
    drawing = body({"strokes": [{"points": [[i % 9 / 9, i % 7 / 7] for i in range(20)]}] * 1000})
    photograph = png((6000, 6000))
    done = threading.Event()
    working = []

    def keep_busy(data, kind):
        with httpx.Client(trust_env=False, timeout=60) as client:
            while not done.is_set():
                headers = {"content-type": kind}
                working.append(client.post(server.url + TRACE[1:], content=data, headers=headers))

    busy = [
        threading.Thread(target=keep_busy, args=what)
        for what in [(drawing, "application/json"), (photograph, "image/png")] * 2
    ]
    for thread in busy:
        thread.start()
    longest = 0.0
    with httpx.Client(trust_env=False, timeout=60) as client:
        for _ in range(40):
            started = time.perf_counter()
            assert client.get(server.url + "healthz").status_code == 200
            longest = max(longest, time.perf_counter() - started)
            time.sleep(0.01)
    done.set()
    for thread in busy:
        thread.join()
    slowest = max(one.elapsed.total_seconds() for one in working)
    assert {one.status_code for one in working} == {200}
    assert longest < slowest, "a heartbeat waited for a whole reading"


def test_a_server_stopped_while_it_reads_ends_cleanly(network_file):
    with running("--model", str(network_file)) as server:
        with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
            connection.sendall(head(1000) + b"{")
            time.sleep(0.2)
            assert server.stop(signal.SIGTERM) in (0, -signal.SIGTERM)
            assert b" 503 " in connection.recv(9999)
        assert "Traceback" not in server.output


def test_headers_name_no_product(server):
    answer = httpx.post(server.url + TRACE[1:], content=body(SEVEN), headers=JSON, trust_env=False)
    assert "server" not in answer.headers
    assert json.loads(httpx.get(server.url + "healthz", trust_env=False).text)["status"] == "ok"
