"""The page of operations: its sections gone through by a reader, their numbers by plain loops."""

import json
import re

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.bench import Bench, convolved
from tests.browser.conftest import PHONE

IMAGE = [[1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 0], [0, 1, 1, 0, 0]]
KERNEL = [[1, 0, 1], [0, 1, 0], [1, 0, 1]]
RESULT = [[4, 3, 4], [2, 4, 3], [2, 3, 4]]
SOBEL = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
ROWS = "1\t2\t3\t4\n5\t6\t7\t8\n9\t10\t11\t12\n0\t-1\t-2\t-3"
PASTE = """([label, text]) => {
    const field = [...document.querySelectorAll('input')].find((one) => one.ariaLabel === label);
    const clipboardData = new DataTransfer();
    clipboardData.setData('text', text);
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, cancelable: true }));
}"""


# All that is painted on canvases.
WRITTEN = """() => {
    window.written = [];
    const fill = CanvasRenderingContext2D.prototype.fillText;
    CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
        window.written.push(text);
        return fill.call(this, text, ...place);
    };
}"""


def hold(bench):
    """What the cells show is what plain loops make of what stands in the fields."""
    bias = float(bench.section.get_by_label("Bias").input_value().replace("\u2212", "-"))
    truth = convolved(bench.matrix("Image"), bench.matrix("Kernel"), bias)
    np.testing.assert_allclose(bench.shown("conv"), truth, rtol=1e-6, atol=1e-6)
    return truth


def test_convolution_is_gone_through_as_its_reader_would(open_page):
    bench = Bench(open_page(), "convolution")
    page, section = bench.page, bench.section

    # The essay's image, kernel and result; each number is accounted for.
    assert bench.matrix("Image").tolist() == IMAGE
    assert bench.matrix("Kernel").tolist() == KERNEL
    assert hold(bench).tolist() == RESULT
    for row in range(3):
        for column in range(3):
            bench.point("conv", row, column)
            assert bench.selection == ("conv", row, column)
            assert bench.value() == RESULT[row][column]
    assert "9 products + bias = 4.000" in bench.account()

    # Pointing at the image lays the kernel there, as near to its edge as it goes.
    bench.field("Image", 2, 3).hover()
    bench.lens.frame()
    assert bench.selection == ("conv", 1, 2)
    bench.field("Image", 0, 0).hover()
    bench.lens.frame()
    assert bench.selection == ("conv", 0, 0)
    lit = section.locator(".matrix-cell[data-lit] input")
    assert [one.get_attribute("aria-label") for one in lit.all()] == [
        f"Image, row {row}, column {column}" for row in range(3) for column in range(3)
    ]

    types(bench)
    drags_and_pastes(bench)

    # The address says all of it: a reload brings it back.
    bench.lens.until("location.hash.includes('convolution.image')")
    given = {name: bench.matrix(name).tolist() for name in ("Image", "Kernel")}
    page.reload()
    bench.lens.until("document.getElementById('convolution').dataset.opened !== undefined")
    bench.settle()
    assert {name: bench.matrix(name).tolist() for name in ("Image", "Kernel")} == given
    hold(bench)


TYPED = "{ field.value = '7'; field.dispatchEvent(new Event('input')) }"


def types(bench):
    """Change numbers by typing and by keys."""
    page, section = bench.page, bench.section
    bench.field("Kernel", 0, 0).click()
    page.keyboard.type("-2,5")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("PageUp")
    page.keyboard.press("ArrowRight")
    page.keyboard.type("1/4")
    page.keyboard.press("Tab")
    bench.settle()
    assert bench.matrix("Kernel").tolist() == [[-2.5, 0, 1], [1, 0.25, 0], [1, 0, 1]]
    hold(bench)
    bench.field("Kernel", 1, 1).click()
    page.keyboard.type("1x")
    assert "“1x” is no number" in section.inner_text()
    page.keyboard.press("Tab")
    assert "is no number" not in section.inner_text()
    both = [bench.field("Kernel", row, 2).element_handle() for row in (0, 1)]
    page.evaluate(f"both => both.forEach((field) => {TYPED})", both)
    bench.settle()
    assert bench.matrix("Kernel")[:2, 2].tolist() == [7, 7], "typed before the next frame, too"
    section.get_by_label("Bias").fill("-3")
    bench.settle()
    hold(bench)


def drags_and_pastes(bench):
    """Drag a number up, twice, paste rows, choose a size."""
    page, section = bench.page, bench.section
    for dragged in (5, 9):  # the second time it is selected
        box = bench.field("Image", 1, 1).bounding_box()
        page.mouse.move(box["x"] + 15, box["y"] + 15)
        page.mouse.down()
        for up in range(0, 33, 4):
            page.mouse.move(box["x"] + 15, box["y"] + 15 - up)
        page.mouse.up()
        bench.settle()
        assert bench.matrix("Image")[1, 1] == dragged
    hold(bench)
    page.evaluate(PASTE, ["Image, row 0, column 0", ROWS])
    bench.settle()
    assert bench.matrix("Image").shape == (4, 4)
    hold(bench)
    section.get_by_label("Image: one column more").click()
    bench.settle()
    assert bench.matrix("Image").shape == (4, 5)
    hold(bench)


