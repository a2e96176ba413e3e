"""Questions as GIFT are read back by a parser of GIFT, and as CSV by Python's own."""

import csv
import io
import json
import subprocess
from html import escape

import pytest

from app.quiz.gift import gift
from app.quiz.kinds import KINDS
from app.quiz.make import LEVELS, make_quiz
from app.quiz.said import quiz_said
from app.quiz.table import table
from app.texts import Texts
from tests.app.quiz.materials import material
from tests.server import ROOT

TEXTS = Texts(json.loads((ROOT / "static" / "text" / "en.json").read_text("utf-8")))
PARSE = """
import { parse } from 'gift-pegjs';
import { readFileSync } from 'node:fs';
console.log(JSON.stringify(parse(readFileSync(0, 'utf8'))));
"""


def quiz_of(name, level):
    quiz = make_quiz(material(name, 4), tuple(KINDS), level, seed=2, count=24)
    return quiz_said(quiz, TEXTS, {"model": name, "weights": "w"}, level, 2)


def parsed(text):
    """What `gift-pegjs` makes of a text."""
    assert (ROOT / "node_modules" / "gift-pegjs").is_dir(), "make test installs what reads GIFT"
    done = subprocess.run(
        ["node", "--input-type=module", "-e", PARSE],
        input=text, capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    return json.loads(done.stdout)


PLACES = [(name, level) for name in ("lenet", "lenet5", "mlp", "odd") for level in LEVELS]


def test_gift_is_read_back_question_by_question():
    quizzes = [quiz_of(*place) for place in PLACES]
    read = parsed("\n".join(gift(one) for one in quizzes))
    items = [item for one in quizzes for item in one.items]
    assert len(read) == len(items) == 24 * len(PLACES)
    for one, item in zip(read, items, strict=True):
        assert one["title"].partition(". ")[2] == item.kind
        assert one["stem"]["format"] == "html"
        assert f"<p>{escape(item.asks.text)}</p>" in one["stem"]["text"]
        assert one["globalFeedback"]["text"] == escape(item.why.text)
        assert one["stem"]["text"].count("<img") == sum(grid.painted != "" for grid in item.grids)
        assert one["type"] == ("Numerical" if item.form == "number" else "MC")
        (typed if item.form == "number" else chosen)(one, item)


def chosen(one, item):
    assert [choice["isCorrect"] for choice in one["choices"]] == [o.right for o in item.options]
    for choice, option in zip(one["choices"], item.options, strict=True):
        if not option.grid:
            assert choice["text"]["text"] == escape(option.says.text)
        said = choice["feedback"] and choice["feedback"]["text"]
        assert said == (escape(option.mistake.text) if option.mistake else None)


def typed(one, item):
    assert len(one["choices"]) == len(item.options)
    for choice, option in zip(one["choices"], item.options, strict=True):
        gap = option.says.gaps["value"]
        value = gap if isinstance(gap, int) else gap.value
        assert float(choice["text"]["number"]) == pytest.approx(value)
        assert choice["weight"] == (None if option.right else 0)
        assert choice["text"]["range"] < (0.5 if isinstance(gap, int) else 10**-gap.decimals / 2)


@pytest.mark.parametrize(("name", "level"), PLACES)
def test_a_table_has_a_row_for_each_question(name, level):
    quiz = quiz_of(name, level)
    rows = list(csv.DictReader(io.StringIO(table(quiz), newline="")))
    assert len(rows) == len(quiz.items)
    for at, (row, item) in enumerate(zip(rows, quiz.items, strict=True), 1):
        assert (row["number"], row["kind"], row["form"]) == (str(at), item.kind, item.form)
        assert row["question"] == item.asks.text
        wrong = [option for option in item.options if not option.right]
        for number, option in enumerate(wrong, 1):
            assert row[f"mistake {number}"] == option.mistake.text
            if not option.grid:
                assert row[f"wrong {number}"] == option.says.text
        assert not any(row[f"wrong {number}"] for number in range(len(wrong) + 1, 6))
        assert row["given"].count("\n") >= sum(len(grid.rows) for grid in item.grids)
