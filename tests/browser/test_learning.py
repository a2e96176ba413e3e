"""One step of training as its reader sees it, against central differences of our own."""

import io
import json
import re
from decimal import Decimal

import httpx
import numpy as np
import pytest
from playwright.sync_api import expect

from model import load_network
from tests.browser.learnt import Learner
from tests.browser.receipts import NUMBER, number, states
from tests.model.examples import graph_network, write_graph
from tests.server import ROOT, running

SAMPLES = json.loads((ROOT / "static" / "samples.json").read_text("utf-8"))["digits"]
FORMS = ("picture", "words", "formula", "code", "table")
EACH = 75
"""Gradients that are read of each network: of cells, of weights and of biases."""

# Chooses a cell or a weight, then each form in turn, and takes down what stands in the account.
READ = """async ([chosen, forms]) => {
    const account = document.querySelector('#step .account');
    const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    const texts = (selector, of = account) =>
        [...of.querySelectorAll(selector)].filter((one) => !one.closest('[hidden]'))
            .map((one) => one.textContent);
    const read = {
        picture: () => ({ tiles: texts('.tile'), bars: texts('.waterfall .amount') }),
        words: () => texts('.words details p'),
        formula: () => [...account.querySelectorAll('math')]
            .map((one) => one.getAttribute('alttext')),
        code: () => account.querySelector('code').textContent,
        table: () => [...account.querySelectorAll('tbody tr, tfoot tr')].map((row) =>
            [...row.children].map((one) => one.textContent)),
    };
    const found = [];
    for (const one of chosen) {
        convlens.select(one);
        await convlens.settled();
        const said = { value: account.querySelector('.value').textContent,
            after: texts('.afterwards p') };
        for (const form of forms) {
            account.querySelector(`input[value=${form}]`).click();
            await frame();
            const folded = account.querySelector('.words details:not([open]) summary');
            folded?.click();
            if (folded) await frame();
            said[form] = read[form]();
        }
        found.push(said);
    }
    return found;
}"""


@pytest.fixture(scope="module")
def graph_server(tmp_path_factory):
    """A made-up graph with a skip, a concat, and pooling of all kinds."""
    with running("--model", str(write_graph(tmp_path_factory.mktemp("graph")))) as server:
        yield server


def asked(url, name, what, form="application/vnd.safetensors"):
    """Ask about the sample 3, as the page does."""
    body = {"strokes": SAMPLES[3]["strokes"]}
    answer = httpx.post(f"{url}api/models/{name}/{what}", json=body, headers={"Accept": form})
    return np.load(io.BytesIO(answer.raise_for_status().content))


def chosen_of(network, trace, rng):
    """Cells of all layers but the shares, weights and biases, at random.

    Of maps only cells whose number occurs once: on blank paper all of them tie in the pooling
    above, and a tie is a kink.
    """
    shapes = dict(network.spec.shapes)
    shapes.pop(network.spec.layers[-1].name)
    for _ in range(EACH):
        if rng.random() < 0.6:
            layer = str(rng.choice(list(shapes)))
            _, where, often = np.unique(trace[layer], return_inverse=True, return_counts=True)
            alone = often[where.reshape(trace[layer].shape)] == 1
            fits = np.argwhere(alone | (trace[layer].ndim == 1))
            index = tuple(map(int, rng.choice(fits)))
            place = dict(zip(("channel", "row", "column"), (*index, 0, 0), strict=False))
            yield layer, index, {"layer": layer, **place}
        else:
            parameter = str(rng.choice(list(network.parameters)))
            shape = network.parameters[parameter].shape
            term = int(rng.integers(np.prod(shape)))
            index = tuple(map(int, np.unravel_index(term, shape)))
            yield parameter, index, {"parameter": parameter, "term": term}


def adding(numbers, total):
    """Whether numbers add up to a total exactly as they are written."""
    return sum(map(number, numbers), Decimal()) == number(total)


def summed(text):
    """The terms and the total of "… = 0.47 − 0.15 + 0.08 = 0.40"."""
    *_, left, right = text.split(" = ")
    return re.findall(NUMBER, re.sub(r"([+−]) (?=\d)", r"\1", left)), right


def worked_out(code, files):
    """Run the code of an account with the files that it loads, and give what it prints."""
    printed = []

    class Here:
        """NumPy, with the files at hand."""

        load = staticmethod(files.__getitem__)

        def __getattr__(self, name):
            return getattr(np, name)

    lines = code.replace("import numpy as np", "")
    exec(lines, {"np": Here(), "print": printed.append})
    return [float(one) for one in printed]


def hold_table(lines, value):
    """Each product is that of its row, and all of them add up to the value."""
    *rows, total = lines
    assert total[3] == value
    assert adding([row[3] for row in rows], value)
    for row in rows:
        if row[1] and row[2]:
            last = 10.0 ** int(number(row[3]).as_tuple().exponent)
            product = float(number(row[1]) * number(row[2]))
            assert abs(product - float(number(row[3]))) <= 0.51 * last


