"""Every number explains itself: the receipt of any cell, in five forms, on the page."""

import itertools
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from model import Network, NetworkSpec, checkpoint, load_network
from model.spec import InputSpec, conv, dense, pool, relu, softmax
from tests.browser.conftest import PHONE, one_page
from tests.browser.gists import hold_gist
from tests.browser.holding import hold_check, hold_formula, hold_picture, hold_table, hold_words
from tests.browser.receipts import Truth, adds_up, number, read, states
from tests.server import running

SAMPLES = json.loads((Path(__file__).parents[2] / "static" / "samples.json").read_text())
FORMS = ("picture", "words", "formula", "code", "table")
DRAWINGS = 10
CELLS = 10  # of each drawing

RUN_ALL = r"""
import contextlib, io, json, sys
for code in json.load(sys.stdin):
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(code, {"__name__": "__main__"})
    lines = said.getvalue().split("\n")
    print(*[line.split()[0] for line in lines if line.lstrip("-")[:1].isdigit()], sep=",")
"""


@pytest.fixture(scope="module")
def network():
    return load_network("lenet")


@pytest.fixture(scope="module")
def opened(browser, server):
    """One page that is drawn on again and again."""
    with one_page(browser, server, accept_downloads=True) as lens:
        yield lens


def drawn(lens, seed, model="lenet"):
    """Draw a digit that is shifted, slanted and stretched by chance; give its trace over HTTP."""

    def grid(values):  # on which the pad lays points and widths
        return np.rint(2000 * np.asarray(values)) / 2000

    rng = np.random.default_rng(seed)
    bend = np.eye(2) + rng.uniform(-0.15, 0.15, (2, 2))
    shift = rng.uniform(-0.08, 0.08, 2)
    strokes = [
        {
            "points": grid((np.array(stroke["points"]) - 0.5) @ bend + 0.5 + shift).tolist(),
            "width": float(grid(rng.uniform(0.05, 0.1))),
            "erase": False,
        }
        for stroke in SAMPLES["digits"][seed % 10]["strokes"]
    ]
    found = lens.page.evaluate(
        """async ([strokes, model]) => {
            convlens.draw(strokes);
            await convlens.settled();
            const answer = await fetch(`api/models/${model}/trace`, {
                method: 'POST',
                headers: { 'content-type': 'application/json', accept: 'application/json' },
                body: JSON.stringify({ strokes }),
            });
            return answer.json();
        }""",
        [strokes, model],
    )
    return {
        name: np.array(one["data"], np.float32).reshape(one["shape"])
        for name, one in found.items()
        if name != "__metadata__"
    }


def cells_of(network, trace, seed):
    """Cells by chance, from as many layers as there are cells; other drawings take the others."""
    names = ["input", *(layer.name for layer in network.spec.layers)]
    rng = np.random.default_rng(seed)
    for name in itertools.islice(itertools.cycle(names), seed * CELLS, (seed + 1) * CELLS):
        place = np.unravel_index(int(rng.integers(trace[name].size)), trace[name].shape)
        full = (*(int(one) for one in place), 0, 0)[:3]
        yield dict(zip(("layer", "channel", "row", "column"), (name, *full), strict=True))


def download(lens, folder):
    """Press the button under the code, and keep the file beside where the code will run."""
    with lens.page.expect_download() as waiting:
        lens.page.get_by_role("button", name="Download trace.npz").click()
    assert waiting.value.suggested_filename == "trace.npz"
    waiting.value.save_as(folder / "trace.npz")


@pytest.mark.parametrize("seed", range(DRAWINGS))
def test_every_number_of_a_receipt_is_that_of_plain_loops(opened, network, tmp_path, seed):
    lens = opened
    lens.page.get_by_label("shown" if seed % 2 else "folded").check(force=True)
    trace = drawn(lens, seed)
    hold_all(lens, network, trace, cells_of(network, trace, seed), tmp_path)


SPREAD = NetworkSpec(
    id="spread",
    title="Windows that skip cells, and roots",
    input=InputSpec(shape=(1, 32, 32), border=2),
    classes=tuple("0123456789"),
    layers=(
        conv("conv1", 4, kernel=3, dilation=2),
        relu("relu1"),
        pool("pool1", 2, mode="l2"),
        conv("conv2", 5, kernel=(3, 2), dilation=(2, 3), stride=(1, 2)),
        pool("pool2", 2, mode="l2"),
        dense("scores", 10),
        softmax("softmax"),
    ),
)


