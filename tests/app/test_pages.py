"""What every page of ours promises: nothing foreign, nothing inline, nothing absolute."""

import json
import re
import shutil
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from app import pages
from app.errors import PROBLEMS
from app.paths import resource_folder
from app.settings import Settings
from model import Network, load_network
from model.checkpoint import save
from tests.app.local import Local

PAGES = [
    "/",
    "/?model=untrained",
    "/operations",
    "/lessons",
    "/questions",
    "/learning",
    "/learning?model=untrained",
    "/card",
    "/card?model=untrained",
    "/api/docs",
    "/nothing",
    "/deep/er/nothing",
    "/static/nothing",
]
LOADS = {"link", "script", "img", "iframe", "source", "audio", "video", "object", "embed", "use"}


class Reader(HTMLParser):
    """Collects what a page refers to, and what a Content-Security-Policy would forbid."""

    def __init__(self, text):
        super().__init__()
        self.urls, self.loaded, self.forbidden, self.ids = [], [], [], []
        self.inside, self.data = "", {}
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.inside = tag
        if tag == "script" and ("type", "application/json") in attributes:
            self.inside = dict(attributes)["id"]
        for name, value in attributes:
            if name in {"href", "src", "action", "data", "poster"}:
                self.urls.append(value)
                if tag in LOADS:
                    self.loaded.append(value)
            if name == "id":
                self.ids.append(value)
            if name == "style" or name.startswith("on"):
                self.forbidden.append((tag, name, value))
        if tag == "style":
            self.forbidden.append((tag, "", ""))

    def handle_endtag(self, tag):
        self.inside = ""

    def handle_data(self, data):
        if self.inside == "script" and data.strip():
            self.forbidden.append(("script", "", data))
        elif self.inside in self.ids:
            self.data[self.inside] = data


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_html_and_refers_to_nothing_absolute_or_foreign(local, path):
    answer = local.get(path)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    page = Reader(answer.text)
    assert page.urls
    for url in page.urls:
        assert "//" not in url, url
        assert not url.startswith("/"), url


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_inline_script_or_style(local, path):
    assert Reader(local.get(path).text).forbidden == []


@pytest.mark.parametrize("path", PAGES)
def test_everything_that_a_page_loads_is_there(local, path):
    answer = local.get(path)
    loaded = [url for url in Reader(answer.text).loaded if not url.startswith("#")]
    assert loaded
    for url in loaded:
        assert local.get(str(answer.url.join(url))).status_code == 200, url


def test_the_page_comes_with_its_network_as_the_api_describes_it(local, network_file):
    spec = local.get("/api/models/untrained").json()
    assert json.loads(Reader(local.get("/").text).data["start"])["model"] == spec
    hostile = network_file.with_name("hostile.safetensors")
    title = "</script><script>alert(1)</script>"
    network = load_network(network_file)
    save(hostile, Network(replace(network.spec, title=title), network.parameters), {})
    with Local(Settings(models=(str(hostile),))) as other:
        page = Reader(other.get("/").text)
    assert page.forbidden == []
    assert json.loads(page.data["start"])["model"]["title"] == title


def test_what_the_page_fetches_later_is_there_and_is_not_what_it_has_already(local):
    answer = local.get("/")
    page = Reader(answer.text)
    start = json.loads(page.data["start"])
    later = start["later"] + start["wanted"]
    root = page.loaded[0].rpartition("icons/")[0]
    assert {"css/later.css", "js/page/later.js", "js/page/compare.js"} <= set(later)
    assert len(later) == len(set(later))
    assert not {root + path for path in later} & set(page.loaded)
    for path in later:
        assert local.get(f"/{root}{path}").headers["cache-control"].endswith("immutable"), path


def test_the_samples_stand_in_the_page_with_all_their_points(local):
    text = local.get("/").text
    found = {
        digit: [
            ([[float(at) for at in point.split(",")] for point in points.split(" ")], float(width))
            for points, width in re.findall(r'points="([^"]*)" stroke-width="([^"]*)"', picture)
        ]
        for digit, picture in re.findall(
            r'class="sample" value="(.)"[^>]*><svg[^>]*>(.*?)</svg>', text, re.DOTALL
        )
    }
    digits = local.get("/static/samples.json").json()["digits"]
    assert found == {
        str(one["digit"]): [(stroke["points"], stroke["width"]) for stroke in one["strokes"]]
        for one in digits
    }
    assert not any(stroke["erase"] for one in digits for stroke in one["strokes"])


