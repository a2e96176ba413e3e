import re
from urllib.parse import quote

import pytest

from app.middleware import SubPath
from app.settings import Settings
from tests.app.drawings import SEVEN
from tests.app.local import Local
from tests.app.test_refusals import assert_problem

CSP = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'self'; "
    "form-action 'none'; frame-ancestors 'self'"
)
NAMED = "a file below the root that the page names"


@pytest.fixture(scope="module")
def below(network_file):
    """The application under a root path of two parts."""
    with Local(Settings(models=(str(network_file),), root_path="/a/b")) as app:
        yield app


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/healthz"),
        ("GET", "/api/models"),
        ("GET", "/api/models/untrained/weights"),
        ("GET", "/api/nothing"),
        ("GET", "/nothing"),
        ("GET", "/static/css/tokens.css"),
        ("GET", NAMED),
        ("POST", "/api/models/untrained/trace"),
        ("DELETE", "/api/models"),
        ("OPTIONS", "/api/models"),
    ],
)
def test_every_answer_binds_the_browser(local, method, path):
    if path == NAMED:
        path = "/" + re.search(r"static/[0-9a-f]{16}/js/first.js", local.get("/").text)[0]
    headers = local.request(method, path).headers
    assert headers.get_list("content-security-policy") == [CSP]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "server" not in headers


@pytest.mark.parametrize("prefix", ["/a/b", ""])
def test_under_a_root_path_all_works_whether_or_not_the_proxy_takes_it_off(below, prefix):
    assert below.get(f"{prefix}/healthz").status_code == 200
    assert below.get(f"{prefix}/").text.startswith("<!doctype html>")
    assert below.get(f"{prefix}/static/css/tokens.css").status_code == 200
    (root,) = set(re.findall(r'"../(static/[0-9a-f]{16})/', below.get(f"{prefix}/api/docs").text))
    sheet = below.get(f"{prefix}/{root}/css/tokens.css")
    assert (sheet.status_code, sheet.headers["cache-control"][-9:]) == (200, "immutable")
    assert below.post(f"{prefix}/api/models/untrained/trace", json=SEVEN).status_code == 200
    problem = below.get(f"{prefix}/api/models/nothing")
    assert problem.status_code == 404
    assert problem.json()["type"] == "/a/b/api/docs#unknown-model"
    assert 'href="../"' in below.get(f"{prefix}/x/nothing").text


def test_the_bare_root_path_leads_relatively_to_the_page(below):
    answer = below.get("/a/b?model=untrained")
    assert answer.status_code == 307
    assert answer.headers["location"] == "b/?model=untrained"
    assert str(answer.url.join(answer.headers["location"])) == "http://local/a/b/?model=untrained"


@pytest.mark.parametrize("name", ["a?b", "a#b", "ü", "a%20b"])
def test_a_bare_root_path_of_odd_signs_leads_there_too(network_file, name):
    with Local(Settings(models=(str(network_file),), root_path=f"/{name}")) as app:
        answer = app.get(f"/{quote(name)}")
        assert (answer.status_code, answer.headers["location"]) == (307, f"{quote(name)}/")


def test_a_path_that_only_looks_like_the_root_path_is_another(below):
    assert below.get("/a/bc").status_code == 404


@pytest.mark.parametrize("path", ["/", "/api/models", "/api/models/untrained/weights", "/healthz"])
def test_head_is_get_without_the_body(local, path):
    full, head = local.get(path), local.request("HEAD", path)
    assert head.status_code == 200
    assert head.content == b""
    for name in ("content-type", "content-length", "etag"):
        assert head.headers.get(name) == full.headers.get(name)


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/", "GET, HEAD, OPTIONS"),
        ("/api/models", "GET, HEAD, OPTIONS"),
        ("/api/models/untrained/trace", "OPTIONS, POST"),
        ("/static/css/tokens.css", "GET, HEAD, OPTIONS"),
    ],
)
def test_options_names_the_methods(local, path, methods):
    answer = local.request("OPTIONS", path)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["allow"] == methods


@pytest.mark.parametrize("path", ["/", "/api/models", "/api/models/untrained/trace"])
def test_a_query_of_very_many_parameters_is_refused_before_it_is_parsed(local, path):
    for count, status in ((100, 200), (101, 422)):
        query = "&".join(["a=1"] * count)
        method = "POST" if path.endswith("trace") else "GET"
        answer = local.request(method, f"{path}?{query}", json=SEVEN)
        assert answer.status_code == status
    problem = assert_problem(answer, 422)
    assert "has more than 100 parameters. Leave out those" in problem.detail


def test_options_of_nothing_is_not_found(local):
    assert local.request("OPTIONS", "/api/nothing").status_code == 404


def test_a_slash_too_many_is_not_redirected_to_an_absolute_url(local):
    assert local.get("/api/models/").status_code == 404


@pytest.mark.parametrize("path", ["/a/b/healthz", "/healthz"])
def test_the_application_sees_the_whole_path_in_either_case(local, path):
    seen = {}

    async def application(scope, receive, send):
        seen.update(scope)

    local.run(SubPath(application, "/a/b")({"type": "http", "path": path}, None, None))
    assert (seen["path"], seen["root_path"]) == ("/a/b/healthz", "/a/b")
