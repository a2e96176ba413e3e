"""While one draws, the page asks over a live channel: the same numbers, and nobody notices."""

import json
import random

from tests.browser.test_drawing import SEVEN
from tests.browser.wire import Wire
from tests.server import running

# What differs, bit by bit, between the numbers on the stage and HTTP's answer to the whole drawing.
DIFFERING = """async () => {
    const { decode } = await import('./static/js/wire/safetensors.js');
    const { drawing: { strokes }, center } = convlens.state();
    if (strokes.length === 0) return { strokes: 0, layers: convlens.quantity().tensors.size };
    const body = JSON.stringify({ strokes, center });
    const headers = { 'Content-Type': 'application/json' };
    const answer = await fetch('api/models/lenet/trace', { method: 'POST', body, headers });
    const truth = decode(await answer.arrayBuffer());
    const shown = convlens.quantity().tensors;
    if (truth.metadata.blank === 'true') return { strokes: 0, layers: shown.size };
    const bits = ({ data }) => new Uint32Array(data.slice().buffer);
    const differs = ([name, one]) => {
        const [a, b] = [bits(one), bits(shown.get(name) ?? { data: new Float32Array(0) })];
        return a.length !== b.length || a.some((bit, k) => bit !== b[k]);
    };
    const layers = [...truth.tensors].filter(differs).map(([name]) => name);
    return { strokes: strokes.length, layers };
}"""


def scribble(chance):
    """A stroke somewhere."""
    x, y = chance.uniform(0.2, 0.8), chance.uniform(0.2, 0.8)
    points = [[x, y]]
    for _ in range(chance.randrange(1, 6)):
        x, y = x + chance.gauss(0, 0.1), y + chance.gauss(0, 0.1)
        points.append([x, y])
    return points


def change(lens, chance):
    """Do one of the things that are done on a pad."""
    page, done = lens.page, chance.random()
    if done < 0.15:
        page.keyboard.press("Control+z")
    elif done < 0.25:
        page.keyboard.press("Control+Shift+z")
    elif done < 0.3:
        page.evaluate("convlens.clear()")
    elif done < 0.4:
        width, height = chance.choice([(1440, 900), (1180, 820), (1920, 1080)])
        page.set_viewport_size({"width": width, "height": height})
        lens.frame()
    elif done < 0.5:
        page.keyboard.press("e")  # the next strokes take ink away, or no longer
    elif done < 0.55:
        page.keyboard.press("c")
    else:
        lens.draw([scribble(chance)])


def test_fifty_drawings_have_the_numbers_that_http_gives_to_the_bit(lens):
    wire, chance = Wire(lens), random.Random(50)
    inked = 0
    lens.draw(SEVEN).settle()
    for number in range(50):
        if number == 30:  # its influence is asked for with each reading from now on
            lens.page.evaluate("convlens.select({ layer: 'conv2', channel: 3, row: 4, column: 4 })")
        for _ in range(chance.randrange(3)):
            change(lens, chance)
        found = lens.draw([scribble(chance)]).settle().page.evaluate(DIFFERING)
        inked += bool(found["strokes"])
        assert found["layers"] in ([], 0), f"drawing {number}"
    assert inked > 30
    assert len(wire.channels) == 1
    assert len(wire.messages) > 100 > 10 * len(wire.requests), "the channel carries what it can"
    assert any("derivatives" in asked for one in wire.messages for asked in one["ask"])
    kinds = {(bool(one["keep"]), "more" in one) for one in wire.messages}
    assert kinds == {(True, True), (True, False), (False, False)}
    assert not lens.page.locator("#banner").inner_text().strip()


def test_a_channel_that_is_refused_is_not_missed(open_page):
    with running("--live-channels", "0") as server:
        lens = open_page(server.url)
        wire = Wire(lens)
        for _ in range(2):
            lens.page.evaluate("convlens.clear()")
            assert lens.draw(SEVEN).settle().digit == "7"
        assert len(wire.requests) > 2
        assert len(wire.channels) == 1, "it is not tried with each stroke"
        assert not lens.page.locator("#banner").inner_text().strip()
        (said,) = lens.complaints
        assert "WebSocket connection" in said, "only what the browser itself says"
        lens.complaints.clear()


def test_a_server_that_is_too_busy_for_a_channel_is_waited_for_without_a_word(lens):
    refused, answered, busy = [], [], []
    problem = {"type": "/api/docs#busy", "title": "", "status": 503, "detail": "", "kind": "busy"}

    def between(page):
        server = page.connect_to_server()

        def ask(message):
            if not busy or len(refused) == 2:
                answered.append(json.loads(message))
                return server.send(message)
            refused.append(json.loads(message))
            reply = {"number": refused[-1]["number"], "problem": problem, "retry_after": 1}
            return page.send(json.dumps(reply))

        page.on_message(ask)

    lens.page.route_web_socket("**/api/live", between)
    lens.page.reload()
    lens.page.evaluate("convlens.ready")
    half = len(SEVEN[0]) // 2
    lens.draw([SEVEN[0][:half]]).settle().draw([SEVEN[0][:half]]).settle()
    assert answered
    busy.append(True)
    lens.draw([SEVEN[0][half - 1 :]])
    lens.until("document.documentElement.dataset.state === 'busy'")
    assert lens.settle().digit == "7"
    assert len(refused) == 2
    assert answered[-1]["keep"] == 0, "it has nothing of what it refused"
    assert not lens.page.locator("#banner").inner_text().strip()


def test_a_page_that_is_left_holds_no_socket(lens):
    wire = Wire(lens)
    lens.draw(SEVEN).settle()
    assert [one.is_closed() for one in wire.channels] == [False]
    lens.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    lens.draw(SEVEN).settle()
    assert [one.is_closed() for one in wire.channels] == [True, False], "it comes back with the pen"
