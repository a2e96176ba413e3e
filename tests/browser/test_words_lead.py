"""Every word on the page that the glossary explains leads to its entry, by pointer, touch and keys.

One page goes through all panels, and all forms of cells of all kinds. What is a term there is
told by the catalogue alone. Each term is followed once as running text, once on a switch or
button, and once in the captions of the stage. In the other networks each entry is followed once;
on the pages of prose words are links.
"""

import json
import re
from functools import partial
from pathlib import Path

import pytest

from tests.browser.lens import watching
from tests.browser.screens import CELLS, FORMS, PANELS
from tests.browser.test_glossary import CELL

CATALOGUE = json.loads(
    (Path(__file__).parents[2] / "static" / "text" / "en.json").read_text("utf-8")
)
TITLES = {
    key.removeprefix("term."): text
    for key, text in CATALOGUE.items()
    if key.startswith("term.") and key.count(".") == 1
}
WORDS = [
    [word.strip().lower(), key.split(".")[1]]
    for key, text in CATALOGUE.items()
    if key.startswith("term.") and key.endswith(".words")
    for word in text.split(",")
]
CHOOSE = "form => document.querySelector(`#account .forms input[value=${form}]`).click()"
FIRST = {"channel": 0, "row": 0, "column": 0}
# What is painted on the stage, and where the middle of each text is.
PAINTED = """window.painted = new Map();
const fill = CanvasRenderingContext2D.prototype.fillText;
CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
    if (this.canvas.id === 'stage') {
        const { width } = this.measureText(text);
        const share = { left: 0.5, start: 0.5, center: 0, right: -0.5 }[this.textAlign];
        window.painted.set(`${text} ${x} ${y}`, [text, x + share * width, y - 4]);
    }
    return fill.call(this, text, x, y);
};"""
# Terms in sight as "entry kind"; or, of one of them, where it is and what its control says first.
TERMS = r"""([words, wanted]) => {
    const owners = new Map(words);
    const longest = [...owners.keys()].sort((a, b) => b.length - a.length);
    const any = longest.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
    const pattern = () =>
        new RegExp(`(?<![\\p{L}\\p{N}_])(?:${any})(?=\\d*(?![\\p{L}\\p{N}_]))`, 'giu');
    const idsOf = (text) => [...text.matchAll(pattern())].map(({ 0: word }) =>
        owners.get(word.toLowerCase()));
    const found = new Set();
    if (wanted === 'painted')
        return [...painted.values()].flatMap(([text, x, y]) => idsOf(text).slice(0, 1)
            .map((id) => [id, text, x, y]));
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const parent = node.parentElement;
        const left = '.unseen, script, style, template, noscript, select, .blank';
        if (parent.closest(left) || !parent.checkVisibility({ visibilityProperty: true })) continue;
        const control = parent.closest('button, label, summary, a');
        const still = control || parent.closest('svg, math, code, kbd');
        for (const { 0: word, index } of node.data.matchAll(pattern())) {
            const id = owners.get(word.toLowerCase());
            const key = `${id} ${control ? 'control' : still ? 'held' : 'running'}`;
            if (!wanted) found.add(key);
            if (key !== wanted) continue;
            const range = new Range();
            range.setStart(node, index);
            range.setEnd(node, index + word.length);
            parent.scrollIntoView({ block: 'center', inline: 'center' });
            const { left, top, width, height } = range.getClientRects()[0] ?? new DOMRect();
            const [x, y] = [left + width / 2, top + height / 2];
            const hit = document.elementFromPoint(x, y);
            if (!width || !hit || !(parent.contains(hit) || control?.contains(hit))) continue;
            if (control) {
                window.held = control.control ?? control;
                window.first = idsOf(control.innerText)[0];
            }
            return [x, y];
        }
    }
    return wanted ? null : [...found].sort();
}"""


@pytest.fixture(autouse=True)
def _watched(browser):
    """A story of many words takes longer than others before it counts as stuck."""
    with watching(browser, 600):
        yield


