"""Two drawings, or two networks, side by side: the table and the difference hold."""

import io
import itertools
import json
import re
import time
from pathlib import Path

import httpx
import numpy as np
import pytest
from PIL import Image

from model import load_network
from model.preprocess import Stroke, preprocess_strokes
from tests.browser.receipts import number as exactly
from tests.browser.receipts import states

SAMPLES = json.loads((Path(__file__).parents[2] / "static" / "samples.json").read_text())


def strokes_of(digit, right=0.0):
    """The strokes of a sample digit, moved by a share of the pad."""
    return [
        {**stroke, "points": [[round(x + right, 4), y] for x, y in stroke["points"]]}
        for stroke in SAMPLES["digits"][digit]["strokes"]
    ]


MOVED = strokes_of(2, 0.107)  # 3 pixels of 28, on the grid of the pad


def pixels_of(strokes, *, center=True):
    """The 28×28 that strokes become."""
    drawn = [Stroke(np.array(s["points"]), s["width"], s.get("erase", False)) for s in strokes]
    return preprocess_strokes(drawn, center=center).pixels


def forward(network, pixels):
    """Every layer in float64, worked out here: weights and spec are all that is the network's."""
    image, parameters = network.spec.input, network.parameters
    values = {"input": np.pad(pixels, image.border)[None] * float(image.scale) + image.offset}
    for layer in network.spec.layers:
        x = values[layer.inputs[0]]
        weight = parameters.get(f"{layer.name}.weight", np.zeros(0)).astype(np.float64)
        bias = parameters.get(f"{layer.name}.bias", np.zeros(0)).astype(np.float64)
        if layer.kind == "conv":
            assert layer.stride == (1, 1)
            rows, columns = (x.shape[i + 1] - layer.kernel[i] + 1 for i in (0, 1))
            found = np.zeros((len(weight), rows, columns)) + bias[:, None, None]
            for r, s in itertools.product(*map(range, layer.kernel)):
                window = x[:, r : r + rows, s : s + columns]
                found += np.einsum("oi,irs->ors", weight[:, :, r, s], window)
        elif layer.kind == "dense":
            found = weight @ x.ravel() + bias
        elif layer.kind == "pool":
            assert layer.kernel == layer.stride == (2, 2)
            found = np.maximum.reduce([x[:, r::2, s::2] for r in (0, 1) for s in (0, 1)])
        elif layer.kind == "relu":
            found = np.where(x > 0, x, 0)
        elif layer.kind == "tanh":
            found = layer.amplitude * np.tanh(layer.slope * x)
        else:
            assert layer.kind == "softmax"
            found = np.exp(x - x.max()) / np.exp(x - x.max()).sum()
        values[layer.name] = found
    return values


def draw(lens, strokes):
    lens.page.evaluate("s => { convlens.draw(s); return convlens.settled(); }", strokes)


def number(text):
    return float(text.replace("\u2212", "-").replace("\u202f", "").replace(" ", ""))


def table(lens):
    """The table as it stands on the page: {row: {column: text}}."""
    rows = lens.page.locator(".compared tr").all_inner_texts()
    cells = [re.split(r"\t", row) for row in rows]
    heads = [head.strip() for head in cells[0][1:]]
    return {
        row[0].strip(): dict(zip(heads, map(str.strip, row[1:]), strict=True)) for row in cells[1:]
    }


def select(lens, cell):
    lens.page.evaluate("cell => convlens.select(cell)", cell)
    lens.frame()


def holds_guess(text, probabilities):
    digit = int(np.argmax(probabilities))
    assert text.startswith(f"{digit} with")
    share = re.search(r"with (.+?)\s%", text).group(1)
    if share[0] not in "<>":
        assert abs(number(share) - 100 * float(probabilities[digit])) < 0.06


CELLS = {
    "lenet": (("input", 0, 14, 20), ("conv1", 2, 12, 15), ("pool2", 5, 2, 3), ("fc2", 40)),
    "mlp": (("input", 0, 12, 18), ("fc1", 7), ("tanh1", 7), ("fc2", 40), ("fc3", 2)),
}


