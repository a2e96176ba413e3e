"""Graphs of operations over the live channel: what HTTP answers, and the input travels once."""

import json

import httpx
import numpy as np
import pytest

from model import GraphSpec
from model.safetensors_file import decode
from model.spec import conv, pool, relu
from tests.app.graphs import FILE, as_file, picture, weights_of
from tests.channel import BINARY, Channel, frame

SPEC = GraphSpec((1, 40, 50), (conv("edges", 2, kernel=5), relu("bend"), pool("most", 2)))
LAST = GraphSpec((1, 40, 50), (pool("mean", 4, mode="average"),))
STROKE = {"points": [[0.5, 0.2], [0.5, 0.8]], "width": 0.07}
TRACE = ["untrained/trace"]


@pytest.fixture
def channel(server):
    with Channel(server.port) as one:
        yield one


def over_http(server, file):
    answer = httpx.post(f"{server.url}api/operations", content=file, headers=FILE, trust_env=False)
    assert answer.status_code == 200, answer.text
    return answer.content


def said_in(body):
    """What an answer says, to the bit."""
    arrays, said = decode(body)
    return {name: one.tobytes() for name, one in arrays.items()}, said


def without_input(body):
    """What it says to who has the input, and is not sent it again."""
    arrays, said = said_in(body)
    del arrays["input"]
    return arrays, said


def message(number, image=None, spec=SPEC, seed=0, **more):
    """A message as bytes; without an image it names the message whose input is meant."""
    said = {"number": json.dumps(number), **{name: json.dumps(one) for name, one in more.items()}}
    return as_file(spec, image, weights_of(spec, seed), **said)


def test_the_input_travels_once_and_every_answer_is_that_of_http(server, channel):
    for shape in ("bytes", "floats"):
        image = picture(SPEC.shape)
        if shape == "floats":
            image = image.astype(np.float32) / 3
        number = 10 if shape == "bytes" else 20
        answer = channel.ask(message(number, image))
        assert answer.number == number
        assert answer.body == over_http(server, as_file(SPEC, image, weights_of(SPEC)))
        assert len(answer.passes) == 1
        assert 0 < answer.passes[0] <= answer.microseconds
        for seed in (1, 2, 3):
            answer = channel.ask(message(number + seed, seed=seed, kept=number))
            whole = over_http(server, as_file(SPEC, image, weights_of(SPEC, seed)))
            assert said_in(answer.body) == without_input(whole)
        other = channel.ask(message(number + 5, spec=LAST, kept=number, spread=True))
        whole = over_http(server, as_file(LAST, image, {}, spread="true"))
        assert said_in(other.body) == without_input(whole)


def test_an_input_that_is_not_kept_is_out_of_step_until_it_comes_again(server, channel):
    image, next_ = picture(SPEC.shape, 1), picture(SPEC.shape, 2)
    assert refused(channel, message(1, kept=0)) == (409, "input-not-kept")
    channel.ask(message(2, image))
    channel.ask(message(3, next_))
    assert refused(channel, message(4, kept=2)) == (409, "input-not-kept")
    assert refused(channel, message(5, kept=3)) == (409, "input-not-kept"), (
        "a refusal keeps nothing"
    )
    answer = channel.ask(message(6, next_))
    assert said_in(channel.ask(message(7, kept=6)).body) == without_input(answer.body)


def refused(channel, data):
    problem = channel.refusal(data)["problem"]
    return problem["status"], problem["kind"]


def test_operations_and_a_drawing_share_a_channel_and_leave_each_other_alone(server, channel):
    image = picture(SPEC.shape)
    first = channel.ask({"number": 1, "strokes": [STROKE], "ask": TRACE})
    right = channel.ask(message(2, image))
    assert channel.ask({"number": 3, "keep": 1, "ask": TRACE}).body == first.body
    assert said_in(channel.ask(message(4, kept=2)).body) == without_input(right.body)
    assert said_in(channel.ask(message(5, kept=2)).body) == without_input(right.body)
    assert channel.ask({"number": 6, "keep": 1, "ask": TRACE}).body == first.body


WRONG = {
    "no number": ({}, "missing"),
    "a number of text": ({"number": '"x"'}, "no-whole-number"),
    "a number below 0": ({"number": "-1"}, "too-small"),
    "a number that is no JSON": ({"number": "x"}, "operations-not-json"),
    "kept of half": ({"number": "1", "kept": "0.5"}, "no-whole-number"),
    "a number of NaN": ({"number": "NaN"}, "no-whole-number"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_a_message_says_is_judged_and_the_channel_goes_on(channel, what):
    said, kind = WRONG[what]
    image = picture(SPEC.shape)
    refusal = channel.refusal(as_file(SPEC, image, weights_of(SPEC), **said))
    assert refusal["problem"]["kind"] == kind
    assert channel.ask(message(9, image)).number == 9


def test_what_costs_too_much_is_refused_with_its_number_as_over_http(server, channel):
    dear = GraphSpec((1, 256, 256), (conv("wide", 40, kernel=9, padding=4),))
    file = as_file(dear, picture(dear.shape), weights_of(dear), number="7")
    problem = httpx.post(f"{server.url}api/operations", content=file, headers=FILE, trust_env=False)
    assert problem.status_code == 413
    assert channel.refusal(file) == {"number": 7, "problem": problem.json()}


def test_a_message_may_come_as_text_or_in_pieces(server, channel):
    data = message(3, picture(SPEC.shape))
    right = channel.ask(data).body
    channel.raw(frame(data[:9], BINARY, last=False) + frame(data[9:], 0))
    assert channel.receive().body == right
