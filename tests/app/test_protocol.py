"""What is refused before the application sees it keeps the promises, too."""

import json
import socket

import pytest

from app.protocol import MOST_HEAD
from app.schemas import Problem
from tests.app.test_middleware import CSP


def exchange(server, *parts):
    """Send raw bytes one after the other; everything that comes until the server closes."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        for part in parts:
            connection.sendall(part)
        data = b""
        while more := connection.recv(65536):
            data += more
        return data


def parsed(answer):
    head, _, body = answer.partition(b"\r\n\r\n")
    status, *lines = head.decode().split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines)
    return int(status.split()[1]), headers, body


def get(path="/healthz", *more):
    lines = (f"GET {path} HTTP/1.1", "Host: localhost", *more, "", "")
    return "\r\n".join(lines).encode()


LAST = get("/healthz", "Connection: close")
LONG = "x" * (MOST_HEAD + 1)

REFUSED = {
    "no HTTP": ((b"\x16\x03\x01\x02\x00\x01\x00\xfc\r\n\r\n",), 400, "not-http"),
    "another version": ((b"GET / HTTP/3.0\r\n\r\n",), 400, "not-http"),
    "a header without a colon": ((get("/healthz", "Host"),), 400, "not-http"),
    "two lengths": ((get("/", "Content-Length: 1", "Content-Length: 2"),), 400, "not-http"),
    "a path that is not ASCII": ((get("/").replace(b"/ ", b"/\xff\xfe "),), 400, "not-http"),
    "a long header": ((get("/", f"Cookie: {LONG}"),), 431, "head-too-large"),
    "many headers": ((get("/", *["a: b"] * 9_000),), 431, "head-too-large"),
    "a long path": ((get(f"/{LONG}"),), 431, "head-too-large"),
    "a head without end": (
        (b"GET / HTTP/1.1\r\nCookie: ", *[b"x" * 4096] * 30),
        431,
        "head-too-large",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_refused_before_it_is_a_request_is_a_problem_too(server, what):
    parts, status, kind = REFUSED[what]
    got, headers, body = parsed(exchange(server, *parts))
    assert got == status
    assert headers["content-type"] == "application/problem+json"
    assert headers["content-security-policy"] == CSP
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["connection"] == "close"
    problem = Problem.model_validate_json(body)
    assert (problem.status, problem.type) == (status, f"/api/docs#{kind}")
    assert LONG[:50].encode() not in body


def test_a_head_just_below_the_limit_is_read(server):
    answer = exchange(server, get("/healthz", f"Cookie: {LONG[:-200]}", "Connection: close"))
    assert parsed(answer)[0] == 200


UPGRADES = [
    ("Connection: Upgrade", "Upgrade: websocket"),
    ("Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAoAAA"),
    ("Upgrade: foo",),
]


@pytest.mark.parametrize("wish", UPGRADES)
@pytest.mark.parametrize("together", [True, False])
def test_who_asks_for_another_protocol_is_answered_in_this_one_and_goes_on(server, wish, together):
    said = len(server.lines)
    first = get("/healthz", *wish)
    answer = exchange(server, first + LAST) if together else exchange(server, first, LAST)
    assert answer.count(b"HTTP/1.1 200 OK") == 2
    assert answer.count(json.dumps({"status": "ok"})[1:-1].replace(" ", "").encode()) == 2
    assert server.lines[said:] == [], "nobody reads a warning about a websocket library"


def test_a_body_comes_with_the_wish_for_another_protocol(server):
    drawing = b'{"strokes": [{"points": [[0.5, 0.2], [0.5, 0.8]]}]}'
    head = (
        "POST /api/models/untrained/trace HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
        f"Upgrade: h2c\r\nContent-Type: application/json\r\nContent-Length: {len(drawing)}\r\n\r\n"
    )
    answer = exchange(server, head.encode() + drawing, LAST)
    assert answer.startswith(b"HTTP/1.1 200 OK")
    assert b'"status":"ok"' in answer


def test_nothing_that_is_refused_is_warned_of_in_the_log(server):
    said = len(server.lines)
    exchange(server, *REFUSED["no HTTP"][0])
    assert server.lines[said:] == []
