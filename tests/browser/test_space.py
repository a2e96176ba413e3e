"""The network in space: the same cells, selection and receipts as in the flat view."""

import io

import numpy as np
import pytest
from PIL import Image, ImageChops

from tests.browser.conftest import PHONE
from tests.browser.test_drawing import SEVEN
from tests.browser.test_keyboard_and_touch import Finger
from tests.model.examples import write_graph
from tests.server import running

NO_WEBGL2 = """(() => {
    const real = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
        return kind === 'webgl2' ? null : real.call(this, kind, ...more);
    };
})()"""
# one cell that is in sight, the nearest to the middle of its layer
IN_SIGHT = """([layer, [channels, rows = 1, columns = 1]]) => {
    const middle = (count) => Array.from({ length: count }, (_, i) => i)
        .sort((a, b) => Math.abs(a - count / 2) - Math.abs(b - count / 2));
    for (const channel of middle(channels))
        for (const row of middle(rows).slice(0, 5))
            for (const column of middle(columns).slice(0, 5))
                if (convlens.rectOf({ layer, channel, row, column }))
                    return { layer, channel, row, column };
    return null;
}"""


def to_space(lens):
    lens.page.get_by_role("button", name="In space").click()
    return arrived(lens)


def arrived(lens):
    """Wait until the flight is over: the answer's cells can be asked for."""
    last = lens.spec()["layers"][-1]["name"]
    return lens.until(
        "document.documentElement.hasAttribute('data-space') && "
        f"[0, 1, 2, 3, 4, 5, 6, 7, 8, 9].some((channel) => convlens.rectOf("
        f"{{ layer: '{last}', channel }}))"
    )


def to_flat(lens):
    lens.page.get_by_role("button", name="In space").click()
    return lens.until("document.querySelector('.space').hidden")


def drag(lens, dx, dy):
    """Turn the network, and let it come to rest."""
    box = lens.page.locator(".space-picture").bounding_box()
    x, y = box["x"] + 40, box["y"] + box["height"] - 20
    mouse = lens.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + dx / 2, y + dy / 2)
    mouse.move(x + dx, y + dy)
    lens.page.wait_for_timeout(100)  # a pause before the end: nothing is thrown
    mouse.up()
    lens.frame()


def come_near(lens, cell):
    """Zoom in until whole pixels lie in the cell."""
    for _ in range(9):
        rect = lens.rect(cell)
        assert rect, f"{cell} went out of sight"
        if min(rect["width"], rect["height"]) > 2.2:  # clicks come in whole pixels
            return
        lens.page.mouse.move(*centre(rect))
        lens.page.mouse.wheel(0, -240)
        lens.frame()


def centre(rect):
    return rect["x"] + rect["width"] / 2, rect["y"] + rect["height"] / 2


def picture(lens):
    """The stage's place as pixels."""
    lens.page.mouse.move(5, 5)
    lens.frame()
    box = lens.page.locator(".space").bounding_box()
    return Image.open(io.BytesIO(lens.page.screenshot(clip=box))).convert("RGB")


def differing(a, b):
    """Share of the pixels that differ visibly."""
    return float((np.asarray(ImageChops.difference(a, b)).max(-1) > 24).mean())


@pytest.fixture(scope="module")
def graph_server(tmp_path_factory):
    """A made-up network with a skip connection and a concat, that no code knows by name."""
    with running("--model", str(write_graph(tmp_path_factory.mktemp("graph")))) as server:
        yield server


def shapes_of(lens):
    spec = lens.spec()
    return [("input", spec["input"]["shape"]), *((x["name"], x["shape"]) for x in spec["layers"])]


@pytest.mark.parametrize("network", ["lenet", "mlp", "lenet5", "graph"])
def test_a_story_in_space_pins_a_cell_of_every_layer_and_returns_with_the_same_receipts(
    open_page, request, network
):
    if network == "graph":
        lens = open_page(request.getfixturevalue("graph_server").url, reduced_motion="reduce")
    else:
        lens = open_page(query=f"?model={network}", reduced_motion="reduce")
    lens.draw(SEVEN).settle()
    lens.page.evaluate("document.activeElement.blur()")
    lens.page.keyboard.press("v")  # values, whose account is complete at once
    digit = lens.digit
    to_space(lens)
    drag(lens, 40, 20)
    assert lens.digit == digit
    pinned = []
    layers = shapes_of(lens)
    for layer, shape in layers[:: 8 if network == "graph" else 1]:
        lens.page.get_by_role("button", name="Reset the view").click()
        lens.frame()
        cell = lens.page.evaluate(IN_SIGHT, [layer, shape])
        if cell is None:
            continue  # folded
        lens.page.evaluate("convlens.select(null)")
        come_near(lens, cell)
        assert lens.hover(cell).selection == cell
        lens.page.mouse.click(*centre(lens.rect(cell)))
        lens.page.mouse.move(5, 5)
        lens.frame()
        assert lens.selection == cell
        roles = {item["role"] for item in lens.overlay()}
        assert "pinned" in roles
        assert layer == "input" or roles & {"window", "field"}
        pinned.append((cell, lens.account()))
    assert len(pinned) >= (2 if network == "graph" else 5)
    to_flat(lens)
    assert lens.selection == pinned[-1][0]
    for cell, said in pinned:
        lens.page.evaluate("cell => convlens.select(cell)", cell)
        lens.frame()
        assert lens.account() == said


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
    lens.page.get_by_role("button", name="Oblique").click()
    lens.frame()
    np.testing.assert_allclose(lens.rect(cell)["x"], before["x"], atol=0.1)
    assert "view=space" in lens.page.url
    press("s")
    lens.until("document.querySelector('.space').hidden")
    assert "view=space" not in lens.page.url


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
    lens.page.evaluate("convlens.select({ layer: 'fc1', channel: 3 })")
    lens.page.wait_for_timeout(600)
    four = picture(lens)
    lens.sample(1)
    lens.page.evaluate(
        """() => {
            const gl = document.querySelector('.space-picture').getContext('webgl2');
            window.card = gl.getExtension('WEBGL_lose_context');
            window.card.loseContext();
        }"""
    )
    lens.until("document.querySelector('.space-picture').getContext('webgl2').isContextLost()")
    lens.sample(4)
    assert lens.digit == "4", "drawing goes on"
    lens.page.evaluate("window.card.restoreContext()")
    lens.until("!document.querySelector('.space-picture').getContext('webgl2').isContextLost()")
    lens.page.wait_for_timeout(600)
    assert differing(four, picture(lens)) < 0.001
    cell = {"layer": "fc1", "channel": 40, "row": 0, "column": 0}
    lens.page.keyboard.press("Escape")
    assert lens.hover(cell).selection == cell


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
