"""The panels of the flat view serve the network in space, too: kernels, layers, comparison."""

import pytest

from tests.browser.space import arrived, to_flat


@pytest.fixture
def lens(open_page):
    lens = arrived(open_page(query="?view=space", reduced_motion="reduce")).sample(3)
    lens.page.evaluate("document.activeElement.blur()")
    return lens


def select(lens, layer, channel, row, column):
    cell = {"layer": layer, "channel": channel, "row": row, "column": column}
    lens.page.evaluate("cell => convlens.select(cell)", cell)
    lens.frame()
    return cell


def patches(lens):
    """What is framed in space, by role: its layer and its corners."""
    return {item["role"]: item["patch"] for item in lens.overlay()}


def test_a_weight_that_is_pointed_at_shows_in_space_what_it_multiplies(lens):
    into, row, column = 4, 2, 3
    select(lens, "pool1", into, row, column)
    first = patches(lens)["pinned"]
    select(lens, "pool1", into, 4 + row, 5 + column)
    multiplied = patches(lens)["pinned"]
    select(lens, "conv2", 5, 4, 5)
    pinned = patches(lens)["pinned"]
    lens.page.keyboard.press("m")
    lens.frame()
    block = lens.page.locator("#account .kernel .block").nth(into).bounding_box()
    side = block["width"] / 5
    lens.page.mouse.move(block["x"] + (column + 0.5) * side, block["y"] + (row + 0.5) * side)
    lens.frame()
    shown = patches(lens)
    assert shown["pinned"] == pinned
    assert shown["winner"] == multiplied, "what it multiplies for the pinned cell"
    window, made = shown["window"], shown["forward"]
    assert (window["layer"], made["layer"]) == ("pool1", "conv2")
    # from where it begins, over as many cells as it makes
    cell = first["z1"] - first["z0"]
    assert window["z0"] == pytest.approx(first["z0"])
    assert window["y1"] == pytest.approx(first["y1"])
    assert window["z1"] - window["z0"] == pytest.approx(10 * cell)
    assert made["y0"] <= pinned["y0"] < pinned["y1"] <= made["y1"]
    lens.page.mouse.move(5, 5)
    lens.frame()
    assert "winner" not in patches(lens)


def test_a_layer_that_is_hidden_leaves_space_and_the_others_stay_exact(lens):
    lens.page.keyboard.press("l")
    lens.until("document.activeElement.classList.contains('layer-name')")
    lens.page.locator("#account input[data-layer=conv2]").uncheck(force=True)
    lens.frame()
    hidden = {"layer": "conv2", "channel": 5, "row": 4, "column": 4}
    assert lens.rect(hidden) is None
    for layer, channel in (("pool1", 2), ("pool2", 3)):
        cell = {"layer": layer, "channel": channel, "row": 2, "column": 2}
        assert lens.hover(cell).selection == cell
    lens.page.mouse.move(5, 5)
    to_flat(lens)
    assert lens.rect(hidden) is None
    select(lens, **hidden)
    assert lens.rect(hidden), "a jump brings it back"


def test_space_stands_beside_the_pictures_that_it_is_compared_with(lens):
    lens.page.keyboard.press("c")
    lens.page.get_by_role("button", name="keep this drawing").click()
    lens.sample(5)
    arrived(lens)
    cell = {"layer": "conv1", "channel": 0, "row": 9, "column": 9}
    assert lens.hover(cell).selection == cell
    lens.until("document.querySelector('.compared').innerText.includes('conv1')")
    # and from a flat picture into space
    box = lens.page.locator(".lane canvas").first.bounding_box()
    lens.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 60)
    lens.frame()
    assert lens.selection["layer"] == "input"
    assert patches(lens)["pointed"]["layer"] == "input"
    lens.page.get_by_role("button", name="stop comparing", exact=True).click()
    arrived(lens)
    assert lens.hover(cell).selection == cell
