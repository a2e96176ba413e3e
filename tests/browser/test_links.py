"""All that is on the page is in its address: links, reload, back and forward, frames."""

import io
import random

import numpy as np
import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser

from tests.browser.conftest import one_page
from tests.browser.lens import Lens
from tests.server import Server, running

STATES = 10
CALM = {"reduced_motion": "reduce"}


@pytest.fixture(scope="module")
def pair(browser: Browser, server: Server):
    """Two browsers, as two people have them."""
    with one_page(browser, server, **CALM) as one, one_page(browser, server, **CALM) as other:
        yield one, other


def picture(chance: random.Random) -> bytes:
    """A scan of a few lines."""
    image = Image.new("L", (300, 400), 240)
    points = [(60 + 180 * chance.random(), 60 + 280 * chance.random()) for _ in range(5)]
    ImageDraw.Draw(image).line(points, fill=30, width=26, joint="curve")
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def press(*keys):
    """Something that keys do."""

    def act(lens: Lens, chance: random.Random) -> None:
        for key in keys:
            lens.page.keyboard.press(key)

    return act


def click(selector):
    """Something that is chosen where it stands."""

    def act(lens: Lens, chance: random.Random) -> None:
        lens.page.evaluate("(one) => document.querySelector(one)?.click()", selector)

    return act


def take_sample(lens: Lens, chance: random.Random) -> None:
    """Draw a sample digit."""
    lens.page.keyboard.press(str(chance.randrange(10)))


def draw_lines(lens: Lens, chance: random.Random) -> None:
    """Draw lines of all widths, and wipe some."""
    strokes = [
        {
            "points": [[chance.uniform(0.1, 0.9), chance.uniform(0.1, 0.9)] for _ in range(6)],
            "width": chance.uniform(0.02, 0.13),
            "erase": number > 0 and chance.random() < 0.3,
        }
        for number in range(chance.randrange(1, 4))
    ]
    lens.page.evaluate("(strokes) => convlens.draw(strokes)", strokes)


def bring_picture(lens: Lens, chance: random.Random) -> None:
    """Choose a picture's file."""
    file = {"name": "scan.png", "mimeType": "image/png", "buffer": picture(chance)}
    lens.page.locator("#file").set_input_files(file)


def pin(lens: Lens, chance: random.Random) -> None:
    """Pin any cell."""
    spec = lens.spec()
    layer = chance.choice([spec["input"], *spec["layers"]])
    channels, rows, columns = (*layer["shape"], 1, 1)[:3]
    cell = {
        "layer": layer["name"],
        "channel": chance.randrange(channels),
        "row": chance.randrange(rows),
        "column": chance.randrange(columns),
    }
    lens.page.evaluate("(cell) => convlens.select(cell)", cell)


def hide_layer(lens: Lens, chance: random.Random) -> None:
    """Hide a layer, from the list of them."""
    lens.page.keyboard.press("l")
    lens.frame()
    boxes = "[...document.querySelectorAll('#account input[type=checkbox]:checked:enabled')]"
    lens.page.evaluate(f"(at) => {boxes}.at(at)?.click()", chance.randrange(1, 4))
    lens.page.keyboard.press("Escape")


def keep_drawing(lens: Lens, chance: random.Random) -> None:
    """Compare a drawing with the next one."""
    lens.settle()
    lens.page.keyboard.press("c")
    lens.frame()
    lens.page.get_by_role("button", name="keep this drawing").click()
    take_sample(lens, chance)
    press("c")(lens, chance)


def compare_network(lens: Lens, chance: random.Random) -> None:
    """Compare with another network."""
    lens.page.keyboard.press("c")
    lens.page.get_by_role("button", name="MLP").first.click()
    lens.until("document.documentElement.dataset.compare === '1'")


DRAWINGS = (take_sample, draw_lines, bring_picture)
FEATURES = (
    press("+", "+"),
    press("s"),
    press("v"),
    press("g"),
    press("e"),
    press("]", "]"),
    click("input[name=scale][value=map]"),
    click("input[name=scale][value=network]"),
    click("input[name=activations][value=shown]"),
    click("#center"),
    click("#account input[value=words]"),
    click("#account input[value=table]"),
    hide_layer,
)
LAST = (
    *(press(key) for key in "mklt?"),
    keep_drawing,
    compare_network,
    press("x"),
    *(lambda lens, chance: None,) * 2,
)


