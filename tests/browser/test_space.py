"""The network in space: the same cells, selection and receipts as in the flat view."""

import io

import numpy as np
from PIL import Image, ImageChops

from tests.browser.conftest import PHONE
from tests.browser.space import arrived, centre, drag, shapes_of, to_flat, to_space
from tests.browser.test_drawing import SEVEN
from tests.browser.test_keyboard_and_touch import Finger

NO_WEBGL2 = """(() => {
    const real = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
        return kind === 'webgl2' ? null : real.call(this, kind, ...more);
    };
})()"""
# frames that are asked for wait until release()
HOLD_FRAMES = """() => {
    const ask = window.requestAnimationFrame;
    const held = [];
    window.requestAnimationFrame = (frame) => held.push(frame);
    window.release = () => {
        window.requestAnimationFrame = ask;
        for (const frame of held) ask(frame);
    };
}"""


def picture(lens):
    """The stage's place as pixels."""
    lens.page.mouse.move(5, 5)
    lens.frame()
    box = lens.page.locator(".space").bounding_box()
    return Image.open(io.BytesIO(lens.page.screenshot(clip=box))).convert("RGB")


def at_rest(lens):
    """The picture when nothing of it changes any more."""
    last, now = None, picture(lens)
    while last is None or differing(last, now) > 0:
        lens.page.wait_for_timeout(200)
        last, now = now, picture(lens)
    return now


def differing(a, b):
    """Share of the pixels that differ visibly."""
    return float((np.asarray(ImageChops.difference(a, b)).max(-1) > 24).mean())


def test_keys_walk_turn_and_zoom_and_the_link_keeps_the_view(open_page):
    lens = arrived(open_page(query="?view=space", reduced_motion="reduce"))
    lens.sample(3)
    cell = {"layer": "conv2", "channel": 5, "row": 4, "column": 4}
    lens.page.evaluate("cell => convlens.select(cell)", cell)
    lens.page.locator(".space-picture").focus()
    press = lens.page.keyboard.press
    press("ArrowRight")
    assert lens.selection == cell | {"column": 5}
    before = lens.rect(cell)
    press("Shift+ArrowRight")
    lens.frame()
    turned = lens.rect(cell)
    assert turned["width"] > before["width"], "turned towards the reader"
    press("+")
    lens.frame()
    assert lens.rect(cell)["height"] > 1.2 * turned["height"]
    press("Escape")
    assert lens.selection is None
    lens.page.get_by_role("button", name="Corner").click()
    lens.frame()
    np.testing.assert_allclose(lens.rect(cell)["x"], before["x"], atol=0.1)
    lens.until("location.hash.includes('view=space')")
    press("s")
    lens.until("document.querySelector('.space').hidden")
    lens.until("!location.href.includes('view=space')")


def test_the_wheel_zooms_about_the_pointer_and_heights_keep_picking_exact(open_page):
    lens = arrived(open_page(query="?view=space"))
    lens.sample(8)
    cell = {"layer": "conv2", "channel": 9, "row": 5, "column": 5}
    x, y = centre(lens.rect(cell))
    lens.page.mouse.move(x, y)
    lens.page.mouse.wheel(0, -300)
    lens.frame()
    np.testing.assert_allclose(centre(lens.rect(cell)), (x, y), atol=0.5)
    lens.page.get_by_text("Heights").click()
    lens.page.wait_for_timeout(500)
    raised = [
        one
        for channel in range(16)
        for row in (2, 6)
        if lens.rect(one := {"layer": "conv2", "channel": channel, "row": row, "column": 5})
    ]
    assert len(raised) > 8
    for one in raised[:8]:
        assert lens.hover(one).selection == one


