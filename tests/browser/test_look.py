"""What only the finished page shows: words that keep clear of each other, room that is used."""

import pytest

from tests.browser.conftest import PHONE
from tests.browser.lens import Lens

MEETING = """() => {
    const texts = [...document.querySelectorAll('.waterfall text')];
    const said = texts.filter((text) => text.textContent);
    const boxes = said.map((text) => [text.textContent, text.getBoundingClientRect()]);
    const meet = (a, b) => a.left < b.right - 0.5 && b.left < a.right - 0.5
        && a.top < b.bottom - 5 && b.top < a.bottom - 5;
    return boxes.flatMap(([a, one], i) => boxes.slice(i + 1)
        .filter(([, other]) => meet(one, other)).map(([b]) => [a, b]));
}"""


THREE = [[0.3, 0.2], [0.7, 0.25], [0.45, 0.45], [0.7, 0.6], [0.55, 0.8], [0.3, 0.78]]


@pytest.mark.parametrize(("model", "size"), [("lenet", {}), ("mlp", {}), ("mlp", PHONE)])
def test_the_words_of_a_running_total_keep_clear_of_each_other(open_page, model, size):
    lens: Lens = open_page(query=f"?model={model}", **size)
    lens.page.evaluate("points => convlens.draw([{ points }])", THREE)
    lens.settle()
    for unit in (37, 5):
        lens.page.evaluate("channel => convlens.select({ layer: 'fc1', channel })", unit)
        lens.until("document.querySelectorAll('.waterfall text').length > 30")
        lens.frame()
        assert lens.page.evaluate(MEETING) == []


def test_on_a_phone_the_longest_name_of_a_network_is_read_whole(open_page):
    phone: Lens = open_page(query="?model=lenet5", **PHONE)
    phone.page.tap("[data-action=tools]")
    select = phone.page.locator("#model select")
    select.wait_for()
    box = select.bounding_box()
    assert box["height"] >= 44
    needed = select.evaluate(
        """(select) => {
            const context = document.createElement('canvas').getContext('2d');
            context.font = getComputedStyle(select).font;
            const widths = [...select.options].map(({ text }) => context.measureText(text).width);
            return Math.max(...widths);
        }"""
    )
    assert box["width"] >= needed + 21  # and the mark of a choice
    assert box["x"] + box["width"] <= 390


def test_in_space_the_network_fills_a_phone_upright_and_above_a_sheet(open_page):
    phone: Lens = open_page(query="?view=space", reduced_motion="reduce", **PHONE)
    phone.page.evaluate("points => convlens.draw([{ points }])", THREE)
    phone.settle()
    last = {"layer": "softmax", "channel": 0, "row": 0, "column": 0}
    first = {"layer": "input", "channel": 0, "row": 31, "column": 0}
    phone.page.get_by_role("button", name="Corner").tap()

    def reach() -> tuple[float, float]:
        phone.page.wait_for_timeout(300)
        near, far = phone.rect(first), phone.rect(last)
        assert near
        assert far
        return far["x"] - near["x"], near["y"] - far["y"]

    across, up = reach()
    assert up > 400
    phone.page.evaluate("convlens.select({ layer: 'fc1', channel: 3 })")
    phone.until("document.querySelector('.space-picture').clientHeight < 390")
    wide_across, wide_up = reach()
    assert across > 250
    assert wide_across > 250  # it turned to use the width that is left
    assert wide_up < 150