def test_the_kernel_slides_and_the_output_fills(open_page):
    bench = Bench(open_page(reduced_motion="reduce"), "convolution")
    section = bench.section
    section.get_by_role("button", name="Play").click()
    bench.lens.frame()
    assert bench.selection == ("conv", 0, 0)
    assert np.isnan(bench.shown("conv")).sum() == 8, "the output is not there yet"
    for place in range(1, 9):
        section.locator(".play .play-run").click()
        bench.lens.frame()
        assert bench.selection == ("conv", place // 3, place % 3)
        assert np.isnan(bench.shown("conv")).sum() == 8 - place
        assert bench.value() == RESULT[place // 3][place % 3]
    section.locator(".play input[type=range]").fill("4")
    bench.lens.frame()
    assert bench.selection == ("conv", 1, 1)


@pytest.mark.parametrize(("kernel", "changes"), [("crossed", False), ("Sobel", True)])
def test_a_turned_kernel_changes_the_output_or_not_and_one_guesses_first(
    open_page, kernel, changes
):
    bench = Bench(open_page(), "convolution")
    section = bench.section
    section.get_by_role("button", name=kernel).click()
    assert not section.locator(".verdict").is_visible()
    section.get_by_role("button", name="It changes").click()
    bench.settle()
    turned = convolved(bench.matrix("Image"), bench.matrix("Kernel")[::-1, ::-1])
    plain = hold(bench)
    np.testing.assert_allclose(bench.shown("conv_turned"), turned)
    verdict = section.locator(".verdict").inner_text()
    assert verdict.startswith("Right." if changes else "Not so.")
    others = int((plain != turned).sum())
    assert bool(others) == changes
    found = re.search(r"Turned, (\d+) of (\d+)", section.locator(".told").inner_text())
    assert [int(one) for one in found.groups()] == [others, 9]


def test_a_drawing_goes_to_the_operations_and_back_into_the_network(open_page):
    lens = open_page().sample(3)
    page = lens.page
    learn, pages = page.locator(".learn summary"), page.get_by_role("navigation", name="Pages")
    learn.press("Enter")
    expect(pages).to_be_visible()
    page.keyboard.press("Escape")
    expect(pages).to_be_hidden()
    expect(learn).to_be_focused()
    lens.leave_for("Operations")
    page.locator("#convolution[data-opened]").wait_for()
    for name in ("image", "convolution"):  # each account says how it explains
        expect(page.locator(f"#{name} .forms input:checked")).to_have_value("picture")
    page.locator("#convolution").get_by_role("link", name="See it in the network").click()
    lens.until("window.convlens?.ready !== undefined")
    page.evaluate("convlens.ready")
    lens.settle()
    assert lens.digit == "3"
    assert lens.selection == {"layer": "conv1", "channel": 0, "row": 14, "column": 14}


def test_a_section_stands_alone_and_says_when_the_server_refuses(open_page):
    lens = open_page()
    bench = Bench(lens, "convolution", "?only=convolution&embed=1")
    assert bench.page.locator(".bar").is_hidden()
    for _ in range(4):
        bench.section.get_by_label("Kernel: one row more").click()
    bench.settle()
    assert bench.section.locator(".refused").inner_text().strip()
    bench.section.get_by_label("Kernel: one row fewer").click()
    bench.section.get_by_label("Kernel: one row fewer").click()
    bench.settle()
    assert not bench.section.locator(".refused").is_visible()
    hold(bench)
    lens.complaints.clear()  # Chromium complains of each refusal


def test_what_a_link_says_wrongly_is_named_and_a_server_that_is_away_is_missed(open_page):
    lens = open_page()
    wrong = "#convolution&v=1&convolution.bias=much&convolution.kernel=1 2/3 4"
    bench = Bench(lens, "convolution", wrong)
    banner = bench.page.locator("#banner")
    lens.until("document.querySelector('#banner').textContent !== ''")
    said = banner.inner_text()
    assert said.count("convolution.bias=much") == 1
    assert "kernel" not in said
    assert bench.matrix("Kernel").tolist() == [[1, 2], [3, 4]]
    hold(bench)
    lens.page.context.set_offline(True)
    field = bench.field("Kernel", 0, 0)
    field.fill("7")
    field.press("Enter")
    lens.until(f"document.querySelector('#banner').textContent !== {json.dumps(said)}")
    assert "server" in banner.inner_text()
    lens.page.context.set_offline(False)
    lens.until(f"document.querySelector('#banner').textContent === {json.dumps(said)}")
    bench.settle()
    assert bench.matrix("Kernel")[0, 0] == 7
    hold(bench)
    lens.complaints.clear()  # of the requests that came to nothing


def test_a_word_leads_to_its_entry_and_present_mode_shows_one_section(open_page):
    bench = Bench(open_page(), "convolution")
    page = bench.page
    bench.point("conv", 1, 1)
    page.keyboard.press("w")
    bench.section.get_by_role("navigation", name="Words").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("p")
    assert page.locator(".bench-lead").is_hidden()
    assert bench.section.is_visible()
    # a class at the back reads the numbers in the cells, too
    page.evaluate(WRITTEN)
    page.set_viewport_size({"width": 1920, "height": 1080})
    written = "written.filter((text) => /^[0-4]$/.test(text)).length >= 25 + 9"
    bench.lens.until(written)
    # why a number is what it is stands in the same window
    expect(bench.section.locator(".account")).to_be_in_viewport(ratio=0.95)
    page.keyboard.press("Escape")
    assert page.locator(".bench-lead").is_visible()


def test_a_finger_changes_and_reads_numbers_on_a_phone(open_page):
    bench = Bench(open_page(**PHONE), "convolution")
    wide = bench.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, "nothing is cut off at the side"
    bench.field("Image", 2, 2).tap()
    bench.page.keyboard.type("7")
    bench.settle()
    assert hold(bench)[1, 1] == 4 - 1 + 7