def colours(lens, cells):
    """The pixel in the middle of each cell that is in sight and not too small to have one."""
    lens.page.mouse.move(5, 5)
    lens.frame()
    rects = lens.page.evaluate(
        "cells => cells.map((cell) => convlens.rectOf(cell)?.toJSON() ?? null)", cells
    )
    shot = Image.open(io.BytesIO(lens.page.screenshot())).convert("RGB")
    return [
        shot.getpixel(tuple(map(int, centre(rect))))
        if rect and min(rect["width"], rect["height"]) > 2.5
        else None
        for rect in rects
    ]


def test_what_is_seen_at_a_place_is_the_cell_that_is_picked_there_level_or_raised(open_page):
    """The colours of the flat picture are found again where space says that the cells are."""
    lens = open_page(reduced_motion="reduce").sample(8)
    rng = np.random.default_rng(8)
    shapes = [one for one in shapes_of(lens) if len(one[1]) == 3 and "relu" not in one[0]]
    cells = [
        dict(zip(("layer", "channel", "row", "column"), (layer, *map(int, at)), strict=True))
        for layer, shape in shapes
        for at in rng.integers(shape, size=(80, 3))
    ]
    flat = colours(lens, cells)
    to_space(lens)
    for heights in (False, True):
        if heights:
            lens.page.get_by_text("Heights").click()
        shown, off = 0, []
        for preset in ("Corner", "Side", "Above"):
            lens.page.get_by_role("button", name=preset).click()
            found = list(zip(cells, flat, colours(lens, cells), strict=True))
            pairs = [one for one in found if all(one)]
            assert len(pairs) > 40, preset
            shown += len(pairs)
            other = [c for c, *pair in pairs if np.abs(np.subtract(*pair)).max() > 12]
            off += [(preset, one) for one in other if fills_its_pixel(lens, one)]
        # a line between layers may run across some
        assert len(off) < 0.02 * shown, (heights, off)


def fills_its_pixel(lens, cell):
    """Whether all corners of the pixel in the middle of a cell are on it, by picking."""
    x, y = map(int, centre(lens.rect(cell)))
    for corner in ((x + dx, y + dy) for dx in (0.02, 0.98) for dy in (0.02, 0.98)):
        lens.page.mouse.move(*corner)
        lens.frame()
        if lens.selection != cell:
            return False
    return True


def test_drawing_goes_on_while_the_network_is_turned(open_page):
    lens = arrived(open_page(query="?view=space"))
    lens.draw(SEVEN, lift=False)
    assert lens.settle().digit == "7"
    lens.page.mouse.up()
    drag(lens, 50, 0)
    blue = picture(lens)
    lens.sample(1)
    assert differing(blue, picture(lens)) > 0.005


def test_a_lost_context_comes_back_with_what_was_drawn_meanwhile(open_page):
    lens = arrived(open_page(query="?view=space"))
    lens.sample(4)
    with lens.page.expect_response("**/derivatives*"):
        lens.page.evaluate("convlens.select({ layer: 'fc1', channel: 3 })")
    four = at_rest(lens)
    lens.sample(1)
    lens.page.evaluate(
        """() => {
            const gl = document.querySelector('.space-picture').getContext('webgl2');
            window.card = gl.getExtension('WEBGL_lose_context');
            window.card.loseContext();
        }"""
    )
    lens.until("document.querySelector('.space-picture').getContext('webgl2').isContextLost()")
    with lens.page.expect_response("**/derivatives*"):
        lens.sample(4)
    assert lens.digit == "4", "drawing goes on"
    lens.page.evaluate("window.card.restoreContext()")
    lens.until("!document.querySelector('.space-picture').getContext('webgl2').isContextLost()")
    assert differing(four, at_rest(lens)) < 0.001
    cell = {"layer": "fc1", "channel": 40, "row": 0, "column": 0}
    lens.page.keyboard.press("Escape")
    assert lens.hover(cell).selection == cell


