"""Point at any cell of any layer: its window, its receptive field, its connections, its value."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from model import load_network
from tests.browser.receipts import states as as_written
from tests.model.examples import GRAPH, write_graph
from tests.server import running

WINDOWS = json.loads((Path(__file__).parents[1] / "fixtures" / "windows.json").read_text())


@pytest.fixture(scope="module")
def graph_server(tmp_path_factory):
    """A made-up network with a skip connection and a concat, that no code knows by name."""
    with running("--model", str(write_graph(tmp_path_factory.mktemp("graph")))) as server:
        yield server


def shown(lens):
    """Give every activation a column of its own."""
    lens.page.get_by_label("shown").check(force=True)
    lens.frame()
    return lens


def cells_of(network, layer):
    return [one for one in WINDOWS[network]["cells"] if one["cell"][0] == layer]


def as_cell(cell):
    return dict(zip(("layer", "channel", "row", "column"), cell, strict=True))


def rects_of(lens, cells):
    """Client rectangles of many cells, asked for at once; None for what is not on the screen."""
    return lens.page.evaluate(
        """cells => cells.map((cell) => {
            const rect = convlens.rectOf(cell);
            return rect && [rect.x, rect.y, rect.width, rect.height];
        })""",
        [as_cell(cell) for cell in cells],
    )


def frames_of(lens, region):
    """Client rectangles around a region of the measured table: one for each map that is shown."""
    layer, channel0, channel1, row0, row1, column0, column1, *some = region
    maps = [one for one in some if isinstance(one, list)]
    channels = maps[0] if maps else range(channel0, channel1)
    firsts = rects_of(lens, [(layer, one, row0, column0) for one in channels])
    lasts = rects_of(lens, [(layer, one, row1 - 1, column1 - 1) for one in channels])
    pairs = [pair for pair in zip(firsts, lasts, strict=True) if all(pair)]
    return [
        (x, y, right + width - x, bottom + height - y)
        for (x, y, *_), (right, bottom, width, height) in pairs
    ]


def taken_of(lens, region):
    """Client rectangles around each cell of a measured window that skips some; [] of others."""
    layer, channel0, channel1, row0, row1, column0, column1, *some = region
    maps = [one for one in some if isinstance(one, list)]
    gaps = [one for one in some if isinstance(one, dict)]
    cells = [
        (layer, channel, row, column)
        for lines in gaps
        for channel in (maps[0] if maps else range(channel0, channel1))
        for row in lines.get("rows", range(row0, row1))
        for column in lines.get("columns", range(column0, column1))
    ]
    return [tuple(rect) for rect in rects_of(lens, cells) if rect]


def hull(rects):
    """The smallest rectangle around all."""
    low = np.array(rects)[:, :2].min(0)
    high = (np.array(rects)[:, :2] + np.array(rects)[:, 2:]).max(0)
    return (*low, *(high - low))


def overlay_frames(lens, role, layer):
    """Client rectangles of the frames that are drawn over a layer."""
    found = lens.page.evaluate(
        """([role, layer]) => {
            const { x, y } = document.getElementById('stage').getBoundingClientRect();
            return convlens
                .overlay()
                .filter((one) => one.kind === 'frame' && one.role === role && one.layer === layer)
                .map(({ rect }) => [x + rect.x, y + rect.y, rect.width, rect.height]);
        }""",
        [role, layer],
    )
    return [tuple(rect) for rect in found]


def assert_same_frames(drawn, expected):
    np.testing.assert_allclose(sorted(drawn), sorted(expected), atol=0.02)


def hover_and_compare(lens, network, layer):
    """Hover the measured cells of a layer; the frames drawn are the windows measured."""
    sizes = lens_shapes(lens)
    compared = 0
    for entry in cells_of(network, layer)[:6]:
        cell = as_cell(entry["cell"])
        if lens.rect(cell) is None:
            continue
        lens.hover(cell)
        assert lens.selection == cell
        for region in entry["window"]:
            if lens.rect(as_cell((region[0], region[1], region[3], region[5]))) is None:
                continue
            expected = frames_of(lens, region)
            drawn = overlay_frames(lens, "window", region[0])
            whole = region[1:] == whole_of(sizes[region[0]])
            assert_same_frames(drawn, [hull(expected)] if whole and len(drawn) == 1 else expected)
            assert_same_frames(overlay_frames(lens, "taken", region[0]), taken_of(lens, region))
            compared += 1
        image = next((one for one in entry["field"] if one[0] == "input"), None)
        if image and not any(one[0] == "input" for one in entry["window"]):
            assert_same_frames(overlay_frames(lens, "field", "input"), frames_of(lens, image))
            compared += 1
    return compared


def lens_shapes(lens):
    spec = lens.spec()
    return {"input": spec["input"]["shape"]} | {
        layer["name"]: layer["shape"] for layer in spec["layers"]
    }


def whole_of(shape):
    channels, rows, columns = (*shape, 1, 1)[:3]
    return [0, channels, 0, rows, 0, columns]


def test_hovering_a_cell_frames_the_window_that_the_engine_measured(lens):
    shown(lens.sample(2))
    for layer in WINDOWS["lenet"]["model"]["layers"]:
        assert hover_and_compare(lens, "lenet", layer["name"]) > 0, layer["name"]


def test_a_network_nobody_thought_of_frames_the_windows_measured(open_page, graph_server):
    wide = {"width": 2880, "height": 1440}  # where no layer of it is scrolled out of sight
    lens = shown(open_page(graph_server.url, viewport=wide).sample(2))
    for layer in WINDOWS["graph"]["model"]["layers"]:
        if layer["kind"] != "flatten":
            assert hover_and_compare(lens, GRAPH.id, layer["name"]) > 0, layer["name"]


def test_the_frames_are_painted_where_they_are_said_to_be(lens):
    lens.sample(8)
    layer = next(one["name"] for one in lens.spec()["layers"] if one["kind"] == "conv")
    lens.hover({"layer": layer, "channel": 1, "row": 12, "column": 9})
    x, y, width, height = overlay_frames(lens, "window", "input")[0]
    stage = lens.page.locator("#stage").bounding_box()
    painted = lens.page.evaluate(
        """(spots) => spots.map(([x, y]) => {
            const overlay = document.getElementById('overlay');
            const scale = overlay.width / overlay.getBoundingClientRect().width;
            const context = overlay.getContext('2d');
            return context.getImageData(Math.round(x * scale), Math.round(y * scale), 1, 1).data[3];
        })""",
        [
            [x - stage["x"] - 2, y - stage["y"] + height / 2],
            [x - stage["x"] + width + 1, y - stage["y"] + height / 2],
            [x - stage["x"] + width / 2, y - stage["y"] - 2],
            [x - stage["x"] + width / 4, y - stage["y"] + height / 4],
        ],
    )
    assert painted[:3] == [255, 255, 255]
    assert painted[3] == 0, "a frame never covers a value"


def test_a_hover_never_repaints_the_still_picture(lens):
    lens.sample(6)
    lens.page.evaluate(
        """() => {
            window.stillCalls = 0;
            const context = document.getElementById('stage').getContext('2d');
            for (const name of ['drawImage', 'fillRect', 'fillText', 'putImageData', 'clearRect']) {
                const real = context[name].bind(context);
                context[name] = (...given) => { window.stillCalls += 1; return real(...given); };
            }
        }"""
    )
    for layer in ("input", *(one["name"] for one in lens.spec()["layers"])):
        cell = {"layer": layer, "channel": 0, "row": 0, "column": 0}
        if lens.rect(cell):
            lens.hover(cell)
    assert lens.page.evaluate("window.stillCalls") == 0
    lens.sample(7)
    assert lens.page.evaluate("window.stillCalls") > 0, "the counter counts"


@pytest.fixture(scope="module")
def network():
    return load_network("lenet")


def trace_of(lens):
    """All tensors of the page's present drawing, fetched by itself over HTTP."""
    found = lens.page.evaluate(
        """async () => {
            const strokes = (await (await fetch('static/samples.json')).json()).digits[9].strokes;
            convlens.draw(strokes);
            await convlens.settled();
            const answer = await fetch('api/models/lenet/trace', {
                method: 'POST',
                headers: { 'content-type': 'application/json', accept: 'application/json' },
                body: JSON.stringify({ strokes }),
            });
            return answer.json();
        }"""
    )
    return {
        name: np.array(one["data"], np.float32).reshape(one["shape"])
        for name, one in found.items()
        if name != "__metadata__"
    }


