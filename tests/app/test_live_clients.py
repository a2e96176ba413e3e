"""What one client of the live channel does costs no other, and who may have none is told so."""

import os
import signal
import socket
import struct
import threading
import time
from contextlib import ExitStack

import httpx
import pytest

from tests.app.drawings import JSON, SEVEN, body
from tests.channel import PING, TEXT, Channel, ClosedError, RefusedError, frame, is_open
from tests.server import running, start

ASK = ["untrained/trace"]
MESSAGE = {"number": 1, "strokes": SEVEN["strokes"], "ask": ASK}
BRIEF = (
    "from app.sockets import SocketProtocol; SocketProtocol.PATIENCE = 0.5; "
    "import app.server as server; server.PING_EVERY = None"
)
"""A server that waits half a second for what is unfinished, and does not ping."""
PINGING = "import app.server as server; server.PING_EVERY = 0.5"
"""One that waits half a second for the answer to a ping."""


@pytest.fixture(scope="module")
def brief(network_file):
    with running("--model", str(network_file), first=BRIEF) as one:
        yield one
        assert len(one.lines) == 1, one.output


@pytest.fixture(scope="module")
def pinging(network_file):
    with running("--model", str(network_file), first=PINGING) as one:
        yield one
        assert len(one.lines) == 1, one.output


def send_until_cut(channel, data):
    """Send the same again and again, and read nothing."""
    try:
        while True:
            channel.raw(data)
    except (ConnectionResetError, BrokenPipeError):
        pass


def send_slowly(channel, data):
    """Send the same again and again for four seconds."""
    for _ in range(40):
        channel.raw(data)
        time.sleep(0.1)


def test_who_never_reads_is_cut_off_and_others_draw_on(pinging, right):
    questions = frame(body({**MESSAGE, "ask": ["untrained/variations", *ASK * 3]}))
    with Channel(pinging.port, small=True) as channel, Channel(pinging.port) as other:
        sender = threading.Thread(target=send_until_cut, args=(channel, questions))
        sender.start()
        while sender.is_alive():
            assert other.ask(MESSAGE).body == right
            sender.join(0.05)


def test_who_pings_and_never_reads_is_cut_off_too(pinging, right):
    with Channel(pinging.port, small=True) as channel:
        send_until_cut(channel, frame(b"x" * 125, PING) * 100)
    with Channel(pinging.port) as other:
        assert other.ask(MESSAGE).body == right


FLOODS = {
    "rubbish": frame(b"x"),
    "empty messages": frame(b""),
    "pings": frame(b"", PING),
    "questions": frame(body({**MESSAGE, "ask": ASK})),
}


@pytest.mark.parametrize("what", FLOODS)
def test_who_floods_makes_nobody_wait_for_more_than_his_turn(quiet, right, what):
    """While thousands of messages of one client wait, others are answered in between."""
    many = 2_000 if what == "questions" else 30_000
    came, ended = [], threading.Event()

    def take(channel):
        opcode = 0
        while len(came) < many and not ended.is_set():
            opcode, _ = channel._frame()
            came.append(opcode)

    with Channel(quiet.port) as flooder, Channel(quiet.port) as other:
        assert other.ask(MESSAGE).body == right
        taker = threading.Thread(target=take, args=(flooder,))
        sender = threading.Thread(target=flooder.raw, args=(FLOODS[what] * many,))
        taker.start()
        sender.start()
        while not came:
            pass
        for _ in range(3):
            assert other.ask(MESSAGE).body == right
        assert len(came) < many / 2, "the flood came first"
        ended.set()
        flooder.socket.shutdown(socket.SHUT_RDWR)
        sender.join()
        taker.join()


@pytest.fixture(autouse=True)
def ignore_threads_that_are_cut_off(recwarn):
    """A flooder's own connection may break while he still sends."""
    hook, threading.excepthook = threading.excepthook, lambda _: None
    yield
    threading.excepthook = hook