def come_to_rest(lens: Lens) -> None:
    """Wait until all is read and shown, and nothing has the pointer or the focus."""
    lens.settle()
    lens.page.mouse.move(2, 2)
    lens.page.evaluate("document.activeElement.blur()")
    lens.frame()


def seen(lens: Lens) -> np.ndarray:
    """Give the pixels of what stands beside the pad: the network, and its account."""
    size = lens.page.viewport_size or {}
    clip = {"x": 270, "y": 50, "width": size["width"] - 270, "height": size["height"] - 50}
    way = lens.page.locator("#account .way")  # back to cells that were pinned before
    shot = lens.page.screenshot(clip=clip, mask=[way])
    return np.asarray(Image.open(io.BytesIO(shot)).convert("RGB"), int)


def the_same(one: Lens, other: Lens) -> bool:
    """
    Whether both show the same, as soon as all answers are there.

    Of the network each pixel; below it Chromium smooths edges of curves a little differently from
    time to time: at most at some 20 pixels, by at most 8 of 255.
    """
    stage = one.page.locator("#stage-scroll").bounding_box()
    end = round(stage["y"] + stage["height"]) - 50
    for _ in range(20):
        away = np.abs(seen(one) - seen(other)).max(axis=2)
        below = away[end:]
        if not away[:end].any() and below.max() <= 8 and (below > 0).sum() <= 20:
            return True
        other.page.wait_for_timeout(100)
    return False


@pytest.mark.parametrize("seed", range(STATES))
def test_a_link_shows_another_browser_the_same_picture_and_gives_the_same_link(pair, seed):
    one, other = pair
    chance = random.Random(seed)
    one.page.evaluate("convlens.show('#')")
    come_to_rest(one)
    DRAWINGS[seed % 3](one, chance)
    one.settle()
    pin(one, chance)
    for act in chance.sample(FEATURES, chance.randrange(1, 5)):
        act(one, chance)
        one.frame()
    chance.choice(LAST)(one, chance)
    come_to_rest(one)
    link = one.page.evaluate("convlens.link()")
    other.page.goto(link)
    if seed % 4 == 0:  # the others are opened where something else stood
        other.page.reload()
    other.page.evaluate("convlens.ready")
    come_to_rest(other)
    assert the_same(one, other), link
    assert other.page.evaluate("convlens.link()") == link
    assert other.page.locator("#banner").inner_text() == ""


def linked(lens: Lens, part: str) -> Lens:
    """Wait until the address says something."""
    return lens.until(f"location.hash.includes({part!r})")


CELL = {"layer": "conv1", "channel": 3, "row": 10, "column": 12}


def state(lens: Lens, key: str):
    """One thing that the page says of itself."""
    return lens.page.evaluate("(key) => convlens.state()[key]", key)


def reload(lens: Lens) -> Lens:
    """Load the page anew, as it is in the address."""
    lens.page.reload()
    lens.page.evaluate("convlens.ready")
    return lens.settle()


def test_a_reload_keeps_what_was_drawn_and_chosen_and_a_typical_link_is_short(lens):
    assert lens.page.evaluate("location.hash") == "", "nothing was done yet"
    lens.page.locator("#brush").fill("0.1")
    lens.draw([[(0.3, 0.2), (0.7, 0.22), (0.6, 0.5), (0.45, 0.8)]])
    linked(lens.settle(), "drawing")
    digit, drawn = lens.digit, state(lens, "drawing")
    lens.page.evaluate("(cell) => convlens.select(cell)", CELL)
    lens.page.keyboard.press("e")
    lens.page.keyboard.press("k")
    lens.page.locator("input[name=scale][value=map]").check(force=True)
    linked(lens, "scale=map")
    assert len(lens.page.url) < 1500
    for again in (reload, reload):
        again(lens)
        assert lens.digit == digit
        assert state(lens, "drawing")["strokes"] == drawn["strokes"]
        assert lens.selection == CELL
        assert lens.page.locator("#account .board").is_visible()
        assert lens.page.locator("#brush").input_value() == "0.1"
        assert (
            lens.page.locator("[data-action=eraser]").first.get_attribute("aria-pressed") == "true"
        )
        assert lens.page.locator("input[name=scale][value=map]").is_checked()
    lens.page.keyboard.press("b")
    lens.draw([[(0.2, 0.9), (0.8, 0.9)]])
    lens.page.mouse.down()
    lens.page.mouse.move(300, 300)
    lens.page.wait_for_timeout(1200)
    before = lens.page.url
    lens.page.mouse.move(320, 320)
    lens.page.wait_for_timeout(600)
    assert lens.page.url == before, "a pointer is down"
    lens.page.mouse.up()