def test_fully_connected_lines_are_weight_times_value_coloured_by_sign(lens, network):
    trace = trace_of(lens)
    for layer in (one for one in network.spec.layers if one.kind == "dense"):
        values = trace[layer.inputs[0]].ravel().astype(np.float64)
        for unit in (0, 7):
            lens.hover({"layer": layer.name, "channel": unit, "row": 0, "column": 0})
            weights = network.parameters[f"{layer.name}.weight"][unit].astype(np.float64)
            terms = weights * values
            strong = terms[(np.abs(terms) >= 0.08 * np.abs(terms).max()) & (terms != 0)]
            drawn = [item for item in lens.overlay() if item["kind"] == "curve"]
            assert len(drawn) == len(strong)
            np.testing.assert_allclose(
                sorted(item["value"] for item in drawn), np.sort(strong), rtol=1e-6
            )
            assert all((item["t"] > 0) == (item["value"] > 0) for item in drawn)


def test_the_winner_of_a_pooling_window_is_the_one_the_engine_names(lens, network):
    shown(lens)
    trace = trace_of(lens)
    for layer in (one for one in network.spec.layers if one.kind == "pool"):
        below = trace[layer.inputs[0]]
        for channel, row, column in ((0, 2, 2), (3, 1, 3), (5, 3, 1)):
            lens.hover(as_cell((layer.name, channel, row, column)))
            window = below[channel, 2 * row : 2 * row + 2, 2 * column : 2 * column + 2]
            down, right = divmod(int(window.argmax()), 2)
            winner = (layer.inputs[0], channel, 2 * row + down, 2 * column + right)
            expected = frames_of(
                lens,
                [
                    winner[0],
                    channel,
                    channel + 1,
                    winner[2],
                    winner[2] + 1,
                    winner[3],
                    winner[3] + 1,
                ],
            )
            assert_same_frames(overlay_frames(lens, "winner", layer.inputs[0]), expected)


