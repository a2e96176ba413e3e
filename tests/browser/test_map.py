"""The map of all test images and the count of units, as read on the page, held to plain NumPy."""

import json
import re

import httpx
import numpy as np
import pytest
from playwright.sync_api import expect
from safetensors.numpy import load

from model import load_network
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_accessibility import Judge
from tests.made_up_mnist import made_up, write_mnist
from tests.server import ROOT, apart, running

IMAGES = 240
SLOW = 30_000  # ms; a process of lowest priority waits for all others
SAMPLES = json.loads((ROOT / "static" / "samples.json").read_text("utf-8"))["digits"]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A server with a made-up set of images."""
    folder = tmp_path_factory.mktemp("map")
    write_mnist(folder / "sets" / "blocks", test=IMAGES)
    with running(environment=apart(folder)) as server:
        yield server


def activations(layer):
    """What a layer makes of each image, one by one, by the engine's own trace."""
    network = load_network("lenet")
    inputs = np.pad(made_up(IMAGES, 2)[0] / np.float32(255), ((0, 0), (2, 2), (2, 2)))
    return np.array([network.trace(one[None].astype(np.float32))[layer] for one in inputs])


def plain(text):
    return text.replace("\u202f", "").replace("\u2212", "-")


def shares_hold(page, layer):
    """The sentence says of this layer what a plain singular value decomposition gives."""
    expect(page.locator(".map-share")).to_contain_text(f"numbers of {layer}:", timeout=SLOW)
    matrix = activations(layer).reshape(IMAGES, -1).astype(float)
    sizes = np.linalg.svd(matrix - matrix.mean(axis=0), compute_uv=False)
    shares = 100 * sizes**2 / np.sum(sizes**2)
    said = plain(page.locator(".map-share").inner_text())
    found = re.search(r"holds ([\d.]+)%.* the (\d+) numbers.*: ([\d.]+)%.*, ([\d.]+)%", said)
    both, cells, first, second = map(float, found.groups())
    assert cells == matrix.shape[1]
    assert both == pytest.approx(shares[:2].sum(), abs=0.06)
    assert (first, second) == pytest.approx(tuple(shares[:2]), abs=0.06)


def nearest_hold(page, site, layer, drawing):
    """The images that are shown are those of a plain search through the whole layer."""
    path = f"{site.url}api/models/lenet/trace"
    trace = load(httpx.post(path, json=drawing, trust_env=False).content)
    matrix = activations(layer).reshape(IMAGES, -1).astype(float)
    distances = np.sqrt(((matrix - trace[layer].ravel().astype(float)) ** 2).sum(axis=1))
    order = np.argsort(distances, kind="stable")[:12]
    expect(page.locator(".map-nearest .tile")).to_have_count(12, timeout=SLOW)
    first = f"Image {order[0]}:"
    expect(page.locator(".map-nearest .tile").first).to_contain_text(first)
    labels = made_up(IMAGES, 2)[1]
    for tile, number in zip(page.locator(".map-nearest .tile").all(), order, strict=True):
        name, far = labels[number], f"{distances[number]:.2f}"
        assert plain(tile.get_attribute("title")) == f"Image {number}: {name} · {far}"
    most = max(np.bincount(labels[order]))
    expect(page.locator(".map-near p")).to_contain_text(f"{most} of 12 are")
    return int(order[0])