def test_so_are_those_of_windows_that_skip_cells_and_of_roots(open_page, tmp_path):
    network = Network.initialise(SPREAD, np.random.default_rng(3))
    checkpoint.save(tmp_path / "spread.safetensors", network)
    with running("--model", str(tmp_path / "spread.safetensors")) as server:
        lens = open_page(server.url)
        trace = drawn(lens, 4, "spread")
        rng = np.random.default_rng(4)
        cells = []
        for name in ("conv1", "pool1", "conv2", "pool2") * 3:
            living = np.argwhere(trace[name])  # a window of zeros has no root to speak of
            place = (int(one) for one in living[rng.integers(len(living))])
            cells.append(
                dict(zip(("layer", "channel", "row", "column"), (name, *place), strict=True))
            )
        hold_all(lens, network, trace, cells, tmp_path)
        conv1 = read(lens, cells[0])
        row, column = cells[0]["row"], cells[0]["column"]
        at = (f"{one}, {one + 2} and {one + 4}" for one in (row, column))
        assert "rows {}, columns {}.".format(*at) in conv1["words"][0]
        assert "Its cells lie 2 apart (dilation 2), so that it covers 5 × 5." in conv1["words"][0]


def hold_all(lens, network, trace, cells, folder):
    """Hold all forms of the receipts of cells; the code runs beside the downloaded trace."""
    codes, truths = [], []
    for cell in cells:
        said, truth = read(lens, cell), Truth(network, trace, cell)
        assert states(said["value"], truth.value), (cell, said["value"])
        for hold in (hold_picture, hold_gist, hold_words, hold_formula, hold_table, hold_check):
            hold(said, truth)
        codes.append(said["code"])
        truths.append(truth)
    lens.page.evaluate("document.querySelector('#account input[value=code]').click()")
    lens.frame()
    download(lens, folder)
    run = [sys.executable, "-c", RUN_ALL]
    printed = subprocess.run(
        run, input=json.dumps(codes), cwd=folder, capture_output=True, text=True, check=True
    ).stdout.split()
    for line, truth in zip(printed, truths, strict=True):
        hold_printed([float(one) for one in line.split(",")], truth)


def hold_printed(numbers, truth):
    """Hold what the code prints: the sum as worked out there, and the value, to six digits."""
    exact, value = numbers[0], numbers[-1]
    assert f"{value:.6g}" == f"{truth.value:.6g}"
    assert exact == pytest.approx(truth.exact, rel=1e-8, abs=1e-12)
    assert abs(exact - value) <= truth.slack


def pin(lens, layer, channel=0, row=0, column=0):
    cell = {"layer": layer, "channel": channel, "row": row, "column": column}
    lens.page.evaluate("cell => convlens.select(cell)", cell)
    lens.frame()
    return cell


def form(lens):
    return lens.page.evaluate("document.querySelector('#account .forms :checked').value")


def test_switching_the_form_keeps_the_selection_and_is_remembered(lens):
    lens.sample(3)
    cell = pin(lens, "conv2", 7, 4, 3)
    lens.page.locator("#account .forms :checked").focus()
    for expected in (*FORMS[1:], FORMS[0], FORMS[1]):
        lens.page.keyboard.press("ArrowRight")
        lens.frame()
        assert form(lens) == expected
        assert lens.selection == cell
    lens.page.reload()
    lens.page.evaluate("convlens.ready")
    lens.sample(3)
    pin(lens, "fc1", 34)
    assert form(lens) == "words"


def test_a_term_leads_to_its_cell_and_the_way_back_leads_back(lens):
    lens.sample(3)
    start = pin(lens, "conv2", 7, 4, 3)
    lens.page.locator("#account .term").nth(6).click()
    lens.frame()
    there = lens.selection
    assert (there["layer"], there["row"], there["column"]) == ("pool1", 5, 4)
    lens.page.locator("#account .tile").nth(0).click()
    lens.frame()
    further = lens.selection
    assert further["layer"] == "conv1"
    assert further["channel"] == there["channel"]
    back, forth = (lens.page.get_by_role("button", name=name) for name in ("Back", "Forward"))
    back.click()
    lens.frame()
    assert lens.selection == there
    lens.page.keyboard.press("Alt+ArrowLeft")
    lens.frame()
    assert lens.selection == start
    assert back.is_disabled()
    lens.page.keyboard.press("Alt+ArrowRight")
    forth.click()
    lens.frame()
    assert lens.selection == further


def test_the_table_leads_to_cells_by_keyboard(lens):
    lens.sample(3)
    pin(lens, "fc1", 34)
    lens.page.get_by_label("Table", exact=True).check(force=True)
    lens.frame()
    lens.page.locator("#account tbody .jump").first.focus()
    lens.page.keyboard.press("Enter")
    lens.frame()
    assert lens.selection["layer"] == "pool2"


