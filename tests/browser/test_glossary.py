"""The words of the page lead to what they mean: by pointer, key and touch."""

import re

import pytest

from tests.browser.conftest import PHONE
from tests.browser.receipts import NUMBER, states

CELL = {"layer": "conv2", "channel": 7, "row": 7, "column": 3}
# Where a word stands in the running text of the account.
WORD = """(word) => {
    const walker = document.createTreeWalker(
        document.querySelector('#account .body'), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.data.search(new RegExp(`\\\\b${word}\\\\b`));
        if (at < 0 || node.parentElement.closest('button, summary, h2')) continue;
        const range = new Range();
        range.setStart(node, at);
        range.setEnd(node, at + word.length);
        const { left, top, width, height } = range.getBoundingClientRect();
        return [left + width / 2, top + height / 2];
    }
}"""
MARKED = """[...CSS.highlights.get('term') ?? []].some(
    ({ startContainer }) => startContainer.parentElement?.closest('.gist'))"""
EXPLAINED = """[...CSS.highlights.get('term') ?? []].some(
    ({ startContainer }) => startContainer.parentElement?.closest('.entry p'))"""


def pin_in_words(lens, cell=CELL):
    """Pin a cell, and let its words be marked."""
    lens.page.evaluate("cell => convlens.select(cell)", cell)
    lens.frame()
    lens.page.evaluate("document.querySelector('#account input[value=words]').click()")
    lens.until(MARKED)


def entry(lens):
    """The title of the entry that is read."""
    lens.until("!!document.querySelector('.entry h2')?.textContent")
    lens.frame()
    return lens.page.locator(".entry h2").first.inner_text()


def test_words_lead_to_their_entries_and_those_to_the_network(lens):
    page, keyboard = lens.page, lens.page.keyboard
    lens.sample(3)
    pin_in_words(lens)
    page.mouse.click(*page.evaluate(WORD, "window"))
    assert entry(lens) == "window"
    assert page.locator(".entry .picture .term").count() >= 25, "a picture from the live network"
    lens.until(EXPLAINED)
    page.mouse.click(*page.evaluate(WORD, "kernel"))
    assert entry(lens) == "kernel, filter"
    keyboard.press("Escape")
    lens.frame()
    assert lens.selection == CELL, "the account is back, as it was"
    keyboard.press("w")
    lens.until("document.activeElement.matches('.entries')")
    here = page.locator(".entries ul").first.inner_text()
    for word in ("convolution", "relu", "pooling", "softmax", "params", "ops", "folded"):
        assert word in here, "captions and switches, too"
    keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.entries .word')")
    page.locator(".entries .word", has_text="softmax").focus()
    keyboard.press("Enter")
    assert entry(lens).startswith("softmax")
    keyboard.press("Tab")
    page.get_by_role("button", name="Show it in the network").focus()
    keyboard.press("Enter")
    lens.frame()
    digit = int(lens.digit)
    assert lens.selection == {"layer": "softmax", "channel": digit, "row": 0, "column": 0}
    keyboard.press("?")
    page.get_by_role("button", name="What do the words mean?").click()
    assert entry(lens).startswith("softmax"), "where one was"


def test_a_finger_leads_there_too_and_the_link_says_which(open_page):
    phone = open_page(**PHONE)
    phone.sample(3) if phone.page.locator("#samples").is_visible() else phone.draw(
        [[[0.3, 0.2], [0.7, 0.25], [0.45, 0.45], [0.7, 0.6], [0.55, 0.8], [0.3, 0.78]]]
    ).settle()
    pin_in_words(phone)
    phone.page.touchscreen.tap(*phone.page.evaluate(WORD, "window"))
    assert entry(phone) == "window"
    phone.until("location.hash.includes('term=window')")
    low = phone.page.evaluate(
        "[...document.querySelectorAll('.entries .word')]"
        ".filter((one) => one.getBoundingClientRect().height < 44).length"
    )
    assert low == 0


@pytest.mark.parametrize(
    ("model", "lacking"), [("mlp", "kernel"), ("lenet5", "pooling"), ("lenet", "subsampling")]
)
def test_an_entry_shows_a_cell_of_this_network_or_says_that_there_is_none(
    open_page, model, lacking
):
    lens = open_page(query=f"?model={model}")
    lens.page.keyboard.press("w")
    lens.until("document.querySelectorAll('.entries .word').length > 40")
    lens.page.locator(".entries .word", has_text=re.compile("^bias$")).click()
    lens.frame()
    assert lens.page.locator(".entry-at").inner_text() == "Draw a digit to see it here."
    lens.page.keyboard.press("Escape")
    lens.sample(3)
    lens.page.keyboard.press("w")
    lens.until("!document.querySelector('.entry .body')?.hidden")
    layer = re.match(r"Here: (\w+) ", lens.page.locator(".entry-at").inner_text())[1]
    values = lens.page.evaluate("layer => [...convlens.quantity().tensors.get(layer).data]", layer)
    shown = re.findall(NUMBER, lens.page.locator(".entry .body").inner_text())
    assert any(states(one, max(values, key=abs), 1e-5) for one in shown)
    lens.page.locator(".entries .word", has_text=lacking).first.click()
    lens.frame()
    assert lens.page.locator(".entry-at").inner_text() == "This network has none."
    assert lens.page.get_by_role("button", name="Show it in the network").is_hidden()