class Walk:
    """A page with a mouse and a finger, which are used in turns."""

    def __init__(self, lens, *, once=False):
        self.lens, self.page, self.once = lens, lens.page, once
        self.finger = self.page.context.new_cdp_session(self.page)
        self.turn = 0
        self.followed = set()

    def press(self, x, y, *, held):
        """Click or tap, or hold."""
        self.turn += 1
        if self.turn % 2:
            self.page.mouse.move(x, y)
            self.page.mouse.down()
            if held:
                self.hold()
            self.page.mouse.up()
            self.page.mouse.move(2, 2)
        elif held:
            touch = {"touchPoints": [{"x": x, "y": y}]}
            self.finger.send("Input.dispatchTouchEvent", {"type": "touchStart", **touch})
            self.hold()
            self.finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        else:
            self.page.touchscreen.tap(x, y)

    def hold(self):
        """As long as people do who wait for what they hold a word for."""
        for _ in range(60):
            self.page.wait_for_timeout(50)
            if self.page.evaluate("!!document.querySelector('.entry h2')?.textContent"):
                return

    def leads_to(self, entry, why):
        """The entry is open."""
        assert self.led_to(entry), why
        self.page.keyboard.press("Escape")
        self.lens.frame()

    def led_to(self, entry):
        """Whether the entry opens."""
        title = "document.querySelector('.entry h2')?.textContent"
        for _ in range(60):
            if self.page.evaluate(title) == TITLES[entry]:
                return True
            self.lens.frame()
        return False

    def follows(self, key, show):
        """Press a term in sight, anew where what came late moved it; whether there was one."""
        entry, kind = key.split()
        for _ in range(3):
            place = self.page.evaluate(TERMS, [WORDS, key])
            if not place:
                return False
            self.press(*place, held=kind != "running")
            if self.led_to(entry):
                break
            self.page.keyboard.press("Escape")
            self.lens.frame()
            show()
        return True

    def knows(self, key):
        """Whether it was followed already; where once is enough, as whatever it was."""
        others = {one.split()[0] for one in self.followed} if self.once else ()
        return key in self.followed or key.split()[0] in others

    def screen(self, what, show):
        """Follow what was not followed yet, and find all of it in the list of the words."""
        show()
        keys = self.page.evaluate(TERMS, [WORDS, None])
        for key in keys:
            if self.knows(key):
                continue
            if not self.follows(key, show):
                continue  # covered, or out of sight: another screen has it, or nobody sees it
            entry, kind = key.split()
            self.followed.add(key)
            self.leads_to(entry, f"{key} on {what}")
            show()
            if kind == "control" and not self.once and self.page.evaluate("window.first") == entry:
                self.page.evaluate(TERMS, [WORDS, key])
                self.page.evaluate("held.focus()")
                self.page.keyboard.press("w")
                self.leads_to(entry, f"W on {key} on {what}")
                show()
        missing = self.missing(keys)
        if missing:  # what stood there before all had come
            show()
            missing = self.missing(self.page.evaluate(TERMS, [WORDS, None]))
        assert not missing, what
        return keys

    def missing(self, keys):
        """Terms in sight that the list of the words does not have among those of the screen."""
        self.page.keyboard.press("w")
        self.lens.until("document.querySelectorAll('.entries .word').length > 40")
        here = self.page.locator(".entries ul").first.locator(".word").all_inner_texts()
        self.page.keyboard.press("Escape")
        self.lens.frame()
        return {key.split()[0] for key in keys if TITLES[key.split()[0]] not in here}

    def pinned(self, cell, form):
        """Pin a cell and show its account in this form."""
        self.page.evaluate("cell => convlens.select(cell)", cell)
        self.lens.frame()
        self.page.evaluate(CHOOSE, form)
        self.lens.frame()

    def panel(self, panel):
        """Open a panel by its key; what it asks the server for has come."""
        opened = "document.documentElement.hasAttribute('data-space')"
        if PANELS[panel] and not (panel == "space" and self.page.evaluate(opened)):
            self.page.keyboard.press(PANELS[panel])
        self.lens.frame()
        asking = json.dumps(CATALOGUE["moves.asking"])
        self.lens.until(f"!document.querySelector('#account').innerText.includes({asking})")
        self.lens.until("document.querySelector('.why-waits')?.hidden ?? true")
        self.lens.frame()

    def captions(self):
        """Follow each entry once that captions name: which ones, and whether by a layer's name."""
        page, lens = self.page, self.lens
        page.add_init_script(PAINTED)
        page.reload()
        page.evaluate("convlens.ready")
        page.evaluate("painted.clear()")
        page.get_by_label("shown").check(force=True)
        lens.frame()
        box = page.locator("#stage").bounding_box()
        names = {"input", *(layer["name"] for layer in lens.spec()["layers"])}
        room = page.viewport_size["width"] - box["x"]  # a wide network is scrolled
        done = set()
        for entry, text, x, y in page.evaluate(TERMS, [WORDS, "painted"]):
            key = entry, text in names
            if key in done or not 0 < x < room or self.knows(f"{entry} painted"):
                continue
            done.add(key)
            self.press(box["x"] + x, box["y"] + y, held=text in names)
            self.leads_to(entry, text)
        return done


