"""All that a visitor reads or hears comes from the catalogue, and has room in another language."""

from __future__ import annotations

import re

import pytest

from tests.browser import pseudo, screens
from tests.browser.lens import watching
from tests.browser.screens import CELLS, FORMS, PANELS, Case, Screens, Size
from tests.server import Server

DESK = Size(1440, 900)

# Names of layers and networks, symbols of formulas, names of things: the same in all languages.
DATA = re.compile(
    r"\b(Convlens|LeNet(-5)?|lenet5?|Untrained|untrained|MLP|mlp|"
    r"(input|conv|pool|relu|tanh|sigmoid|fc|scores|softmax|flatten)\d*|"
    r"max|exp|ink|scale|offset)\b"  # in formulas, too
)
# Everything that is written, painted on a canvas, or said by a screen reader.
SAID = r"""() => {
    const found = new Set([document.title]);
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode())
        if (!node.parentElement.closest('script, style, noscript, .code pre, math'))
            found.add(node.data);
    const names = ['aria-label', 'aria-roledescription', 'aria-valuetext', 'title', 'alttext',
        'placeholder', 'alt'];
    for (const name of names)
        for (const one of document.querySelectorAll(`[${name}]`)) found.add(one.getAttribute(name));
    for (const one of document.querySelectorAll('meta[name=description]')) found.add(one.content);
    for (const one of document.querySelectorAll('.code pre'))
        for (const [, said] of one.textContent.matchAll(/#(.*)/g)) found.add(said);
    for (const one of window.paintedTexts ?? []) found.add(one);
    return [...found].map((one) => one.trim()).filter(Boolean);
}"""
PAINTED = """(() => {
    window.paintedTexts = new Set();
    const own = CanvasRenderingContext2D.prototype.fillText;
    CanvasRenderingContext2D.prototype.fillText = function (text, ...at) {
        window.paintedTexts.add(text);
        return own.call(this, text, ...at);
    };
})()"""


def bare(texts: list[str]) -> list[str]:
    """Those in which two plain letters are left that are no data."""
    return [text for text in texts if re.search(r"[A-Za-z]{2}", DATA.sub("", text))]


@pytest.fixture(autouse=True)
def _watched(browser):
    """A story of many cases takes longer than others before it counts as stuck."""
    with watching(browser, 900):
        yield


@pytest.fixture(scope="module")
def spoken(tmp_path_factory) -> Server:
    """A server whose pages speak the language of tests."""
    with pseudo.speaking(tmp_path_factory.mktemp("spoken")) as server:
        yield server


def cases(size: Size) -> list[Case]:
    """What can be opened, and every form of the account of every kind."""
    return [
        Case(size, "empty"),
        Case(size, "drawn"),
        *(Case(size, "pinned", panel) for panel in PANELS),
        *(Case(size, "pinned", form=form) for form in FORMS),
        *(Case(size, "pinned", cell=cell, form=form) for cell in CELLS[2:] for form in FORMS[:2]),
    ]


@pytest.mark.parametrize("size", [DESK], ids=str)
def test_no_sentence_escapes_the_catalogue_and_all_have_room(browser, spoken, size):
    page = Screens(browser, spoken.url, before=PAINTED)
    english, faults = {}, []
    for case, said in screens.look(page, cases(size)):
        if said:
            faults.append((str(case), said))
        for text in bare(page.page.evaluate(SAID)):
            english.setdefault(text, str(case))
    assert not english, english
    assert not faults, faults
    assert not page.lens.complaints