def hold(said, slope, files, slack):
    """All forms say the true gradient, and what adds up does so to its last digit."""
    value = said["value"]
    assert states(value, slope, slack), (value, slope)
    hold_table(said["table"], value)
    texts = [text for text in said["formula"] if " = " in text and "∂" not in text]
    terms, end = summed(texts[0])
    assert end == value
    assert adding(terms, end)
    assert any(value in text for text in said["words"])
    assert any(text.endswith(f"{value}.") for text in said["words"])
    shown = said["picture"]["bars"] or [value, value]
    assert shown[-1] == value
    assert adding(shown[:-1], value)
    assert worked_out(said["code"], files)[0] == pytest.approx(slope, abs=max(slack, 1e-5))


def hold_step(said, weight, slope, rate, files, slack):
    """The update ends in weight − rate × gradient, and adds up as it is shown."""
    terms, after = summed(said["after"][-1].partition(": ")[2])
    assert adding(terms, after), said["after"]
    assert states(after, weight - rate * slope, rate * slack)
    assert states(terms[0], weight)
    assert worked_out(said["code"], files)[1] == pytest.approx(weight - rate * slope, abs=1e-5)


@pytest.mark.parametrize("name", ["lenet", "lenet5", "mlp", "graph"])
def test_gradients_of_cells_and_weights_are_those_of_nudges_in_all_five_forms(
    open_page, request, name
):
    url = request.getfixturevalue("graph_server" if name == "graph" else "server").url
    network = graph_network() if name == "graph" else load_network(name)
    rate, target = 0.001, 5
    files = {
        "trace.npz": asked(url, name, "trace", "application/x-npz"),
        "step.npz": asked(url, name, f"step?target={target}&rate={rate}", "application/x-npz"),
    }
    learner = Learner(network, files["trace.npz"]["input"], target)
    chosen = list(chosen_of(network, files["trace.npz"], np.random.default_rng(16)))
    truth = [learner.nudged(one, index) for one, index, _ in chosen]
    kinks = sum(nudged.kink for nudged in truth)
    assert kinks <= 0.02 * len(chosen), kinks

    lens = open_page(url)
    page = lens.page
    page.goto(f"{url}learning?only=step&model={name}#v=1")
    page.evaluate("convlens.settled()")
    page.get_by_role("button", name="Update", exact=True).click()
    page.evaluate("convlens.settled()")
    found = page.evaluate(READ, [[one for *_, one in chosen], FORMS])
    for (one, index, _), nudged, said in zip(chosen, truth, found, strict=True):
        if nudged.kink:
            continue
        slack = 2e-5 * max(1, abs(nudged.slope))
        hold(said, nudged.slope, files, slack)
        if one in network.parameters:
            weight = float(network.parameters[one][index])
            hold_step(said, weight, nudged.slope, rate, files, slack)

    page.get_by_role("button", name="Forward again", exact=True).click()
    says = page.locator(".walk-says")
    expect(says).to_contain_text("loss")
    changes = {key: files["step.npz"][f"change/{key}"] for key in network.parameters}
    before, after = re.search(rf"from ({NUMBER}) to ({NUMBER})", says.inner_text()).groups()
    assert states(before, learner.loss_now(), 1e-5)
    assert states(after, learner.moved(changes), 1e-4)


def hold_loss(said, loss, truth, files):
    """All forms say the true loss, and what it is made of makes it as it is shown."""
    value = said["value"]
    assert states(value, truth, 1e-5), (value, truth)
    hold_table(said["table"], value)
    symbols, (numbers, *_) = said["formula"][0], said["formula"][1:]
    assert symbols.startswith("L = ")
    assert any(text.endswith(f"{value}.") for text in said["words"])
    assert worked_out(said["code"], files)[0] == pytest.approx(truth, rel=1e-4, abs=1e-6)
    if loss == "cross_entropy":
        share, end = re.fullmatch(rf"loss = −ln\(({NUMBER})\) = ({NUMBER})", numbers).groups()
        assert end == value
        assert states(value, -np.log(float(number(share))))
        assert float(number(said["picture"]["tiles"][1])) == -1
        return
    assert said["picture"]["bars"][-1] == value
    assert adding(said["picture"]["bars"][:-1], value)
    terms, end = summed(numbers)
    assert end == value
    assert adding(terms, end)


