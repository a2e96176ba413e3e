"""On every screen all that is written can be read, and all that can be pressed can be hit.

75 cases of one page (25 sizes, each empty, drawn and pinned), and a pairwise cover of those sizes
that lay it out differently, states, panels, forms, themes, folds and kinds of cell over the three
networks. The full product: `python -m benchmarks.screens`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import screens
from tests.browser.conftest import PHONE
from tests.browser.lens import Lens, watching
from tests.browser.screens import FORMS, SIZES, STATES, TEXTS, Case, Screens, Size, look_at_sections
from tests.server import Server

NETWORKS = ("lenet", "lenet5", "mlp")


def told(faults: list[tuple[Case, list[str]]]) -> str:
    """Return the faults as text, case by case."""
    return "\n".join(f"{case}\n  " + "\n  ".join(said) for case, said in faults if said)


@pytest.fixture(autouse=True)
def _watched(browser: Browser) -> Iterator[None]:
    """A story of many cases takes longer than others before it counts as stuck."""
    with watching(browser, 900):
        yield


def test_at_every_size_nothing_covers_anything(browser: Browser, server: Server):
    page = Screens(browser, server.url)
    cases = [Case(size, state) for size in SIZES for state in STATES]
    cases += [Case(SIZES[1], "pinned", form=form) for form in FORMS]  # on a sheet all look other
    cases += [Case(Size(1366, 560), "drawn", "space")]  # the guess, beside the label of a layer
    # its strip in a sheet, in a line, in a row above and in a column
    cases += [Case(SIZES[at], "pinned", "play") for at in (1, 5, 10, 16)]
    assert not told(list(screens.look(page, cases)))
    assert not page.lens.complaints


@pytest.mark.parametrize("network", NETWORKS)
def test_panels_forms_and_themes_leave_everything_readable(browser, server, network):
    page = Screens(browser, server.url, f"?model={network}")
    every = screens.pairwise()
    few = set(screens.fewer(every))
    mine = [case for case in every[NETWORKS.index(network) :: len(NETWORKS)] if case in few]
    assert not told(list(screens.look(page, mine)))


def test_every_section_of_the_operations_can_be_read(browser: Browser, server: Server):
    sizes = [SIZES[at] for at in (0, 4, 6, 16, 23)]
    faults = {what: found for what, found in look_at_sections(browser, server.url, sizes) if found}
    assert not faults


def test_the_check_finds_texts_that_meet_are_cut_or_covered(browser: Browser, server: Server):
    page = Screens(browser, server.url)
    case = Case(Size(1440, 900), "drawn")
    assert page.faults(case) == []
    sheet = "(text) => { const sheet = new CSSStyleSheet(); sheet.replaceSync(text);"
    sheet += " document.adoptedStyleSheets = [sheet]; }"
    for rule, word in (
        (".second { margin-top: -20px }", "on “"),
        (".more-row { overflow: hidden; width: 60px; white-space: nowrap }", "is cut by"),
        (".prediction { visibility: hidden }", "is not in sight"),
        (".busy-line { position: fixed; inset: 0; height: auto; z-index: 9 }", "is covered by"),
        (".sample { min-height: 0; height: 12px } .samples { gap: 0 }", "px small"),
        ("#overlay { translate: 0 9px } #stage { translate: 0 -30px }", "is cut by"),
    ):
        page.page.evaluate(sheet, rule)
        page.lens.frame()
        found = page.page.evaluate("screenTexts()")
        assert any(word in one for one in found), (rule, found)


def test_the_account_is_dragged_by_its_edge_moved_by_keys_folded_and_remembered(open_page):
    lens: Lens = open_page().sample(3)
    page = lens.page
    edge = page.get_by_role("separator", name="Height of the account")
    tall = "document.querySelector('#account').getBoundingClientRect().height"
    stage = "document.querySelector('#stage-scroll').getBoundingClientRect().height"
    assert page.evaluate(tall) == 312
    box = edge.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + 60, steps=3)
    page.mouse.up()
    assert page.evaluate(tall) == 252
    edge.focus()
    page.keyboard.press("ArrowUp")
    assert page.evaluate(tall) == 276
    page.keyboard.press("End")
    most = page.evaluate(tall)
    assert most > 312
    assert page.evaluate(stage) >= 495  # 55 % of the window
    assert edge.get_attribute("aria-valuenow") == edge.get_attribute("aria-valuemax")
    page.keyboard.press("Home")
    assert page.evaluate(tall) == int(edge.get_attribute("aria-valuemin"))
    page.reload()
    page.evaluate("convlens.ready")
    assert page.evaluate(tall) == int(edge.get_attribute("aria-valuemin"))
    page.get_by_role("separator").press("Enter")
    lens.until("document.documentElement.dataset.account === 'line'")
    page.get_by_role("button", name="Show how it was computed").click()
    lens.until("document.documentElement.dataset.account === 'open'")


@pytest.mark.parametrize(("height", "shape"), [(700, "open"), (699, "line"), (560, "line")])
def test_the_account_is_open_from_700_px_up_and_the_stage_keeps_its_share(open_page, height, shape):
    lens: Lens = open_page(viewport={"width": 1366, "height": height}).sample(3)
    assert lens.page.evaluate("document.documentElement.dataset.account") == shape
    box = lens.page.locator("#stage-scroll").bounding_box()
    assert box["height"] >= 0.55 * height - 0.5
    answer = lens.page.locator("#prediction .digit").bounding_box()
    assert answer["y"] + answer["height"] <= box["y"] + box["height"]


def test_a_phone_has_a_larger_pad_named_samples_a_sheet_to_drag_and_a_magnifier(open_page):
    phone: Lens = open_page(**PHONE)
    page = phone.page
    assert phone.pad()["width"] > 112
    page.get_by_role("button", name="Samples and tools").tap()
    page.get_by_role("button", name="Sample 3").tap()
    phone.settle()
    page.get_by_role("button", name="Samples and tools").tap()
    finger = page.context.new_cdp_session(page)

    def touch(kind: str, x: float = 0, y: float = 0) -> None:
        points = [] if kind == "touchEnd" else [{"x": x, "y": y}]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    # a finger that rests on cells of 2 px sees them magnified, and pins the one it leaves
    rect = phone.rect({"layer": "conv1", "channel": 2, "row": 13, "column": 12})
    x, y = rect["x"] + rect["width"] / 2, rect["y"] + rect["height"] / 2
    touch("touchStart", x - 3, y)
    phone.until("!document.querySelector('.magnifier').hidden")
    touch("touchMove", x, y)
    phone.frame()
    touch("touchEnd")
    phone.until("convlens.selection !== null")
    assert phone.selection == {"layer": "conv1", "channel": 2, "row": 13, "column": 12}
    assert page.locator(".magnifier").is_hidden()

    # the sheet's edge: down makes it lower, far down closes it
    edge = page.get_by_role("separator", name="Height of the account")
    box, sheet = edge.bounding_box(), page.locator("#account")
    before = sheet.bounding_box()["height"]
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch("touchStart", x, y)
    touch("touchMove", x, y + 100)
    touch("touchEnd")
    phone.frame()
    assert abs(sheet.bounding_box()["height"] - before + 100) < 2
    y += 100
    touch("touchStart", x, y)
    touch("touchMove", x, y + 300)
    touch("touchEnd")
    phone.until("convlens.selection === null")


def test_on_paper_the_network_is_whole_and_light(open_page):
    lens: Lens = open_page(color_scheme="dark").sample(3)
    lens.page.evaluate(TEXTS)  # only the reader: what is on canvases was drawn before
    lens.page.emulate_media(media="print")
    lens.page.set_viewport_size({"width": 1047, "height": 718})
    lens.frame()
    assert lens.page.evaluate("document.documentElement.dataset.theme") == "light"
    found = lens.page.evaluate("screenTexts()")
    assert not [one for one in found if "controls" not in one and "by the window" not in one], found
    stage, whole = lens.page.locator("#stage").bounding_box(), lens.page.evaluate("innerWidth")
    assert stage["x"] + stage["width"] <= whole
    assert lens.page.locator(".tools").is_hidden()


def test_a_network_that_stands_upright_is_not_torn_over_pages(open_page):
    lens: Lens = open_page(viewport={"width": 820, "height": 1180}, has_touch=True).sample(3)
    sheets = re.findall(rb"/Type\s*/Page\b", lens.page.pdf(format="A4", landscape=True))
    assert len(sheets) == 2  # the network, and the account


def pinned(lens: Lens) -> Lens:
    """Draw a three, and pin a cell of conv2."""
    lens.page.evaluate("points => convlens.draw([{ points }])", screens.THREE)
    lens.settle()
    lens.page.evaluate("convlens.select({ layer: 'conv2', channel: 4, row: 4, column: 4 })")
    lens.frame()
    return lens


def test_what_lies_above_the_network_is_printed_in_its_picture(open_page):
    """Canvases that are printed as lines have a scale of their own, so that two would not meet."""
    lens = pinned(open_page(color_scheme="light"))
    picture = "document.getElementById('stage').toDataURL()"
    before = lens.page.evaluate(picture)
    lens.page.emulate_media(media="print")
    lens.frame()  # the page hears of it a little later
    assert lens.page.locator("#overlay").is_hidden()
    assert lens.page.evaluate(picture) != before
    lens.page.emulate_media(media="screen")
    lens.until(f"{picture} === {before!r}")


def test_a_phone_prints_the_account_of_a_wide_window(open_page):
    phone = pinned(open_page(**PHONE))
    shape = "document.getElementById('account').dataset.shape"
    assert phone.page.evaluate(shape) == "sheet"
    # What a browser says before it counts sheets, and so before it says that the media is print.
    assert phone.page.evaluate(f"(dispatchEvent(new Event('beforeprint')), {shape})") == "open"
    phone.page.evaluate("dispatchEvent(new Event('afterprint'))")
    phone.until(f"{shape} === 'sheet'")
    sheets = re.findall(rb"/Type\s*/Page\b", phone.page.pdf(prefer_css_page_size=True))
    assert len(sheets) == 2  # the network, and the account
    phone.until(f"{shape} === 'sheet'")
