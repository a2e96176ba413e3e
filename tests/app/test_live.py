"""The live channel over real sockets: it answers what HTTP answers, to the bit."""

import json
import random
import re
import threading
from html import unescape
from urllib.parse import quote

import httpx
import pytest

from app.schemas import LiveRefusal
from tests.app.drawings import JSON, SEVEN, body
from tests.app.test_questions import ALL
from tests.app.test_variants import SILENT
from tests.app.wrong import BODIES, SECRET
from tests.channel import BINARY, Channel, ClosedError, frame

TRACE = ("untrained/trace",)
STROKE = {"points": [[0.5, 0.2], [0.5, 0.8]], "width": 0.07}


@pytest.fixture(scope="module")
def client():
    with httpx.Client(trust_env=False, timeout=60) as one:
        yield one


@pytest.fixture
def channel(server):
    with Channel(server.port) as one:
        yield one


def over_http(client, server, strokes, asked, query="", **more):
    """What HTTP answers to the same questions about the whole drawing."""
    if len(asked) == 1:
        path = f"api/models/{asked[0]}"
        url = f"{server.url}{path}{'&' if '?' in path else '?'}{query}"
    else:
        each = "&".join(f"ask={quote(one, safe='/')}" for one in asked)
        url = f"{server.url}api/questions?{each}&{query}"
    return client.post(url, content=body({"strokes": strokes, **more}), headers=JSON)


class Pad:
    """A drawing as a page has it, and what of it the channel was sent."""

    def __init__(self, channel):
        self.channel = channel
        self.strokes = []
        self.sent = []  # the points of each stroke that were sent
        self.number = 0

    def message(self, *asked, whole=False, **more):
        """The message that brings the channel up to date."""
        keep = 0
        if not whole:
            while keep < min(len(self.sent), len(self.strokes)) and self.same(keep):
                keep += 1
        changes = {"keep": keep}
        if 0 < keep == len(self.sent) <= len(self.strokes):
            changes["more"] = self.strokes[keep - 1]["points"][len(self.sent[-1]) :]
        changes["strokes"] = self.strokes[keep:]
        self.number += 1
        self.sent = [list(stroke["points"]) for stroke in self.strokes]
        return {"number": self.number, **changes, "ask": asked, **more}

    def same(self, k):
        """Whether a stroke is what was sent of it; the last one may have grown."""
        now, before = self.strokes[k]["points"], self.sent[k]
        return now == before or (k == len(self.sent) - 1 and now[: len(before)] == before)


def drawn(chance, pad):
    """Change a drawing as somebody does who draws on a pad that is resized now and then."""
    side = chance.choice([380, 512.5, 301.3333282470703, 97])
    done = chance.random()
    point = [chance.uniform(-0.1, 1.1) * side / side for _ in range(2)]
    points = [point]
    for _ in range(chance.randrange(12)):
        x, y = points[-1]
        points.append([x + chance.gauss(0, 14) / side, y + chance.gauss(0, 14) / side])
    points = [[min(2, max(-1, x)), min(2, max(-1, y))] for x, y in points]
    if not pad.strokes or done < 0.3:
        erase = chance.random() < 0.3
        width = 0.07 * 1.6 if erase else chance.choice([0.03, 0.07, 0.12345678901234567])
        pad.strokes.append({"points": points, "width": width, "erase": erase})
    elif done < 0.85:
        last = pad.strokes[-1]
        pad.strokes[-1] = {**last, "points": last["points"] + points}
    elif done < 0.95:
        pad.strokes = pad.strokes[:-1]
    else:
        pad.strokes = []


@pytest.mark.parametrize("seed", range(25))
def test_a_drawing_that_grows_is_answered_as_the_whole_one_over_http(server, client, seed):
    chance = random.Random(seed)
    with Channel(server.port) as channel:
        pad, asked = Pad(channel), 0
        while asked < 6:
            for _ in range(chance.choice([1, 1, 1, 2, 3])):
                drawn(chance, pad)
            if not pad.strokes:
                continue
            asked += 1
            questions = chance.choice([TRACE, TRACE, TRACE, ALL, ALL[1:2], ALL[2:3]])
            center = chance.random() < 0.8
            message = pad.message(*questions, center=center, whole=chance.random() < 0.1)
            answer = channel.ask(message)
            assert answer.number == pad.number
            right = over_http(client, server, pad.strokes, questions, center=center)
            assert right.status_code == 200
            assert answer.body == right.content
            assert len(answer.passes) == len(questions)
            assert 0 < min(answer.passes) <= sum(answer.passes) <= answer.microseconds