RUBBISH = {
    "no frame": b"\x16\x03\x01\x02\x00\x01\x00\xfc\r\n\r\n",
    "HTTP": b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "an unknown kind of frame": frame(b"x", 5),
    "reserved bits": b"\xf1" + frame(b"x")[1:],
    "no mask": b"\x81\x01x",
    "a ping in pieces": frame(b"x", PING, last=False),
    "a ping of 126 bytes": frame(b"x" * 126, PING),
    "the end of nothing": frame(b"x", 0),
    "a message within another": frame(b"x", last=False) + frame(b"x"),
    "a frame of 2^62 bytes": b"\x82\xff" + struct.pack(">Q", 2**62) + b"1234",
    "a farewell of one byte": frame(b"x", 8),
    "a farewell with a code that is none": frame(b"\x00\x01", 8),
}


@pytest.mark.parametrize("what", RUBBISH)
def test_what_is_no_websocket_ends_that_channel_alone(quiet, right, what):
    with Channel(quiet.port) as other:
        with Channel(quiet.port) as channel:
            channel.raw(RUBBISH[what])
            channel.last()
        assert other.ask(MESSAGE).body == right


@pytest.mark.parametrize(
    "half",
    [
        frame(b"{" * 500)[:200],
        frame(b"{", last=False),
        b"\x81",
        frame(body(MESSAGE)) + frame(b"{" * 500)[:9],
    ],
)
def test_half_a_message_is_not_waited_for_for_ever(brief, right, half):
    with Channel(brief.port) as channel, Channel(brief.port) as other:
        channel.ask(MESSAGE)
        channel.raw(half)
        channel.last()
        assert other.ask(MESSAGE).body == right


def test_a_message_that_goes_on_in_large_parts_is_not_waited_for_for_ever_either(brief, right):
    with Channel(brief.port) as channel, Channel(brief.port) as other:
        channel.raw(frame(b"{", last=False))
        with pytest.raises((ConnectionResetError, BrokenPipeError)):
            send_slowly(channel, frame(b" " * 1_800, 0, last=False))
        assert other.ask(MESSAGE).body == right


def test_a_message_in_endless_empty_parts_is_not_kept(quiet, right):
    with Channel(quiet.port, timeout=9) as channel, Channel(quiet.port) as other:
        begun, empty = frame(b"{", last=False), frame(b"", 0, last=False)
        channel.raw(begun + empty * 4_000)
        assert is_open(channel)
        channel.raw(empty * 100)
        assert channel.last() == 1006
        assert other.ask(MESSAGE).body == right


def test_who_leaves_in_the_middle_of_anything_harms_nobody(quiet, right):
    for sent in (b"", frame(b"{" * 500)[:200], frame(body(MESSAGE)), frame(body(MESSAGE)) * 50):
        with Channel(quiet.port) as channel:
            channel.raw(sent)
            channel.socket.setsockopt(
                socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)
            )  # cut, not closed
    with Channel(quiet.port) as other:
        assert other.ask(MESSAGE).body == right


def test_who_is_silent_is_asked_whether_he_is_there_and_let_go(pinging):
    with Channel(pinging.port) as silent, Channel(pinging.port) as there:
        answers = threading.Thread(target=there.last, daemon=True)
        answers.start()  # takes pings, and answers them
        assert silent._frame()[0] == PING
        assert silent.last() in (1011, 1006)
        assert answers.is_alive(), "who answers stays"
        there.socket.shutdown(socket.SHUT_RDWR)
        answers.join()