def test_a_pinned_cell_dims_the_rest_though_its_first_frame_comes_late(open_page):
    lens = arrived(open_page(query="?view=space"))
    lens.sample(4)
    other = {"layer": "fc1", "channel": 60, "row": 0, "column": 0}
    at_rest(lens)
    (bright,) = colours(lens, [other])
    lens.page.evaluate(HOLD_FRAMES)
    with lens.page.expect_response("**/derivatives*"):
        lens.page.evaluate("convlens.select({ layer: 'fc1', channel: 3 })")
    lens.page.wait_for_timeout(200)  # all that wakes the page is over
    lens.page.evaluate("release()")
    at_rest(lens)
    (dim,) = colours(lens, [other])
    lens.page.evaluate("convlens.select(null)")
    at_rest(lens)
    assert colours(lens, [other]) == [bright]
    assert min(bright) < 60 < 120 < min(dim)


def test_without_webgl2_the_flat_view_serves_and_a_sentence_says_why(browser, server, open_page):
    lens = open_page()
    lens.page.add_init_script(NO_WEBGL2)
    lens.open("?view=space")
    lens.until("document.getElementById('banner').textContent.includes('WebGL2')")
    button = lens.page.get_by_role("button", name="In space")
    assert button.is_disabled()
    assert "WebGL2" in button.get_attribute("title")
    assert not lens.page.evaluate("document.documentElement.hasAttribute('data-space')")
    lens.sample(2)
    cell = {"layer": "conv1", "channel": 1, "row": 9, "column": 9}
    assert lens.hover(cell).selection == cell


def test_what_could_not_be_loaded_once_is_loaded_at_the_next_press(open_page):
    lens = open_page()
    page, missing = lens.page, {"stage/space/ground.js", "render/space/gl.js", "css/space.css"}

    def once(route):
        lost = {one for one in missing if route.request.url.endswith(one)}
        missing.difference_update(lost)
        return route.abort() if lost else route.continue_()

    page.route("**/static/**", once)
    lens.open()
    button = page.get_by_role("button", name="In space")
    for _ in range(2):  # the module itself, then one that it imports
        button.click()
        lens.until("!document.querySelector('[data-action=space][aria-pressed=true]')")
        page.locator("#banner").get_by_text("could not be loaded").wait_for()
        assert button.is_enabled()
    to_space(lens)
    assert not page.locator("#banner").inner_text().strip()
    assert not missing
    lens.until("[...document.styleSheets].some(({ href }) => href.endsWith('css/space.css'))")
    lens.complaints.clear()  # Chromium itself reports each request that failed


def test_under_reduced_motion_one_picture_fades_into_the_other(open_page):
    lens = open_page(reduced_motion="reduce")
    lens.sample(6)
    to_space(lens)
    assert lens.page.locator(".space").get_attribute("data-fade") == "in"
    lens.page.get_by_role("button", name="Side").click()
    lens.frame()
    first = lens.rect({"layer": "conv1", "channel": 0, "row": 3, "column": 3})
    lens.page.wait_for_timeout(100)
    assert lens.rect({"layer": "conv1", "channel": 0, "row": 3, "column": 3}) == first
    to_flat(lens)


def test_on_a_phone_a_finger_turns_the_network_and_a_tap_pins(open_page):
    phone = arrived(open_page(query="?view=space", **PHONE))
    phone.page.evaluate("points => convlens.draw([{points}])", SEVEN[0])
    phone.settle()
    cell = {"layer": "conv1", "channel": 4, "row": 20, "column": 12}
    before = phone.rect(cell)
    box = phone.page.locator(".space-picture").bounding_box()
    finger, y = Finger(phone), box["y"] + box["height"] - 30
    finger.down(box["x"] + 300, y)
    finger.move(box["x"] + 310, y)
    finger.move(box["x"] + 330, y)
    phone.page.wait_for_timeout(100)
    finger.up()
    phone.page.wait_for_timeout(100)
    turned = phone.rect(cell)
    assert turned
    assert turned != before
    phone.page.touchscreen.tap(*centre(turned))
    phone.frame()
    assert phone.selection == cell
    assert phone.page.evaluate("[scrollX, scrollY]") == [0, 0]