def test_back_and_forward_walk_pins_and_panels_but_not_strokes(lens):
    linked(lens.sample(3), "drawing")
    lens.page.evaluate("(cell) => convlens.select(cell)", CELL)
    linked(lens, "cell=")
    lens.page.wait_for_timeout(350)
    lens.page.keyboard.press("m")
    linked(lens, "panel=map")
    lens.sample(4)
    lens.page.keyboard.press("v")
    linked(lens, "quantity=derivative")
    lens.page.go_back()
    lens.until("convlens.state().panel === null")
    assert lens.settle().digit == "3"
    assert lens.selection == CELL
    lens.page.go_back()
    lens.until("convlens.selection === null")
    lens.page.go_forward()
    lens.page.go_forward()
    lens.until("convlens.state().panel === 'map'")
    assert lens.settle().digit == "4"
    assert state(lens, "quantity") == "derivative"
    lens.page.get_by_role("button", name="Undo").first.click()
    assert lens.settle().digit == "3", "what going forward put in its place"


def test_opening_a_link_over_a_drawing_can_be_undone_and_what_is_wrong_is_said(lens):
    link = lens.sample(5).page.evaluate("convlens.link()")
    lens.sample(2)
    lens.page.evaluate("(link) => convlens.show(link)", link)
    assert lens.settle().digit == "5"
    lens.page.get_by_role("button", name="Undo").first.click()
    assert lens.settle().digit == "2"
    lens.page.evaluate("convlens.show('#v=1&cell=conv9.1.1.1&form=words')")
    assert "cell=conv9.1.1.1" in lens.page.locator("#banner").inner_text()
    assert state(lens, "form") == "words"
    for broken in ("#v=1&drawing=sAAAA&camera=%", "#%%%", "#v=1&drawing=s" + "A" * 200_001):
        lens.open(broken)
        lens.page.reload()
        lens.page.evaluate("convlens.ready")
        assert lens.page.locator("#banner").inner_text(), broken[:40]
        assert lens.sample(7).digit == "7"


def test_two_tabs_keep_a_drawing_each_and_a_picture_stays_in_its_tab_until_it_is_cleared(open_page):
    one: Lens = open_page()
    other = Lens(one.page.context.new_page(), one.url).open()
    file = {"name": "scan.png", "mimeType": "image/png", "buffer": picture(random.Random(4))}
    one.page.locator("#file").set_input_files(file)
    one.until("convlens.state().drawing.file !== null")
    linked(one.settle(), "drawing=p")
    linked(other.sample(6), "drawing=s")
    digit, size = one.digit, state(one, "drawing")["size"]
    one.until("sessionStorage.length === 1")
    assert other.page.evaluate("sessionStorage.length") == 0
    assert reload(one).digit == digit
    assert reload(other).digit == "6"
    assert state(one, "drawing")["size"] == size == {"width": 300, "height": 400}
    other.page.goto(one.page.url)
    other.page.reload()
    other.page.evaluate("convlens.ready")
    assert other.settle().digit == digit
    assert state(other, "drawing")["size"] == {"width": 28, "height": 28}
    one.page.keyboard.press("Delete")
    one.until("sessionStorage.length === 0")
    other.page.close()


REFUSED = """
    const refuse = { get() { throw new DOMException('no', 'SecurityError'); } };
    for (const name of ['localStorage', 'sessionStorage'])
        Object.defineProperty(window, name, refuse);
"""


def test_without_storage_the_address_keeps_all_but_the_file_and_a_sentence_says_so(open_page):
    lens: Lens = open_page()
    lens.page.add_init_script(REFUSED)
    reload(lens)
    linked(lens.sample(3), "drawing=s")
    assert reload(lens).digit == "3"
    file = {"name": "scan.png", "mimeType": "image/png", "buffer": picture(random.Random(4))}
    lens.page.locator("#file").set_input_files(file)
    lens.until("document.getElementById('banner').textContent.includes('keeps no picture')")
    digit = linked(lens, "drawing=p").digit
    assert reload(lens).digit == digit
    assert state(lens, "drawing")["size"] == {"width": 28, "height": 28}


