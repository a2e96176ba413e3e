"""Enlarge a map with its kernel, lay out all kernels, point at a weight; hide layers."""

import itertools
import re

import numpy as np
import pytest

from model import load_network
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.receipts import number, states, states_short
from tests.browser.test_accessibility import AXE, Judge
from tests.browser.test_drawing import SEVEN
from tests.browser.test_zoom import trace_of

NETWORK = load_network("lenet")


def layer_of(lens, kind, which=-1):
    return [one for one in lens.spec()["layers"] if one["kind"] == kind][which]


def text(lens, selector):
    return lens.page.locator(f"#account {selector}").inner_text()


def texts(lens, selector):
    return lens.page.locator(f"#account {selector}").all_inner_texts()


def pin(lens, layer, channel, row=0, column=0):
    cell = {"layer": layer, "channel": channel, "row": row, "column": column}
    lens.page.evaluate("cell => convlens.select(cell)", cell)
    lens.frame()
    return cell


def frames(lens, role):
    return [one for one in lens.overlay() if one["kind"] == "frame" and one["role"] == role]


@pytest.fixture
def drawn(open_page):
    lens = open_page()
    lens.page.evaluate("points => convlens.draw([{points}])", SEVEN[0])
    return lens.settle()


@pytest.fixture
def phone(open_page):
    lens = open_page(**PHONE)
    lens.page.evaluate("points => convlens.draw([{points}])", SEVEN[0])
    return lens.settle()


def uses(layer, weight, trace):
    """Every product that a weight takes part in, by the loop that defines a convolution."""
    out, into, row, column = weight
    source = trace[layer.inputs[0]]
    factor = float(NETWORK.parameters[f"{layer.name}.weight"][out, into, row, column])
    found = []
    for p, q in itertools.product(*map(range, trace[layer.name].shape[1:])):
        r = p * layer.stride[0] - layer.padding[0] + row
        c = q * layer.stride[1] - layer.padding[1] + column
        if 0 <= r < source.shape[1] and 0 <= c < source.shape[2]:
            found.append(factor * float(source[into, r, c]))
    return factor, found


def test_a_double_click_enlarges_a_map_and_its_numbers_are_the_engines(drawn):
    layer = layer_of(drawn, "conv")
    trace = trace_of(drawn)
    rect = drawn.rect({"layer": layer["name"], "channel": 7, "row": 7, "column": 3})
    drawn.page.mouse.dblclick(rect["x"] + rect["width"] / 2, rect["y"] + rect["height"] / 2)
    drawn.frame()
    values = trace[layer["name"]][7]
    shown = texts(drawn, ".map-facts dd")
    for said, truth in zip(shown, (values.min(), values.max(), values.mean()), strict=True):
        assert states(said, float(truth), 1e-6)
    assert states(text(drawn, ".readout").split(": ")[1], float(values[7, 3]), 1e-6)
    weight = NETWORK.parameters[f"{layer['name']}.weight"][7].reshape(-1)
    figures = texts(drawn, ".kernel .figures span")
    assert len(figures) == weight.size
    for said, truth in zip(figures, weight, strict=True):
        assert states_short(said, float(truth))
        assert said != "≈\u202f0" or abs(truth) < 0.005, f"{truth} has room for its digits"
    bias = NETWORK.parameters[f"{layer['name']}.bias"][7]
    assert states(text(drawn, ".bias-value"), float(bias))

    # a cell of the enlarged map is the cell on the stage
    block = drawn.page.locator("#account .titled .block").first.bounding_box()
    rows, columns = values.shape
    spot = (2.5 / columns * block["width"], 4.5 / rows * block["height"])
    drawn.page.mouse.move(block["x"] + spot[0], block["y"] + spot[1])
    drawn.frame()
    assert states(text(drawn, ".readout").split(": ")[1], float(values[4, 2]), 1e-6)
    (compared,) = frames(drawn, "compare")
    stage = drawn.page.locator("#stage").bounding_box()
    cell = drawn.rect({"layer": layer["name"], "channel": 7, "row": 4, "column": 2})
    assert abs(compared["rect"]["x"] + stage["x"] - cell["x"]) < 0.02
    drawn.page.mouse.down()
    drawn.page.mouse.up()
    assert drawn.selection["row"] == 4
    assert drawn.selection["column"] == 2


