"""The recipes for what one may add, followed word for word, end in a server that has it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.bench import Bench
from tests.browser.receipts import NUMBER, states
from tests.browser.space import arrived, to_flat
from tests.browser.test_colour_scale import colour_of
from tests.browser.test_space import colours
from tests.server import ROOT, running

KIND_OF_LAYER = ROOT / "model" / "README.md", "## A layer kind of your own"
ROOMS = ROOT / "static" / "js" / "README.md"
ADDED = (
    "## A quantity of your own",
    "## A feature of your own",
    "## A page of your own",
    "## A section of your own",
)
LESSONS = ROOT / "static" / "lessons" / "README.md", "## A lesson of your own"
BLOCK = re.compile(r"^( *)```(\w+)(?: (\S+))?\n(.*?)^\1```$", re.DOTALL | re.MULTILINE)
KIND = "this page does not know the kind “leaky”"


def section(manual, title):
    """The text below a title."""
    return manual.read_text("utf-8").split(title)[1].split("\n## ")[0]


def blocks(text):
    """The code blocks of a recipe: language, file, text."""
    for indent, language, name, code in BLOCK.findall(text):
        lines = [line.removeprefix(indent) for line in code.splitlines(keepends=True)]
        yield language, name, "".join(lines)


def patch(path: Path, text: str) -> None:
    """Put the lines marked + beside the others, in place of those marked -, in one place only."""
    lines = text.splitlines(keepends=True)
    old = "".join(line[1:] for line in lines if line[0] in " -")
    new = "".join(line[1:] for line in lines if line[0] in " +")
    source = path.read_text("utf-8")
    assert source.count(old) == 1, f"{path.name} has no single place like this:\n{old}"
    path.write_text(source.replace(old, new), "utf-8")


@pytest.fixture(scope="module")
def own_server(tmp_path_factory):
    """A checkout in which somebody did what the manual says, and its server."""
    with served(tmp_path_factory.mktemp("checkout")) as server:
        yield server


@pytest.fixture(scope="module")
def extended_server(tmp_path_factory):
    """The same checkout after the page's part, with a quantity, a feature and a page more."""
    with served(tmp_path_factory.mktemp("extended"), extended=True) as server:
        yield server


@contextmanager
def served(folder, extended=False):
    """Follow the recipes in a copy of the project, and start its server."""
    engine, page = section(*KIND_OF_LAYER).split("\n5. The page's part")
    recipe = engine
    if extended:
        recipe += page + "".join(section(ROOMS, title) for title in ADDED)
    for room in ("model", "app", "static", "templates"):
        shutil.copytree(ROOT / room, folder / room)
    scripts, commands = [], []
    for language, name, text in blocks(recipe):
        if language == "sh":
            commands.append(text.strip())
        elif language == "diff":
            patch(folder / name, text)
        else:
            assert not (folder / name).exists()
            (folder / name).write_text(text, "utf-8")
            scripts += [name] if "/" not in name else []
    assert scripts == ["own.py"]
    subprocess.run([sys.executable, "own.py"], cwd=folder, check=True, timeout=120)
    start = ".venv/bin/convlens serve "
    assert len(commands) == 1
    assert commands[0].startswith(start)
    with running(*commands[0].removeprefix(start).split(), folder=folder) as server:
        yield server


def choose(lens, form):
    """Show the account in one of its forms."""
    lens.page.evaluate(f"document.querySelector('#account input[value={form}]').click()")
    lens.frame()
    lens.unfold()


def forms(lens):
    """The account of what is pinned, in each of its forms."""
    for form in ("picture", "words", "formula", "code", "table"):
        choose(lens, form)
        yield form, lens.account()
    choose(lens, "picture")


