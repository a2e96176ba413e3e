"""The colour scale of a map, a layer, the network: cells and legend are painted as they say."""

import numpy as np
import pytest

from tests.browser.receipts import states
from tests.browser.test_receipts import drawn

# LOOK's diverging scale, light: |value| / limit = 0, 1/8 … 1, linear in between.
ABOVE = "eaedf1 93c5f9 5ea9f4 2f90e8 037ad2 0267b2 005696 01467b 003763"
BELOW = "eaedf1 eeb187 e38c4b d36d04 b55d02 994e02 814001 693402 542801"
READS = {"relu1": "conv1", "pool1": "relu1", "relu2": "conv2", "pool2": "relu2"}

WATCH_LEGENDS = """() => {
    const context = document.getElementById('stage').getContext('2d');
    window.legends = { texts: [], bars: [] };
    const text = context.fillText.bind(context);
    const image = context.drawImage.bind(context);
    context.fillText = (said, x, y, ...more) => {
        window.legends.texts.push([said, x, y]);
        text(said, x, y, ...more);
    };
    context.drawImage = (...given) => {
        const legend = given.length === 9 && given[4] === 1 && given[8] === 7;
        if (legend) window.legends.bars.push(given.slice(5));
        image(...given);
    };
}"""
PIXEL = """([x, y]) => {
    const stage = document.getElementById('stage');
    const scale = stage.width / stage.getBoundingClientRect().width;
    const context = stage.getContext('2d');
    return [...context.getImageData(Math.floor(x * scale), Math.floor(y * scale), 1, 1).data];
}"""


def colour_of(share):
    """The colour of a value that is so much of the limit."""
    stops = [
        [int(one[i : i + 2], 16) for i in (0, 2, 4)]
        for one in (ABOVE if share >= 0 else BELOW).split()
    ]
    return [np.interp(8 * abs(share), range(9), channel) for channel in np.array(stops).T]


def limit_of(trace, scale, layer, channel):
    """The largest magnitude of the scope; a layer that passes values on keeps those it reads."""
    if scale == "network":
        return max(float(np.abs(trace[name]).max()) for name in trace if one_of_layers(name))
    part = trace[layer][channel] if scale == "map" and trace[layer].ndim == 3 else trace[layer]
    own = float(np.abs(part).max())
    if layer in READS:
        return max(own, limit_of(trace, scale, READS[layer], channel))
    return own or 1.0


def one_of_layers(name):
    return name != "input" and "." not in name


@pytest.mark.parametrize("scale", ["map", "layer", "network"])
def test_cells_and_legends_have_the_colours_of_the_chosen_scale(lens, scale):
    trace = drawn(lens, 3)
    lens.page.mouse.move(5, 5)
    other = "network" if scale == "map" else "map"
    lens.page.locator(f"input[name=scale][value={other}]").check(force=True)
    lens.frame()
    lens.page.evaluate(WATCH_LEGENDS)
    lens.page.locator(f"input[name=scale][value={scale}]").check(force=True)
    lens.frame()
    stage = lens.page.locator("#stage").bounding_box()
    rng = np.random.default_rng(1)
    for layer in ("conv1", "pool1", "conv2", "pool2", "fc1", "fc3"):
        for offset in rng.integers(trace[layer].size, size=6):
            channel, row, column = (*np.unravel_index(offset, trace[layer].shape), 0, 0)[:3]
            place = (int(channel), int(row), int(column))
            hold_cell(lens, stage, trace, scale, layer, place)
        hold_legend(lens, stage, trace, scale, layer)


def hold_cell(lens, stage, trace, scale, layer, place):
    names = ("channel", "row", "column")
    rect = lens.rect({"layer": layer, **dict(zip(names, place, strict=True))})
    value = float(trace[layer][place[: trace[layer].ndim]])
    middle = [rect["x"] + rect["width"] / 2, rect["y"] + rect["height"] / 2]
    at = [middle[0] - stage["x"], middle[1] - stage["y"]]
    expected = colour_of(value / limit_of(trace, scale, layer, place[0]))
    painted = lens.page.evaluate(PIXEL, at)[:3]
    np.testing.assert_allclose(painted, expected, atol=2, err_msg=f"{layer} {place}")


def hold_legend(lens, stage, trace, scale, layer):
    """The ends of the bar below a layer, in number and in colour."""
    ends = [0, trace[layer].shape[-1] - 1 if trace[layer].ndim == 3 else 0]
    cells = [
        {"layer": layer, "channel": channel, "row": end, "column": end}
        for channel in range(len(trace[layer]))
        for end in ends
    ]
    places = lens.page.evaluate("cells => cells.map((cell) => convlens.rectOf(cell).x)", cells)
    middle = (min(places) + max(places)) / 2 - stage["x"]
    bars = lens.page.evaluate("legends.bars")
    x, y, width, height = min(bars, key=lambda bar: abs(bar[0] + bar[2] / 2 - middle))
    said = [
        text
        for text, tx, ty in lens.page.evaluate("legends.texts")
        if x - 9 <= tx <= x + width + 9 and y < ty < y + 30
    ]
    low, high = min(0.0, float(trace[layer].min())), max(0.0, float(trace[layer].max()))
    if scale == "map" and trace[layer].ndim == 3:
        assert "max" in said
        ends = (-1.0 if low < 0 else 0.0, 1.0)
    else:
        assert any(states(text, high) for text in said), (layer, said, high)
        assert any(states(text, low) for text in said), (layer, said, low)
        limit = limit_of(trace, scale, layer, 0)
        ends = (low / limit, high / limit)
    for share, at in zip(ends, (x + 0.5, x + width - 0.5), strict=True):
        painted = lens.page.evaluate(PIXEL, [at, y + height / 2])[:3]
        np.testing.assert_allclose(painted, colour_of(share), atol=14, err_msg=f"{layer} {share}")
