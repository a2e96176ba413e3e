"""Two drawings, or two networks, side by side: the table and the difference hold."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from model import load_network
from model.preprocess import Stroke, preprocess_strokes, to_input

SAMPLES = json.loads((Path(__file__).parents[2] / "static" / "samples.json").read_text())
CENTRE_OFF = {"center": False}


def strokes_of(digit, right=0.0):
    """The strokes of a sample digit, moved by a share of the pad."""
    return [
        {**stroke, "points": [[x + right, y] for x, y in stroke["points"]]}
        for stroke in SAMPLES["digits"][digit]["strokes"]
    ]


def trace_of(network, strokes, *, center=True):
    """What the engine makes of strokes, without server and page."""
    drawn = [Stroke(np.array(s["points"]), s["width"], s.get("erase", False)) for s in strokes]
    pixels = preprocess_strokes(drawn, center=center).pixels
    return network.trace(to_input(pixels, network.spec.input))


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


def test_two_drawings_through_one_network_and_their_difference(lens):
    """The same 2, moved by 3 pixels, with the page's centring switched off."""
    network = load_network("lenet")
    lens.page.get_by_label("Centre the digit").uncheck(force=True)
    here, moved = strokes_of(2), strokes_of(2, 3 / 28)
    draw(lens, here)
    lens.page.get_by_role("button", name="Compare").click()
    lens.page.get_by_role("button", name="keep this drawing").click()
    draw(lens, moved)
    kept = trace_of(network, here, center=False)
    now = trace_of(network, moved, center=False)
    assert lens.page.locator(".lane").count() == 2
    for layer, at in (("input", (0, 14, 20)), ("conv1", (2, 12, 15)), ("pool2", (5, 2, 3))):
        select(lens, dict(zip(("layer", "channel", "row", "column"), (layer, *at), strict=True)))
        rows = table(lens)
        column = next(name for name in rows["now"] if name.startswith(layer))
        shown = [number(rows[name][column]) for name in ("now", "kept", "difference")]
        assert shown[0] == pytest.approx(float(now[layer][at]), abs=6e-5)
        assert shown[1] == pytest.approx(float(kept[layer][at]), abs=6e-5)
        assert shown[2] == pytest.approx(shown[0] - shown[1], abs=1e-9)
    holds_guess(rows["now"]["first guess"], now["softmax"])
    holds_guess(rows["kept"]["first guess"], kept["softmax"])


def test_pointing_in_one_picture_points_in_all_and_the_end_leaves_the_page_as_it_was(lens):
    draw(lens, strokes_of(3))
    lens.page.get_by_role("button", name="Compare").click()
    lens.page.get_by_role("button", name="keep this drawing").click()
    draw(lens, strokes_of(5))
    box = lens.page.locator(".lane canvas").first.bounding_box()
    lens.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 60)
    lens.until("convlens.selection !== null")
    assert lens.selection["layer"] == "input"
    lens.page.get_by_role("button", name="stop comparing").click()
    lens.until("!document.querySelector('.lane')")
    lens.page.keyboard.press("Escape")
    lens.until("!document.querySelector('.compared')")


def test_two_networks_read_one_drawing(lens):
    both = [load_network("lenet"), load_network("mlp")]
    networks = {network.spec.title: network for network in both}
    title = both[1].spec.title
    draw(lens, strokes_of(2))
    lens.page.get_by_role("button", name="Compare").click()
    lens.page.get_by_role("button", name=f"with {title}", exact=True).click()
    lens.until("document.querySelectorAll('.compared tr').length === 3")
    lens.until("!document.querySelector('.compared').innerText.includes('not yet')")
    rows = table(lens)
    assert set(rows) == set(networks)
    for name, network in networks.items():
        row = rows[name]
        counts = [int((value != 0).sum()) for value in network.parameters.values()]
        assert number(row["parameters"]) == pytest.approx(sum(counts), rel=1e-3)
        assert number(row["multiply-adds"]) == operations(network)
        assert row["test accuracy"].startswith(f"{100 * float(network.metadata['accuracy']):.2f}")
        assert re.fullmatch(r"[\d.]+\sms", row["one pass (median)"])
        holds_guess(row["first guess"], trace_of(network, strokes_of(2))["softmax"])


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
