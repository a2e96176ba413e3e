"""The server goes away and comes back; wrong files are refused; nothing drawn is lost."""

import json
import re

import numpy as np
import pytest
from playwright.sync_api import expect

from model import Network, checkpoint, load_network
from tests.browser.receipts import NUMBER, number
from tests.browser.test_drawing import SEVEN
from tests.browser.wire import Wire
from tests.server import running


def banner(lens):
    return lens.page.locator("#banner")


def state(lens):
    return lens.page.locator("html").get_attribute("data-state")


def said(lens):
    """What stands where the answer will be: of the guess, and of the account."""
    guess = lens.digit or lens.page.locator("#prediction .guesses").inner_text()
    return " ".join(guess.split()), lens.page.locator("#account .name").inner_text()


# The browser has all modules that are loaded when they are wanted, and need not ask for them.
KEPT = """(async () => {
    const { wanted } = JSON.parse(document.getElementById('start').textContent);
    const first = document.querySelector('script[src$="js/first.js"]').src;
    const own = { cache: 'only-if-cached', mode: 'same-origin' };
    const ask = (path) => fetch(first.replace('js/first.js', path), own);
    const found = await Promise.all(wanted.map((path) => ask(path).catch(() => null)));
    return found.length > 20 && found.every((one) => one?.ok);
})()"""


@pytest.fixture
def own_server():
    """A server that this test may stop, on a port that it can take again."""
    with running() as server:
        yield server


VALUE = """({ layer, channel }) =>
    convlens.quantity().tensors?.get(layer)?.data[channel] ?? 0"""
SCORE = {"layer": "fc3", "channel": 7}


def louder(folder):
    """LeNet with scores half as large again, by its own name."""
    network, path = load_network("lenet"), folder / "lenet.safetensors"
    weights = {
        name: array * np.float32(1.5 if name.startswith("fc3.") else 1)
        for name, array in network.parameters.items()
    }
    checkpoint.save(path, Network(network.spec, weights, network.metadata))
    return str(path)


def test_losing_the_server_shows_a_banner_keeps_the_drawing_and_recovers(
    open_page, own_server, tmp_path
):
    lens = open_page(own_server.url)
    wire = Wire(lens)
    before = lens.draw([SEVEN[0][:3]], lift=False).settle().digit
    own_server.stop()
    pad = lens.pad()
    for x, y in SEVEN[0][3:]:  # in the middle of a stroke
        lens.page.mouse.move(pad["x"] + x * pad["width"], pad["y"] + y * pad["height"])
    lens.page.mouse.up()
    assert [one.is_closed() for one in wire.channels] == [True]
    banner(lens).get_by_text("Your drawing is kept").wait_for()
    assert state(lens) == "error"
    with pytest.raises(Exception, match="does not answer"):
        lens.settle()
    assert said(lens)[0] == before, "what was read last stays"
    lens.page.evaluate("convlens.clear()")
    lens.frame()
    assert said(lens) == ("No digit yet. Draw one, or take a sample.", "Nothing is drawn yet")
    lens.draw([SEVEN[0]])
    lens.frame()
    assert said(lens) == ("The server does not answer. Your drawing is kept.", "Not read yet")
    with running(port=own_server.port):
        lens.until("document.documentElement.dataset.state === 'ready'")
        assert lens.settle().digit == "7", "what was drawn while it was away is read"
        assert not banner(lens).inner_text().strip()
        heard = len(wire.messages)
        while len(wire.messages) == heard:  # a while later there is a channel again
            lens.draw([SEVEN[0][:2]]).settle()
        score = lens.page.evaluate(VALUE, SCORE)
    with running("--model", louder(tmp_path), port=own_server.port):  # with other weights
        lens.page.evaluate("cell => convlens.select(cell)", SCORE)
        lens.until(f"({VALUE})({json.dumps(SCORE)}) > {1.4 * score}")
        lens.settle()
        shown = number(lens.page.locator("#account .value").inner_text())
        assert float(shown) == pytest.approx(1.5 * score, abs=1e-3)
        for rounding in re.findall(f"rounding ({NUMBER})", lens.account()):
            assert abs(number(rounding)) < 1e-4, "values and weights are of one moment"
    lens.complaints.clear()  # Chromium itself reports each refused connection


def test_what_was_never_opened_opens_when_the_server_has_gone_away(open_page, own_server):
    lens = open_page(own_server.url)
    lens.draw(SEVEN).settle()
    lens.until(KEPT)
    own_server.stop()
    account = lens.page.locator("#account")
    for key, shown in (("m", ".board"), ("k", ".board"), ("x", ".save"), ("g", ".why-body")):
        lens.page.keyboard.press(key)
        account.locator(shown).first.wait_for()
        lens.page.keyboard.press(key)
        account.locator(shown).first.wait_for(state="detached")
    lens.page.keyboard.press("t")
    expect(lens.page.locator("[data-action=moves]").first).to_have_attribute("aria-pressed", "true")
    lens.page.keyboard.press("c")
    account.locator(".compare-with button").first.wait_for()
    assert "could not be loaded" not in banner(lens).inner_text()
    lens.complaints.clear()  # Chromium itself reports each refused connection