def test_pointing_at_a_weight_shows_every_place_where_it_is_used(drawn):
    layer = NETWORK.spec.layer(layer_of(drawn, "conv")["name"])
    pin(drawn, layer.name, 5, 1, 2)
    drawn.page.keyboard.press("m")
    drawn.frame()
    into, row, column = 4, 2, 3
    block = drawn.page.locator("#account .kernel .block").nth(into).bounding_box()
    side = block["width"] / layer.kernel[1]
    drawn.page.mouse.move(block["x"] + (column + 0.5) * side, block["y"] + (row + 0.5) * side)
    drawn.frame()
    factor, products = uses(layer, (5, into, row, column), trace_of(drawn))
    assert states(text(drawn, ".weight-value"), factor)
    used = text(drawn, ".weight-used")
    assert f"Used {len(products)} times" in used
    assert states(re.search(r"add up to (\S+)\.$", used)[1], sum(products), 1e-4)
    assert text(drawn, ".weight-name") == (
        f"{layer.name} filter 5, slice for map {into}: row {row}, column {column}"
    )
    # the cells that it multiplies, and the one that it multiplies for the pinned cell
    (window,) = frames(drawn, "window")
    (source,) = layer.inputs
    cell = drawn.rect({"layer": source, "channel": into, "row": row, "column": column})
    stage = drawn.page.locator("#stage").bounding_box()
    assert abs(window["rect"]["x"] + stage["x"] - cell["x"]) < 0.02
    assert abs(window["rect"]["y"] + stage["y"] - cell["y"]) < 0.02
    shape = NETWORK.spec.shapes[layer.name]
    assert abs(window["rect"]["width"] - shape[2] * cell["width"]) < 0.02
    (term,) = frames(drawn, "winner")
    there = {"layer": source, "channel": into, "row": 1 + row, "column": 2 + column}
    assert abs(term["rect"]["x"] + stage["x"] - drawn.rect(there)["x"]) < 0.02
    drawn.page.mouse.move(5, 5)
    drawn.frame()
    assert frames(drawn, "winner") == []