@pytest.mark.parametrize("name", ["lenet", "mlp"])
def test_two_drawings_through_one_network_and_their_difference(open_page, name):
    """The same 2, moved by 3 pixels, with the page's centring switched off."""
    lens, network = open_page(query=f"?model={name}"), load_network(name)
    lens.page.get_by_label("Centre the digit").uncheck(force=True)
    here, moved = (pixels_of(strokes, center=False) for strokes in (strokes_of(2), MOVED))
    assert np.allclose(moved[:, 3:], here[:, :-3], atol=1e-2), "moved by 3 pixels"
    draw(lens, strokes_of(2))
    lens.page.get_by_role("button", name="Compare").click()
    lens.page.get_by_role("button", name="keep this drawing").click()
    draw(lens, MOVED)
    kept, now = forward(network, here), forward(network, moved)
    assert lens.page.locator(".lane").count() == 2
    for layer, *at in CELLS[name]:
        at = (*at, 0, 0)[:3]
        select(lens, dict(zip(("layer", "channel", "row", "column"), (layer, *at), strict=True)))
        rows = table(lens)
        column = next(head for head in rows["now"] if head.startswith(layer))
        texts = [rows[row][column] for row in ("now", "kept", "difference")]
        for text, truth in zip(texts, (now, kept), strict=False):
            assert states(text, truth[layer][at[: truth[layer].ndim]], 3e-5)
        shown = [exactly(text) for text in texts]
        assert shown[2] == shown[0] - shown[1], "as they are shown"
    holds_guess(rows["now"]["first guess"], now["softmax"])
    holds_guess(rows["kept"]["first guess"], kept["softmax"])
    select(lens, None)
    hold_third_picture(lens, {layer: now[layer] - kept[layer] for layer in ("fc1", "fc2", "fc3")})


def hold_third_picture(lens, differences):
    """Units that now have more are blue in the picture of the difference, those with less brown."""
    lens.page.mouse.move(5, 5)
    lens.frame()
    stage = lens.page.locator("#stage").bounding_box()
    third = lens.page.locator(".lane canvas").nth(2).bounding_box()
    shot = Image.open(io.BytesIO(lens.page.screenshot())).convert("RGB")
    for layer, difference in differences.items():
        for unit in np.flatnonzero(np.abs(difference) > 0.15 * np.abs(difference).max()):
            rect = lens.rect({"layer": layer, "channel": int(unit), "row": 0, "column": 0})
            x = third["x"] - stage["x"] + rect["x"] + rect["width"] / 2
            red, _, blue = shot.getpixel((int(x), int(rect["y"] + rect["height"] / 2)))
            assert np.sign(blue - red) == np.sign(difference[unit]), (layer, unit)


def test_pointing_in_one_picture_points_in_all_and_the_end_leaves_the_page_as_it_was(lens):
    draw(lens, strokes_of(3))
    lens.page.get_by_role("button", name="Compare").click()
    lens.page.get_by_role("button", name="keep this drawing").click()
    draw(lens, strokes_of(5))
    box = lens.page.locator(".lane canvas").first.bounding_box()
    lens.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 60)
    lens.until("convlens.selection !== null")
    assert lens.selection["layer"] == "input"
    lens.page.get_by_role("button", name="stop comparing", exact=True).click()
    lens.until("!document.querySelector('.lane')")
    lens.page.keyboard.press("Escape")
    lens.until("!document.querySelector('.compared')")


def test_two_networks_read_the_same_2_and_then_moved_by_3_pixels(lens):
    both = [load_network("lenet"), load_network("mlp")]
    networks = {network.spec.title: network for network in both}
    title = both[1].spec.title
    passes = tell_passes(lens)
    lens.page.get_by_label("Centre the digit").uncheck(force=True)
    draw(lens, strokes_of(2))
    lens.page.get_by_role("button", name="Compare").click()
    lens.page.get_by_role("button", name=f"with {title}", exact=True).click()
    lens.until("document.querySelectorAll('.compared tr').length === 3")
    shares = []
    for strokes in (strokes_of(2), MOVED):
        draw(lens, strokes)
        truths = {
            name: forward(network, pixels_of(strokes, center=False))
            for name, network in networks.items()
        }
        eventually(lambda truths=truths: hold_readings(table(lens), truths))
        shares.append([truth["softmax"][2] for truth in truths.values()])
        select(lens, {"layer": "input", "channel": 0, "row": 15, "column": 18})
        rows = table(lens)
        column = next(head for head in rows[title] if head.startswith("input"))
        for name, truth in truths.items():  # lenet has a border of 2, the MLP none
            value = truth["input"][0][(15, 18) if name != title else (13, 16)]
            assert states(rows[name][column], value, 3e-5)
        select(lens, None)
    assert np.diff(shares, axis=0)[0].tolist() != [0, 0], "both were moved"
    for name, network in networks.items():
        row, size = rows[name], sum(value.size for value in network.parameters.values())
        assert number(row["parameters"]) == size
        assert number(row["multiply-adds"]) == operations(network)
        assert row["test accuracy"].startswith(f"{100 * float(network.metadata['accuracy']):.2f}")
        eventually(lambda name=name: hold_times(table(lens), name, passes[networks[name].spec.id]))


