"""All that a visitor reads or hears comes from the catalogue, and has room in another language."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser import pseudo, screens
from tests.browser.conftest import DESKTOP
from tests.browser.lens import Lens, watching
from tests.browser.screens import CELLS, FORMS, PANELS, Case, Screens, Size
from tests.server import Server

DESK = Size(1440, 900)
HAND = Size(390, 844, 3, touch=True)

# Names of layers and networks, symbols of formulas, names of things: the same in all languages.
DATA = re.compile(
    r"\b(https?://\S+|Convlens|LeNet(-5)?|lenet5?|Untrained|untrained|MLP|mlp|"
    r"(input|levels|turned|grey|(conv|relu|pool)_(named|learnt)|"
    r"conv(_turned)?|activation|pool(_(max|average|sum|l2))?|relu|tanh|sigmoid|fc|dense|add|scores|softmax|flatten|"
    r"by_sum|by_squares|squared|scaled|margin|lack|hinge|loss|small|shared|local|wide|all)\d*(\.(weight|bias))?|"
    r"max|exp|ln|flat|ink|scale|offset|"  # in formulas
    r"blocks|"  # a set of images
    r"GIF|PNG|SVG|safetensors|NPZ|CSV|JSON)\b"  # kinds of files
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

PRESS = """(which) => [...document.querySelectorAll('[data-section]')].filter((section) => {
    const one = [...section.querySelectorAll(which)].find((it) => it.checkVisibility());
    one?.click();
    return one;
}).length"""


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
    """What can be opened, and where room is short every form of the account of every kind."""
    panels = [
        Case(size, "empty"),
        Case(size, "drawn"),
        *(Case(size, "pinned", panel) for panel in PANELS),
    ]
    if size == DESK:
        return panels
    return [
        *panels,
        *(Case(size, "pinned", form=form) for form in FORMS),
        *(Case(size, "pinned", cell=cell, form=form) for cell in CELLS[2:] for form in FORMS[:2]),
    ]


def opened(browser, size):
    """A page of this size, which keeps what it paints."""
    box = {"viewport": {"width": size.width, "height": size.height}, "has_touch": size.touch}
    page = browser.new_context(**box).new_page()
    page.add_init_script(PAINTED)
    return page


@pytest.mark.parametrize("size", [DESK, HAND], ids=str)
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


@pytest.mark.parametrize("size", [DESK, HAND], ids=str)
def test_no_sentence_of_the_operations_escapes_the_catalogue(browser, spoken, size):
    page = opened(browser, size)
    page.goto(f"{spoken.url}operations")
    english = {}

    def note(where):
        page.evaluate("convlens.settled()")
        for text in bare(page.evaluate(SAID)):
            english.setdefault(text, where)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"nothing is cut off at the side: {where}"

    def press(which):
        """Press this in every section that has it."""
        assert page.evaluate(PRESS, which), which

    sections = page.locator("[data-section]").all()
    for section in sections:
        section.scroll_into_view_if_needed()
        page.evaluate("convlens.settled()")
    note("at first")
    guesses = max(section.locator("[data-guess]").count() for section in sections)
    for number in range(guesses):
        press(f"[data-guess]:nth-of-type({number + 1})")
        note("guessed")
    for form in FORMS:
        press(f".account .forms input[value={form}]")
        note(form)
    press(".play-run")  # where a window slides
    note("playing")
    page.keyboard.press("w")
    expect(page.locator(".entries:visible")).to_have_count(1)
    note("words")
    page.keyboard.press("Escape")
    fields = [section.locator(".matrix input:visible") for section in sections]
    for field in [one.first for one in fields if one.count()]:  # some have sliders alone
        field.fill("x")
    note("no number")
    assert not english, english
    page.context.close()


@pytest.mark.parametrize("size", [DESK, HAND], ids=str)
def test_no_sentence_of_the_questions_escapes_the_catalogue(browser, spoken, size):
    page = opened(browser, size)
    english = {}
    for level in (1, 2, 3) if size == HAND else (2,):  # where room is short
        page.goto("about:blank")
        page.goto(f"{spoken.url}questions#v=1&level={level}&count=20")
        page.wait_for_selector("#quiz-card .asks")
        for summary in page.locator("summary").all():
            summary.click()
        for number in range(20):
            options = page.locator(".option:visible")
            if number % 2 and options.count():
                options.nth(number % options.count()).click()
            else:
                page.keyboard.press("s")
            page.wait_for_function("!document.querySelector('#quiz-reveal').hidden")
            page.evaluate("convlens.settled()")
            for text in bare(page.evaluate(SAID)):
                english.setdefault(text, (level, number))
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, "nothing is cut off at the side"
            page.keyboard.press("n")
    assert not english, english
    page.context.close()


@pytest.mark.parametrize("size", [DESK, HAND], ids=str)
def test_no_sentence_of_learning_escapes_the_catalogue(browser, spoken, size):
    page = opened(browser, size)
    page.goto(f"{spoken.url}learning")
    english = {}
    next_one = page.locator(".walk .next")
    expect(next_one).to_be_enabled()
    while True:
        page.evaluate("convlens.settled()")
        where = page.locator(".walk-where").inner_text()
        forms = page.locator("#step .account .forms label")
        for number in range(forms.count()) if size == HAND else ():  # where room is short
            forms.nth(number).click()
            page.evaluate("convlens.settled()")
            for text in bare(page.evaluate(SAID)):
                english.setdefault(text, where)
        if page.locator(".weights .bias:visible").count():
            page.locator(".weights .bias").first.click()
            page.evaluate("convlens.settled()")
        for text in bare(page.evaluate(SAID)):
            english.setdefault(text, where)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, "nothing is cut off at the side"
        if next_one.is_disabled():
            break
        next_one.click()
    assert not english, english
    page.context.close()


@pytest.mark.parametrize("size", [DESK, HAND], ids=str)
def test_no_sentence_of_mistakes_escapes_the_catalogue(browser, spoken, size):
    page = opened(browser, size)
    page.goto(f"{spoken.url}mistakes?show=all")
    expect(page.locator(".tile")).to_have_count(100, timeout=60_000)
    page.locator("summary").first.click()
    page.locator(".guesses button").first.click()
    for show in ("all", "misread", "unsure"):
        page.locator(".gallery-filters .action").nth(
            ("misread", "unsure", "all").index(show)
        ).click()
        expect(page.locator(".gallery-filters [aria-pressed=true]")).to_have_count(1)
        assert not bare(page.evaluate(SAID)), show
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, "nothing is cut off at the side"
    page.locator(".map-hands .sample").first.click()
    expect(page.locator(".map-nearest .tile")).to_have_count(12, timeout=60_000)
    expect(page.locator(".units-table")).to_be_visible(timeout=60_000)
    for layer in ("conv1", "relu1", "relu3", "softmax"):
        page.get_by_role("button", name=layer, exact=True).click()
        page.locator(".units-histogram summary").first.click()
        assert not bare(page.evaluate(SAID)), layer
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, layer
    page.context.close()


@pytest.mark.parametrize("size", [DESK, HAND], ids=str)
def test_no_sentence_of_the_lessons_escapes_the_catalogue(browser, spoken, size):
    page = opened(browser, size)
    cues = ("#v=1&lesson=tour&cue=4", "operations#pooling&v=1&lesson=first-hour&cue=5")
    for path in ("lessons", "lessons/first-hour", "lessons/first-hour/notes", *cues):
        page.goto(spoken.url + path)
        if "cue" in path:
            expect(page.locator(".lesson-words")).to_contain_text("«")
            expect(page.locator(".lesson-words")).not_to_contain_text("…")
        english = bare(page.evaluate(SAID))
        assert not english, path
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, path
    page.context.close()


def test_refusals_and_pages_that_say_no_come_from_the_catalogue(browser, spoken):
    context = browser.new_context(**DESKTOP)
    page = context.new_page()
    for path in ("?model=nothing", "nothing", "?model=lenet5"):
        page.goto(spoken.url + path)
        assert bare(page.evaluate(SAID)) == [], path
    lens = Lens(page, spoken.url).open()
    banner = page.locator("#banner")
    picture = {"name": "digit.png", "mimeType": "image/png"}
    for wrong in (b"GIF89a" + bytes(20), b"\x89PNG\r\n\x1a\n" + bytes(40)):
        page.set_input_files("#file", {**picture, "buffer": wrong})
        lens.until("document.querySelector('#banner').textContent.includes('«')")
        assert bare(page.evaluate(SAID)) == [], banner.text_content()
        page.evaluate("convlens.draw([{ points: [[0.5, 0.5]] }])")  # a dot: read with a doubt
        lens.settle()
        assert bare(page.evaluate(SAID)) == []
    context.set_offline(True)
    page.evaluate("convlens.draw([{ points: [[0.3, 0.2], [0.6, 0.7]] }])")
    lens.until("document.documentElement.dataset.state === 'error'")
    assert "«" in banner.text_content()
    assert bare(page.evaluate(SAID)) == []
    context.close()