def numbers(text):
    """The numbers in a text as a reader sees them: true minus, thin spaces."""
    plain = text.replace("\u2212", "-").replace("\u202f", "").replace("\u2009", "")
    return [float(one) for one in re.findall(r"-?\d+(?:\.\d+)?", plain)]


def test_the_account_states_name_and_value_of_every_kind_of_cell(lens):
    shown(lens)
    trace = trace_of(lens)
    rng = np.random.default_rng(3)
    for name in ("input", *(layer["name"] for layer in lens.spec()["layers"])):
        for _ in range(3):
            offset = int(rng.integers(trace[name].size))
            place = np.unravel_index(offset, trace[name].shape)
            channel, row, column = (*(int(one) for one in place), 0, 0)[:3]
            lens.hover(as_cell((name, channel, row, column)))
            value = lens.page.locator("#account .value").inner_text()
            title = lens.page.locator("#account .name").inner_text()
            assert name in title
            assert as_written(value, float(trace[name].flat[offset]))


def test_the_guesses_and_the_shares_are_those_of_the_trace(lens):
    shares = trace_of(lens)["softmax"].astype(np.float64)
    order = np.argsort(-shares)
    prediction = lens.page.locator("#prediction")
    assert prediction.get_attribute("data-digit") == str(order[0])
    assert float(prediction.get_attribute("data-probability")) == pytest.approx(
        shares[order[0]], rel=1e-6
    )
    first, second = (prediction.locator(f".{name}").inner_text() for name in ("first", "second"))
    assert states(first, 100 * shares[order[0]])
    assert str(order[1]) in second.split("with")[0]
    assert states(second.split("with")[1], 100 * shares[order[1]])


