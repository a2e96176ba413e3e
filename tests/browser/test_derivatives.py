"""How cells depend on each other, both ways, and the connections behind the first guess."""

import re

import numpy as np
import pytest

from model import load_network
from tests.browser.conftest import one_page

OVERLAY = """() => {
    const { tensors, ranges, bars } = convlens.quantity();
    return convlens.overlay().map((item) => ({
        kind: item.kind, role: item.role ?? '', layer: item.layer ?? '',
        after: item.after, link: item.link, value: item.value, rects: item.rects,
        ...(item.kind === 'cells' && {
            limit: ranges.get(item.layer).limit,
            data: Array.from(tensors.get(item.layer).data),
            shown: bars(item.layer, (text) => text.length < 8),
        }),
    }));
}"""

TRACE = """async () => {
    const { strokes } = window.drawn;
    const answer = await fetch('api/models/lenet/trace', {
        method: 'POST', body: JSON.stringify({ strokes }),
        headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    });
    return answer.json();
}"""


@pytest.fixture(scope="module")
def opened(browser, server):
    """One page for all of these stories."""
    with one_page(browser, server) as lens:
        yield lens


@pytest.fixture
def lens(opened):
    """That page with values and nothing pinned or pointed at, as it was in the beginning."""
    draw(opened, 3)
    pin(opened, place("fc1", (0,)), "values")  # the choice stands beside what is pinned
    opened.page.evaluate("convlens.select(null)")
    opened.page.evaluate("convlens.clear()")
    opened.page.mouse.move(5, 300)
    return opened


@pytest.fixture(scope="module")
def weights():
    network = load_network("lenet")
    return {name: np.float64(array) for name, array in network.parameters.items()}


def pin(lens, cell, word="influence"):
    """Pin a cell; the cells show values until somebody asks for its influence."""
    lens.page.evaluate("cell => convlens.select(cell)", cell)
    lens.frame()
    lens.page.locator("#account").get_by_label(word).check(force=True)


def says(lens):
    """What is said of the influence that is shown."""
    return lens.page.locator("#account .effect-text").inner_text()


def draw(lens, digit):
    """Draw a sample by script, so that it can be asked about again."""
    lens.page.evaluate(
        """async (digit) => {
            const { digits } = await (await fetch('static/samples.json')).json();
            window.drawn = digits.find((one) => one.digit === digit);
            convlens.draw(window.drawn.strokes);
            await convlens.settled();
        }""",
        digit,
    )
    found = lens.page.evaluate(TRACE)
    return {
        name: np.float64(tensor["data"]).reshape(tensor["shape"])
        for name, tensor in found.items()
        if name != "__metadata__"
    }


def heat_of(lens, layer="conv1"):
    """Wait for derivatives; what is painted, by layer."""
    for _ in range(200):
        items = [item for item in lens.page.evaluate(OVERLAY) if item["kind"] == "cells"]
        if any(item["layer"] == layer for item in items):
            return {item["layer"]: item for item in items}
        lens.page.wait_for_timeout(20)
    raise AssertionError("no derivatives were painted")


def back(trace, weights, layer, dy):
    """Send a gradient back to the image, layer by layer, by plain loops over lenet's own layers."""
    found = {layer: dy}
    order = [name for name in trace if "." not in name]
    for name in reversed(order[1 : order.index(layer) + 1]):
        below = order[order.index(name) - 1]
        x, dy = trace[below], found[name]
        if name.startswith("fc"):
            dx = (dy @ weights[f"{name}.weight"]).reshape(x.shape)
        elif name.startswith("relu"):
            dx = np.where(trace[below] > 0, dy, 0)
        elif name.startswith("pool"):
            dx = np.zeros_like(x)
            for m, i, j in np.argwhere(dy):
                window = x[m, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2]
                row, column = divmod(int(window.argmax()), 2)
                dx[m, 2 * i + row, 2 * j + column] += dy[m, i, j]
        else:
            dx = np.zeros_like(x)
            for k, i, j in np.argwhere(dy):
                dx[:, i : i + 5, j : j + 5] += dy[k, i, j] * weights[f"{name}.weight"][k]
        found[below] = dx
    return found