def test_keys_alone_lay_out_all_kernels_and_walk_their_weights(drawn):
    page, layer = drawn.page, layer_of(drawn, "conv")
    pin(drawn, layer["name"], 7, 7, 3)
    page.locator("#stage").focus()
    page.keyboard.press("k")
    drawn.until("document.activeElement.classList.contains('board')")
    shape = layer["parameters"]["weight"]
    assert page.locator("#account .filter").count() == shape[0]
    for said, truth in zip(
        texts(drawn, ".filter .bias"), NETWORK.parameters[f"{layer['name']}.bias"], strict=True
    ):
        assert states(said, float(truth))
    for key in ("ArrowRight", "ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    drawn.frame()
    weight = NETWORK.parameters[f"{layer['name']}.weight"]
    assert states(text(drawn, ".weight-value"), float(weight[0, 0, 1, 1]))
    for _ in range(shape[2]):  # on into the slice below, over the gap
        page.keyboard.press("ArrowDown")
    drawn.frame()
    assert states(text(drawn, ".weight-value"), float(weight[0, 1, 1, 1]))
    page.keyboard.press("Escape")
    drawn.until("document.activeElement.id === 'stage'")
    assert drawn.selection["layer"] == layer["name"], "the cell stays pinned"


def test_a_unit_shows_its_weights_folded_and_a_pooled_map_what_it_reads(drawn):
    dense = layer_of(drawn, "dense", 0)
    pin(drawn, dense["name"], 34)
    drawn.page.keyboard.press("m")
    drawn.frame()
    block = drawn.page.locator("#account .kernel .block").bounding_box()
    drawn.page.mouse.move(block["x"] + 2, block["y"] + 2)
    drawn.frame()
    weight = float(NETWORK.parameters[f"{dense['name']}.weight"][34, 0])
    assert states(text(drawn, ".weight-value"), weight)
    (source,) = dense["inputs"]
    assert text(drawn, ".weight-name").endswith(f"{source} [0] row 0, column 0")
    pool = layer_of(drawn, "pool", 0)
    pin(drawn, pool["name"], 3, 5, 5)
    assert texts(drawn, ".enlarged h2 b") == [f"{pool['name']} [3]", f"{pool['inputs'][0]} [3]"]


def test_an_enlarged_map_and_all_kernels_use_their_panel(drawn):
    page, account = drawn.page, drawn.page.locator("#account")
    layer = NETWORK.spec.layers[0]
    pin(drawn, layer.name, 2, 9, 11)
    page.keyboard.press("m")
    drawn.frame()
    edge = page.get_by_role("separator", name="Height of the account")

    def heights():
        block = account.locator(".titled .block").first.bounding_box()
        return block["height"], account.bounding_box()["height"]

    low, room = heights()
    edge.press("End")
    drawn.frame()
    high, more = heights()
    assert more > room
    assert high > low
    assert high > 0.65 * more
    page.keyboard.press("k")
    drawn.frame()
    panel = account.bounding_box()
    filters = [one.bounding_box() for one in account.locator(".filter .block").all()]
    assert len(filters) == layer.channels
    for one in filters:
        assert one["x"] + one["width"] <= panel["x"] + panel["width"]
        assert one["y"] + one["height"] <= panel["y"] + panel["height"]
    across = filters[-1]["x"] + filters[-1]["width"] - filters[0]["x"]
    assert across > 0.7 * panel["width"]


def test_layers_are_hidden_and_shown_by_keys_and_a_jump_brings_one_back(drawn):
    page, pool, conv = drawn.page, layer_of(drawn, "pool", 0), layer_of(drawn, "conv")
    cell = pin(drawn, conv["name"], 3, 4, 5)
    page.locator("#stage").focus()
    page.keyboard.press("l")
    drawn.until("document.activeElement.classList.contains('layer-name')")
    box = page.locator(f"#account input[data-layer={pool['name']}]")
    box.focus()
    page.keyboard.press("Space")
    drawn.frame()
    inside = {"layer": pool["name"], "channel": 0, "row": 5, "column": 6}
    assert drawn.rect(inside) is None
    assert drawn.rect(cell), "what is left has a place, and the cell stays pinned"
    assert not any(one.get("layer") == pool["name"] for one in drawn.overlay())
    page.keyboard.press("Escape")
    page.locator("#stage").focus()
    page.keyboard.press("PageUp")
    drawn.frame()
    assert drawn.selection["layer"] != pool["name"], "keys pass over what is hidden"
    pin(drawn, **inside)
    assert drawn.rect(inside)
    assert f"{pool['name']} is shown again" in page.locator("#banner").inner_text()


def test_two_layers_always_stay_and_a_sentence_says_why(drawn):
    page = drawn.page
    page.keyboard.press("l")
    drawn.frame()
    boxes = page.locator("#account .layers input:enabled:checked")
    while boxes.count() > 0:
        boxes.first.uncheck()
        drawn.frame()
    assert page.locator("#account .layers li:not(.off)").count() >= 2
    assert "At least two layers" in text(drawn, ".check")
    page.get_by_role("button", name="show all").click()
    drawn.frame()
    assert page.locator("#account .layers li.off").count() == 0


def test_a_layer_accounts_for_shape_parameters_and_operations(drawn):
    conv = layer_of(drawn, "conv")
    name, (maps, rows, columns) = conv["name"], conv["shape"]
    box = drawn.rect({"layer": name, "channel": 0, "row": 0, "column": 0})
    drawn.page.mouse.click(box["x"] + 20, drawn.page.locator("#stage").bounding_box()["y"] + 12)
    drawn.frame()
    told = text(drawn, ".layer-told")
    weight = conv["parameters"]["weight"]
    parameters = int(np.prod(weight)) + weight[0]
    for expected in (maps * rows * columns, parameters, int(np.prod(weight)) * rows * columns):
        found = [number(one) for one in re.findall(r"= (\d[\d\u202f]*)", told)]
        assert expected in found, (expected, told)


def test_a_finger_enlarges_a_map_and_taps_a_weight(phone):
    layer = NETWORK.spec.layer(layer_of(phone, "conv")["name"])
    rect = phone.rect({"layer": layer.name, "channel": 2, "row": 4, "column": 5})
    tap = phone.page.touchscreen.tap
    tap(rect["x"] + rect["width"] / 2, rect["y"] + rect["height"] / 2)
    phone.frame()
    phone.page.get_by_role("button", name="Enlarge the map").tap()
    phone.frame()
    block = phone.page.locator("#account .kernel .block").nth(1)
    block.scroll_into_view_if_needed()
    box = block.bounding_box()
    side = box["width"] / layer.kernel[1]
    tap(box["x"] + 1.5 * side, box["y"] + 0.5 * side)
    phone.frame()
    factor, products = uses(layer, (2, 1, 0, 1), trace_of(phone))
    assert states(text(phone, ".weight-value"), factor)
    assert f"Used {len(products)} times" in text(phone, ".weight-used")
    phone.page.get_by_role("button", name="all kernels").tap()
    phone.frame()
    assert phone.page.locator("#account .filter").count() == NETWORK.spec.shapes[layer.name][0]
    phone.page.get_by_role("button", name="enlarge the map").tap()
    phone.page.get_by_role("button", name="about the layer").tap()
    phone.frame()
    first = phone.page.locator("#account .layers input:enabled").nth(1)
    first.tap()
    phone.frame()
    assert phone.page.locator("#account .layers li.off").count() >= 1


@pytest.mark.skipif(not AXE.exists(), reason="axe-core comes with npm ci")
@pytest.mark.parametrize(
    "options", [DESKTOP | {"color_scheme": "dark"}, PHONE], ids=["desktop", "phone"]
)
def test_axe_finds_nothing_on_maps_kernels_and_layers(browser, server, options):
    judge = Judge(browser, server.url, **options)
    judge.page.evaluate("points => convlens.draw([{points}])", SEVEN[0])
    judge.lens.settle()
    pin(judge.lens, layer_of(judge.lens, "conv")["name"], 7, 7, 3)
    for key in "mkl":
        judge.page.keyboard.press(key)
        judge.page.keyboard.press("ArrowDown")
        judge.looks(key)
    judge.ends()