def test_the_largest_drawings_are_answered_alike_too(server, client, channel):
    strokes = [{"points": [[i % 97 / 97.123, i % 89 / 89.77] for i in range(20)]}] * 1000
    first = channel.ask({"number": 7, "strokes": strokes[:999], "ask": TRACE})
    assert first.body == over_http(client, server, strokes[:999], TRACE).content
    whole = channel.ask({"number": 8, "keep": 999, "strokes": strokes[999:], "ask": TRACE})
    assert whole.body == over_http(client, server, strokes, TRACE).content
    more = {"keep": 1, "more": [[0.1, 0.9]] * 19_980, "number": 9, "ask": TRACE}
    grown = [{"points": strokes[0]["points"] + more["more"]}]
    assert channel.ask(more).body == over_http(client, server, grown, TRACE).content


def test_other_weights_edits_and_one_of_several_digits_are_asked_for_as_over_http(
    server, client, channel
):
    strokes = [STROKE, {**STROKE, "points": [[0.9, 0.2], [0.9, 0.8]]}]
    edited = over_http(client, server, strokes, TRACE, edits=[SILENT])
    answer = channel.ask({"number": 1, "strokes": strokes, "edits": [SILENT], "ask": TRACE})
    assert answer.body == edited.content
    of_variant = (f"untrained/trace?weights={edited.headers['convlens-weights']}&down=2",)
    answer = channel.ask({"number": 2, "keep": 2, "ask": of_variant})
    assert answer.body == over_http(client, server, strokes, of_variant).content
    for digit in (0, 1):
        answer = channel.ask({"number": 3 + digit, "keep": 2, "digit": digit, "ask": TRACE})
        assert answer.body == over_http(client, server, strokes, TRACE, f"digit={digit}").content


STROKES = [what for what, (sent, *_) in BODIES.items() if b'"pixels"' not in sent]
UNLIKE = {  # the fields of a message are others than those of a body
    "a list": "missing",
    "null": "missing",
    "an empty object": "missing",
    "an unknown field": "unknown-field",
    "an unknown field with an odd name": "unknown-odd-field",
}


@pytest.mark.parametrize("what", STROKES)
def test_what_http_refuses_is_refused_alike_and_the_channel_goes_on(server, client, what):
    sent, status, _, pointer = BODIES[what]
    asked = b'{"number": 3, "ask": ["untrained/trace"], '
    message = asked + sent[1:] if sent.startswith(b'{"') else sent
    posted = message if status == 400 else sent  # the place is counted from the beginning
    url = f"{server.url}api/models/untrained/trace"
    problem = client.post(url, content=posted, headers=JSON).json()
    with Channel(server.port) as channel:
        refusal = channel.refusal(message)
        LiveRefusal.model_validate_json(json.dumps(refusal))
        assert SECRET not in json.dumps(refusal)
        told = refusal["problem"]
        if what in UNLIKE:
            assert told["kind"] == UNLIKE[what]
        else:
            for name in ("type", "status", "kind", "parameters"):
                assert told.get(name) == problem.get(name)
            if pointer is not None:
                assert told["errors"][0]["pointer"] == pointer
        after = channel.ask({"number": 4, "strokes": [STROKE], "ask": TRACE})
        assert after.body == over_http(client, server, [STROKE], TRACE).content


QUESTIONS = [
    (),
    TRACE * 17,
    ("untrained/trace", "untrained/picture"),
    ("other/trace",),
    ("untrained/trace?weights=0",),
    ("untrained/derivatives?layer=conv9&channel=0",),
    ("untrained/derivatives?layer=conv2&channel=99",),
    ("untrained/trace", "untrained/trace?down=99"),
    ("untrained/trace?center=false",),
    ("untrained/trace?" + "a&" * 101,),
]


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: f"{len(asked)} {asked[-1:]}"[:40])
def test_questions_are_refused_as_over_http(server, client, channel, asked):
    each = "&".join(f"ask={quote(one, safe='/')}" for one in asked)
    url = f"{server.url}api/questions?{each}"
    problem = client.post(url, content=body({"strokes": [STROKE]}), headers=JSON).json()
    refusal = channel.refusal({"number": 12, "strokes": [STROKE], "ask": asked})
    assert refusal == {"number": 12, "problem": problem}


NUMBERS = [
    ({"number": -1}, "too-small"),
    ({"number": 2**32}, "too-large"),
    ({"number": "1"}, "no-whole-number"),
    ({"keep": -1}, "too-small"),
    ({"keep": None}, "no-whole-number"),
    ({"digit": 1000}, "too-large"),
    ({"more": [[0]]}, "odd-point"),
    ({"more": [[0, 3]]}, "too-large"),
    ({"more": [[0, 0]] * 20_001}, "many-points"),
    ({"ask": "untrained/trace"}, "no-list"),
    ({"ask": [1]}, "no-text"),
    ({"edits": []}, "no-edits"),
]


