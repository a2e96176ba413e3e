"""Names under which the server answers: a page that is elsewhere must not read what is here."""

import shlex
import socket
import time

import httpx
import pytest

from app.host_names import address_in_network
from app.settings import Settings
from tests.app.drawings import JSON, SEVEN, body
from tests.app.local import Local
from tests.server import ROOT, running

HERE = socket.gethostname()
FOREIGN = [
    "evil.example",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "xlocalhost",
    "",
    "[",
]


def status_of(local, host, over, path="/healthz"):
    """Ask under a name, as if over this address of the machine."""

    async def asked():
        async def app(scope, receive, send):
            await local._with_state({**scope, "server": (over, 8000)}, receive, send)

        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://local") as client:
            return await client.get(path, headers={"host": host})

    return local.run(asked())


@pytest.fixture(scope="module")
def named(network_file):
    hosts = ("Convlens.Example.", "https://second.example:8443/x", "192.0.2.7")
    with Local(Settings(models=(str(network_file),), allowed_hosts=hosts)) as app:
        yield app


LOOPBACK = ["localhost", "LocalHost:8000", "localhost.", "127.0.0.1", "127.0.0.1:80", "127.8.9.1"]
LOOPBACK += ["[::1]", "[::1]:8000", "[::ffff:127.0.0.1]", "0.0.0.0:8000", "a.localhost:1", HERE]


@pytest.mark.parametrize("over", ["127.0.0.1", "::1", "127.0.1.1", "::ffff:127.0.0.1"])
@pytest.mark.parametrize("host", LOOPBACK)
def test_over_the_loopback_its_own_names_are_answered(local, host, over):
    assert status_of(local, host, over).status_code == 200


@pytest.mark.parametrize("over", ["127.0.0.1", "::1"])
@pytest.mark.parametrize("host", [*FOREIGN, "192.168.1.5", "[2001:db8::1]", "convlens.example"])
def test_over_the_loopback_other_names_are_refused_with_the_setting_that_mends_it(
    local, host, over
):
    answer = status_of(local, host, over, "/api/models")
    assert answer.status_code == 421
    assert answer.json()["type"] == "/api/docs#wrong-host"
    assert "--allowed-host NAME" in answer.json()["detail"]
    assert "CONVLENS_ALLOWED_HOSTS" in answer.json()["detail"]
    assert "evil" not in answer.text


def test_who_opens_the_page_under_a_wrong_name_reads_why(local):
    answer = status_of(local, "convlens.example", "127.0.0.1", "/")
    assert answer.status_code == 421
    assert "--allowed-host NAME" in answer.text
    assert answer.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("over", ["127.0.0.1", "192.168.1.5"])
@pytest.mark.parametrize(
    "host", ["convlens.example", "CONVLENS.example:443", "second.example.", "192.0.2.7", *LOOPBACK]
)
def test_names_that_are_allowed_are_answered_beside_the_machines_own(named, host, over):
    assert status_of(named, host, over).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["192.168.1.5:8000", "[2001:db8::1]:8000", HERE, f"{HERE}.local", "pc-12.school.example"],
)
def test_a_class_reaches_it_over_the_network_under_whatever_name_leads_there(local, host):
    assert status_of(local, host, "192.168.1.5").status_code == 200
    assert status_of(local, host, "2001:db8::1").status_code == 200


def test_where_names_are_allowed_others_are_refused_over_the_network_too(named):
    assert status_of(named, "evil.example", "192.168.1.5").status_code == 421
    assert status_of(named, "192.168.1.5", "192.168.1.5").status_code == 200
    assert status_of(named, HERE, "192.168.1.5").status_code == 200


@pytest.mark.parametrize("said", ["*.example", "two words.example", "", "/"])
def test_what_is_no_host_is_not_allowed(said):
    with pytest.raises(ValueError, match="An allowed host is a name"):
        Settings(allowed_hosts=(said,))


def recipe():
    """The command of the README's proxy recipe, and the name that its proxy hands on."""
    lines = (ROOT / "app" / "README.md").read_text(encoding="utf-8").splitlines()
    (line,) = [one for one in lines if "--root-path" in one and one.count("--allowed-host") == 1]
    assert any("proxy_set_header Host $host;" in one for one in lines)
    arguments = shlex.split(line)[2:]
    return arguments, arguments[arguments.index("--allowed-host") + 1]


def test_the_recipe_for_a_proxy_that_hands_the_name_on_works(network_file):
    arguments, name = recipe()
    environment = {"CONVLENS_ALLOWED_HOSTS": "two.example, three.example"}
    with running("--model", str(network_file), *arguments, environment=environment) as server:
        path = f"http://127.0.0.1:{server.port}/api/models/untrained/trace"
        for host, status in [
            (name, 200),
            ("two.example:443", 200),
            ("three.example", 200),
            ("four.example", 421),
            (f"127.0.0.1:{server.port}", 200),
        ]:
            headers = {**JSON, "host": host, "x-forwarded-proto": "https"}
            answer = httpx.post(path, content=body(SEVEN), headers=headers, trust_env=False)
            assert answer.status_code == status, host


def test_whoever_lets_the_network_in_is_told_who_can_come_and_where(network_file):
    with running("--model", str(network_file), "--host", "0.0.0.0") as server:
        while len(server.lines) < 2:
            time.sleep(0.01)
        first, second = server.lines
        assert first.startswith("Convlens is at http://127.0.0.1:")
        assert second.startswith("Everybody in your network can reach it, at http://")
        assert "127.0.0.1" not in second
        assert "0.0.0.0" not in second
        assert second.endswith(f":{server.port}/")
        if address_in_network() is not None:  # there is a network
            theirs = httpx.URL(second.rpartition(" ")[2])
            assert httpx.get(theirs.join("healthz"), trust_env=False).status_code == 200
