"""How cells depend on each other, both ways, and the paths behind an answer."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from model import Network, load_network
from tests.browser.conftest import one_page

OVERLAY = """() => {
    const { tensors, ranges, bars } = convlens.quantity();
    return convlens.overlay().map((item) => ({
        kind: item.kind, role: item.role ?? '', layer: item.layer ?? '',
        after: item.after, value: item.value, rects: item.rects,
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
    opened.page.keyboard.press("Escape")  # a panel that is open
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


INKED = """() => {
    const canvas = document.querySelector('.pad-paths');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return canvas.hidden ? 0 : data.filter((one, i) => i % 4 === 3 && one).length;
}"""


def number_in(text):
    return float(text.replace("−", "-"))


def rows_of(lens, count=10):
    """The paths as they are read: [(map cell, unit, what it brings)]."""
    lens.until(f"document.querySelectorAll('.why-row').length === {count}")
    lens.frame()
    found = []
    for text in lens.page.locator(".why-row").all_inner_texts():
        said = re.fullmatch(
            r"pool2 map (\d+), row (\d), column (\d) → fc2 unit (\d+)\s+(\S+)", text
        )
        assert said, text
        *cell, unit = (int(one) for one in said.groups()[:4])
        found.append((tuple(cell), unit, number_in(said[5])))
    return found


def sum_of(lens):
    """The line that closes, by what each part is called."""
    lines = lens.page.locator(".why-sum > div")
    parts = [lines.nth(at) for at in range(lines.count())]
    return {
        one.locator("dt").inner_text(): number_in(one.locator("dd").inner_text()) for one in parts
    }


def brought(trace, weights, dy):
    """What each path by a cell of pool2 and a unit of fc2 brings, and what all of them do."""
    cells = trace["pool2"].size
    ink = np.zeros(cells)
    for cell in np.flatnonzero(trace["pool2"]):
        one = np.zeros(cells)
        one[cell] = 1
        slopes = back(trace, weights, "pool2", one.reshape(trace["pool2"].shape))["input"]
        ink[cell] = np.sum(slopes * trace["input"])
    alive = {name: trace[name] > 0 for name in ("relu3", "relu4")}
    between = weights["fc2.weight"] @ (alive["relu3"][:, None] * weights["fc1.weight"])
    last = alive["relu4"] * (dy @ weights["fc3.weight"])
    by_path = ink[:, None] * (between * last[:, None]).T
    return by_path, np.sum(back(trace, weights, "fc3", dy)["input"] * trace["input"])


def as_told(lens, trace, weights, dy):
    """Hold the rows and the sum against paths by plain loops."""
    rows, parts = rows_of(lens), sum_of(lens)
    by_path, every = brought(trace, weights, dy)
    for cell, unit, value in rows:
        at = np.ravel_multi_index(cell, trace["pool2"].shape)
        assert value == pytest.approx(by_path[at, unit], abs=6e-4)
    ordered = np.sort(by_path.ravel())
    values = [value for _, _, value in rows]
    assert values == pytest.approx([*ordered[::-1][:5], *ordered[:5]], abs=6e-4)
    score = parts.get("score", parts.get("how far it is ahead"))
    assert score == pytest.approx(trace["fc3"] @ dy, abs=6e-4)
    assert parts["all paths together"] == pytest.approx(every, abs=6e-4)
    assert parts["these 10 paths"] == pytest.approx(sum(values), abs=1e-9)
    both = parts["these 10 paths"] + parts["all other paths"]
    assert both == pytest.approx(parts["all paths together"], abs=1e-9)
    whole = parts["all paths together"] + parts["all biases"] + parts.get("rounding", 0)
    assert whole == pytest.approx(score, abs=1e-9)
    assert abs(parts.get("rounding", 0)) < 0.0025
    return rows


def muted_by_hand(trace, weights, cell, unit):
    """The scores, where one chain alone hears of an empty image."""
    blank = onward(np.broadcast_to(weights["conv1.bias"][:, None, None], (6, 28, 28)), weights)
    maps, units = trace["pool2"].copy(), trace["relu4"].copy()
    maps[cell] = blank["pool2"][cell]
    first = np.maximum(weights["fc1.weight"] @ maps.ravel() + weights["fc1.bias"], 0)
    units[unit] = max(0, weights["fc2.weight"][unit] @ first + weights["fc2.bias"][unit])
    return weights["fc3.weight"] @ units + weights["fc3.bias"]


def test_why_begins_with_paths_that_close_are_marked_and_can_be_muted(lens, weights):
    trace = draw(lens, 3)
    page, account = lens.page, lens.page.locator("#account")
    account.get_by_role("button", name="Why 3?").click()
    rows = as_told(lens, trace, weights, np.eye(10)[3])
    assert "All paths together and all biases are the score." in account.inner_text()

    # On the stage, in space and on the pad; of the chosen row alone.
    curves = {item["value"] for item in page.evaluate(OVERLAY) if item["kind"] == "curve"}
    assert sorted(curves) == pytest.approx(sorted(value for *_, value in rows), abs=6e-4)
    all_ink = page.evaluate(INKED)
    page.locator(".why-row").nth(1).click()
    lens.frame()
    cell, unit, value = rows[1]
    curves = [item["value"] for item in page.evaluate(OVERLAY) if item["kind"] == "curve"]
    assert curves == pytest.approx([value] * 4, abs=6e-4)
    assert 0 < page.evaluate(INKED) < all_ink
    page.keyboard.press("s")
    lens.until("convlens.overlay().some((item) => item.kind === 'frame3' && item.role === 'path')")
    page.keyboard.press("s")
    lens.until("convlens.overlay().some((item) => item.kind === 'curve')")

    # Muted, the score really changes, by another number than the row's.
    account.get_by_role("button", name="Mute this path").click()
    expect(account.locator(".why-told[aria-live]")).to_contain_text("Muted:")
    told = account.locator(".why-told[aria-live]").inner_text()
    number = r"([+−]?[\d.]+?)"
    sentence = rf"Muted: {number} becomes {number}, a change of {number}; .* make it {number}\. .*"
    before, after, change, brings = map(number_in, re.fullmatch(sentence, told).groups())
    assert after == pytest.approx(muted_by_hand(trace, weights, cell, unit)[3], abs=6e-4)
    assert before == pytest.approx(trace["fc3"][3], abs=6e-4)
    assert change == pytest.approx(after - before, abs=1e-9)
    assert brings == -value != change


def test_why_one_digit_and_not_another_stands_in_the_link_and_leaves_no_mark(lens, weights):
    trace, page = draw(lens, 3), lens.page
    page.keyboard.press("g")
    rows_of(lens)
    page.get_by_label("Why which digit").select_option("8")
    page.get_by_label("And not which digit").select_option("3")
    lens.until("document.querySelector('#account .name').textContent === 'Why 8 and not 3?'")
    as_told(lens, trace, weights, np.eye(10)[8] - np.eye(10)[3])
    page.locator(".why-row").nth(2).click()
    lens.until("location.hash.includes('panel=why&why=8.3.2')")

    # While one points at the stage it shows that cell; closed, nothing is marked.
    lens.hover(place("conv2", (3, 4, 4)))
    assert not [item for item in page.evaluate(OVERLAY) if item["role"] == "path"]
    page.mouse.move(5, 300)
    lens.until("convlens.overlay().some((item) => item.role === 'path')")
    page.keyboard.press("g")
    lens.frame()
    assert page.evaluate("convlens.overlay()") == []
    assert page.evaluate(INKED) == 0


@pytest.mark.parametrize(("model", "layer"), [("lenet5", "out"), ("mlp", "fc3")])
def test_where_curves_bend_why_says_by_how_much_straight_lines_are_off(open_page, model, layer):
    """How fast the score grows with the image, and how fast with the biases, in float64."""
    lens = open_page(query=f"?model={model}").sample(3)
    digit = int(lens.digit)
    lens.page.keyboard.press("g")
    lens.until("document.querySelectorAll('.why-row').length === 10")
    lens.frame()
    parts = sum_of(lens)
    network = load_network(model)
    image = np.float64(
        lens.page.evaluate("Array.from(convlens.quantity().tensors.get('input').data)")
    ).reshape(1, *network.spec.input.shape)

    def score(by_image, by_biases):
        scaled = {
            name: np.float64(array) * (by_biases if name.endswith(".bias") else 1)
            for name, array in network.parameters.items()
        }
        return Network(network.spec, scaled).forward(image * by_image).outputs[layer][0, digit]

    step = 1e-6
    every = (score(1 + step, 1) - score(1 - step, 1)) / (2 * step)
    biases = (score(1, 1 + step) - score(1, 1 - step)) / (2 * step)
    assert parts["score"] == pytest.approx(score(1, 1), abs=6e-4)
    assert parts["all paths together"] == pytest.approx(every, abs=6e-4)
    assert parts["all biases"] == pytest.approx(biases, abs=6e-4)
    assert parts["off by"] == pytest.approx(score(1, 1) - every - biases, abs=2e-3)
    said = parts["all paths together"] + parts["all biases"] + parts["off by"]
    assert said == pytest.approx(parts["score"], abs=1e-9)
    assert abs(parts["off by"]) > 0.1
    assert "Only to first order" in lens.account()