def test_a_kind_made_as_the_manual_says_shows_maps_values_and_a_sentence(own_server, open_page):
    lens = open_page(own_server.url).sample(3)
    cell = {"layer": "leaky1", "channel": 2, "row": 13, "column": 9}
    lens.hover(cell)
    assert lens.selection == cell
    window = read_by(lens)
    maps = [
        lens.rect({"layer": "conv1", "channel": channel, "row": at, "column": at})
        for channel in range(6)
        for at in (0, 27)
    ]
    assert window["x"] <= min(one["x"] for one in maps) + 1, "all of conv1"
    assert window["x"] + window["width"] >= max(one["x"] + one["width"] for one in maps) - 1
    assert KIND in lens.account()

    # Its value is the engine's, and each form shows it or says that there is nothing to show.
    lens.page.evaluate("cell => convlens.select(cell)", cell)
    lens.frame()
    value = lens.page.locator("#account .value").first.inner_text()
    assert re.fullmatch(r"−?\d+\.\d{3,}", value)
    for form, text in forms(lens):
        assert KIND in text, form
    influence_and_paths(lens)
    panels_and_space(lens, cell)


def read_by(lens):
    """Client rectangle of the one window that is framed."""
    stage = lens.page.locator("#stage").bounding_box()
    frames = [item for item in lens.overlay() if item["kind"] == "frame"]
    [rect] = [item["rect"] for item in frames if item["role"] == "window"]
    return {**rect, "x": stage["x"] + rect["x"]}


def influence_and_paths(lens):
    """Influence and the paths of the first guess go through the layer."""
    account = lens.page.locator("#account")
    account.get_by_label("influence").check(force=True)
    lens.until(
        "convlens.overlay().some((item) => item.kind === 'cells' && item.layer === 'input'"
        " && convlens.quantity().tensors.get('input').data.some((value) => value !== 0))"
    )
    account.get_by_label("values").check(force=True)
    lens.page.evaluate("convlens.select(null)")
    lens.page.keyboard.press("g")
    account.get_by_text("These paths did most for it").wait_for()
    lens.until("convlens.overlay().filter((item) => item.kind === 'curve').length > 5")
    lens.page.keyboard.press("Escape")


def panels_and_space(lens, cell):
    """Panels, zoom, cells before and after it, space and comparing work as ever."""
    account, keyboard = lens.page.locator("#account"), lens.page.keyboard
    lens.page.evaluate("cell => convlens.select(cell)", cell)
    for key, sign in (("m", "Enlarged map"), ("k", "All kernels of conv1"), ("l", "Layers of")):
        keyboard.press(key)
        account.locator(f"[aria-label^='{sign}']").wait_for()
        keyboard.press("Escape")
    keyboard.press("+")
    lens.page.wait_for_timeout(400)
    keyboard.press("f")
    lens.page.wait_for_timeout(400)
    for layer in ("input", "conv1", "pool1", "scores", "shares"):
        lens.page.evaluate("layer => convlens.select({ layer, channel: 0 })", layer)
        lens.frame()
        assert layer in lens.account()
    lens.page.evaluate("convlens.select({ layer: 'pool1', channel: 0, row: 3, column: 3 })")
    lens.frame()
    choose(lens, "words")
    assert "Its receptive field is at most" in lens.account()
    keyboard.press("s")
    arrived(lens)
    to_flat(lens)
    keyboard.press("c")
    account.get_by_role("button", name="this drawing").click()
    lens.until("document.documentElement.dataset.compare === '2'")
    lens.sample(8)
    account.get_by_text("first guess").wait_for()


def test_the_file_of_a_kind_explains_it_in_all_forms(extended_server, open_page):
    lens = open_page(extended_server.url).sample(3)
    cell = {"layer": "leaky1", "channel": 2, "row": 13, "column": 9}
    lens.page.evaluate("cell => convlens.select(cell)", cell)
    lens.frame()
    said = dict(forms(lens))
    assert all(KIND not in text for text in said.values())
    assert "leaky1 is the function max(z, z / 10)." in said["words"]
    found = re.search(r"Before it stands (\S+) \(.*?\), after it (\S+)\.", said["words"])
    before, after = (float(text.replace("−", "-")) for text in found.groups())
    assert before != 0
    assert after == pytest.approx(max(before, before / 10), abs=0.001)
    assert found[2] in said["picture"]
    assert "max" in said["formula"]
    assert "value = max(z, z / 10)" in said["code"]
    assert "leaky of what it reads" in said["table"]
    lens.page.keyboard.press("l")
    lens.page.get_by_text("leaky rectifier").first.wait_for()
    assert "Keeps what is above zero in conv1, and a tenth of the rest." in lens.account()


