"""The other networks that come with Convlens, drawn and accounted for from their specs alone."""

import numpy as np
import pytest

from model import load_network
from model.lenet5 import TABLE
from tests.browser.test_receipts import drawn, hold_all, pin
from tests.browser.test_resilience import COVERED, SIZES

DRAWINGS = (3, 8)


@pytest.fixture(params=["mlp", "lenet5"])
def name(request):
    return request.param


def cells_of(network, trace, seed):
    """One cell by chance of each layer, the image included."""
    rng = np.random.default_rng(seed)
    for layer in ["input", *(layer.name for layer in network.spec.layers)]:
        place = np.unravel_index(int(rng.integers(trace[layer].size)), trace[layer].shape)
        full = (*(int(one) for one in place), 0, 0)[:3]
        yield dict(zip(("layer", "channel", "row", "column"), (layer, *full), strict=True))


def test_every_layer_accounts_for_itself_in_all_forms(open_page, tmp_path, name):
    lens, network = open_page(query=f"?model={name}", accept_downloads=True), load_network(name)
    for seed in DRAWINGS:
        trace = drawn(lens, seed, name)
        hold_all(lens, network, trace, cells_of(network, trace, seed), tmp_path)


def test_the_title_chooses_the_network_and_the_drawing_comes_along(open_page):
    lens = open_page()
    lens.sample(3)
    chooser = lens.page.get_by_label("Network", exact=True)
    assert chooser.locator("option").all_inner_texts() == [
        load_network(one).spec.title for one in ("lenet", "lenet5", "mlp")
    ]
    chooser.select_option("mlp")
    lens.page.wait_for_url("**/?model=mlp#**")
    lens.page.evaluate("convlens.ready")
    lens.reads("3")
    assert lens.spec()["id"] == "mlp"
    assert lens.page.get_by_label("Network", exact=True).input_value() == "mlp"
    assert lens.rect({"layer": "fc1", "channel": 299, "row": 0, "column": 0})


def test_a_map_of_c3_shows_the_maps_that_it_reads_and_no_other(open_page):
    lens = open_page(query="?model=lenet5")
    lens.sample(3)
    for channel, maps in enumerate(TABLE):
        cell = pin(lens, "c3", channel, 4, 3)
        windows = [item for item in lens.overlay() if item.get("role") == "window"]
        corners = [lens.rect(cell | {"layer": "s2", "channel": map_}) for map_ in maps]
        assert sorted((item["rect"]["x"], item["rect"]["y"]) for item in windows) == sorted(
            place(lens, corner) for corner in corners
        )
        heads = lens.page.locator("#account .column-head").all_inner_texts()
        assert [head for head in heads if "[" in head][:-1] == [f"tanh2 [{m}]" for m in maps]
        why = lens.page.locator("#account .why").first.inner_text()
        assert ("maps 0, 1 and 5" in why) == (maps == (0, 1, 5))


def place(lens, rect):
    """Of a client rectangle, where it lies in the picture."""
    stage = lens.page.locator("#stage").bounding_box()
    return rect["x"] - stage["x"], rect["y"] - stage["y"]


def test_the_weights_of_a_first_unit_fold_back_into_the_image(open_page):
    lens = open_page(query="?model=mlp")
    lens.sample(3)
    pin(lens, "fc1", 7)
    tiles = lens.page.evaluate(
        "[...document.querySelectorAll('#account .folds canvas')]"
        ".map(({ width, height }) => width === height && width >= 28)"
    )
    assert tiles == [True, True]
    assert "784 terms" in words(lens)


def words(lens):
    """What the account says in words."""
    lens.page.evaluate("document.querySelector('#account input[value=words]').click()")
    lens.frame()
    return lens.account().replace("cells of input", "terms")


def test_a_network_that_cannot_be_opened_is_named_and_the_others_are_offered(lens):
    lens.page.route("**/weights?**", lambda route: route.fulfill(body=b"\0" * 4))
    lens.page.reload()
    lens.until("document.documentElement.dataset.state === 'error'")
    banner = lens.page.locator("#banner").inner_text()
    assert f"{load_network('lenet').spec.title} cannot be opened." in banner
    assert "it has 4 bytes, and the header alone needs more" in banner
    for width, height in SIZES:
        lens.page.set_viewport_size({"width": width, "height": height})
        lens.page.get_by_label("Network", exact=True).click(trial=True)  # in sight, uncovered
        assert lens.page.evaluate(COVERED) == [], (width, height)
    lens.page.unroute("**/weights?**")
    with lens.page.expect_navigation():
        lens.page.get_by_label("Network", exact=True).select_option("mlp")
    lens.page.evaluate("convlens.ready")
    assert lens.spec()["id"] == "mlp"