def test_every_term_on_every_panel_and_form_leads_to_its_entry(open_page):
    lens = open_page(has_touch=True, reduced_motion="reduce").sample(3)
    walk, page = Walk(lens), lens.page
    seen = set()
    names = ["input", *(layer["name"] for layer in lens.spec()["layers"])]
    kinds = {kind for kind, _ in CELLS}
    assert kinds == {"conv", "pool", "dense", "softmax", "input"}
    cells = {"conv2": CELL, "pool1": {"channel": 3, "row": 4, "column": 5}}
    cells |= dict.fromkeys(("input", "relu1", "fc1", "softmax"), FIRST)
    assert set(cells) <= set(names)
    for layer, place in cells.items():
        cell = place | {"layer": layer}
        # formula, code and table name the same things whichever kind it is
        for form in FORMS if layer == "conv2" else ("picture", "words"):
            show = partial(walk.pinned, cell, form)
            seen |= set(walk.screen(f"{cell['layer']} as {form}", show))
    page.evaluate("convlens.select(null)")
    for panel in set(PANELS) - {"glossary", "zoom", "present"}:
        seen |= set(walk.screen(panel, partial(walk.panel, panel)))
        if panel == "space":
            page.keyboard.press(PANELS[panel])
            lens.until("!document.documentElement.hasAttribute('data-space')")
            lens.until("document.querySelector('.space')?.hidden ?? true")
            lens.frame()
    never = seen - walk.followed
    assert len(never) <= 3, never
    assert len(walk.followed) > 60


@pytest.mark.parametrize(
    ("network", "layers", "own"),
    [
        ("lenet5", ("c1", "tanh1", "s2", "f6"), {"s2": "subsampling", "tanh1": "tangent"}),
        ("mlp", ("fc1", "tanh1", "softmax"), {"fc1": "connected", "tanh1": "tangent"}),
    ],
)
def test_words_of_the_other_networks_lead_to_their_entries(open_page, network, layers, own):
    query = f"?model={network}"
    lens = open_page(query=query, has_touch=True, reduced_motion="reduce").sample(3)
    walk, page = Walk(lens, once=True), lens.page
    for layer in layers:
        show = partial(walk.pinned, FIRST | {"layer": layer}, "words")
        walk.screen(f"{layer} of {network}", show)
    page.evaluate("convlens.select(null)")
    walk.screen("why", partial(walk.panel, "why"))
    page.keyboard.press("Escape")
    walk.captions()
    assert "order" in {key.split()[0] for key in walk.followed}
    box = page.locator("#stage").bounding_box()
    for name, entry in own.items():
        _, x, y = page.evaluate(
            "name => [...painted.values()].find((one) => one[0] === name)", name
        )
        walk.press(box["x"] + x, box["y"] + y, held=True)
        walk.leads_to(entry, name)


def test_words_of_prose_are_links_to_their_entries(open_page):
    lens = open_page()
    page = lens.page
    page.goto(lens.url + "api/docs")
    links = page.evaluate("[...document.querySelectorAll('a.term')].map(({ href }) => href)")
    entries = {re.search(r"term=(\w+)", link)[1] for link in links}
    assert len(entries) > 15
    for entry in sorted(entries)[::20]:
        page.goto(lens.url + "api/docs")
        page.locator(f"a.term[href$='term={entry}']").first.click()
        title = json.dumps(TITLES[entry])
        lens.until(f"document.querySelector('.entry h2')?.textContent === {title}")


def test_words_of_captions_lead_to_their_entries(open_page):
    lens = open_page(has_touch=True).sample(3)
    walk = Walk(lens)
    done = walk.captions()
    assert {"parameters", "operations", "pooling"} <= {entry for entry, name in done if not name}
    assert {"convolution", "rectifier", "connected"} <= {entry for entry, name in done if name}
    for cell, title in (
        (CELL, "convolution, conv"),
        (CELL | {"layer": "pool1", "channel": 5}, "pooling, pool"),
    ):
        lens.page.evaluate("cell => convlens.select(cell)", cell)
        lens.page.keyboard.press("w")
        lens.until(f"document.querySelector('.entry h2')?.textContent === '{title}'")
        lens.page.keyboard.press("Escape")