def test_channels_spread_over_workers_which_are_asked_about_the_same_weights(network_file, right):
    options = ("--model", str(network_file), "--workers", "2", "--live-channels", "3")
    with running(*options) as server, ExitStack() as stack:
        channels, late = [], time.monotonic() + 60
        while len(channels) < 6:  # three at each
            assert time.monotonic() < late, f"only {len(channels)} were let in, all by one worker"
            try:
                channels.append(stack.enter_context(Channel(server.port)))
            except RefusedError:
                time.sleep(0.02)  # the other one may still be starting
        edits = {"edits": [{"do": "set", "of": "conv2", "at": [3], "values": [0]}]}
        made = f"{server.url}api/models/untrained/variants"
        sha = httpx.post(made, json=edits, trust_env=False).json()["sha256"]
        changed = {channel.ask({**MESSAGE, "ask": [f"{ASK[0]}?weights={sha}"]}).body
                   for channel in channels}  # fmt: skip
        assert len(changed) == 1
        assert {channel.ask(MESSAGE).body for channel in channels} == {right}


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's here")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_with_sixty_channels_ends_at_once_and_quietly(network_file, right, workers):
    with running("--model", str(network_file), "--workers", workers) as server, ExitStack() as all_:
        read = [k not in range(50, 55) for k in range(60)]
        channels = [all_.enter_context(Channel(server.port, small=not one)) for one in read]
        for channel in channels[50:55]:  # these do not read what they asked for
            channel.raw(frame(body({**MESSAGE, "ask": ASK * 4})) * 40)
        for channel in channels[:50]:
            assert channel.ask(MESSAGE).body == right
        channels[55].raw(frame(b"{", last=False))
        assert server.stop(signal.SIGINT) in (0, -signal.SIGINT)
        # Uvicorn gives them three seconds, and says so when it has waited in vain.
        assert len(server.lines) == 1, server.output
        for channel in channels[:50]:
            with pytest.raises(ClosedError) as closed:
                channel.receive()
            assert closed.value.code == 1012


def test_a_server_that_comes_back_in_mid_stroke_is_sent_the_whole_drawing(network_file, right):
    first, second = SEVEN["strokes"]
    begun = {"number": 1, "strokes": [{**first, "points": first["points"][:1]}], "ask": ASK}
    with running("--model", str(network_file)) as server:
        with Channel(server.port) as channel:
            channel.ask(begun)
            server.stop(signal.SIGKILL)
            with pytest.raises((ClosedError, OSError)):
                channel.ask({"number": 2, "keep": 1, "more": first["points"][1:], "ask": ASK})
        again = start("--model", str(network_file), port=server.port)
        try:
            with Channel(again.port) as channel:
                lost = {"number": 2, "keep": 1, "more": first["points"][1:], "ask": ASK}
                assert channel.refusal(lost)["problem"]["kind"] == "out-of-step"
                channel.ask({"number": 3, "strokes": [first], "ask": ASK})
                answer = channel.ask({"number": 4, "keep": 1, "strokes": [second], "ask": ASK})
                assert answer.body == right
                assert is_open(channel)
        finally:
            again.stop()


def test_who_asks_too_much_is_told_when_to_ask_again_as_over_http(network_file, right):
    full = "import app.workers as workers; workers._MOST_WAITING['drawing'] = 0"
    with running("--model", str(network_file), first=full) as server:
        url = f"{server.url}api/models/untrained/variations"
        answer = httpx.post(url, content=body(SEVEN), headers=JSON, trust_env=False)
        assert answer.status_code == 503
        with Channel(server.port) as channel:
            refusal = channel.refusal({**MESSAGE, "ask": ["untrained/variations"]})
            seconds = int(answer.headers["retry-after"])
            assert refusal == {"number": 1, "problem": answer.json(), "retry_after": seconds}
            assert channel.ask(MESSAGE).body == right


def test_a_mistake_of_the_servers_is_logged_and_the_channel_goes_on(network_file, right):
    broken = (
        "import app.live as live; real = live.addressed; "
        "live.addressed = lambda ask, *more: real(ask, *more) if len(ask) == 1 else 1 / 0"
    )
    with running("--model", str(network_file), first=broken) as server:
        with Channel(server.port) as channel:
            refusal = channel.refusal({**MESSAGE, "ask": ASK * 2})
            assert (refusal["number"], refusal["problem"]["kind"]) == (1, "failure")
            assert channel.ask(MESSAGE).body == right
        server.until("ZeroDivisionError")


def test_a_frame_of_text_is_text(quiet):
    """A browser may decode what is said as text; what is not is a problem all the same."""
    with Channel(quiet.port) as channel:
        channel.raw(frame(b'{"number": 3, "ask": ["\xff"]}', TEXT))
        refusal = channel.receive()
        assert refusal["problem"]["kind"] == "not-json"