def hold_readings(rows, truths):
    assert set(rows) == set(truths)
    for name, truth in truths.items():
        second = truth["softmax"].copy()
        second[second.argmax()] = -1
        holds_guess(rows[name]["first guess"], truth["softmax"])
        holds_guess(rows[name]["second guess"], second)


def hold_times(rows, name, passes):
    """The median of what the server said of its latest passes."""
    assert passes
    shown = rows[name]["one pass"].partition("ms")[0]
    assert states(shown, np.median(passes[-31:]), slack=1e-6)


def tell_passes(lens):
    """How long the forward pass of each answer took, by network, as its header says."""
    found = {"lenet": [], "mlp": []}

    def note(answer):
        asked = httpx.URL(answer.url)
        alone = re.search(r"models/(\w+)/trace", asked.path)
        several = enumerate(asked.params.get_list("ask"))
        passes = [(alone[1], "forward")] if alone else []
        passes += [(one.partition("/")[0], f"forward-{k}") for k, one in several if "/trace" in one]
        for model, step in passes:
            took = re.search(rf"\b{step};dur=([\d.]+)", answer.headers["server-timing"])
            found[model].append(float(took[1]))

    lens.page.on("response", note)
    return found


def eventually(check):
    """Until what a check asks for is on the page: the second reading comes a moment later."""
    for _ in range(100):
        try:
            check()
        except AssertionError:
            time.sleep(0.05)
        else:
            return
    check()


def operations(network):
    """Multiply-adds, counted weight by weight."""
    total = 0
    for layer in network.spec.layers:
        if layer.kind in ("conv", "dense"):
            places = (
                int(np.prod(network.spec.shapes[layer.name][1:])) if layer.kind == "conv" else 1
            )
            total += network.parameters[f"{layer.name}.weight"].size * places
    return total


def captions_without(lens, layer):
    """Hide a layer; the captions that are painted then, of some layers, picture by picture."""
    lens.page.keyboard.press("l")
    lens.page.locator(f"#account input[data-layer={layer}]").wait_for(state="attached")
    lens.frame()
    lens.frame()
    lens.page.evaluate(
        """() => {
            window.painted = new Map();
            const { fillText } = CanvasRenderingContext2D.prototype;
            CanvasRenderingContext2D.prototype.fillText = function (text, ...at) {
                painted.set(this.canvas, (painted.get(this.canvas) ?? new Set()).add(text));
                fillText.call(this, text, ...at);
            };
        }"""
    )
    lens.page.locator(f"#account input[data-layer={layer}]").uncheck(force=True)
    lens.frame()
    names = "['conv1', 'conv2', 'fc1', 'pool1', 'pool2']"
    of = "[...document.querySelectorAll('#stage, .lane canvas:first-child')]"
    seen = f"{names}.filter((name) => painted.get(one)?.has(name))"
    return lens.page.evaluate(f"{of}.map((one) => {seen})")


def test_a_comparison_marks_its_choice_and_has_a_way_out_in_sight(lens):
    draw(lens, strokes_of(3))
    keyboard, account = lens.page.keyboard, lens.page.locator("#account")
    comparing = "document.documentElement.dataset.compare ?? ''"
    pressed = account.locator(".compare-with [aria-pressed=true]")
    keyboard.press("c")
    account.get_by_role("button", name="with MLP").click()
    lens.until(f"{comparing} === '1'")
    lens.frame()
    assert pressed.all_inner_texts() == ["with MLP"]
    heads = lens.page.locator(".lane-head")
    assert [text.split()[0] for text in heads.all_inner_texts()] == ["LeNet", "MLP"]
    stop = heads.get_by_role("button", name="stop comparing")
    assert stop.count() == 1
    keyboard.press("Escape")  # closes the panel; what is compared stays, and so does the way out
    lens.frame()
    assert lens.page.evaluate(comparing) == "1"
    assert stop.is_visible()
    keyboard.press("Escape")
    lens.until(f"{comparing} === ''")
    assert not lens.page.locator(".lane").count()

    keyboard.press("c")
    account.get_by_role("button", name="keep this drawing").click()
    lens.until(f"{comparing} === '2'")
    lens.frame()
    assert pressed.all_inner_texts() == ["keep this drawing"]
    assert captions_without(lens, "conv2") == [["conv1", "fc1", "pool1", "pool2"]] * 3
    keyboard.press("c")
    stop.click()
    lens.until(f"{comparing} === ''")
    lens.frame()
    assert not pressed.count()
