"""The annotated picture: numbers on the parts of the network, and a legend that explains them."""

import pytest

from tests.browser.conftest import PHONE
from tests.browser.test_glossary import entry
from tests.model.examples import write_graph
from tests.server import running

# What a layer of each kind is called, by the titles of the entries; nothing where it is not drawn.
CALLED = {
    "input": "input, image",
    "conv": "convolution, conv",
    "dense": "fully connected, fc",
    "pool": "pooling, pool",
    "subsample": "subsampling",
    "relu": "relu",
    "tanh": "tanh",
    "sigmoid": "sigmoid",
    "softmax": "softmax, share, probability",
    "add": "add, concat, flatten",
    "concat": "add, concat, flatten",
    "flatten": None,
}
ACTIVATIONS = {"relu", "tanh", "sigmoid"}
PARTS = {"receptive field", "window", "kernel, filter", "map, channel, feature map"}
EVERYWHERE = {"cell, square", "unit, neuron", "score, logit"}
SLACK = 30  # px: a number, and what keeps it off a frame
NETWORKS = ("lenet", "lenet5", "mlp", "graph")


@pytest.fixture(scope="module")
def graph_server(tmp_path_factory):
    with running("--model", str(write_graph(tmp_path_factory.mktemp("graph")))) as server:
        yield server


def annotate(lens):
    """Open the words, and wait for the legend."""
    lens.page.keyboard.press("w")
    lens.until("document.querySelectorAll('.annotated .word').length > 5")
    lens.frame()
    return lens


def legend(lens):
    """Titles by number."""
    rows = lens.page.locator(".annotated .word").all()
    return {one.get_attribute("data-number"): one.locator("b").inner_text() for one in rows}


def notes(lens):
    """The numbers on the stage, in client pixels."""
    stage = lens.page.locator("#stage").bounding_box()
    return [
        item | {"x": stage["x"] + item["x"], "y": stage["y"] + item["y"]}
        for item in lens.overlay()
        if item["kind"] == "note"
    ]


def layers_of(spec):
    """Kind, what it reads and shape, by name."""
    image = spec["input"]
    found = {"input": ("input", (), image["shape"])}
    return found | {
        one["name"]: (one["kind"], tuple(one["inputs"]), one["shape"]) for one in spec["layers"]
    }


def drawn(layers, *, folded):
    """Of each layer the one on whose cells it is seen; flatten is not drawn."""
    seen = {}
    for name, (kind, inputs, _) in layers.items():
        readers = sum(name in read for _, read, _ in layers.values())
        under = inputs and seen[inputs[0]]
        folds = kind in ACTIVATIONS and folded and readers == 1 and under != "input"
        seen[name] = under if (kind == "flatten" and readers) or folds else name
    return seen


# Around all cells of some layers, in client pixels; each given as [name, channels, rows, columns].
AROUND = """(layers) => Object.fromEntries(layers.map(([layer, channels, rows, columns]) => {
    const [last, at] = [rows - 1, columns - 1];
    const rects = Array.from({ length: channels }, (_, channel) => [
        convlens.rectOf({ layer, channel, row: 0, column: 0 }),
        convlens.rectOf({ layer, channel, row: last, column: at }),
    ]).flat().filter(Boolean);
    return [layer, [
        Math.min(...rects.map(({ x }) => x)),
        Math.min(...rects.map(({ y }) => y)),
        Math.max(...rects.map(({ x, width }) => x + width)),
        Math.max(...rects.map(({ y, height }) => y + height)),
    ]];
}))"""


def away(note, box):
    """How far the middle of a number is from a rectangle, along each axis."""
    left, top, right, bottom = box
    across = max(left - note["x"], note["x"] - right, 0)
    return across, max(top - note["y"], note["y"] - bottom, 0)


@pytest.mark.parametrize("name", NETWORKS)
def test_every_kind_of_layer_has_its_number_where_it_stands(open_page, graph_server, name):
    url = {"url": graph_server.url} if name == "graph" else {"query": f"?model={name}"}
    lens = open_page(viewport={"width": 3400, "height": 1000}, **url).sample(3)
    annotate(lens)
    layers = layers_of(lens.spec())
    hold_numbers(lens, layers, drawn(layers, folded=True))
    lens.page.get_by_label("shown").check(force=True)
    lens.frame()
    hold_numbers(lens, layers, drawn(layers, folded=False))