def states(text, per_cent):
    """Whether a text like "89.1 %", "> 99.9 %" or "< 0.1 %" is true of a number of per cent."""
    said = numbers(text)[0]
    if "<" in text:
        return 0 < per_cent < said
    if ">" in text:
        return said < per_cent < 100
    return abs(per_cent - said) <= 0.05


def test_clicking_pins_and_escape_releases(lens):
    lens.sample(0)
    layer = next(one["name"] for one in lens.spec()["layers"] if one["kind"] == "conv")
    cell = {"layer": layer, "channel": 3, "row": 5, "column": 20}
    lens.hover(cell)
    lens.page.mouse.down()
    lens.page.mouse.up()
    lens.page.mouse.move(5, 5)
    lens.frame()
    assert lens.selection == cell
    assert any(item["kind"] == "scrim" for item in lens.overlay())
    lens.page.keyboard.press("Escape")
    lens.frame()
    assert lens.selection is None
    assert lens.overlay() == []


def test_nothing_moves_because_you_point(lens):
    lens.sample(4)
    layer = next(one["name"] for one in lens.spec()["layers"] if one["kind"] == "conv")
    cell = {"layer": layer, "channel": 0, "row": 3, "column": 3}
    before = lens.rect(cell)
    lens.hover(cell)
    assert lens.rect(cell) == before
    lens.page.evaluate("cell => convlens.select(cell)", cell)
    lens.frame()
    assert lens.rect(cell) == before


def middle(box):
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_what_is_pointed_at_stays_while_the_pointer_is_in_the_account(lens):
    """On the way to its tabs other cells are crossed; the account is about the one looked at."""
    lens.sample(3)
    account, mouse = lens.page.locator("#account"), lens.page.mouse
    cell = {"layer": "conv2", "channel": 3, "row": 4, "column": 4}
    lens.hover(cell)
    lens.page.wait_for_timeout(500)
    tab = account.locator(".forms label", has_text="Words").bounding_box()
    mouse.move(*middle(tab), steps=12)
    lens.frame()
    assert lens.selection == cell
    account.locator(".forms label", has_text="Words").click()
    lens.frame()
    assert "conv2" in account.inner_text()
    assert "Its bias, which is always there, adds" in account.inner_text()
    mouse.move(*middle(lens.page.locator("#prediction").bounding_box()))
    lens.frame()
    assert lens.selection is None
    assert "Why 3?" in account.inner_text()

    # What crosses the account without having pointed at anything changes nothing.
    lens.page.wait_for_timeout(1700)
    mouse.move(*middle(tab))
    lens.frame()
    assert lens.selection is None

    # A caption explains its layer; the list that comes with it can be used.
    caption = lens.rect({"layer": "pool1", "channel": 0, "row": 0, "column": 0})
    stage = lens.page.locator("#stage").bounding_box()
    mouse.move(caption["x"] + 30, stage["y"] + 14)
    account.locator(".layers").wait_for()
    lens.page.wait_for_timeout(500)
    mouse.move(*middle(account.locator(".layers").bounding_box()), steps=12)
    lens.frame()
    assert account.locator(".layers").is_visible()
    mouse.move(*middle(lens.page.locator("#prediction").bounding_box()))
    lens.frame()
    assert not account.locator(".layers").is_visible()
    lens.page.evaluate("localStorage.removeItem('convlens:form')")