def test_another_network_takes_what_is_not_about_this_one(lens):
    linked(lens.sample(3), "drawing")
    lens.page.evaluate("(cell) => convlens.select(cell)", CELL)
    lens.page.locator("#account input[value=words]").check(force=True)
    linked(lens, "form=words")
    lens.page.locator("#model select").select_option("mlp")
    lens.page.wait_for_url("**/?model=mlp#**")
    lens.page.evaluate("convlens.ready")
    assert lens.settle().digit == "3"
    assert lens.selection is None
    assert state(lens, "form") == "words"
    lens.page.go_back()
    lens.until("'convlens' in window")
    lens.page.evaluate("convlens.ready")
    lens.settle()
    assert (lens.selection, lens.digit) == (CELL, "3")


def test_a_link_is_copied_or_shown_selected_and_says_who_can_open_it(open_page, browser):
    lens: Lens = open_page(permissions=["clipboard-read", "clipboard-write"])
    lens.sample(3)
    button, dialog = lens.page.locator(".bar [data-action=link]"), lens.page.locator("#link-dialog")
    button.click()
    dialog.wait_for()  # the browser is asked for its clipboard first
    assert "Only this machine can open this link" in dialog.inner_text()
    link = dialog.locator("input").input_value()
    assert link == lens.page.evaluate("navigator.clipboard.readText()")
    assert link == lens.page.evaluate("convlens.link()")
    lens.page.keyboard.press("Escape")
    assert not dialog.is_visible()
    lens.page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    lens.page.keyboard.press("u")
    dialog.wait_for()
    assert "Ctrl C" in dialog.inner_text()
    assert lens.page.evaluate("getSelection().toString() || document.activeElement.value") == link
    dialog.get_by_role("button").click()
    with running("--host", "0.0.0.0") as server:
        far = Lens(lens.page.context.new_page(), server.url.replace("0.0.0.0", "127.0.0.1")).open()
        far.sample(3)
        far.page.keyboard.press("u")
        far.page.locator("#link-dialog").wait_for()
        shown = far.page.locator("#link-dialog input").input_value()
        assert "127.0.0.1" not in shown
        assert shown.partition("#")[2] == link.partition("#")[2]
        far.page.close()


def test_a_frame_shows_the_stage_alone_and_what_is_named_is_left_out(open_page):
    lens: Lens = open_page()
    link = lens.sample(3).page.evaluate("convlens.link()").partition("#")[2]
    lens.open(f"?embed=1#{link}")
    lens.page.reload()
    lens.page.evaluate("convlens.ready")
    lens.settle()
    box = lens.page.locator("#stage-scroll").bounding_box()
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 1440, 900)
    for one in (".bar", ".rail", "#account"):
        assert not lens.page.locator(one).is_visible()
    assert lens.rect({"layer": "softmax", "channel": 0, "row": 0, "column": 0})
    lens.open("?hide=theme,pad,nothing")
    assert not lens.page.locator(".bar [data-action=theme]").is_visible()
    assert not lens.page.locator(".rail").is_visible()
    assert lens.page.locator(".bar [data-action=help]").is_visible()
    box = lens.page.locator("#stage-scroll").bounding_box()
    assert (box["x"], box["width"]) == (0, 1440)


@pytest.mark.parametrize("hidden", ["bar", "pad", "bar,pad", "bar,pad,account"])
def test_what_is_left_out_leaves_its_place_to_the_network(open_page, hidden):
    places = {"bar": ".bar", "pad": ".rail", "account": "#account"}
    for width, height in ((1280, 720), (390, 844)):
        lens: Lens = open_page(query=f"?hide={hidden}", viewport={"width": width, "height": height})
        box = lens.page.locator("#stage-scroll").bounding_box()
        for name, place in places.items():
            if name in hidden.split(","):
                assert not lens.page.locator(place).is_visible()
        assert box["height"] >= 0.5 * height - 1
        assert box["width"] == (width if "pad" in hidden or width < 400 else width - 264)
        assert (box["y"] == 0) == ("bar" in hidden and ("pad" in hidden or width > 400))
        assert lens.rect({"layer": "softmax", "channel": 0, "row": 0, "column": 0})


def test_links_of_old_that_name_the_view_still_lead_into_space(lens):
    lens.open("?view=space")
    linked(lens, "view=space")
    assert "?view" not in lens.page.url
    lens.until("document.documentElement.hasAttribute('data-space')")


def test_a_reload_in_the_same_moment_loses_nothing(lens):
    linked(lens.sample(3), "drawing")
    lens.page.keyboard.press("5")
    lens.settle()
    lens.page.evaluate("(cell) => convlens.select(cell)", CELL)
    reload(lens)
    assert (lens.digit, lens.selection) == ("5", CELL)
    assert lens.page.evaluate("sessionStorage.length") == 0
