import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.negotiation import choose
from tests.app.drawings import SEVEN, TRACE

OFFERS = ("application/vnd.safetensors", "application/octet-stream", "application/json")
FIRST, BYTES, JSON = OFFERS


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, FIRST),
        ("", FIRST),
        ("*/*", FIRST),
        ("application/*", FIRST),
        ("application/json", JSON),
        ("Application/JSON", JSON),
        ("application/json; charset=utf-8", JSON),
        ("application/octet-stream", BYTES),
        ("application/json, */*;q=0.1", JSON),
        ("application/json;q=0.1, */*", FIRST),
        ("application/json;q=0.5, application/vnd.safetensors;q=0.4", JSON),
        ("application/json; q=0.5 , application/vnd.safetensors; Q=0.6", FIRST),
        ("application/json, application/vnd.safetensors", FIRST),
        ("*/*, application/vnd.safetensors;q=0", BYTES),
        ("application/vnd.safetensors;q=0, application/octet-stream;q=0, */*", JSON),
        ("text/html, image/*", None),
        ("application/json;q=0", None),
        ("*/*;q=0", None),
        ("nonsense", None),
        ("application/json;q=many", None),
        ("application/json;q=nan", None),
        ("application/json;q=many, application/octet-stream", BYTES),
        (",,application/json,", JSON),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", FIRST),
        ("image/x, " * 60 + JSON, JSON),
        ("image/x, " * 10_000 + JSON, None),  # nobody needs so many: only the first are looked at
    ],
)
def test_the_answer_has_the_form_that_the_client_likes_best(accept, chosen):
    assert choose(accept, OFFERS) == chosen


@given(st.text(max_size=200))
def test_no_header_can_make_it_fail(accept):
    assert choose(accept, OFFERS) in (*OFFERS, None)


def test_a_trace_comes_under_the_name_that_was_asked_for(local):
    for form in OFFERS:
        answer = local.post(TRACE, json=SEVEN, headers={"accept": form})
        assert answer.headers["content-type"] == form
        assert answer.headers["vary"] == "accept"
