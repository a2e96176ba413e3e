"""Numbers in the signs of the page's language, wherever they stand: German beside English."""

import re

import numpy as np

from model import load_network
from tests.browser.holding import hold_check, hold_formula, hold_picture, hold_table, hold_words
from tests.browser.receipts import Truth, read
from tests.browser.screens import THREE

# What is drawn on any canvas from now on, and all that the document says, to eyes or ears; code is
# Python and stays out.
WATCH = """(() => {
    const drawn = new Set();
    const own = CanvasRenderingContext2D.prototype.fillText;
    CanvasRenderingContext2D.prototype.fillText = function (text, ...at) {
        drawn.add(text);
        return own.call(this, text, ...at);
    };
    window.allTexts = () => {
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const found = [];
        for (let node = walker.nextNode(); node; node = walker.nextNode())
            if (!node.parentElement.closest('script, style, noscript, code')) found.push(node.data);
        for (const name of ['aria-label', 'title', 'alttext', 'aria-valuetext', 'placeholder'])
            for (const one of document.querySelectorAll(`[${name}]`))
                found.push(one.getAttribute(name));
        const said = found.map((text) => text.trim()).filter((text) => /\\d/.test(text));
        const painted = [...drawn].filter((text) => /\\d/.test(text)).sort();
        drawn.clear();
        return { said, painted };
    };
})()"""
CELLS = [
    {"layer": layer, "channel": channel, "row": row, "column": column}
    for layer, channel, row, column in (
        *(("input", 0, 12, 14), ("conv1", 2, 9, 11), ("conv2", 7, 4, 3), ("pool1", 3, 5, 6)),
        *(("relu1", 2, 9, 11), ("fc1", 34, 0, 0), ("softmax", 3, 0, 0)),
    )
]
FORMS = ("picture", "words", "formula", "table")
# Everything that shows numbers, one after the other: what was to be read at each step.
WALK = """async ([points, cells, forms]) => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const found = {};
    const note = async (step) => {
        for (let i = 0; i < 3; i += 1) await frame();
        await convlens.settled();
        await frame();
        found[step] = allTexts();
    };
    const press = (key) => document.body.dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    const until = async (what) => {
        for (let i = 0; i < 300 && !what(); i += 1) await frame();
        if (!what()) throw new Error(`still not: ${what}`);
    };
    convlens.draw([{ points }]);
    await convlens.settled();
    // what is said aloud comes once the guess has stayed, and stays itself
    await until(() => document.querySelector('#prediction .unseen').textContent);
    await note('drawn');
    for (const cell of cells) {
        convlens.select(cell);
        for (const form of forms) {
            await frame();
            document.querySelector(`#account .forms input[value=${form}]`).click();
            await note(`${cell.layer} as ${form}`);
        }
    }
    document.querySelector('#account .forms input[value=picture]').click();
    convlens.select(cells[2]);
    for (const key of ['m', 'k', 'l', 't']) {
        press(key);
        await until(() => document.querySelector('#account .board, #account .layers, .moves'));
        if (key === 't')
            await until(() => /that it is/.test(document.getElementById('account').textContent));
        await note(`panel ${key}`);
        press('Escape');
        await frame();
    }
    for (let i = 0; i < 12; i += 1) press('+');
    await note('zoomed');
    press('f');
    press('c');
    // the networks that one can compare with come a little later than the panel
    await until(() => /LeNet-5/.test(document.getElementById('account').textContent));
    [...document.querySelectorAll('#account button')]
        .find((one) => one.textContent === 'keep this drawing').click();
    await until(() => document.querySelectorAll('.compared tr').length > 2);
    await note('compared');
    press('Escape');
    [...document.querySelectorAll('.lane-head button')]
        .find((one) => /stop/.test(one.textContent + one.ariaLabel)).click();
    await until(() => !document.querySelector('.lane'));
    convlens.select(cells[2]);
    await frame();
    document.querySelector('#account .effect:not([hidden]) input[value=derivative]').click();
    await until(() => /How much each pixel/.test(document.getElementById('account').textContent));
    await note('influence');
    document.querySelector('#account .effect:not([hidden]) input[value=value]').click();
    await frame();
    return found;
}"""
# A number on an English page: thousands in groups, a point; in narrow cells nothing before it.
ENGLISH = re.compile(r"(?<![\d.])(\d{1,3}(?:\u202f\d{3})+(?!\d)|\d+|(?=\.\d))(\.\d+)?")


def german(text):
    """Write the numbers of an English text as in German."""
    written = ENGLISH.sub(
        lambda found: found[1].replace("\u202f", ".") + (found[2] or "").replace(".", ","), text
    )
    return written.replace("; ", ", ")  # between the numbers of a list


def english(said):
    """Give what was read off a German page with the numbers of an English one."""
    if isinstance(said, str):
        point = re.sub(r"(?<=\d),(?=\d)", ".", re.sub(r"(?<=\d)\.(?=\d{3})", "\u202f", said))
        return point.replace("; ", ", ")
    if isinstance(said, dict):
        return {key: one if key == "code" else english(one) for key, one in said.items()}
    return [english(one) for one in said] if isinstance(said, list) else said


def in_german(route):
    """Answer with the document as it is, but for its language."""
    if route.request.resource_type != "document":
        return route.fallback()
    answer = route.fetch()
    return route.fulfill(response=answer, body=answer.text().replace('lang="en"', 'lang="de"'))


def test_a_german_page_writes_every_number_as_one_writes_it_in_german(open_page):
    lens = open_page(reduced_motion="reduce")
    page = lens.page
    page.add_init_script(WATCH)
    page.add_init_script("localStorage.setItem('convlens:words', 'all')")  # accounts in full

    def walk():
        lens.open()
        found = page.evaluate(WALK, [THREE, CELLS, FORMS])
        return found, {one["layer"]: read(lens, one) for one in CELLS}

    before, first = walk()
    page.route("**/*", in_german)
    after, second = walk()
    assert page.evaluate("document.documentElement.lang") == "de"
    wrong = [
        (step, kind, pair)
        for step in before
        for kind in ("said", "painted")
        for pair in compared(before[step][kind], after[step][kind])
    ]
    assert wrong == [], wrong

    network = load_network("lenet")
    trace = trace_of(lens)
    for cell in CELLS:
        said = english(second[cell["layer"]])
        truth = Truth(network, trace, cell)
        for hold in (hold_picture, hold_words, hold_formula, hold_table, hold_check):
            hold(said, truth)
        assert said["code"] == first[cell["layer"]]["code"], "Python has points"


def trace_of(lens):
    """The trace of the same drawing, asked for apart from the page."""
    found = lens.page.evaluate(
        """(points) => fetch('api/models/lenet/trace', {
            method: 'POST',
            headers: { 'content-type': 'application/json', accept: 'application/json' },
            body: JSON.stringify({ strokes: [{ points }] }),
        }).then((answer) => answer.json())""",
        THREE,
    )
    return {
        name: np.array(one["data"], np.float32).reshape(one["shape"])
        for name, one in found.items()
        if name != "__metadata__"
    }


def compared(said, shown):
    """Pair each English text, as it should be in German, with what is shown instead."""
    timed = re.compile(r"\bms\b")
    wanted = [german(one) for one in said if not timed.search(one)]
    found = [one.replace("; ", ", ") for one in shown if not timed.search(one)]
    lacking = [one for one in wanted if one not in found]
    beyond = [one for one in found if one not in wanted]
    return list(zip(lacking, beyond, strict=False)) or [(one, "") for one in lacking + beyond]
