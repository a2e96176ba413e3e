"""The essay's boat: its numbers, and real steps down either loss, held to plain loops."""

import math
import re

from playwright.sync_api import expect

BOAT, TARGET = (0.2, 0.4, 0.1, 0.3), 2


def read(text):
    return float(text.replace("\u2212", "-"))


def decimals(text):
    return len(text.partition(".")[2])


def softmax(scores):
    powers = [math.exp(score - max(scores)) for score in scores]
    return [power / sum(powers) for power in powers]


def slopes(scores, loss):
    """The gradient at the scores, by plain loops."""
    shares = softmax(scores)
    over = [share - (k == TARGET) for k, share in enumerate(shares)]
    if loss == "cross-entropy":
        return over
    return [
        sum(over[j] * shares[j] * ((j == k) - shares[k]) for j in range(len(scores)))
        for k in range(len(scores))
    ]


def losses(scores):
    shares = softmax(scores)
    squares = sum(((k == TARGET) - share) ** 2 / 2 for k, share in enumerate(shares))
    return -math.log(shares[TARGET]), squares


def table(page, place):
    rows = page.locator(f"{place} :is(tbody, tfoot) tr").all()
    return [row.locator("td").all_inner_texts() for row in rows]


def holds(page, scores):
    """All that is shown of some scores, to its last digit."""
    shares = softmax(scores)
    both = slopes(scores, "cross-entropy"), slopes(scores, "squares")
    for k, (score, share, difference, squares) in enumerate(table(page, ".boat-steps")):
        assert score == f"{scores[k]:.4f}".replace("-", "\u2212")
        assert share == f"{shares[k]:.4f}"
        p, t, found = map(read, re.split(r" \u2212 (?=\d)| = ", difference))
        assert (p, t) == (round(shares[k], 4), k == TARGET)
        assert round(p - t, 4) == found == round(both[0][k], 4)
        assert abs(read(squares) - both[1][k]) < 0.000051
    matrix = table(page, ".boat-matrix")
    for j, (over, *row) in enumerate(matrix[:4]):
        assert abs(read(over) - both[0][j]) < 0.000051
        for k, cell in enumerate(row):
            assert abs(read(cell) - shares[j] * ((j == k) - shares[k])) < 0.000051
    for cell, slope in zip(matrix[4][1:], both[1], strict=True):
        assert abs(read(cell) - slope) < 0.000051


def adds_up(page, slope):
    """The sum that is told adds up as it is shown, and so does each of its products."""
    products, line = page.locator(".boat-sum").all_inner_texts()
    terms, total = line.removeprefix("= ").split(" = ")
    shown = [
        read(sign.strip() + one) for sign, one in re.findall(r"(^|[+\u2212] ?)([\d.]+)", terms)
    ]
    places = decimals(total)
    assert round(sum(shown), places) == read(total) == round(slope, places)
    factors = re.findall(r"\(?(\u2212?[\d.]+)\)? \u00b7 \(?(\u2212?[\d.]+)\)?", products)
    assert [round(read(a) * read(b), places) for a, b in factors] == shown


def test_the_boat_has_the_essays_numbers_and_real_steps_down_either_loss(open_page, server):
    page = open_page().page
    page.goto(f"{server.url}learning?only=boat")
    sums = page.locator(".boat-error tfoot .strong")
    expect(sums).to_have_text(["0.550", "0.060"])
    before = ["0.020", "0.080", "0.405", "0.045"]
    assert [row[2] for row in table(page, ".boat-error")[:4]] == before
    assert [row[4] for row in table(page, ".boat-error")[:4]] == [
        "0.005",
        "0.005",
        "0.045",
        "0.005",
    ]
    expect(page.locator("#boat .says").first).to_contain_text("not one step from the first")
    told = page.locator(".boat-told")
    for loss, rate in (("cross-entropy", 1.0), ("squares", 10.0)):
        page.get_by_role("radio", name=loss, exact=True).check(force=True)
        page.get_by_role("radio", name=f"{rate:g}", exact=True).check(force=True)
        expect(told).to_contain_text("Before the first step")
        scores = [math.log(share) for share in BOAT]
        holds(page, scores)
        for count, pressed in ((1, "One step"), (11, "Ten steps")):
            page.get_by_role("button", name=pressed).press("Enter")
            for _ in range(count - (count > 1)):
                down = slopes(scores, loss)
                scores = [score - rate * by for score, by in zip(scores, down, strict=True)]
            steps = "After 1 step down" if count == 1 else f"After {count} steps down"
            expect(told).to_contain_text(f"{steps} {loss}")
            holds(page, scores)
            entropy, squares = losses(scores)
            first, after = re.findall(r"([\d.]+\d) \u2192 ([\d.]+\d)", told.inner_text())
            assert [read(one) for one in first] == [2.303, round(entropy, decimals(first[1]))]
            assert [read(one) for one in after] == [0.55, round(squares, decimals(after[1]))]
            for number, name in enumerate(("dog", "cat", "boat", "bird")):
                page.get_by_role("radio", name=name, exact=True).check(force=True)
                adds_up(page, slopes(scores, "squares")[number])
        page.get_by_role("button", name="Back to the start").click()
        expect(told).to_contain_text("Before the first step")
