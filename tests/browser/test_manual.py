"""The manual's "A layer kind of your own", followed word for word, ends in a page that shows it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.browser.space import arrived, to_flat
from tests.server import ROOT, running

MANUAL = ROOT / "model" / "README.md"
SECTION = "## A layer kind of your own"
BLOCK = re.compile(r"^( *)```(\w+)(?: (\S+))?\n(.*?)^\1```$", re.DOTALL | re.MULTILINE)
KIND = "this page does not know the kind “leaky”"


def blocks(page: bool):
    """The code blocks of the engine's part or the page's: language, file, text."""
    section = MANUAL.read_text("utf-8").split(SECTION)[1].split("\n## ")[0]
    before, after = section.split("\n5. The page's part")
    section = after if page else before
    for indent, language, name, text in BLOCK.findall(section):
        lines = [line.removeprefix(indent) for line in text.splitlines(keepends=True)]
        yield language, name, "".join(lines)


def patch(path: Path, text: str) -> None:
    """Put the lines marked + where the others stand one after the other, in one place only."""
    lines = text.splitlines(keepends=True)
    old = "".join(line[1:] for line in lines if line.startswith(" "))
    new = "".join(line[1:] for line in lines)
    source = path.read_text("utf-8")
    assert source.count(old) == 1, f"{path.name} has no single place like this:\n{old}"
    path.write_text(source.replace(old, new), "utf-8")


@pytest.fixture(scope="module")
def own_server(tmp_path_factory):
    """A checkout in which somebody did what the manual says, and its server."""
    with served(tmp_path_factory.mktemp("checkout")) as server:
        yield server


@pytest.fixture
def explaining_server(tmp_path):
    """The same checkout after the page's part."""
    with served(tmp_path, page=True) as server:
        yield server


@contextmanager
def served(folder, page=False):
    """Follow the manual in a copy of the project, and start its server."""
    for room in ("model", "app", "static", "templates"):
        shutil.copytree(ROOT / room, folder / room)
    scripts, commands = [], []
    for language, name, text in [*blocks(page=False), *(blocks(page=True) if page else [])]:
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
    """Influence goes through the layer; the paths of the first guess end there, and say so."""
    account = lens.page.locator("#account")
    account.get_by_label("influence").check(force=True)
    lens.until(
        "convlens.overlay().some((item) => item.kind === 'heat' && item.layer === 'input'"
        " && item.tensor.data.some((value) => value !== 0))"
    )
    account.get_by_label("values").check(force=True)
    lens.page.evaluate("convlens.select(null)")
    lens.page.keyboard.press("g")
    lens.until("convlens.overlay().some((item) => item.link)")
    account.get_by_text(f"None leads through leaky1: {KIND}").wait_for()
    lens.page.keyboard.press("g")


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


def test_the_file_of_a_kind_explains_it_in_all_forms(explaining_server, open_page):
    lens = open_page(explaining_server.url).sample(3)
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