def test_a_pinned_cell_is_compared_with_the_one_pointed_at(lens):
    trace = drawn(lens, 3)
    pin(lens, "conv2", 7, 4, 3)
    other = {"layer": "conv2", "channel": 2, "row": 5, "column": 6}
    lens.hover(other)
    rival = lens.page.locator("#account .rival")
    assert "map 2, row 5, column 6" in rival.inner_text()
    first = lens.page.locator("#account .value").first.inner_text()
    second = rival.locator(".second-value").inner_text()
    assert states(first, float(trace["conv2"][7, 4, 3]))
    assert states(second, float(trace["conv2"][2, 5, 6]))
    assert number(rival.locator("b").inner_text()) == number(second) - number(first)


def test_two_accounts_stand_side_by_side_where_there_is_room(open_page):
    lens = open_page()
    trace = drawn(lens, 3)
    pin(lens, "conv2", 7, 4, 3)
    lens.hover({"layer": "conv2", "channel": 2, "row": 5, "column": 6})
    sides = lens.page.locator("#account .side")
    for side, (channel, row, column) in zip(sides.all(), ((7, 4, 3), (2, 5, 6)), strict=True):
        *amounts, total = side.locator(".conv .amount b:visible").all_inner_texts()
        assert adds_up(amounts, total)
        assert states(total, float(trace["conv2"][channel, row, column]))
    lens.page.keyboard.press("a")
    lens.frame()
    second, difference = lens.page.locator("#account .line-terms b").all_inner_texts()
    first = lens.page.locator("#account .number").inner_text()
    assert number(difference) == number(second) - number(first), "as a line, too"
    lens.page.keyboard.press("a")
    lens.page.mouse.move(5, 5)
    lens.frame()
    assert sides.count() == 0


def test_the_account_as_a_line_adds_up(lens):
    trace = drawn(lens, 5)
    lens.page.keyboard.press("a")
    lens.frame()
    for layer in ("conv2", "fc1", "fc3"):
        pin(lens, layer, 7)
        terms = lens.page.locator("#account .line-term b").all_inner_texts()
        value = lens.page.locator("#account .number").inner_text()
        assert adds_up(terms, value), layer
        assert states(value, float(trace[layer].reshape(len(trace[layer]), -1)[7, 0])), layer


def test_the_sheet_of_a_phone_tells_each_map_and_keeps_cell_and_window_in_sight(open_page):
    phone = open_page(**PHONE)
    drawn(phone, 3)
    cell = pin(phone, "conv2", 7, 7, 3)
    phone.page.wait_for_timeout(300)
    *amounts, total = phone.page.locator("#account .conv .amount b:visible").all_inner_texts()
    assert adds_up(amounts, total)
    assert phone.rect(cell)
    assert phone.rect({"layer": "pool1", "channel": 0, "row": 7, "column": 3})
    low = phone.page.evaluate(
        "[...document.querySelectorAll('#account .forms label')]"
        ".filter((one) => one.getBoundingClientRect().height < 44).length"
    )
    assert low == 0
    phone.page.locator("#account input[value=words]").tap()
    phone.frame()
    assert phone.selection == cell
    assert " make " not in phone.account()
    whole = phone.page.locator("#account .words summary")
    assert whole.bounding_box()["height"] >= 24
    whole.tap()
    phone.frame()
    assert " make " in phone.account()


def test_what_matters_stands_above_all_of_it_which_is_remembered_open(lens):
    lens.sample(3)
    pin(lens, "fc1", 34)
    lens.page.get_by_label("Words", exact=True).check(force=True)
    lens.frame()
    whole = lens.page.locator("#account .words details")
    assert lens.page.locator("#account .gist p").count() == 2
    assert not whole.get_by_text("with a weight of its own").is_visible()
    whole.locator("summary").focus()
    lens.page.keyboard.press("Enter")
    lens.frame()
    assert whole.get_by_text("with a weight of its own").is_visible()
    pin(lens, "conv2", 7, 4, 3)
    assert whole.get_by_text("float32").is_visible(), "of the next cell, too"
    lens.page.reload()
    lens.page.evaluate("convlens.ready")
    lens.frame()
    assert whole.get_by_text("float32").is_visible(), "and at the next visit"
    whole.locator("summary").click()
    lens.frame()
    assert not whole.get_by_text("float32").is_visible()
    pin(lens, "fc1", 34)
    lens.page.locator("#account .gist .jump").first.click()
    lens.frame()
    assert lens.selection["layer"] == "pool2"
