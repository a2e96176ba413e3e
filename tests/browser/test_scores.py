"""Scores, shares in three ways and what an SVM says: dragged and typed, held to plain loops."""

import math
import re

import pytest

from tests.browser.bench import Bench
from tests.browser.conftest import PHONE

WAYS = {
    "softmax": "softmax",
    "by_sum": "scores ÷ sum",
    "by_squares": "squares ÷ sum",
    "margin": "how far the target is ahead",
    "loss": "the SVM’s loss",
}


def judged(scores, temperature=1.0, target=0):
    """Give what every way makes of scores, in loops; None where nothing is defined."""
    powers = [math.exp(score / temperature) for score in scores]
    total, squares = sum(scores), sum(score * score for score in scores)
    gone = abs(total) < 1e-6 * sum(map(abs, scores))
    rivals = [i for i in range(len(scores)) if i != target]
    lacks = [max(0.0, scores[i] - scores[target] + 1) for i in rivals]
    return {
        "softmax": [power / sum(powers) for power in powers],
        "by_sum": [None if gone else score / total for score in scores],
        "by_squares": [score * score / squares for score in scores],
        "hinge": [*lacks[:target], None, *lacks[target:]],
        "margin": [min(scores[target] - scores[i] for i in rivals)],
        "loss": [sum(lacks)],
    }


class Scores(Bench):
    """The section, and what a reader sets and reads there."""

    def __init__(self, lens, query=""):
        super().__init__(lens, "softmax", query)

    def press(self, name):
        self.section.get_by_role("button", name=name, exact=True).click()
        self.settle()

    def put(self, row, score):
        self.section.get_by_label(f"Score of unit {row}", exact=True).fill(str(score))
        self.settle()

    def scores(self):
        fields = self.section.locator(".scores .number input").all()
        return [float(one.input_value().replace("\u2212", "-")) for one in fields]

    def said(self):
        return " ".join(self.section.locator(".told").all_inner_texts())

    def hold(self, scores, temperature=1.0, target=0, others=None):
        """Hold the table, the stage and the words to plain loops."""
        found = judged(scores, temperature, target)
        after = judged(others, temperature, target) if others else None
        columns = ("softmax", "by_sum", "by_squares", "hinge")
        for row, line in enumerate(self.section.locator(".scores tbody tr").all()):
            cells = line.locator("td:has(b)").all()
            assert len(cells) == len(columns)
            for name, cell in zip(columns, cells, strict=True):
                alone = name == "hinge" and row == target
                assert number(cell.locator("b").inner_text()) == close(found[name][row])
                wanted = close(after[name][row]) if after and not alone else None
                assert number(cell.locator("span").inner_text().strip("→ ")) == wanted
            assert line.get_by_role("radio").is_checked() == (row == target)
        for name in ("softmax", "by_squares"):
            assert self.maps(name).tolist() == pytest.approx(found[name], abs=1e-6)
        way = "ahead of" if found["margin"][0] >= 0 else "behind"
        svm = rf"SVM: unit {target} is {way} its best rival by ([\d.]+); the loss is ([\d.]+)\."
        margin, loss = map(float, re.search(svm, self.said()).groups())
        assert margin == close(abs(found["margin"][0]))
        assert loss == close(found["loss"][0])
        return found, after


def number(text):
    return None if text in ("", "–") else float(text.replace("\u2212", "-"))


def close(value):
    return None if value is None else pytest.approx(value, abs=6e-4)


def test_scores_become_shares_in_three_ways_and_an_svm_judges_them(open_page):
    bench = Scores(open_page())
    assert bench.scores() == [2, 1, 0.1]
    bench.hold([2, 1, 0.1])
    bench.point("softmax", 0, 0)
    assert bench.value() == pytest.approx(judged([2, 1, 0.1])["softmax"][0], abs=1e-4)

    # A score is dragged on its slider, and typed; another one is to win.
    bench.section.get_by_label("Score of unit 1, slider").fill("3.5")
    bench.settle().hold([2, 3.5, 0.1])
    assert "behind its best rival by 1.500" in bench.said()
    bench.section.get_by_label("Unit 1 is the target").check()
    bench.settle().hold([2, 3.5, 0.1], target=1)
    bench.put(2, "-1,5")
    bench.hold([2, 3.5, -1.5], target=1)
    assert "no share" in bench.said()
    bench.press("5")
    bench.hold([2, 3.5, -1.5], 5, target=1)

    # A sum of 0, also of decimals that float32 does not have: not defined, and why.
    for scores in ([2, -1.5, -0.5], [0.1, 0.2, -0.3]):
        for row, score in enumerate(scores):
            bench.put(row, score)
        bench.hold(scores, 5, target=1)
        assert "not defined, for the sum of the scores is 0" in bench.said()
        bench.point("by_sum", 0, 0)
        assert "nothing can be divided by 0" in bench.account()
    bench.point("softmax", 0, 0)
    bench.page.mouse.down()
    bench.page.mouse.up()
    bench.point("by_sum", 0, 0)
    rival = bench.section.locator(".account .rival")
    assert number(rival.locator(".second-value").inner_text()) is None, "beside a pinned one, too"
    assert rival.locator(".after b").inner_text() == "–"
    bench.lens.until("location.hash.includes('softmax.target=1')")
    bench.lens.until("location.hash.includes('-0.3')")
    bench.page.reload()
    bench.lens.until("document.getElementById('softmax').dataset.opened !== undefined")
    bench.settle().hold([0.1, 0.2, -0.3], 5, target=1)


def test_adding_to_all_and_doubling_all_change_different_things(open_page):
    bench = Scores(open_page())
    assert not bench.section.locator(".verdict").is_visible()
    bench.press("Only the scores divided by their sum")
    verdict = bench.section.locator(".verdict")
    assert verdict.inner_text().startswith("Right. Softmax stays as it is")
    for press, others in (("add 5 to all", [7, 6, 5.1]), ("double all", [4, 2, 0.2])):
        bench.press(press)
        before, after = bench.hold([2, 1, 0.1], others=others)
        said = re.search(r"Changed: (.*?)\. The same: (.*?)\.$", bench.said()).groups()
        same = {name for name in WAYS if before[name] == close_all(after[name])}
        assert {*said[1].split(", ")} == {WAYS[name] for name in same}
        assert {*said[0].split(", ")} == {WAYS[name] for name in WAYS if name not in same}
    assert verdict.inner_text().startswith("Not so. Here softmax changes")


def close_all(values):
    return pytest.approx(values, abs=1e-5)


def test_scores_are_made_of_features_by_a_fully_connected_layer(open_page):
    bench = Scores(open_page(**PHONE))
    wide = bench.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, "nothing is cut off at the side"
    bench.section.get_by_label("make the scores of features").check()
    bench.settle()
    bench.field("Features", 0, 2).fill("2")
    bench.section.get_by_label("Weights, a row for each score: one row more").click()
    bench.settle()
    bench.field("Weights, a row for each score", 3, 1).fill("-2.5")
    bench.settle()
    features, weights = bench.matrix("Features"), bench.matrix("Weights, a row for each score")
    assert (features.shape, weights.shape) == ((1, 3), (4, 3))
    scores = [sum(w * x for w, x in zip(row, features[0], strict=True)) for row in weights.tolist()]
    assert bench.maps("scores").tolist() == pytest.approx(scores, rel=1e-6)
    bench.hold(scores)
    wide = bench.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, "nothing is cut off at the side"
    bench.press("ten scores")
    assert len(bench.scores()) == 10
    bench.hold(bench.scores())
    assert "cell=softmax." in bench.section.locator("a.see").get_attribute("href")