NUMBERS = """async () => {
    const { digits } = await (await fetch('static/samples.json')).json();
    const { strokes } = digits.find((one) => one.digit === 3);
    convlens.draw(strokes);
    await convlens.settled();
    const ask = async (question) => (await fetch(`api/models/own/${question}`, {
        method: 'POST', body: JSON.stringify({ strokes }),
        headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    })).json();
    const place = 'layer=pool1&channel=2&row=6&column=5';
    return [await ask('trace'), await ask(`derivatives?${place}`)];
}"""
WATCH_WORDS = """(selector) => {
    const context = document.querySelector(selector).getContext('2d');
    const fill = context.fillText.bind(context);
    window.words = [];
    context.fillText = (said, ...more) => (window.words.push(said), fill(said, ...more));
}"""
PAINTED = """([layer, channel, row, column]) => {
    const canvas = document.getElementById('overlay');
    const place = canvas.getBoundingClientRect();
    const ratio = canvas.width / place.width;
    const rect = convlens.rectOf({ layer, channel, row, column });
    const x = Math.floor((rect.x - place.x + rect.width / 2) * ratio);
    const y = Math.floor((rect.y - place.y + rect.height / 2) * ratio);
    return [...canvas.getContext('2d').getImageData(x, y, 1, 1).data];
}"""


def test_a_quantity_of_ones_own_is_painted_with_its_legend_flat_and_in_space(
    extended_server, open_page
):
    lens = open_page(extended_server.url, reduced_motion="reduce")
    values, slopes = lens.page.evaluate(NUMBERS)
    truth = {
        name: np.float64(values[name]["data"]) * np.float64(slopes[name]["data"])
        for name in ("input", "conv1", "scores", "shares")  # leaky1 is folded into conv1
    }
    cell = {"layer": "pool1", "channel": 2, "row": 6, "column": 5}
    lens.page.evaluate("cell => convlens.select(cell)", cell)
    lens.frame()
    account = lens.page.locator("#account")
    lens.page.evaluate(WATCH_WORDS, "#overlay")
    account.get_by_label("value × influence").check(force=True)
    lens.until("convlens.quantity().name === 'attribution'")
    lens.frame()
    shown = {item["layer"] for item in lens.overlay() if item["kind"] == "cells"}
    assert shown == set(truth)
    hold_legend(lens, truth)
    assert lens.page.evaluate("words").count("value × influence") >= len(truth)
    shape = values["conv1"]["shape"]
    strongest = np.unravel_index(np.abs(truth["conv1"]).argmax(), shape)
    place = ["conv1", *map(int, strongest)]
    share = truth["conv1"].reshape(shape)[strongest] / np.abs(truth["conv1"]).max()
    np.testing.assert_allclose(lens.page.evaluate(PAINTED, place), [*colour_of(share), 255], atol=2)

    # Another cell's number is told in the account.
    other = dict(zip(("layer", "channel", "row", "column"), place, strict=True))
    lens.hover(other)
    text = account.locator(".effect-text").inner_text()
    name, _, told = text.partition(": ")
    assert name == f"value × influence of conv1[{', '.join(map(str, place[1:]))}]"
    assert states(told.rstrip("."), truth["conv1"].reshape(shape)[strongest])

    lens.page.keyboard.press("s")
    arrived(lens)
    lens.page.evaluate(WATCH_WORDS, ".space-labels")
    near = lens.page.locator(".space-picture").bounding_box()
    lens.page.mouse.move(near["x"] + 5, near["y"] + 5)
    lens.page.mouse.wheel(0, -1)
    lens.frame()
    hold_legend(lens, truth)
    unit = int(np.abs(truth["shares"]).argmax())  # no line ends there
    (painted,) = colours(lens, [{"layer": "shares", "channel": unit, "row": 0, "column": 0}])
    np.testing.assert_allclose(painted, colour_of(np.sign(truth["shares"][unit])), atol=2)