def test_a_page_is_told_no_words_that_only_templates_say(local):
    told = json.loads(Reader(local.get("/").text).data["start"])["messages"]
    assert "model.card" in told
    assert not [key for key in told if key.startswith(("card.", "help.", "lessons.", "pages."))]


def test_one_page_has_no_bar_of_pages_and_of_two_it_says_which_is_open(local, monkeypatch):
    page = local.get("/").text
    bar = page.partition('aria-label="Pages">')[2].partition("</nav>")[0]
    links = re.findall(r'<a href="(.*?)" (.*?)>(.*?)</a>', bar)
    assert links == [
        ("./", 'aria-current="page"', "Network"),
        ("operations", "", "Operations"),
        ("lessons", "", "Lessons"),
        ("questions", "", "Questions"),
        ("learning", "", "Learning"),
        ("mistakes", "", "Mistakes"),
    ]
    monkeypatch.setattr(pages, "PAGES", pages.PAGES[:1])
    alone = local.get("/?hide=brush").text  # nobody has asked for it, so it is filled in now
    assert 'aria-label="Pages"' not in alone


def test_the_page_of_learning_shows_one_section_alone_or_refuses_an_unknown_one(local):
    for name, other in (("step", "boat"), ("boat", "step")):
        alone = local.get(f"/learning?only={name}&embed=1").text
        assert f'id="{name}"' in alone
        assert f'id="{other}"' not in alone
        assert "data-embed" in alone
    refused = local.get("/learning?only=nothing")
    assert refused.status_code == 404
    assert "step" in refused.text


@pytest.mark.parametrize("path", PAGES)
def test_every_page_wears_the_shared_styles_once(local, path):
    sheets = [url for url in Reader(local.get(path).text).loaded if url.endswith(".css")]
    assert [url.endswith("css/shared.css") for url in sheets].count(True) == 1
    texts = [local.get(str(local.get(path).url.join(url))).text for url in sheets]
    assert sum(text.count("--accent:") > 0 for text in texts) == 1


def test_the_page_about_the_api_describes_every_route_and_schema(local):
    document = local.get("/api/openapi.json").json()
    page = local.get("/api/docs").text
    ids = Reader(page).ids
    for path, methods in document["paths"].items():
        assert path in page
        assert len([one for one in ids if one.startswith(tuple(methods))]) >= len(methods)
    for name in document["components"]["schemas"]:
        assert f"schema-{name}" in ids
    assert len(ids) == len(set(ids))
    assert set(PROBLEMS) <= set(ids)


def test_every_link_within_the_page_about_the_api_leads_somewhere(local):
    page = Reader(local.get("/api/docs").text)
    inner = [url[1:] for url in page.urls if url.startswith("#")]
    assert inner
    assert set(inner) <= set(page.ids)


def test_a_page_that_is_not_there_says_so_and_leads_back(local):
    answer = local.get("/deep/er/nothing")
    assert answer.status_code == 404
    assert "../../" in Reader(answer.text).urls


def test_a_page_is_fetched_again_only_when_it_has_changed(local):
    first = local.get("/")
    assert first.headers["cache-control"] == "no-cache"
    again = local.get("/", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304


def test_a_page_that_is_asked_for_again_is_the_same_and_follows_its_templates(
    local, tmp_path, monkeypatch
):
    urls = ["/", "/?hide=link", "/?embed=1", "/?model=untrained&hide=link,pad"]
    first = [local.get(url).text for url in urls]
    assert len(set(first)) == len(urls)
    assert [local.get(url).text for url in urls] == first
    folder = tmp_path / "templates"
    shutil.copytree(resource_folder("templates"), folder)
    monkeypatch.setattr(pages, "resource_folder", lambda _: folder)
    pages.environment.cache_clear()
    try:
        for words in ("One", "Two"):
            text = (resource_folder("templates") / "index.html").read_text()
            (folder / "index.html").write_text(text.replace("<main", f"<p>{words}</p><main"))
            assert f"<p>{words}</p>" in local.get("/").text
    finally:
        pages.environment.cache_clear()
