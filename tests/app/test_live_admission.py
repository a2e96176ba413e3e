"""Who may open a live channel: this server's own pages, scripts, and whom the settings name."""

import socket
from contextlib import ExitStack

import pytest

from tests.app.drawings import SEVEN, body
from tests.app.test_protocol import exchange, parsed
from tests.channel import Channel, RefusedError, frame, handshake
from tests.server import running

ASK = ["untrained/trace"]
MESSAGE = {"number": 1, "strokes": SEVEN["strokes"], "ask": ASK}

REFUSED = {
    "a plain request": ({"upgrade": None, "connection": None}, 426, "not-upgraded"),
    "another protocol": ({"upgrade": "h2c"}, 426, "not-upgraded"),
    "no subprotocol": ({"sec_websocket_protocol": None}, 426, "not-upgraded"),
    "another version of ours": ({"sec_websocket_protocol": "convlens-0"}, 426, "not-upgraded"),
    "an odd subprotocol": ({"sec_websocket_protocol": "convlens-1, (x)"}, 426, "not-upgraded"),
    "another version of theirs": ({"sec_websocket_version": "8"}, 426, "not-upgraded"),
    "no key": ({"sec_websocket_key": None}, 426, "not-upgraded"),
    "half a key": ({"sec_websocket_key": "AAAA"}, 426, "not-upgraded"),
    "a very long origin": ({"origin": "http://" + "x" * 9_000}, 426, "not-upgraded"),
    "a body": ({"content_length": "3"}, 426, "not-upgraded"),
    "half an address": ({"host": "[::1", "origin": "http://localhost"}, 403, "wrong-origin"),
    "another page": ({"origin": "http://evil.example"}, 403, "wrong-origin"),
    "a page in a file": ({"origin": "null"}, 403, "wrong-origin"),
    "no page at all": ({"origin": "%%:x//"}, 403, "wrong-origin"),
    "another port": ({"host": "localhost:1", "origin": "http://localhost:2"}, 403, "wrong-origin"),
    "a name that ends alike": (
        {"host": "localhost", "origin": "http://xlocalhost"},
        403,
        "wrong-origin",
    ),
    "another name of this server's": (
        {"host": "localhost", "origin": "http://127.0.0.1"},
        403,
        "wrong-origin",
    ),
    "a proxy nobody trusts": (
        {"origin": "http://cnn.example", "x_forwarded_host": "cnn.example"},
        403,
        "wrong-origin",
    ),
    "another host": ({"host": "evil.example", "origin": "http://evil.example"}, 421, "wrong-host"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_refused_channel_is_told_why_and_others_are_served(quiet, right, what):
    headers, status, kind = REFUSED[what]
    with pytest.raises(RefusedError) as refused:
        Channel(quiet.port, **headers)
    answer = refused.value
    assert (answer.status, answer.problem["kind"]) == (status, kind)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    if status == 426:
        assert answer.headers["upgrade"] == "websocket"
        assert answer.problem["parameters"] == {"protocol": "convlens-1"}
    with Channel(quiet.port) as other:
        assert other.ask(MESSAGE).body == right


def test_a_connection_goes_on_after_a_wish_for_a_channel_that_was_none(quiet):
    wish = handshake(sec_websocket_key="AAAA")
    last = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    answer = exchange(quiet, wish + last)
    assert answer.startswith(b"HTTP/1.1 426 ")
    assert answer.count(b"HTTP/1.1 200 OK") == 1
    assert parsed(exchange(quiet, handshake("/healthz") + last))[0] == 200


OURS = [
    {"origin": None},
    {"origin": "http://localhost:80"},
    {"origin": "https://localhost"},  # a proxy that speaks TLS
    {"origin": "http://localhost:8123"},  # one that hands on a name without its port
    {"host": "127.0.0.1:8000", "origin": "http://127.0.0.1:8000"},
    {"host": "LOCALHOST:80", "origin": "HTTP://localhost"},
    {"host": "[::1]:8000", "origin": "http://[::1]:8000"},
    {"sec_websocket_protocol": "other, convlens-1"},
    {"connection": "keep-alive, Upgrade"},
    {"sec_websocket_extensions": "permessage-deflate; client_max_window_bits"},
]


@pytest.mark.parametrize("headers", OURS, ids=str)
def test_this_servers_own_pages_and_scripts_may_have_a_channel(quiet, right, headers):
    with Channel(quiet.port, **headers) as channel:
        assert channel.ask(MESSAGE).body == right


def test_a_channel_may_be_sent_to_before_it_is_open(quiet, right):
    """No browser does so; it must neither be lost nor break anything."""
    with socket.create_connection(("127.0.0.1", quiet.port), timeout=20) as connection:
        connection.sendall(handshake() + frame(body(MESSAGE)))
        data = b""
        while right not in data:
            data += connection.recv(1 << 18)
    assert data.startswith(b"HTTP/1.1 101 ")


def test_settings_say_which_other_pages_may_whom_to_believe_and_how_many(network_file, right):
    origins = {"CONVLENS_ALLOWED_ORIGINS": "https://two.example:8443, https://three.example"}
    options = ("--model", str(network_file), "--live-channels", "2")
    options += ("--allowed-origin", "https://one.example/", "--trusted-proxy", "127.0.0.1")
    with running(*options, environment=origins) as server:
        for origin in ("https://one.example", "https://two.example:8443", "https://three.example"):
            with Channel(server.port, origin=origin) as channel:
                assert channel.ask(MESSAGE).body == right
        for origin in ("http://one.example", "https://two.example", "https://one.example:444"):
            with pytest.raises(RefusedError, match="403"):
                Channel(server.port, origin=origin)
        through = {"origin": "https://cnn.example", "x_forwarded_host": "cnn.example"}
        with ExitStack() as stack:
            for address in ("192.0.2.1", "192.0.2.2, 127.0.0.1"):
                for _ in range(2):
                    channel = Channel(server.port, x_forwarded_for=address, **through)
                    assert stack.enter_context(channel).ask(MESSAGE).body == right
            for address in ("192.0.2.1", "192.0.2.2"):
                with pytest.raises(RefusedError) as refused:
                    Channel(server.port, x_forwarded_for=address)
                assert refused.value.status == 503
                assert refused.value.problem["kind"] == "many-channels"
                assert int(refused.value.headers["retry-after"]) > 0
        with Channel(server.port, x_forwarded_for="192.0.2.1") as channel:
            assert channel.ask(MESSAGE).body == right, "those that are gone are not counted"
        assert len(server.lines) == 1, server.output


@pytest.mark.parametrize("path", ["/sub/api/live", "/api/live"])
def test_under_a_root_path_it_works_whether_or_not_the_proxy_strips_it(network_file, right, path):
    with running("--model", str(network_file), "--root-path", "/sub") as server:
        with Channel(server.port, path) as channel:
            assert channel.ask(MESSAGE).body == right
            refusal = channel.refusal({**MESSAGE, "number": -1})
            assert refusal["problem"]["type"] == "/sub/api/docs#wrong-field"
        with pytest.raises(RefusedError) as refused:
            Channel(server.port, path, origin="null")
        assert refused.value.problem["type"] == "/sub/api/docs#wrong-origin"
