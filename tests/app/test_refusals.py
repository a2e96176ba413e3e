"""Every wrong request gets a sentence that helps, and the server goes on."""

import json
import re
from string import Formatter

import pytest
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request

from app.errors import PROBLEMS
from app.handlers import on_status, on_validation
from app.paths import resource_folder
from app.refusals import SENTENCES, words
from app.schemas import Problem
from app.settings import Limits, Settings
from app.texts import Texts
from model.preprocess.notes import NOTES
from tests.app.drawings import JSON, SEVEN, TRACE, body, png
from tests.app.local import Local
from tests.app.wrong import BODIES, FILES, SECRET, pixels


def assert_problem(answer, status):
    """The answer is problem+json, complete, and repeats nothing of what was sent."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert SECRET not in answer.text
    problem = Problem.model_validate_json(answer.content)
    assert problem.status == status
    kind = problem.type.removeprefix("/api/docs#")
    assert PROBLEMS[kind][:2] == (status, problem.title)
    assert problem.detail[-1] in ".})", problem.detail
    assert len(answer.content) < 4000
    return problem


def assert_goes_on(local):
    assert local.post(TRACE, json=SEVEN).status_code == 200


@pytest.mark.parametrize("what", BODIES)
def test_a_wrong_body_is_refused_with_a_sentence(local, what):
    sent, status, word, pointer = BODIES[what]
    answer = local.post(TRACE, content=sent, headers=JSON)
    problem = assert_problem(answer, status)
    assert word in answer.text
    if pointer is not None:
        assert problem.errors[0].pointer == pointer
        assert problem.errors[0].detail in problem.detail
        assert all(error.mend for error in problem.errors)
    assert_goes_on(local)


@pytest.mark.parametrize("what", FILES)
def test_a_wrong_file_is_refused_with_a_sentence(local, what):
    sent, status = FILES[what]
    answer = local.post(TRACE, content=sent, headers={"content-type": "image/png"})
    assert_problem(answer, status)
    assert_goes_on(local)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"content-type": "text/plain"},
        {"content-type": "application/octet-stream"},
        {"content-type": "multipart/form-data; boundary=x"},
        {"content-type": "application/x-www-form-urlencoded"},
        {"content-type": "application/json", "content-encoding": "gzip"},
    ],
)
def test_a_wrong_content_type_is_refused_with_the_right_ones(local, headers):
    problem = assert_problem(local.post(TRACE, content=body(SEVEN), headers=headers), 415)
    if "content-encoding" not in headers:
        assert "application/json, image/png, image/jpeg, image/webp" in problem.detail
    assert_goes_on(local)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"content-type": ""},
        {"content-type": "application/octet-stream"},
        {"content-type": "image/pjpeg"},
        {"content-type": "image/x-png; q=1"},
    ],
)
def test_a_picture_is_read_whatever_it_is_called(local, headers):
    right = local.post(TRACE, content=png(), headers={"content-type": "image/png"})
    answer = local.post(TRACE, content=png(), headers=headers)
    assert answer.status_code == 200
    assert answer.content == right.content


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (b"\0\0\0\x18ftypheic" + bytes(16), "HEIC picture, as iPhones take them"),
        (b"%PDF-1.4\n", "Save its page as a PNG or JPEG picture"),
        (b"GIF89a" + bytes(20), "a picture of the kind GIF; PNG, JPEG and WebP are read"),
        (b"\x10\0\0\0\0\0\0\0{}              ", "convlens --model"),
    ],
)
@pytest.mark.parametrize("kind", ["", "image/heic", "image/png", "application/octet-stream"])
def test_another_kind_of_file_is_called_by_its_name(local, sent, sentence, kind):
    answer = local.post(TRACE, content=sent, headers={"content-type": kind} if kind else {})
    problem = assert_problem(answer, 422)
    assert sentence in problem.detail
    assert "Content-Type" not in problem.detail


@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "Application/JSON"])
def test_content_types_may_have_parameters_and_capitals(local, kind):
    answer = local.post(TRACE, content=body(SEVEN), headers={"content-type": kind})
    assert answer.status_code == 200


@pytest.mark.parametrize("path", ["", "/weights"])
def test_an_unknown_model_is_refused_with_those_there_are(local, path):
    problem = assert_problem(local.get(f"/api/models/{SECRET}{path}"), 404)
    assert "untrained" in problem.detail


def test_a_trace_of_an_unknown_model_is_refused(local):
    assert_problem(local.post(f"/api/models/{SECRET}/trace", json=SEVEN), 404)
    assert_goes_on(local)


@pytest.mark.parametrize("said", ["maybe", "1", "", "True", "true&center=false"])
def test_center_is_true_or_false_and_nothing_else(local, said):
    sent = {"content": png(), "headers": {"content-type": "image/png"}}
    problem = assert_problem(local.post(f"{TRACE}?center={said}", **sent), 422)
    assert problem.errors[0].parameter == "center"


def test_a_form_that_does_not_exist_is_not_acceptable(local):
    problem = assert_problem(local.post(TRACE, json=SEVEN, headers={"accept": "image/png"}), 406)
    assert "application/vnd.safetensors" in problem.detail


def test_a_wrong_path_of_the_api_is_a_problem_too(local):
    for path in ("/api", "/api/", "/api/nothing", f"/api/{SECRET}", "/healthz/x"):
        assert_problem(local.get(path), 404)


def test_a_wrong_method_is_refused_with_the_right_ones(local):
    answer = local.get(TRACE)
    assert_problem(answer, 405)
    assert answer.headers["allow"] == "OPTIONS, POST"
    answer = local.post("/api/models")
    assert_problem(answer, 405)
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


def test_ten_thousand_wrong_numbers_are_not_all_listed(local):
    answer = local.post(TRACE, content=pixels("null").replace(b" 0", b" null"), headers=JSON)
    assert len(assert_problem(answer, 422).errors) == 1


def test_several_wrong_fields_are_all_named(local):
    sent = {"strokes": [{"points": [[0, 9]], "width": 7, "erase": 3}], "center": 4}
    problem = assert_problem(local.post(TRACE, json=sent), 422)
    assert [error.pointer for error in problem.errors] == [
        "#/strokes/0/points/0/1",
        "#/strokes/0/width",
        "#/strokes/0/erase",
        "#/center",
    ]
    assert "3 more" in problem.detail


@pytest.mark.parametrize("image", [False, True])
@pytest.mark.parametrize("announced", [False, True])
def test_a_body_that_is_too_large_is_refused(network_file, image, announced):
    limits = Limits(json_bytes=1000, image_bytes=3000)
    kind = "image/png" if image else "application/json"
    with Local(Settings(models=(str(network_file),), limits=limits)) as local:
        read = 0

        async def parts():
            nonlocal read
            for _ in range(100):
                read += 1
                yield b" " * 5000

        headers = {"content-type": kind, **({"content-length": "500000"} if announced else {})}
        answer = local.post("/api/models/untrained/trace", content=parts(), headers=headers)
        problem = assert_problem(answer, 413)
        assert f"{0.003 if image else 0.001:g} MB" in problem.detail
        assert local.post(TRACE, json=SEVEN).status_code == 200
        assert read == 100, "the rest is thrown away, so that a client that only sends can read"


def test_the_limits_are_one_and_twenty_megabytes():
    assert Limits() == Limits(json_bytes=1_000_000, image_bytes=20_000_000)


def test_the_largest_drawing_is_read_with_all_its_digits_and_spaces(local):
    points = [[i / 20 + 1e-3 / 7, i / 20 + 1e-3 / 3] for i in range(20)]
    stroke = {"points": points, "width": 0.0712345678901234, "erase": False}
    drawing = body({"strokes": [stroke] * 1000, "center": False})
    assert len(drawing) > 900_000
    assert local.post(TRACE, content=drawing, headers=JSON).status_code == 200


@pytest.mark.parametrize("count", [11, 2_900])
@pytest.mark.parametrize("where", ["the body", "a stroke", "a second stroke"])
def test_of_many_unknown_names_only_the_first_are_looked_at(local, count, where):
    unknown = {f"k{i}": i for i in range(count)}
    stroke = {"points": [[0.5, 0.5]], **(unknown if where == "a stroke" else {})}
    more = [{"points": [[0, 0]], **unknown}] if where == "a second stroke" else []
    sent = {"strokes": [stroke, *more], **(unknown if where == "the body" else {})}
    problem = assert_problem(local.post(TRACE, json=sent), 422)
    assert len(problem.errors) == 10
    assert problem.errors[9].pointer.endswith("k9")
    assert "(at least 10 more of this kind: see errors.)" in problem.detail


def test_a_mistake_of_ours_is_a_problem_and_the_server_goes_on(local, monkeypatch, caplog):
    def broken(*_):
        raise ZeroDivisionError(SECRET)

    with monkeypatch.context() as patch:
        patch.setattr("app.asking.answer", broken)
        answer = local.post(TRACE, json=SEVEN)
    assert_problem(answer, 500)
    assert "content-security-policy" in answer.headers
    assert any(record.exc_info for record in caplog.records)
    assert_goes_on(local)


def test_every_kind_of_problem_has_a_place_on_the_page_about_the_api(local):
    page = local.get("/api/docs").text
    for kind in PROBLEMS:
        assert f'id="{kind}"' in page


def test_a_number_of_a_million_digits_is_not_even_read(local):
    answer = local.post(TRACE, content=pixels("9" * 900_000), headers=JSON)
    assert_problem(answer, 400)


def test_a_body_that_names_a_field_twice_means_the_last(local):
    sent = json.dumps(SEVEN)[:-1] + ', "center": false}'
    assert local.post(TRACE, content=sent, headers=JSON).status_code == 200


def test_what_the_framework_refuses_by_itself_is_put_into_our_words(local):
    request = Request({"type": "http", "method": "GET", "path": "/api/x", "headers": []})
    for status, kind in ((404, "not-found"), (405, "wrong-method"), (418, "failure")):
        answer = local.run(on_status(request, HTTPException(status)))
        assert json.loads(answer.body)["type"] == f"/api/docs#{kind}"
    answer = local.run(on_validation(request, RequestValidationError([{"input": SECRET}])))
    assert answer.status_code == 422
    assert SECRET not in answer.body.decode()


def worded(one):
    """The sentence, made anew from its kind and what the answer says of its gaps."""
    assert set(gaps_of(one.kind)) == set(one.parameters)
    return " ".join(words(one.kind, one.parameters))


def gaps_of(kind):
    sentence = SENTENCES[kind]
    pieces = Formatter().parse(f"{sentence.detail} {sentence.mend}")
    return [name for _, name, _, _ in pieces if name]


PARAMETERS = (
    "trace?center=2",
    "trace?digit=x",
    "trace?down=11",
    "trace?right=1&right=1",
    "trace?rotation=x",
    "trace?scale=2",
    "derivatives",
    "derivatives?layer=conv2&layer=conv2",
    "derivatives?layer=no&channel=1",
    "derivatives?layer=conv2",
    "derivatives?layer=conv2&channel=99",
    "derivatives?layer=conv2&channel=x",
    "derivatives?layer=fc1&channel=1&row=1",
    "derivatives?layer=conv2&channel=1&row=1&row=1",
    "step",
    "step?target=10",
    "step?target=1&rate=11",
    "gradient?target=1&parameter=none",
    "gradient?target=1&parameter=conv1.weight&index=9,0,0,0",
    "step?target=1&loss=none",
    "step?target=1&loss=hinge&loss=hinge",
)


@pytest.mark.parametrize("what", [*BODIES, *FILES, *PARAMETERS])
def test_each_refusal_can_be_worded_anew_from_its_kind_and_its_parameters(local, what):
    if what in PARAMETERS:
        answer = local.post(f"/api/models/untrained/{what}", json=SEVEN)
    else:
        kind = "application/json" if what in BODIES else "image/png"
        sent = (BODIES if what in BODIES else FILES)[what][0]
        answer = local.post(TRACE, content=sent, headers={"content-type": kind})
    problem = Problem.model_validate_json(answer.content)
    assert SENTENCES[problem.kind].problem == problem.type.removeprefix("/api/docs#")
    assert worded(problem) in problem.detail
    for error in problem.errors:
        assert worded(error) == f"{error.detail} {error.mend}"


def test_other_refusals_can_be_worded_anew_too(local):
    for answer in (
        local.get("/api/nothing"),
        local.get("/api/models/nothing"),
        local.get("/api/models/untrained/weights?sha256=0"),
        local.post("/api/models"),
        local.post(TRACE, json=SEVEN, headers={"accept": "image/png"}),
        local.post(TRACE, content=b"x", headers={"content-type": "text/plain"}),
    ):
        problem = Problem.model_validate_json(answer.content)
        assert problem.detail == worded(problem)


def test_every_sentence_stands_on_the_page_about_the_api_with_its_gaps(local):
    page = local.get("/api/docs").text
    for kind, sentence in SENTENCES.items():
        assert f"<code>{kind}</code> " in page
        assert sentence.problem in PROBLEMS
        for gap in gaps_of(kind):
            assert f"<code>{{{gap}}}</code>" in page


def test_the_page_has_words_for_every_refusal_with_the_same_gaps():
    messages = json.loads((resource_folder("static") / "text" / "en.json").read_bytes())
    worded = {
        key.removeprefix("refusal."): one
        for key, one in messages.items()
        if key.startswith("refusal.")
    }
    assert set(worded) == set(SENTENCES)
    for kind, sentence in SENTENCES.items():
        names = {
            name
            for _, name, _, _ in Formatter().parse(f"{sentence.detail} {sentence.mend}")
            if name
        }
        gaps = {name: f"<{name}>" for name in names}
        english = " ".join((sentence.detail.format(**gaps), sentence.mend.format(**gaps)))
        assert Texts(messages).say(f"refusal.{kind}", **gaps) == english


NOT_TOLD = (
    *("refusal.", "help.", "term.", "quiz.", "item.", "learning.", "training.", "mistakes."),
    *("history.", "handwriting.", "card.", "lessons.", "pages.", "problem.", "bench."),
)


def test_a_page_is_given_all_messages_that_its_modules_say_but_refusals_and_the_glossary(
    local,
):
    page = local.get("/").text
    start = re.search(r'<script type="application/json" id="start">(.*?)</script>', page)[1]
    told = json.loads(start)
    every = local.get(f"/static/text/{told['language']}.json").json()
    assert told["messages"] == {
        key: one for key, one in every.items() if not key.startswith(NOT_TOLD)
    }
    assert every["help.does.walk"] in page  # which its template says
    bench = local.get("/operations").text
    told = re.search(r'<script type="application/json" id="start">(.*?)</script>', bench)[1]
    assert json.loads(told)["messages"] == {
        key: one for key, one in every.items() if not key.startswith(NOT_TOLD[:-1])
    }


def test_the_page_has_words_for_every_note_and_every_page_that_says_no(local):
    messages = json.loads((resource_folder("static") / "text" / "en.json").read_bytes())
    notes = {
        key.removeprefix("note."): one for key, one in messages.items() if key.startswith("note.")
    }
    assert notes == dict(NOTES)
    shown = {kind for kind, (status, *_) in PROBLEMS.items() if status in (404, 421)}
    for kind in shown:
        assert messages[f"problem.{kind}"] == PROBLEMS[kind][1]