def onward(conv1, weights):
    """Read on from conv1, in float64: every later layer."""
    found = {"conv1": conv1}
    x = np.maximum(conv1, 0)
    for number in (1, 2):
        maps, rows, columns = x.shape
        x = x.reshape(maps, rows // 2, 2, columns // 2, 2).max(axis=(2, 4))
        found[f"pool{number}"] = x
        if number == 1:
            view = np.lib.stride_tricks.sliding_window_view(x, (5, 5), axis=(1, 2))
            x = np.einsum("mijrs,kmrs->kij", view, weights["conv2.weight"])
            x = found["conv2"] = x + weights["conv2.bias"][:, None, None]
            x = np.maximum(x, 0)
    x = x.ravel()
    for name in ("fc1", "fc2", "fc3"):
        x = found[name] = weights[f"{name}.weight"] @ x + weights[f"{name}.bias"]
        x = np.maximum(x, 0)
    exponentials = np.exp(found["fc3"] - found["fc3"].max())
    return found | {"softmax": exponentials / exponentials.sum()}


def close(found, expected):
    expected = np.ravel(expected)
    scale = np.abs(expected).max()
    np.testing.assert_allclose(found, expected, rtol=2e-3, atol=2e-4 * max(scale, 1e-30))


def strongest_cell(array):
    return tuple(int(place) for place in np.unravel_index(array.argmax(), array.shape))


def place(layer, index):
    return dict(zip(("layer", "channel", "row", "column"), (layer, *index, 0, 0), strict=False))


def colours_at(lens, cells):
    """What the overlay shows in the middle of cells: red, green, blue."""
    return [
        lens.page.evaluate(
            """(cell) => {
                const canvas = document.getElementById('overlay');
                const at = canvas.getBoundingClientRect();
                const rect = convlens.rectOf(cell);
                const ratio = canvas.width / at.width;
                const x = (rect.x - at.x + rect.width / 2) * ratio;
                const y = (rect.y - at.y + rect.height / 2) * ratio;
                return Array.from(canvas.getContext('2d').getImageData(x, y, 1, 1).data);
            }""",
            cell,
        )
        for cell in cells
    ]


def hovers_say(lens, index, expected, cells):
    """Each derivative in words, while the pinned cell stays."""
    pinned = f"conv2[{', '.join(map(str, index))}]"
    for layer, at in cells:
        lens.hover(place(layer, at))
        start = f"If {layer}[{', '.join(map(str, at))}] rises a little, {pinned} "
        text = says(lens)
        assert text.startswith(start), text
        end = text.removeprefix(start)
        if expected[layer][at] == 0:
            assert end == "does not change."
            continue
        said = re.fullmatch(r"(rises|falls) (.+) times as much\.", end)
        assert said, text
        number = said[2].translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-"))
        number = float(number.replace("×10", "e")) * (-1 if said[1] == "falls" else 1)
        assert number == pytest.approx(expected[layer][at], rel=2e-3, abs=6e-4)


def test_a_pinned_cell_shows_its_effective_receptive_field_and_says_each_derivative(lens, weights):
    trace = draw(lens, 3)
    index = strongest_cell(trace["conv2"])
    one = np.zeros_like(trace["conv2"])
    one[index] = 1
    lens.page.evaluate("cell => convlens.select(cell)", place("conv2", index))
    lens.frame()
    lens.page.wait_for_timeout(500)  # the derivatives have come by now
    assert not [item for item in lens.page.evaluate(OVERLAY) if item["kind"] == "cells"]
    assert not says(lens), "the first click shows values"
    lens.page.locator("#account").get_by_label("influence").check(force=True)
    heat = heat_of(lens)
    assert says(lens).startswith("How much each pixel changes this cell")
    expected = back(trace, weights, "conv2", one)
    for layer in ("input", "conv1", "pool1"):
        close(heat[layer]["data"], expected[layer])
        assert heat[layer]["limit"] == pytest.approx(np.abs(expected[layer]).max(), rel=1e-4)
        assert not heat[layer]["after"]
    # Colours: above zero blue, below orange, and what pooling or relu cuts off is neutral.
    lens.page.wait_for_timeout(200)
    field = expected["conv1"]
    most, least = strongest_cell(field), strongest_cell(-field)
    window = np.zeros(field.shape, bool)
    window[:, 2 * index[1] : 2 * index[1] + 10, 2 * index[2] : 2 * index[2] + 10] = True
    dead = tuple(int(at) for at in np.argwhere(window & (field == 0))[7])
    blue, orange, neutral = colours_at(lens, [place("conv1", at) for at in (most, least, dead)])
    assert blue[2] > blue[0] + 40
    assert orange[0] > orange[2] + 40
    assert max(neutral[:3]) - min(neutral[:3]) < 12
    assert blue[3] == orange[3] == neutral[3] == 255

    cells = (("conv1", least), ("conv1", dead), ("pool1", (2, index[1] + 1, index[2])))
    hovers_say(lens, index, expected, cells)


def test_another_drawing_brings_its_own_derivatives_and_a_switch_the_values_back(lens, weights):
    trace = draw(lens, 3)
    index = strongest_cell(trace["conv2"])
    one = np.zeros_like(trace["conv2"])
    one[index] = 1
    pin(lens, place("conv2", index))
    heat_of(lens)
    trace = draw(lens, 5)
    expected = back(trace, weights, "conv2", one)
    for _ in range(100):
        data = np.array(heat_of(lens)["input"]["data"])
        if np.abs(data - expected["input"].ravel()).max() < 1e-3:
            break
        lens.page.wait_for_timeout(20)
    close(data, expected["input"])

    # Values again, and back, by its switch and by its key.
    lens.page.locator("#account").get_by_label("values").check(force=True)
    lens.frame()
    assert not [item for item in lens.page.evaluate(OVERLAY) if item["kind"] == "cells"]
    lens.page.keyboard.press("v")
    heat_of(lens)
    lens.page.keyboard.press("Escape")
    lens.frame()
    assert lens.page.evaluate("convlens.overlay()") == []


def test_the_forward_cone_weighs_what_a_cell_can_influence(lens, weights):
    trace = draw(lens, 3)
    index = strongest_cell(trace["conv1"])  # it wins its window, by far from any corner
    pin(lens, place("conv1", index))
    heat = heat_of(lens, "softmax")
    step = 1e-5
    nudge = np.zeros_like(trace["conv1"])
    nudge[index] = step
    up = onward(trace["conv1"] + nudge, weights)
    down = onward(trace["conv1"] - nudge, weights)
    for layer in ("pool1", "conv2", "pool2", "fc1", "fc2", "fc3", "softmax"):
        expected = (up[layer] - down[layer]) / (2 * step)
        assert heat[layer]["after"]
        if layer == "softmax":
            np.testing.assert_allclose(heat[layer]["data"], expected.ravel(), atol=1e-5)
            limit = heat[layer]["limit"]
            for bar, value in zip(heat[layer]["shown"], heat[layer]["data"], strict=True):
                long = value / limit if abs(value) >= 0.0005 else 0
                assert bar["fraction"] == pytest.approx(long, abs=1e-6)
        else:
            close(heat[layer]["data"], expected)
    # The cone in pool1 is one cell, in conv2 a box in each map; the image lies on the other side.
    assert len(heat["pool1"]["rects"]) == 1
    assert len(heat["conv2"]["rects"]) == 16
    assert not heat["input"]["after"]

    # A cell that relu cuts off reaches nothing: the whole cone weighs 0, and a sentence says why.
    dead = tuple(int(at) for at in np.argwhere(trace["conv1"] < -0.1)[0])
    lens.page.evaluate("cell => convlens.select(cell)", place("conv1", dead))
    lens.until(
        "convlens.overlay().some((item) => item.kind === 'cells' && item.layer === 'fc1'"
        " && convlens.quantity().tensors.get('fc1').data.every((value) => value === 0))"
    )
    heat = heat_of(lens, "softmax")
    for layer in ("pool1", "conv2", "pool2", "fc1", "fc2", "fc3", "softmax"):
        assert not np.any(heat[layer]["data"])
    assert "relu1 stops it here: nothing goes on." in says(lens)
    assert not any(bar["text"] for bar in heat["softmax"]["shown"]), "no column of zeros"

    # One that pooling drops, too.
    window = trace["conv1"][:, :28, :28].reshape(6, 14, 2, 14, 2)
    largest = window.max(axis=(2, 4), keepdims=True)
    loser = np.argwhere(((window > 0) & (window < largest)).reshape(6, 28, 28))[0]
    lens.page.evaluate("cell => convlens.select(cell)", place("conv1", map(int, loser)))
    lens.until(
        "document.querySelector('#account .effect-text').textContent"
        ".includes('pool1 takes a larger cell: nothing goes on.')"
    )


def test_a_class_shows_what_changes_its_score_and_no_bar_stands_beside_nearly_nothing(
    lens, weights
):
    trace = draw(lens, 3)
    guess = int(trace["softmax"].argmax())
    assert trace["softmax"][guess] > 0.999, "of a sure answer the probability hardly moves"
    pin(lens, place("softmax", (guess,)))
    heat = heat_of(lens)
    slopes = back(trace, weights, "fc3", np.eye(10)[guess])
    assert set(heat) == {"input", "conv1", "pool1", "conv2", "pool2", "fc1", "fc2"}
    for layer in ("input", "conv1", "pool1", "conv2", "pool2"):
        close(heat[layer]["data"], slopes[layer])
    text = says(lens)
    assert text == f"How much each pixel and each cell changes the score of {guess}, fc3[{guess}]."

    # A cell hardly moves the shares of a sure answer: "2e−9" or "≈ 0", no bar.
    index = strongest_cell(trace["conv1"])
    pin(lens, place("conv1", index))
    softmax = heat_of(lens, "softmax")["softmax"]
    for bar, value in zip(softmax["shown"], softmax["data"], strict=True):
        assert (abs(value) < 0.0005) == (bar["fraction"] == 0)
        assert bool(bar["text"]) == (value != 0)
        if bar["fraction"] == 0 and value != 0 and "≈" not in bar["text"]:
            assert float(bar["text"].replace("−", "-")) == float(f"{value:.0e}")


def share(trace, weights, slopes, link):
    """Value × weight × derivative of one connection, by hand."""
    start, end = link["from"], link["to"]
    at = [(one["channel"], one["row"], one["column"]) for one in (start, end)]
    x, slope = trace[start["layer"]], slopes[end["layer"]]
    a = at[0] if x.ndim == 3 else at[0][:1]
    b = at[1] if slope.ndim == 3 else at[1][:1]
    if end["layer"].startswith("fc"):
        weight = weights[f"{end['layer']}.weight"][b[0]].reshape(x.shape)[a]
    elif end["layer"].startswith("conv"):
        tap = a[0], a[1] - b[1], a[2] - b[2]
        weight = weights[f"{end['layer']}.weight"][b[0]][tap]
    else:
        weight = 1
    return x[a] * weight * slope[b]


def test_contributions_are_only_the_connections_that_matter_for_the_first_guess(lens, weights):
    trace = draw(lens, 3)
    lens.page.locator("#account").get_by_label("first guess").check(force=True)
    lens.until("convlens.overlay().some((item) => item.link)")
    lens.frame()
    sentence = lens.page.locator(".links-say").inner_text()
    assert sentence == "The paths that did most for 3 (the 8 strongest into each layer)."

    guess = np.zeros(10)
    guess[int(trace["softmax"].argmax())] = 1
    slopes = back(trace, weights, "fc3", guess)
    links = [item for item in lens.page.evaluate(OVERLAY) if item.get("link")]
    by_layer = {}
    for item in links:
        expected = share(trace, weights, slopes, item["link"])
        assert item["value"] == pytest.approx(expected, rel=1e-3, abs=1e-6)
        by_layer.setdefault(item["link"]["to"]["layer"], []).append(abs(item["value"]))

    # Into the scores, and into fc2's units that are kept, no share that was left out is larger.
    into = np.abs(trace["relu4"] * weights["fc3.weight"][guess.argmax()])
    assert sorted(by_layer["fc3"]) == pytest.approx(sorted(into)[-8:], rel=1e-3)
    kept = [
        item["link"]["from"]["channel"] for item in links if item["link"]["to"]["layer"] == "fc3"
    ]
    into = np.abs(weights["fc2.weight"][kept] * trace["relu3"] * slopes["fc2"][kept, None])
    assert sorted(by_layer["fc2"]) == pytest.approx(np.sort(into.ravel())[-8:], rel=1e-3)
    assert set(by_layer) == {"conv1", "pool1", "conv2", "pool2", "fc1", "fc2", "fc3"}

    # Every layer has framed cells; pointing shows the cell's own instead; G turns it off.
    frames = {item["layer"] for item in lens.page.evaluate(OVERLAY) if item["role"] == "guess"}
    assert frames == {"input", "conv1", "pool1", "conv2", "pool2", "fc1", "fc2", "fc3", "softmax"}
    lens.hover(place("conv2", (3, 4, 4)))
    assert not [item for item in lens.page.evaluate(OVERLAY) if item["role"] == "guess"]
    lens.page.mouse.move(5, 300)
    lens.until("convlens.overlay().some((item) => item.link)")
    lens.page.keyboard.press("g")
    lens.frame()
    assert lens.page.evaluate("convlens.overlay()") == []
