"""What the server writes of numbers on the page is written as the page itself would."""

import json
import math
import subprocess
from pathlib import Path

import pytest

from app.numbers import grouped, number, percent
from app.pages import environment
from app.texts import Texts

ROOT = Path(__file__).parents[2]
THIN = "\u202f"


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.9963, "99.63 %"),
        (0.0, "0 %"),
        (1.0, "100 %"),
        (0.99996, "> 99.99 %"),
        (0.99994, "99.99 %"),
        (0.00004, "< 0.01 %"),
        (0.5, "50.00 %"),
        (0.00125, "0.13 %"),  # a tie, in binary too, goes up
    ],
)
def test_a_share_is_all_or_nothing_only_where_it_is(share, text):
    assert percent(share) == text.replace(" ", THIN)


def test_the_page_writes_the_same_numbers_the_same_way():
    shares = [i / 997 for i in range(998)] + [10.0**-i for i in range(3, 12)]
    shares += [1 - 10.0**-i for i in range(3, 12)]
    counts = [0, 7, 999, 1_000, 20_000, 61_706, 1_234_567]
    figures = [i / 64 - 3 for i in range(400)] + [-0.004, 0.005, 1.005, 2.675, -12.5]
    figures += [-123456789.125, 9e14, 1e15, -1.23456e26, 3.4e38]
    script = f"""
        import {{ percent }} from '{ROOT.as_uri()}/static/js/text/shares.js';
        import {{ grouped, number }} from '{ROOT.as_uri()}/static/js/text/numbers.js';
        const [shares, counts, figures] = {json.dumps([shares, counts, figures])};
        const texts = shares.map((share) => percent(share, {{ decimals: 2 }}));
        const two = figures.map((one) => number(one, 2));
        console.log(JSON.stringify([texts, counts.map(grouped), two]));
    """
    node = subprocess.run(
        ["node", "--input-type=module", "-e", script], capture_output=True, text=True, check=True
    )
    two = [number(one, 2) for one in figures]
    assert json.loads(node.stdout) == [[*map(percent, shares)], [*map(grouped, counts)], two]


def test_what_is_no_finite_number_has_a_sign_of_its_own():
    assert [number(one, 2) for one in (math.inf, -math.inf, math.nan)] == ["∞", "−∞", "–"]


@pytest.mark.parametrize(("accuracy", "text"), [(0.99996, "> 99.99 %"), (0.9963, "99.63 %")])
def test_the_head_of_the_page_says_parameters_and_accuracy_by_these_rules(accuracy, text):
    model = {"id": "m", "title": "M", "parameters": 61_706, "accuracy": accuracy}
    messages = json.loads((ROOT / "static" / "text" / "en.json").read_bytes())
    template = environment().get_template("partials/header.html")
    head = template.render(model=model, prefix="", pages=(), say=Texts(messages).say)
    said = head.replace("&gt;", ">").replace("&lt;", "<")
    assert f"61{THIN}706 parameters" in said
    assert f"{text.replace(' ', THIN)} on the test set" in said
