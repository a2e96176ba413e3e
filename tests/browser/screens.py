"""What can be on the screen, size by size, and a check that all of it can be read and reached.

One page is resized, drawn on, pinned, and its panels opened; `texts.js` reads off what stands
where. A new panel joins with one line in `PANELS`.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession

from app.sections import SECTIONS
from tests.browser.lens import Lens

TEXTS = (Path(__file__).parent / "texts.js").read_text()
THREE = [[0.3, 0.2], [0.7, 0.25], [0.45, 0.45], [0.7, 0.6], [0.55, 0.8], [0.3, 0.78]]


@dataclass(frozen=True)
class Size:
    """A window: CSS pixels, device pixels for each of them, and whether fingers use it."""

    width: int
    height: int
    ratio: float = 1
    touch: bool = False

    def __str__(self) -> str:
        zoom = f" at {self.ratio:g} device pixels" if self.ratio != 1 else ""
        return f"{self.width}×{self.height}{zoom}{' by touch' if self.touch else ''}"


SIZES = (
    Size(360, 640, 3, touch=True),
    Size(390, 844, 3, touch=True),
    Size(412, 915, 2.625, touch=True),
    Size(844, 390, 3, touch=True),  # a phone on its side
    Size(768, 1024, 2, touch=True),
    Size(820, 1180, 2, touch=True),
    Size(1024, 768, 2, touch=True),
    Size(1180, 820, 2, touch=True),
    Size(640, 360, 2),  # 1280×720 at 200 % zoom
    Size(683, 384, 2),  # 1366×768 at 200 %
    Size(720, 450, 2),  # 1440×900 at 200 %
    Size(960, 540, 2),  # 1920×1080 at 200 %
    Size(704, 900),
    Size(850, 1000),
    Size(1366, 560),
    Size(1280, 620),
    Size(1280, 720),
    Size(1366, 768),
    Size(1440, 789),
    Size(1280, 800),
    Size(1536, 864, 1.25),
    Size(1440, 900),
    Size(1680, 1050),
    Size(1920, 1080),
    Size(2560, 1440),
)
LAYOUTS = tuple(SIZES[at] for at in (0, 2, 3, 4, 5, 6, 8, 10, 12, 13, 14, 16, 21, 23, 24))
"""Sizes in which panels lie differently; in the others they lie as in one of these."""
TALL = 11_000
"""CSS pixels: higher than any section."""
STATES = ("empty", "drawn", "pinned")
# What opens each panel, and what else the stage may show: a key of the page's own.
PANELS = {
    "none": "",
    "help": "?",
    "glossary": "w",
    "map": "m",
    "kernels": "k",
    "layers": "l",
    "moves": "t",
    "compare": "c",
    "save": "x",
    "space": "s",
    "why": "g",
    "zoom": "+",
    "play": "r",
    "present": "p",
}
FORMS = ("picture", "words", "formula", "code", "table")
THEMES = ("light", "dark")
FOLDS = ("folded", "shown")
CELLS = (("conv", 2), ("conv", 0), ("pool", 1), ("dense", 1), ("softmax", 0), ("input", 0))


@dataclass(frozen=True)
class Case:
    """One thing to look at."""

    size: Size
    state: str
    panel: str = "none"
    form: str = "picture"
    theme: str = "light"
    fold: str = "folded"
    cell: tuple[str, int] = CELLS[0]

    def __str__(self) -> str:
        pinned = f" {self.cell[0]}" if self.state == "pinned" else ""
        rest = f"{self.panel}, {self.form}, {self.theme}, {self.fold}"
        return f"{self.size} {self.state}{pinned}, {rest}"


FACTORS: tuple[tuple[Any, ...], ...] = (SIZES, STATES, tuple(PANELS), FORMS, THEMES, FOLDS, CELLS)


def pairwise(seed: int = 1) -> list[Case]:
    """Few cases in which every two values of different factors meet, by greedy choice."""
    rng = random.Random(seed)
    pairs = {
        ((i, a), (j, b))
        for i, j in itertools.combinations(range(len(FACTORS)), 2)
        for a in FACTORS[i]
        for b in FACTORS[j]
    }
    cases = []
    while pairs:
        (i, a), (j, b) = rng.choice(sorted(pairs, key=repr)[:50])
        best: tuple[int, tuple[Any, ...]] = (-1, ())
        for _ in range(30):
            row = [rng.choice(values) for values in FACTORS]
            row[i], row[j] = a, b
            best = max(best, (len(met(row) & pairs), tuple(row)), key=lambda one: one[0])
        pairs -= met(best[1])
        cases.append(Case(*best[1]))
    return cases


def fewer(cases: list[Case]) -> list[Case]:
    """Those in sizes that lay the page out differently, and the only ones of two other values."""
    pairs = [{pair for pair in met(values_of(case)) if pair[0][0]} for case in cases]
    kept = {at for at, case in enumerate(cases) if case.size in LAYOUTS}
    seen = set().union(*(pairs[at] for at in kept))
    for at, mine in enumerate(pairs):
        if mine - seen:
            kept.add(at)
            seen |= mine
    return [cases[at] for at in sorted(kept)]


def values_of(case: Case) -> tuple[Any, ...]:
    """Return what a case is made of, in the order of the factors."""
    rest = (case.form, case.theme, case.fold, case.cell)
    return (case.size, case.state, case.panel, *rest)


def met(row: Iterable[Any]) -> set[tuple[tuple[int, Any], tuple[int, Any]]]:
    """Return the pairs of values that a case contains."""
    return set(itertools.combinations(enumerate(row), 2))


def everything() -> list[Case]:
    """Return every size with every state, panel, and theme; forms where a cell is pinned."""
    every = itertools.product(SIZES, STATES, PANELS, THEMES, FORMS)
    return [
        Case(size, state, panel, form, theme)
        for size, state, panel, theme, form in every
        if form == FORMS[0] or (state == "pinned" and panel == "none")
    ]


def resize(devtools: CDPSession, size: Size) -> None:
    """Make the window as large, as fine and as touchable as this."""
    touch = {"enabled": size.touch, "maxTouchPoints": 5 if size.touch else 1}
    devtools.send("Emulation.setTouchEmulationEnabled", touch)
    box = {"width": size.width, "height": size.height}
    override = {**box, "deviceScaleFactor": size.ratio, "mobile": size.touch}
    devtools.send("Emulation.setDeviceMetricsOverride", override)


class Screens:
    """One page of one network, brought into each case by resizing and by its own handle."""

    def __init__(self, browser: Browser, url: str, query: str = "", before: str = "") -> None:
        context = browser.new_context(
            reduced_motion="reduce", viewport={"width": 1440, "height": 900}
        )
        page = context.new_page()
        page.add_init_script(TEXTS + before)
        self.lens = Lens(page, url).open(query)
        self.page = page
        self.devtools = context.new_cdp_session(page)
        self.now: Case | None = None
        self.cells = self._cells()
        self.lens.until("document.querySelectorAll('.sample').length === 10")
        self.page.evaluate("points => convlens.draw([{ points }])", THREE)
        self.lens.settle()

    def _cells(self) -> dict[tuple[str, int], dict[str, Any]]:
        """For each kind and place in the network a cell, as far as it has one."""
        spec = self.lens.spec()
        found: dict[tuple[str, int], dict[str, Any]] = {}
        shapes = [("input", "input", spec["input"]["shape"])]
        shapes += [(one["kind"], one["name"], one["shape"]) for one in spec["layers"]]
        for kind, at in CELLS:
            like = [(name, shape) for k, name, shape in shapes if kind in k or kind in name] or [
                (name, shape) for _, name, shape in shapes
            ]
            name, shape = like[min(at, len(like) - 1)]
            channels, rows, columns = (*shape, 1, 1)[:3]
            place = {"row": rows * 2 // 5, "column": columns * 2 // 5}
            found[kind, at] = {"layer": name, "channel": channels // 4, **place}
        return found

    def show(self, case: Case) -> None:
        """Bring the page into this case."""
        before = self.now
        if before is None or before.size != case.size:
            resize(self.devtools, case.size)
        self.page.evaluate(SHOW, [before and before.panel, self._wanted(case)])
        self.now = case

    def _wanted(self, case: Case) -> dict[str, Any]:
        return {
            "points": None if case.state == "empty" else THREE,
            "cell": self.cells[case.cell] if case.state == "pinned" else None,
            "key": PANELS[case.panel],
            "keys": PANELS,
            "form": case.form,
            "theme": case.theme,
            "fold": case.fold,
        }

    def faults(self, case: Case) -> list[str]:
        """Say what is wrong with a case on the screen."""
        self.show(case)
        return self.page.evaluate("screenTexts()")


def look(screens: Screens, cases: Iterable[Case]) -> Iterator[tuple[Case, list[str]]]:
    """Visit cases, those of one size after each other, and give each with its faults."""
    for case in sorted(cases, key=lambda case: (SIZES.index(case.size), case.state)):
        yield case, screens.faults(case)


def look_at_sections(
    browser: Browser, url: str, sizes: Iterable[Size] = SIZES, names: Iterable[str] | None = None
) -> Iterator[tuple[str, list[str]]]:
    """
    Show each section of the operations by itself in windows of each width.

    These are as high as all that is in them: what one scrolls to is seen, too.
    """
    lens = Lens(browser.new_context(reduced_motion="reduce").new_page(), url)
    page = lens.page
    page.add_init_script(TEXTS)
    devtools = page.context.new_cdp_session(page)
    for name, size in itertools.product(names or [one.name for one in SECTIONS], sizes):
        resize(devtools, replace(size, height=TALL, ratio=1))  # as fine, it would be too large
        if page.url != f"{url}operations?only={name}":
            page.goto(f"{url}operations?only={name}")
            lens.until(f"document.getElementById('{name}').dataset.opened !== undefined")
        page.evaluate("name => document.querySelector(`#${name} [data-guess]`).click()", name)
        page.evaluate("convlens.settled()")
        lens.frame()
        lens.frame()
        yield f"{name} at {size}", page.evaluate("screenTexts()")
    page.context.close()


# The order of things a visitor would do: close, clear, draw, pin, open.
SHOW = """async ([before, { points, cell, key, keys, form, theme, fold }]) => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const gone = async (what) => {
        for (let i = 0; i < 60 && document.querySelector(what); i += 1) await frame();
    };
    const root = document.documentElement;
    const press = (key) => key && document.body.dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    const choose = (input) => input && !input.checked && input.click();
    if (['space', 'present'].includes(before)) press(keys[before]);
    else if (before === 'zoom') press('f');
    else if (before && before !== 'none') press('Escape');
    if (before === 'space') for (let i = 0; i < 3; i += 1) await frame();
    await gone('.space[data-fade=out]:not([hidden])');
    if (root.dataset.theme !== theme) press('d');
    choose(document.querySelector(`input[name=activations][value=${fold}]`));
    convlens.select(null);
    if (points) convlens.draw([{ points }]);
    else convlens.clear();
    await convlens.settled();
    if (cell) convlens.select(cell);
    await frame();
    choose(document.querySelector(`#account .forms input[value=${form}]`));
    press(key);
    document.getElementById('account').scrollTop = 0;
    for (let i = 0; i < 3; i += 1) await frame();
    if (key !== '+') await gone('[data-zoomed]');
    await convlens.settled();
    await frame();
}"""