def test_the_map_says_and_finds_what_plain_numpy_does(site, open_page) -> None:
    lens = open_page(site.url)
    page = lens.page
    page.goto(f"{site.url}mistakes?only=map")
    shares_hold(page, "relu4")
    page.locator(".map-hands .sample").nth(4).click()
    nearest_hold(page, site, "relu4", {"strokes": SAMPLES[4]["strokes"]})
    page.locator("#map [name=layer]").select_option("pool1")
    shares_hold(page, "pool1")
    number = nearest_hold(page, site, "pool1", {"strokes": SAMPLES[4]["strokes"]})

    page.locator(".map-nearest .tile").first.click()
    expect(page.locator(".map-card p")).to_contain_text(f"Image {number}:")
    page.get_by_role("button", name="Find its nearest").click()
    own = f"Image {number}: {made_up(IMAGES, 2)[1][number]} · 0.00"
    expect(page.locator(".map-nearest .tile").first).to_have_attribute("title", own)

    sheet = page.get_by_role("application", name="Map of all test images")
    sheet.focus()
    page.keyboard.press("ArrowRight")
    told = page.locator(".map-card p")
    expect(told).to_contain_text("Image")
    before = told.inner_text()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowUp")
    expect(told).not_to_have_text(before)
    lens.frame()
    walked = told.inner_text()
    page.keyboard.press("Enter")
    number = re.search(r"Image (\d+)", plain(walked))[1]
    expect(page).to_have_url(re.compile(f"image={number}"))
    page.keyboard.press("+")
    expect(page.locator(".map-plane .percent")).to_have_text("200\u202f%")
    page.keyboard.press("0")
    expect(page.locator(".map-plane .percent")).to_have_text("100\u202f%")
    page.get_by_role("link", name="See it in the network").click()
    expect(page.locator("#prediction")).to_have_attribute("data-digit", re.compile(r"\d"))


def test_units_are_counted_as_plain_loops_count(site, open_page) -> None:
    page = open_page(site.url).page
    page.goto(f"{site.url}mistakes?only=units")
    table = page.locator(".units-table")
    expect(table).to_be_visible(timeout=SLOW)
    for layer in ("relu1", "relu3", "pool2"):
        values = activations(layer).reshape(IMAGES, -1)
        above = (values > 0).sum(axis=0)
        row = plain(table.locator("tr", has_text=layer).inner_text()).split("\t")
        dead, always = int((above == 0).sum()), int((above == IMAGES).sum())
        assert row[:4] == [layer, str(values.shape[1]), str(dead), str(always)]
        assert float(row[4].rstrip("%")) == pytest.approx(100 * above.mean() / IMAGES, abs=0.06)
    assert plain(table.locator("tr", has_text="fc1").inner_text()).split("\t")[2] == "–"

    page.get_by_role("button", name="relu3", exact=True).click()
    above = (activations("relu3") > 0).sum(axis=0)
    dead = [k for k in range(len(above)) if above[k] == 0]
    listed = page.locator(".units-which ul").first.locator("a")
    assert listed.all_inner_texts() == [f"unit {k}" for k in dead[:24]]
    assert f"cell=relu3.{dead[0]}.0.0" in listed.first.get_attribute("href")
    values = activations("relu3")
    figure = page.locator(".units-histogram").first
    said = plain(figure.locator("figcaption").inner_text())
    zeros = 100 * float(np.mean(values == 0))
    assert float(re.search(r"([\d.]+)% are exactly 0", said)[1]) == pytest.approx(zeros, abs=0.06)
    figure.locator("summary").click()
    rows = figure.locator("tbody tr")
    expect(rows.first).to_be_visible()
    for row in rows.all()[::5]:
        low, high, count = map(float, re.findall(r"-?[\d.]+", plain(row.inner_text())))
        inside = (values != 0) & (low <= values) & (values < high)
        assert count == np.count_nonzero(inside)


@pytest.mark.parametrize(("theme", "size"), [("light", DESKTOP), ("dark", PHONE)], ids=str)
def test_axe_finds_nothing_on_the_map_nor_among_the_units(browser, site, theme, size) -> None:
    judge = Judge(browser, site.url, **size, color_scheme=theme, path="mistakes?only=map")
    page = judge.page
    expect(page.locator(".map-share")).to_contain_text("variance", timeout=SLOW)
    page.locator(".map-hands .sample").first.click()
    expect(page.locator(".map-nearest .tile")).to_have_count(12, timeout=SLOW)
    page.locator(".map-nearest .tile").first.click()
    judge.looks("the map")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    judge.ends()
    judge = Judge(browser, site.url, **size, color_scheme=theme, path="mistakes?only=units")
    expect(judge.page.locator(".units-table")).to_be_visible(timeout=SLOW)
    judge.page.locator(".units-histogram summary").first.click()
    judge.looks("units")
    assert judge.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    judge.ends()