def hold_legend(lens, truth):
    """The ends of each scale are written on the canvas that is watched."""
    words = lens.page.evaluate("words")
    for layer, numbers in truth.items():
        if layer == "shares":
            continue  # bars say each number
        for end in (min(0.0, numbers.min()), max(0.0, numbers.max())):
            assert any(says(word, end) for word in words), (layer, end, words)


def says(word, truth):
    """Whether a word on the canvas is this number."""
    if word.startswith("≈"):
        return truth != 0
    return bool(re.fullmatch(NUMBER, word)) and states(word, truth)


ALL_PAINTED = """[...document.querySelectorAll('.stage')].every((place) => {
    const canvas = place.querySelector('canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size > 2;
})"""


def test_a_feature_of_ones_own_answers_to_its_key(extended_server, open_page):
    lens = open_page(extended_server.url)
    values, _ = lens.page.evaluate(NUMBERS)
    lens.page.evaluate("convlens.select({ layer: 'conv1', channel: 0, row: 0, column: 0 })")
    lens.frame()
    lens.page.keyboard.press("q")
    lens.frame()
    strongest = np.unravel_index(np.argmax(values["conv1"]["data"]), values["conv1"]["shape"])
    there = dict(zip(("channel", "row", "column"), map(int, strongest), strict=True))
    assert lens.selection == {"layer": "conv1"} | there


def test_a_section_of_ones_own_is_computed_and_accounted_for(extended_server, open_page):
    bench = Bench(open_page(extended_server.url), "doubling")
    bench.field("Image", 0, 1).fill("-7")
    bench.settle()
    assert bench.shown("twice").tolist() == [[2, -14, 6]]
    bench.point("twice", 0, 1)
    assert bench.value() == -14
    bench.section.get_by_role("button", name="No").click()
    bench.settle()
    assert bench.section.locator(".verdict").inner_text().startswith("Right. Twice 0 is 0")
    bench.lens.until("location.hash.includes('doubling.image=1+-7+3')")


def test_a_page_of_ones_own_stands_in_the_bar_and_has_stages(extended_server, open_page):
    lens = open_page(extended_server.url)
    lens.leave_for("Zoo")
    page = lens.page
    assert page.title() == "Zoo · Convlens"
    bar = page.get_by_role("navigation", name="Pages")
    assert bar.locator("[aria-current=page]").inner_text() == "Zoo"
    stages = page.locator(".stage")
    ids = page.evaluate("async () => (await (await fetch('api/models')).json()).map((m) => m.id)")
    assert stages.count() == len(ids)
    lens.until(ALL_PAINTED)
    stages.first.locator("canvas").first.dblclick()
    page.locator(".stage[data-space]").wait_for()
    assert page.locator(".stage[data-space]").count() == 1
    bar.get_by_text("Network").click()
    lens.until("window.convlens !== undefined")


def test_a_lesson_of_ones_own_is_served_and_played(tmp_path, open_page):
    (_, name, text), (_, _, command) = blocks(section(*LESSONS))
    file = tmp_path / name
    file.parent.mkdir()
    file.write_text(text, "utf-8")
    options = command.strip().removeprefix("convlens serve ").split()
    with running(*options[:-1], str(tmp_path / options[-1])) as server:
        assert not [line for line in server.lines if ".txt" in line]
        lens = open_page(server.url)
        page = lens.page
        lens.leave_for("Lessons")
        page.get_by_role("link", name="Start: Where the edges are").click()
        words = page.locator(".lesson-words")
        expect(words).to_contain_text("6 kernels have looked at your 7.")
        page.keyboard.press("PageDown")
        expect(words).to_contain_text("Here is the largest number of all")
        expect(words).not_to_contain_text("…")
        shown = "[...convlens.quantity().tensors.get('conv1').data]"
        values = page.evaluate(shown)
        said = [float(one.replace("−", "-")) for one in words.locator("span").all_inner_texts()]
        assert said == pytest.approx([max(values), values[14 * 28 + 14]], abs=5e-4)
        page.keyboard.press("PageDown")
        expect(words).to_contain_text("The first one is 5.000.")  # the essay's 4, and the bias