@pytest.mark.parametrize("name", ["lenet", "lenet5", "mlp", "graph"])
def test_each_loss_accounts_for_itself_in_all_five_forms(open_page, request, name):
    url = request.getfixturevalue("graph_server" if name == "graph" else "server").url
    network = graph_network() if name == "graph" else load_network(name)
    files = {"trace.npz": asked(url, name, "trace", "application/x-npz")}
    page = open_page(url).page
    page.goto(f"{url}learning?only=step&model={name}#v=1&at=2")
    who = page.locator("#step .account .name").first
    for loss, called in (
        ("cross_entropy", "cross-entropy"),
        ("squared_error", "squares"),
        ("hinge", "hinge"),
    ):
        page.evaluate("convlens.settled()")
        page.locator(f".step-field input[value={loss}]").check(force=True)
        page.evaluate("convlens.settled()")
        expect(who).to_have_text(f"Loss {called}")
        (said,) = page.evaluate(READ, [[None], FORMS])
        truth = Learner(network, files["trace.npz"]["input"], 5, loss).loss_now()
        hold_loss(said, loss, truth, files)
    expect(page.locator(".walk-says")).to_contain_text(said["value"])

    box = page.evaluate("convlens.rectOf({ layer: 'input', channel: 0, row: 9, column: 9 })")
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(who).to_contain_text("input")
    page.mouse.move(2, 2)
    expect(who).to_have_text("Loss hinge")


OPTIMISERS = {
    "sgd": lambda w, g, rate: w - rate * g,
    "momentum": lambda w, g, rate: w - rate * g,  # in the first step its velocity is the gradient
    "adam": lambda w, g, rate: w - rate * g / (abs(g) + 1e-8),
    "adamw": lambda w, g, rate: w * (1 - rate * 0.01) - rate * g / (abs(g) + 1e-8),
}


def test_a_visitor_draws_and_walks_through_the_phases_by_buttons_keys_and_a_clicker(lens):
    page = lens.page
    page.goto(f"{lens.url}learning?only=step#v=1")
    page.evaluate("convlens.settled()")
    says, place = page.locator(".walk-says"), page.locator(".walk-where")
    expect(says).to_contain_text("says 3")
    page.get_by_role("button", name="Clear").click()
    expect(says).to_contain_text("Draw a digit")
    page.locator("#step .pad canvas").scroll_into_view_if_needed()
    box = page.locator("#step .pad canvas").bounding_box()
    for number_of, (x, y) in enumerate([(0.5, 0.2), (0.5, 0.4), (0.5, 0.6), (0.5, 0.8)]):
        page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"])
        if not number_of:
            page.mouse.down()
    page.mouse.up()
    expect(says).to_contain_text("says 1")
    page.locator(".step-field input[value='7']").check(force=True)
    page.get_by_label("Learning rate η").fill("0.01")
    page.get_by_label("Learning rate η").press("Enter")

    page.get_by_role("button", name="Next", exact=True).click()
    expect(says).to_contain_text("minus the logarithm")
    page.locator("#step-title").click()
    page.keyboard.press(">")
    expect(place).to_have_text("softmax: 1 of 13")
    page.keyboard.press(">")
    expect(place).to_have_text("fc3: 2 of 13")
    expect(page.locator("#step .account .value")).to_be_visible()
    page.get_by_role("button", name="Check it by a nudge").click()
    expect(page.locator(".nudge p")).to_contain_text("Divided by 2ε that is")
    page.get_by_role("button", name="Present").click()
    expect(page.locator("#step .hands")).to_be_hidden()
    page.keyboard.press("PageDown")
    expect(place).to_have_text("relu4: 3 of 13")
    page.keyboard.press("Escape")
    expect(page.locator("#step .hands")).to_be_visible()


def test_each_optimiser_moves_a_weight_and_a_hundred_steps_tell_on_other_digits(lens):
    page = lens.page
    page.goto(f"{lens.url}learning?only=step#v=1&rate=0.01")
    page.evaluate("convlens.settled()")
    page.get_by_role("button", name="Update", exact=True).click()
    new = page.locator("#step .account .afterwards p").last
    for name, rule in OPTIMISERS.items():
        page.locator(f".step-field input[value={name}]").check(force=True)
        page.evaluate("convlens.select({ parameter: 'fc3.weight', term: 701 })")
        page.evaluate("convlens.settled()")
        expect(new).to_contain_text("new weight")
        terms, after = summed(new.inner_text().partition(": ")[2])
        gradient = float(number(page.locator("#step .account .value").first.inner_text()))
        assert adding(terms, after)
        weight = float(load_network("lenet").parameters["fc3.weight"].ravel()[701])
        assert states(after, rule(weight, gradient, 0.01), 2e-6), name
    page.reload()
    page.evaluate("convlens.settled()")
    expect(new).to_have_text(re.compile(f"{re.escape(after)}$"))  # the link has all of it

    page.get_by_role("button", name="Forward again", exact=True).click()
    says = page.locator(".walk-says")
    expect(says).to_contain_text("The changed network")
    rows = page.locator(".losses tbody tr")
    expect(rows).to_have_count(5)
    shown = [row.locator("td").first.inner_text() for row in rows.all()]
    drawn = re.search(r"from (\S+) to (\S+)\.", says.inner_text()).groups()
    for text, row in zip(drawn, shown, strict=False):
        assert states(text, float(number(row)), 1e-3)
    expect(page.locator(".others tbody tr")).to_have_count(4)
    expect(page.locator(".others thead th")).to_have_count(10)
