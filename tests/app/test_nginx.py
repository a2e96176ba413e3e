"""Behind nginx, as the README says: with and without live channels, under whatever name."""

import re
from pathlib import Path

import httpx
import pytest

from tests.app.drawings import JSON, SEVEN, body
from tests.channel import Channel, RefusedError
from tests.nginx import HELP, installed, proxy
from tests.server import ROOT, running

pytestmark = pytest.mark.skipif(installed() is None, reason=HELP)

NAME = "cnn.example"
MESSAGE = {"number": 1, "strokes": SEVEN["strokes"], "ask": ["untrained/trace"]}
HOST = "proxy_set_header Host $host;"
FORWARDED = "proxy_set_header X-Forwarded-Host $http_host;"


def recipe(server):
    """The README's location, which leads to this server."""
    text = (ROOT / "app" / "README.md").read_text(encoding="utf-8")
    (found,) = re.findall(r"^```nginx\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    assert HOST in found
    return found.replace("127.0.0.1:8000", f"127.0.0.1:{server.port}")


def without(text, word):
    """The same without the lines that have this word."""
    return "\n".join(line for line in text.splitlines() if word not in line)


def stripping(text):
    """The same, but that the proxy takes the prefix off."""
    return re.sub(r"(proxy_pass [^;]*);", r"\1/;", text)


PROXIES = {
    "as the README says": lambda text: text,
    "taking the prefix off": stripping,
    "keeping the name": lambda text: without(text, HOST),
    "saying the name elsewhere": lambda text: text.replace(HOST, FORWARDED),
    "letting no channel through": lambda text: without(without(text, "grade"), "http_version"),
}


@pytest.fixture(scope="module")
def behind(network_file, tmp_path_factory):
    """Ports of nginx, by what it does; all lead to one server."""
    folder: Path = tmp_path_factory.mktemp("nginx")
    options = ("--model", str(network_file), "--root-path", "/lens", "--allowed-host", NAME)
    options += ("--allowed-origin", "https://allowed.example", "--trusted-proxy", "127.0.0.1")
    with running(*options) as server:
        texts = [change(recipe(server)) for change in PROXIES.values()]
        with proxy(folder, texts) as ports:
            yield dict(zip(PROXIES, ports, strict=True))
        assert len(server.lines) == 1, server.output


def over_http(port, name=NAME):
    """What HTTP answers through the same proxy."""
    url = f"http://127.0.0.1:{port}/lens/api/models/untrained/trace"
    headers = {**JSON, "host": f"{name}:{port}"}
    answer = httpx.post(
        url, content=body({"strokes": SEVEN["strokes"]}), headers=headers, trust_env=False
    )
    assert answer.status_code == 200, answer.text
    return answer.content


def opened(port, origin):
    """A channel through the proxy, for a page of this origin."""
    return Channel(port, "/lens/api/live", host=f"{NAME}:{port}", origin=origin)


@pytest.mark.parametrize("what", list(PROXIES)[:2] + list(PROXIES)[3:4])
def test_a_page_behind_the_proxy_has_a_channel(behind, what):
    port = behind[what]
    with opened(port, f"http://{NAME}:{port}") as channel:
        assert channel.ask(MESSAGE).body == over_http(port)
        assert channel.refusal({"number": 1, "keep": 9, "ask": []})["problem"]["status"] == 409
        assert channel.ask(MESSAGE).body == over_http(port)


@pytest.mark.parametrize("what", list(PROXIES)[:4])
def test_a_page_of_others_has_none_behind_the_proxy_either(behind, what):
    with pytest.raises(RefusedError) as refused:
        opened(behind[what], "http://evil.example")
    assert (refused.value.status, refused.value.problem["kind"]) == (403, "wrong-origin")


def test_where_the_proxy_keeps_the_name_the_page_must_be_allowed_and_has_http_meanwhile(behind):
    port = behind["keeping the name"]
    with pytest.raises(RefusedError) as refused:
        opened(port, f"http://{NAME}:{port}")
    assert (refused.value.status, refused.value.problem["kind"]) == (403, "wrong-origin")
    with opened(port, "https://allowed.example") as channel:
        assert channel.ask(MESSAGE).body == over_http(port)


def test_where_the_proxy_lets_no_channel_through_the_page_is_told_and_has_http(behind):
    port = behind["letting no channel through"]
    with pytest.raises(RefusedError) as refused:
        opened(port, f"http://{NAME}:{port}")
    assert (refused.value.status, refused.value.problem["kind"]) == (426, "not-upgraded")
    assert over_http(port)
