"""What holds for every page: its policy, its own host only, any path, any width, both themes."""

import json

import httpx
import pytest

from tests.app.test_middleware import CSP as POLICY
from tests.browser.conftest import PHONE
from tests.server import running


def test_every_answer_carries_the_content_security_policy(server):
    with httpx.Client(base_url=server.url, trust_env=False) as client:
        for path in ("", "static/js/main.js", "api/docs", "api/models", "healthz", "nowhere"):
            assert client.get(path).headers["content-security-policy"] == POLICY, path


def test_inline_script_does_not_run_here(lens):
    lens.page.evaluate(
        """() => {
            const script = document.createElement('script');
            script.textContent = 'window.smuggled = true';
            document.body.append(script);
        }"""
    )
    assert lens.page.evaluate("window.smuggled") is None
    lens.complaints.clear()  # the refusal that this test provoked


def test_a_reload_asks_for_at_most_five_things_and_all_is_there(lens):
    lens.page.reload()
    lens.page.evaluate("convlens.ready")
    assert lens.sample(4).digit == "4"
    sent = lens.page.evaluate(
        """performance.getEntries()
            .filter((one) => one.transferSize > 0 && !one.name.endsWith('/trace'))
            .map((one) => one.name)"""
    )
    assert 1 <= len(sent) <= 5, sent


def test_everything_works_under_a_sub_path(open_page):
    root = "/a/b"
    with running("--root-path", root) as server:
        url = server.url.rstrip("/")
        url = url if url.endswith(root) else url + root
        lens = open_page(url + "/")
        assert lens.sample(4).digit == "4"
        lens.until("document.fonts.status === 'loaded'")
        failed = lens.page.evaluate(
            "performance.getEntriesByType('resource').filter(r => r.responseStatus >= 400).length"
        )
        assert failed == 0
        lens.page.goto(url + "/api/docs")
        assert "trace" in lens.page.locator("body").inner_text()


def test_the_docs_page_needs_nobody_else_and_complains_about_nothing(lens):
    lens.page.goto(lens.url + "api/docs")
    text = lens.page.locator("body").inner_text()
    for path in ("/healthz", "/api/models", "/api/models/{id}/trace", "/api/models/{id}/weights"):
        assert path in text


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_the_page_fits_every_window_and_follows_the_theme(open_page, scheme):
    lens = open_page(color_scheme=scheme)
    for width, height in ((1920, 1080), (1280, 720), (768, 1024)):
        lens.page.set_viewport_size({"width": width, "height": height})
        lens.until(f"innerWidth === {width} && innerHeight === {height}")
        fits(lens, scheme)
    fits(open_page(color_scheme=scheme, **PHONE), scheme)


def fits(lens, scheme):
    """Nothing scrolls sideways, the theme is the one asked for, and all layers are there."""
    lens.page.evaluate("convlens.clear()")
    lens.page.evaluate("points => convlens.draw([{points}])", [[0.5, 0.15], [0.5, 0.85]])
    assert lens.settle().digit == "1"
    lens.frame()
    wide, shown = lens.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide <= shown, "nothing scrolls sideways"
    background = lens.page.evaluate("getComputedStyle(document.body).backgroundColor")
    brightness = sum(int(part) for part in background[4:-1].split(",")[:3]) / 3
    assert (brightness < 64) == (scheme == "dark")
    for name in (layer["name"] for layer in lens.spec()["layers"] if layer["kind"] == "conv"):
        assert lens.rect({"layer": name, "channel": 0, "row": 0, "column": 0}), name


def test_the_stage_is_laid_out_anew_when_the_window_changes(lens):
    lens.sample(2)
    layer = next(one["name"] for one in lens.spec()["layers"] if one["kind"] == "conv")
    cell = {"layer": layer, "channel": 0, "row": 4, "column": 4}
    wide = lens.rect(cell)
    lens.page.set_viewport_size({"width": 700, "height": 1000})
    lens.until(f"(convlens.rectOf({json.dumps(cell)}) ?? {{}}).x !== {wide['x']}")
    lens.frame()  # on a busy machine the last layout may come a frame later
    narrow = lens.rect(cell)
    lens.hover(cell)
    assert lens.selection == cell, "pointing follows the new layout"
    assert lens.digit == "2", "nothing drawn is lost"
    lens.page.set_viewport_size({"width": 1440, "height": 900})
    lens.until(f"(convlens.rectOf({json.dumps(cell)}) ?? {{}}).x === {wide['x']}")
    assert lens.rect(cell) == wide != narrow


def test_cells_are_squares_of_whole_device_pixels(open_page):
    for scale in (1, 1.25, 2):
        lens = open_page(device_scale_factor=scale)
        for layer in lens.spec()["layers"]:
            rect = lens.rect({"layer": layer["name"], "channel": 0, "row": 0, "column": 0})
            if rect is None or layer["kind"] == "softmax":
                continue
            sides = [rect["width"] * scale, rect["height"] * scale]
            assert sides[0] == pytest.approx(sides[1], abs=0.01)
            assert sides[0] == pytest.approx(round(sides[0]), abs=0.01), layer["name"]