def hold_numbers(lens, layers, seen):
    """Every kind that is drawn has a number, on all of its layers and on no other."""
    titles = legend(lens)
    assert list(titles) == [str(i + 1) for i in range(len(titles))]
    on = {}
    for note in notes(lens):
        on.setdefault(titles[note["text"]], []).append(note["layer"])
    wanted = {}
    for layer, (kind, _, _) in layers.items():
        if CALLED[kind] and seen[layer] == layer:
            wanted.setdefault(CALLED[kind], []).append(layer)
    for layer, (kind, _, _) in layers.items():  # what is folded is named once
        if kind in ACTIVATIONS and seen[layer] != layer:
            wanted.setdefault(CALLED[kind], [seen[layer]])
    slides = any(kind == "conv" for kind, _, _ in layers.values())
    assert set(titles.values()) == set(wanted) | EVERYWHERE | (PARTS if slides else set())
    for title, places in wanted.items():
        assert sorted(on[title]) == sorted(places), title

    shapes = [[name, *(*layers[name][2], 1, 1)[:3]] for name in set(seen.values())]
    boxes = lens.page.evaluate(AROUND, shapes)
    for note in notes(lens):
        mine = away(note, boxes[note["layer"]])
        others = [away(note, box) for other, box in boxes.items() if other != note["layer"]]
        assert all(mine[0] <= other[0] or sum(mine) < sum(other) for other in others), note


def test_numbers_of_a_cell_stand_at_its_frames(lens):
    annotate(lens.sample(3))
    titles = legend(lens)
    frames = {}
    for item in lens.overlay():
        if item["kind"] == "frame":
            frames.setdefault((item["role"], item["layer"]), []).append(item["rect"])
    placed = {titles[one["text"]]: one for one in lens.overlay() if one["kind"] == "note"}
    for title, role, layer in (
        ("receptive field", "field", "input"),
        ("window", "window", "pool1"),
        ("kernel, filter", "window", "pool1"),
        ("cell, square", "pointed", "conv2"),
    ):
        assert placed[title]["layer"] == layer
        rects = frames[role, layer]
        boxes = [(r["x"], r["y"], r["x"] + r["width"], r["y"] + r["height"]) for r in rects]
        assert min(sum(away(placed[title], box)) for box in boxes) <= SLACK, title
    lens.hover({"layer": "conv1", "channel": 1, "row": 20, "column": 9})
    moved = {titles[one["text"]]: one for one in lens.overlay() if one["kind"] == "note"}
    assert moved["window"]["layer"] == "input", "they follow the cell that is pointed at"
    assert moved["cell, square"]["layer"] == "conv1"


def test_a_number_leads_to_its_entry_by_pointer_and_keys_and_hides_no_cell_from_them(lens):
    page = annotate(lens).page  # with nothing drawn, too
    titles = legend(lens)
    window = next(one for one in notes(lens) if titles[one["text"]] == "window")
    page.mouse.move(window["x"], window["y"])
    lens.until("document.querySelector('.annotated .lit b')?.textContent === 'window'")
    page.mouse.click(window["x"], window["y"])
    assert entry(lens) == "window"
    assert lens.selection is None
    assert len(notes(lens)) > 12, "they stay, so that another can be pressed"
    page.get_by_role("button", name="the whole network").click()
    page.locator(".annotated .word", has_text="softmax").focus()
    strong = [one["text"] for one in notes(lens) if one["strong"]]
    assert [titles[one] for one in strong] == ["softmax, share, probability"]
    page.keyboard.press("Enter")
    assert entry(lens).startswith("softmax")
    lens.hover({"layer": "conv2", "channel": 3, "row": 2, "column": 7})
    assert lens.selection == {"layer": "conv2", "channel": 3, "row": 2, "column": 7}
    page.keyboard.press("Escape")
    lens.frame()
    assert notes(lens) == []


def test_a_finger_presses_a_number(open_page):
    phone = annotate(open_page(**PHONE))
    titles = legend(phone)
    first = next(one for one in notes(phone) if titles[one["text"]] == "map, channel, feature map")
    phone.page.touchscreen.tap(first["x"] + 8, first["y"] + 8)
    phone.until("document.querySelector('.entry h2').textContent.startsWith('map')")
    assert phone.selection is None