SIZES = ((1280, 720), (820, 1180), (390, 844))

CONTROLS = """() => [...document.querySelectorAll('.bar :is(button, legend, label), .rail button')]
    .filter((one) => one.checkVisibility())
    .map((one) => one.dataset.action ?? one.textContent)"""

COVERED = """() => {
    const rect = (one) => one.getBoundingClientRect();
    const banner = document.getElementById('banner');
    const said = rect(banner);
    const parts = '.bar, .rail, #stage-scroll, #account, .bar button, .bar select, .bar label';
    const covered = [...document.querySelectorAll(parts)]
        .filter((one) => one.checkVisibility() && rect(one).width && rect(one).height)
        .filter((one) => Math.min(rect(one).right, said.right) > Math.max(rect(one).left, said.left)
            && Math.min(rect(one).bottom, said.bottom) - Math.max(rect(one).top, said.top) > 0.5)
        .map((one) => one.id || one.className || one.textContent);
    if (!said.height || said.top < 0 || said.bottom > innerHeight + 0.5) covered.push('window');
    if (banner.scrollWidth > banner.clientWidth) covered.push('its own end');
    return covered;
}"""


def test_what_the_page_has_to_say_hides_and_covers_nothing(open_page):
    lens = open_page()
    sizes = [{"width": width, "height": height} for width, height in SIZES]
    usual = []
    for size in sizes:
        lens.page.set_viewport_size(size)
        lens.frame()
        usual.append(lens.page.evaluate(CONTROLS))
    lens.page.context.set_offline(True)
    lens.page.set_viewport_size(sizes[0])
    lens.draw(SEVEN)
    banner(lens).get_by_text("Your drawing is kept").wait_for()
    for size, controls in zip(sizes, usual, strict=True):
        lens.page.set_viewport_size(size)
        lens.frame()
        assert lens.page.evaluate(CONTROLS) == controls, size
        assert lens.page.evaluate(COVERED) == [], size
    lens.complaints.clear()  # Chromium itself reports each request that fails


def test_what_the_server_could_not_send_at_first_is_asked_for_again(lens):
    missed = []

    def miss_once(route):
        if route.request.url in missed:
            return route.fallback()
        missed.append(route.request.url)
        return route.abort()

    lens.page.route("**/api/models", miss_once)
    lens.page.reload()
    lens.page.evaluate("convlens.ready")
    lens.page.get_by_label("Network", exact=True).locator("option").nth(1).wait_for(
        state="attached"
    )
    assert len(missed) == 1
    lens.complaints.clear()  # Chromium itself reports each request that fails


def test_a_busy_server_is_waited_for_without_a_word_and_the_drawing_catches_up(lens):
    problem = {"type": "/api/docs#busy", "title": "", "status": 503, "detail": ""}
    refused = []

    def refuse_twice(route):
        if len(refused) == 2:
            return route.fallback()
        refused.append(route.request.post_data)
        headers = {"content-type": "application/problem+json", "retry-after": "1"}
        return route.fulfill(status=503, headers=headers, body=json.dumps(problem))

    lens.page.route("**/trace?*", refuse_twice)
    lens.draw(SEVEN)
    lens.until("document.documentElement.dataset.state === 'busy'")
    assert not banner(lens).inner_text().strip()
    assert said(lens) == ("Not read yet. The server takes a little longer.", "Not read yet")
    assert lens.settle().digit == "7"
    assert len(refused) == 2
    assert state(lens) == "ready"
    lens.complaints.clear()  # Chromium itself reports each 503


def test_a_page_whose_network_cannot_be_found_says_so(lens):
    answer = lens.page.goto(lens.url + "?model=nobody")
    assert answer.status == 404
    assert "nobody" not in lens.page.content(), "input is never echoed"
    assert "network" in lens.page.locator("body").inner_text()
    lens.complaints.clear()  # Chromium reports the 404 itself


def test_a_file_that_is_no_image_is_refused_in_a_sentence_and_the_drawing_stays(lens):
    lens.draw(SEVEN).settle()
    lens.page.locator("#file").set_input_files(
        {"name": "digit.png", "mimeType": "image/png", "buffer": b"this is no picture"}
    )
    banner(lens).get_by_text("picture").wait_for()
    assert lens.digit == "7"
    lens.complaints.clear()  # Chromium reports the 4xx itself


def test_a_frame_without_an_origin_says_what_it_lacks(browser, server):
    page = browser.new_page()
    frame = f'<iframe sandbox="allow-scripts" src="{server.url}"></iframe>'
    around = f"{server.url}around"  # a page of the same origin: others may not show it at all
    page.route(around, lambda route: route.fulfill(content_type="text/html", body=frame))
    page.goto(around)
    said = page.frame_locator("iframe").locator(".bare")
    said.wait_for()
    assert 'sandbox="allow-scripts allow-same-origin"' in said.inner_text()
    page.goto(server.url)
    assert not page.locator(".bare").is_visible()
    page.close()
