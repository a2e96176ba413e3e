"""A cell of every layer is pinned in space; its receipt is the flat view's and that of loops."""

import numpy as np
import pytest

from model import load_network
from tests.browser.gists import hold_gist
from tests.browser.holding import hold_check, hold_formula, hold_picture, hold_table, hold_words
from tests.browser.receipts import Truth, read, states
from tests.browser.space import IN_SIGHT, come_near, drag, shapes_of, to_flat, to_space
from tests.browser.test_drawing import SEVEN
from tests.model.examples import write_graph
from tests.server import running

# turns of the network, CSS pixels of a drag
TURNS = ((40, 20), (-30, 12), (70, -18))


@pytest.fixture(scope="module")
def graph_server(tmp_path_factory):
    """A made-up network with a skip connection and a concat, that no code knows by name."""
    with running("--model", str(write_graph(tmp_path_factory.mktemp("graph")))) as server:
        yield server


def trace_of(lens):
    """What the server answers to the drawing on the pad, as arrays."""
    found = lens.page.evaluate(
        """async () => {
            const { drawing: { strokes }, center } = convlens.state();
            const body = JSON.stringify({ strokes, center });
            const { model } = document.getElementById('app').dataset;
            const headers = { 'content-type': 'application/json', accept: 'application/json' };
            const url = `api/models/${model}/trace`;
            return (await fetch(url, { method: 'POST', headers, body })).json();
        }"""
    )
    del found["__metadata__"]
    return {
        name: np.array(one["data"], np.float32).reshape(one["shape"]) for name, one in found.items()
    }


def pin_in_space(lens, layer, shape, turn):
    """From another side: point at a cell of a layer that is in sight, and click it."""
    lens.page.get_by_role("button", name="Reset the view").click()
    drag(lens, *turn, pause=0)
    cell = lens.page.evaluate(IN_SIGHT, [layer, shape])
    assert cell, f"no cell of {layer} is in sight"
    lens.page.evaluate("convlens.select(null)")
    lens.page.mouse.click(*come_near(lens, cell))
    lens.page.mouse.move(5, 5)
    lens.frame()
    assert lens.selection == cell
    roles = {item["role"] for item in lens.overlay()}
    assert "pinned" in roles
    assert layer == "input" or roles & {"window", "field"}
    return cell


@pytest.mark.parametrize("name", ["lenet", "mlp", "lenet5"])
def test_a_story_in_space_pins_a_cell_of_every_layer_and_returns_with_the_same_receipts(
    open_page, name
):
    lens, network = open_page(query=f"?model={name}", reduced_motion="reduce"), load_network(name)
    lens.page.get_by_label("shown").check(force=True)  # the activations stand by themselves
    lens.draw(SEVEN).settle()
    digit, trace = lens.digit, trace_of(lens)
    assert digit == str(trace["softmax"].argmax())
    to_space(lens)
    answer = {"layer": "softmax", "channel": int(digit), "row": 0, "column": 0}
    before = lens.rect(answer)
    drag(lens, *TURNS[0])
    assert lens.rect(answer) != before, "it was turned"
    receipts = []
    for i, (layer, shape) in enumerate(shapes_of(lens)):
        cell = pin_in_space(lens, layer, shape, TURNS[i % len(TURNS)])
        receipts.append((cell, read(lens, cell)))
    assert lens.digit == digit
    to_flat(lens)
    assert lens.selection == receipts[-1][0]
    for cell, said in receipts:
        assert read(lens, cell) == said, cell
        truth = Truth(network, trace, cell)
        assert states(said["value"], truth.value), cell
        for hold in (hold_picture, hold_gist, hold_words, hold_formula, hold_table, hold_check):
            hold(said, truth)


def test_a_network_that_no_code_knows_is_pinned_in_space_with_the_same_accounts(
    open_page, graph_server
):
    lens = open_page(graph_server.url, reduced_motion="reduce")
    lens.draw(SEVEN).settle()
    lens.page.evaluate("document.activeElement.blur()")
    layers = [one for one in shapes_of(lens) if lens.page.evaluate(IN_SIGHT, one)]
    to_space(lens)
    pinned = []
    for layer, shape in layers[:: len(layers) // 3]:
        cell = pin_in_space(lens, layer, shape, TURNS[0])
        pinned.append((cell, lens.account()))
    to_flat(lens)
    assert lens.selection == pinned[-1][0]
    for cell, said in pinned:
        lens.page.evaluate("cell => convlens.select(cell)", cell)
        lens.frame()
        assert lens.account() == said
