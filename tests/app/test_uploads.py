"""Bodies that are too large, too slow or too many, over a real socket."""

import asyncio
import socket
import time
import urllib.error
import urllib.request

import httpx
import pytest
from starlette.requests import Request

from app.settings import Limits, Settings
from app.uploads import Drain, Uploads
from tests.app.drawings import SEVEN, TRACE, png
from tests.app.local import Local
from tests.app.test_refusals import assert_problem

PNG = {"content-type": "image/png"}


def send_all_then_read(server, size, kind="image/png", path=TRACE):
    """Send as urllib does: everything, and only then the eyes are opened."""
    request = urllib.request.Request(
        server.url + path[1:], data=bytes(size), headers={"content-type": kind}
    )
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


@pytest.mark.parametrize(
    ("size", "kind", "path", "status"),
    [
        (21_000_000, "image/png", TRACE, 413),
        (60_000_000, "image/png", TRACE, 413),
        (3_000_000, "application/json", TRACE, 413),
        (10_000_000, "text/csv", TRACE, 415),
        (10_000_000, "image/png", "/api/models/nobody/trace", 404),
        (10_000_000, "image/png", "/api/models", 405),
        (10_000_000, "image/png", "/nothing", 404),
    ],
)
def test_who_sends_all_before_reading_reads_why_it_is_refused(server, size, kind, path, status):
    for _ in range(3):  # a reset is a matter of luck
        got, text = send_all_then_read(server, size, kind, path)
        assert got == status
        assert text


def app_with(network_file, **limits):
    return Local(Settings(models=(str(network_file),), limits=Limits(**limits)))


@pytest.fixture(autouse=True)
def _no_farewell(monkeypatch):
    monkeypatch.setattr(Drain, "QUIET", 0.01)


def half(local, begun, gate, data=bytes(2_000), kind="image/png"):
    """Send half a body, and the rest when the gate is opened."""

    async def parts():
        yield data[: len(data) // 2]
        begun.set()
        await gate.wait()
        yield data[len(data) // 2 :]

    return asyncio.ensure_future(
        local.client.post(TRACE, content=parts(), headers={"content-type": kind})
    )


@pytest.mark.parametrize("kind", ["application/json", "image/png"])
def test_half_a_body_is_not_waited_for_for_ever(network_file, kind):
    with app_with(network_file, json_seconds=0.05, image_seconds=0.1) as local:

        async def asked():
            return await half(local, asyncio.Event(), asyncio.Event(), kind=kind)

        answer = local.run(asked())
        assert_problem(answer, 408)
        assert answer.headers["connection"] == "close"
        assert local.post(TRACE, json=SEVEN).status_code == 200


def test_who_holds_half_sent_bodies_loses_them_to_those_who_send_theirs(network_file):
    data = png((400, 400))
    with app_with(network_file, all_bytes=int(1.2 * len(data))) as local:

        async def asked():
            first, second, gate = asyncio.Event(), asyncio.Event(), asyncio.Event()
            idle = [half(local, first, gate, data)]
            await first.wait()
            idle.append(half(local, second, gate, data))
            await second.wait()
            whole = await local.client.post(TRACE, content=data, headers=PNG)
            gate.set()
            return whole, await asyncio.gather(*idle)

        whole, idle = local.run(asked())
        assert whole.status_code == 200
        assert_problem(idle[0], 408)
        # nothing is held for ever: the same again finds the same room
        assert local.run(asked())[0].status_code == 200
        assert local.post(TRACE, json=SEVEN).status_code == 200


def test_who_makes_room_where_a_body_is_just_running_out_is_served():
    async def late():
        await asyncio.sleep(0.03)
        yield {"type": "http.request", "body": bytes(8), "more_body": True}
        yield {"type": "http.request", "body": b"", "more_body": False}

    async def slow():
        yield {"type": "http.request", "body": bytes(8), "more_body": True}
        await asyncio.Event().wait()

    async def read(messages, *, image):
        request = Request({"type": "http", "headers": []}, messages.__anext__)
        async with uploads.body(request, image=image) as body:
            return body

    async def both():
        slow_one = asyncio.ensure_future(read(slow(), image=False))
        late_one = asyncio.ensure_future(read(late(), image=True))
        await asyncio.sleep(0.01)
        time.sleep(0.1)  # now the late body and the end of the slow one come in one round
        return await asyncio.gather(slow_one, late_one, return_exceptions=True)

    uploads = Uploads(Limits(all_bytes=10, json_seconds=0.05))
    refused, body = asyncio.run(both())
    assert refused.kind == "body-too-slow"
    assert body == bytes(8)


def test_where_all_room_is_taken_by_what_is_worked_on_one_is_told_when_to_ask_again(network_file):
    with app_with(network_file, all_bytes=1_000) as local:

        async def asked():
            gate = asyncio.Event()
            gate.set()
            return await half(local, asyncio.Event(), gate, bytes(4_000))

        answer = local.run(asked())
        assert_problem(answer, 503)
        assert int(answer.headers["retry-after"]) > 0
        assert local.post(TRACE, json=SEVEN).status_code == 200


def test_a_half_sent_body_of_a_client_that_has_gone_is_forgotten(server):
    for _ in range(3):
        with socket.create_connection(("127.0.0.1", server.port)) as connection:
            connection.sendall(
                f"POST {TRACE} HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\n"
                "Content-Length: 19000000\r\n\r\n".encode()
                + bytes(1_000_000)
            )
    assert httpx.post(server.url + TRACE[1:], json=SEVEN, trust_env=False).status_code == 200
    assert "Traceback" not in server.output