@pytest.mark.parametrize(("wrong", "kind"), NUMBERS, ids=lambda one: str(one)[:30])
def test_fields_that_only_messages_have_are_judged_too(channel, wrong, kind):
    refusal = channel.refusal({"number": 1, "strokes": [STROKE], "ask": TRACE, **wrong})
    assert refusal["problem"]["kind"] == kind
    (name,) = wrong
    assert refusal["problem"]["errors"][0]["pointer"].startswith(f"#/{name}")


def test_a_number_with_a_point_is_that_of_the_answer_too(channel):
    asked = {"number": 7.0, "strokes": [STROKE], "ask": TRACE}
    assert channel.ask(asked).number == 7
    assert channel.refusal({**asked, "ask": []})["number"] == 7


def test_a_drawing_cannot_become_larger_by_and_by_than_at_once(channel):
    def ask(number, keep, **more):
        return {"number": number, "keep": keep, "ask": TRACE, **more}

    many = [{"points": [[0.5, 0.5]]}] * 1000
    channel.ask(ask(1, 0, strokes=many))
    refusal = channel.refusal(ask(2, 1000, strokes=many[:1]))
    assert refusal["problem"]["kind"] == "many-strokes"
    points = [[0.5, 0.5]] * 10_000
    channel.ask(ask(1, 0, strokes=[{"points": points}]))
    channel.ask(ask(2, 1, more=points))
    assert channel.refusal(ask(3, 1, more=points[:1]))["problem"]["kind"] == "many-points"
    channel.ask(ask(1, 0, strokes=[{"points": points}, {"points": points[:-1]}]))
    refusal = channel.refusal(ask(2, 2, more=[[0, 0]], strokes=[STROKE]))
    assert refusal["problem"]["kind"] == "many-points-together"


STEPS = [
    {"number": 3, "keep": 1},  # one was lost
    {"number": 2, "keep": 2},  # more strokes than there are
    {"number": 1, "keep": 1},  # a second time
    {"number": 2, "more": [[0.5, 0.9]]},  # there is no stroke that could go on
]


@pytest.mark.parametrize("step", STEPS, ids=str)
def test_what_builds_on_other_strokes_is_refused_until_the_whole_drawing_comes(
    server, client, channel, step
):
    channel.ask({"number": 1, "strokes": [STROKE], "ask": TRACE})
    refusal = channel.refusal({**step, "ask": TRACE})
    assert refusal["problem"]["kind"] == "out-of-step"
    assert refusal["problem"]["status"] == 409
    again = channel.refusal({"number": refusal["number"] + 1, "keep": 1, "ask": TRACE})
    assert again["problem"]["kind"] == "out-of-step", "a refused message leaves nothing"
    answer = channel.ask({"number": 40, "strokes": [STROKE], "ask": TRACE})
    assert answer.number == 40
    assert channel.ask({"number": 41, "keep": 1, "ask": TRACE}).body == answer.body


def test_nothing_can_be_asked_of_an_empty_pad(channel):
    refusal = channel.refusal({"number": 1, "ask": TRACE})
    assert refusal["problem"]["kind"] == "no-strokes"


def test_two_who_draw_at_once_have_a_drawing_each(server, client):
    drawings = [SEVEN["strokes"], [STROKE]]
    right = [over_http(client, server, one, TRACE).content for one in drawings]
    seen = [[], []]

    def draw(who):
        with Channel(server.port) as channel:
            for k in range(40):
                strokes = drawings[who] if k % 2 == 0 else []
                keep = 0 if k % 2 == 0 else len(drawings[who])
                message = {"number": k, "keep": keep, "strokes": strokes, "ask": TRACE}
                seen[who].append(channel.ask(message).body)

    both = [threading.Thread(target=draw, args=(who,)) for who in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert [set(one) for one in seen] == [{right[0]}, {right[1]}]


def test_a_message_may_come_in_pieces_and_as_bytes(server, client, channel):
    data = json.dumps({"number": 5, "strokes": [STROKE], "ask": TRACE}).encode()
    right = over_http(client, server, [STROKE], TRACE).content
    channel.raw(frame(data[:9], last=False) + frame(b"", 0, last=False) + frame(data[9:], 0))
    assert channel.receive().body == right
    for byte in frame(data, BINARY):
        channel.raw(bytes([byte]))
    assert channel.receive().body == right


def test_the_messages_on_the_page_about_the_api_are_answered(server, client, channel):
    page = client.get(f"{server.url}api/docs").text
    section = page.partition('<section id="live">')[2].partition("</section>")[0]
    shown = re.findall(r'\{"number".*\]\}', section)
    assert len(shown) == 5
    for number, one in enumerate(shown, 1):
        answer = channel.ask(unescape(one).replace("lenet", "untrained").encode())
        assert answer.number == number


def test_a_message_that_is_too_long_ends_the_channel(server, channel):
    with pytest.raises(ClosedError) as closed:
        channel.refusal(b" " * 1_000_001)
    assert closed.value.code in (1009, 1006)
