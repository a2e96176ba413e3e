"""What the page is like while it loads, in forced colours, on a projector, and with long names."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator

from model import Network
from model.checkpoint import save
from model.lenet import LENET
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.lens import Lens
from tests.browser.screens import Case, Screens, Size, look
from tests.browser.test_screens import told
from tests.server import Server, running

CLOTHES = ("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker")
CLOTHES += ("Bag", "Ankle boot")
# Where the parts stand that are there from the beginning, and how they look.
PARTS = """() => {
    const all = '.bar, .bar button, .segments label, .rail, #pad, .tool-row button, #prediction,'
        + '#stage-scroll, #account';
    window.parts ??= [...document.querySelectorAll(all)].filter((one) => one.checkVisibility());
    return parts.map((one) => {
        const { x, y, width, height } = one.getBoundingClientRect();
        const { font, borderTopWidth } = getComputedStyle(one);
        const name = one.dataset.action || one.id || one.className || one.htmlFor;
        return [name, ...[x, y, width, height].map(Math.round), font, borderTopWidth];
    });
}"""


@pytest.mark.parametrize("options", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_what_stands_there_before_any_module_runs_stays_where_it_is(
    browser: Browser, server: Server, options: dict[str, Any]
):
    context = browser.new_context(**options)
    page, held, free = context.new_page(), [], []
    lens = Lens(page, server.url)

    def hold(route: Any) -> None:
        if free or "early" in route.request.url:
            route.fallback()
        else:
            held.append(route)

    page.route("**/*.js", hold)
    page.goto(server.url, wait_until="commit")
    lens.until("document.readyState !== 'loading'")
    before = page.evaluate(PARTS)
    assert held, "no module has come yet"
    free.append(True)
    for route in held:
        route.fallback()
    lens.until("'convlens' in window")
    page.evaluate("convlens.ready")
    lens.sample(3) if options is DESKTOP else lens.frame()
    assert len(before) > 8
    after = page.evaluate(PARTS)
    moved = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    assert not moved, "\n".join(f"{a} became {b}" for a, b in moved)
    context.close()


def seen(part: Locator) -> np.ndarray:
    """Give the grey levels of what is on the screen there, 0 to 255."""
    return np.array(Image.open(io.BytesIO(part.screenshot())).convert("L"), float)


def test_in_forced_colours_the_pad_has_a_frame_and_the_brush_its_slider(open_page):
    lens: Lens = open_page(forced_colors="active")
    assert np.ptp(seen(lens.page.get_by_role("slider", name="Brush"))) > 100
    frame = seen(lens.page.locator("#pad-frame"))
    middle = frame[len(frame) // 2]
    for edge in (middle[:3], middle[-3:], frame[:3, 40], frame[-3:, 40]):
        assert np.ptp(edge) > 100, "a line against the paper inside it"


# Heights of letters on the page, and sizes of the fonts that canvases were written in.
LETTERS = """() => {
    const height = (element) => {
        const range = document.createRange();
        range.selectNodeContents(element);
        return range.getBoundingClientRect().height;
    };
    const names = ['.bar h1', '.segments label span', '#account .name', '#prediction .first'];
    return names.map((name) => height(document.querySelector(name)));
}"""


def test_all_type_grows_with_a_projector(open_page):
    lens: Lens = open_page().sample(3)
    lens.page.evaluate("""() => {
        const own = CanvasRenderingContext2D.prototype.fillText;
        window.fonts = new Set();
        CanvasRenderingContext2D.prototype.fillText = function (...text) {
            fonts.add(parseFloat(this.font.match(/([\\d.]+)px/)[1]));
            return own.apply(this, text);
        };
    }""")

    def sizes(width: int, height: int) -> tuple[list[float], float]:
        lens.page.set_viewport_size({"width": width, "height": height})
        lens.frame()
        lens.page.evaluate("fonts.clear()")
        lens.sample(4 if width % 400 else 5)
        lens.frame()
        return lens.page.evaluate(LETTERS), lens.page.evaluate("Math.min(...fonts)")

    letters, least = sizes(1440, 900)
    for width, height, factor in ((1920, 1080, 1.25), (2560, 1440, 1.5)):
        larger, smallest = sizes(width, height)
        assert np.divide(larger, letters) == pytest.approx(factor, rel=0.06), width
        assert smallest == pytest.approx(factor * least)
        assert smallest >= 15


@pytest.fixture(scope="module")
def wordy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of a network that tells clothes apart."""
    spec = replace(LENET, id="clothes", title="Clothes", classes=CLOTHES)
    path: Path = tmp_path_factory.mktemp("weights") / "clothes.safetensors"
    save(path, Network.initialise(spec, np.random.default_rng(5)))
    with running("--model", str(path)) as server:
        yield server


def test_long_names_of_classes_keep_clear_of_each_other(browser: Browser, wordy: Server):
    page = Screens(browser, wordy.url)
    sizes = (Size(1280, 720), Size(1920, 1080), Size(820, 1180, 2, touch=True))
    sizes = (*sizes, Size(390, 844, 3, touch=True))
    answer, cell = ("softmax", 0), ("dense", 1)
    cases = [Case(size, "drawn") for size in sizes]
    cases += [Case(size, "pinned", cell=answer) for size in sizes]
    cases += [Case(sizes[0], "drawn", panel) for panel in ("moves", "space", "why", "compare")]
    cases += [Case(sizes[0], "pinned", form="table", cell=one) for one in (answer, cell)]
    assert not told(list(look(page, cases)))
    assert page.page.locator("#prediction").get_attribute("data-digit") in CLOTHES
