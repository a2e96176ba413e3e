"""Hold each form of a receipt, as it was read off the page, against plain loops."""

import math
import re
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from tests.browser.receipts import NUMBER, adds_up, number, signed_terms, states


def hold_picture(said, truth):
    picture = said["picture"]
    if truth.kind == "conv":
        hold_equation_of_maps(picture, truth)
    elif truth.kind == "dense":
        *bars, total = picture["bars"]
        assert adds_up([bar[0] for bar in bars], total[0])
        assert states(total[0], truth.value, truth.slack)
        for text, name, place in bars:
            if found := re.fullmatch(
                r"\[(\d+)\](?:, )?(\d+, \d+)?", f"{name}{place and ', '}{place}"
            ):
                at = (int(found[1]), *map(int, (found[2] or "0, 0").split(", ")))
                source = next(iter(truth.products))[0]
                assert states(text, truth.products[source, *at]), (name, place)
    elif truth.kind in ("pool", "root"):
        hold_window(picture, truth)
    elif truth.kind == "softmax":
        hold_shares(picture, truth)
    elif truth.kind == "input":
        hold_facts(picture["facts"], truth)
    elif truth.kind in ("relu", "tanh"):
        assert states(picture["tiles"][-1] if picture["tiles"] else said["value"], truth.value)


def hold_window(picture, truth):
    """The cells of a window, and what is kept; of a root the squares and their sum, too."""
    window = truth.window()
    after = picture["tiles"][-1 - len(window) : -1]
    for text, value in zip(after, window, strict=True):
        assert states(text, value)
    assert states(picture["tiles"][-1], truth.value if truth.kind == "root" else max(window))
    if truth.kind == "pool":
        return
    squares, root = picture["lines"].split("\n")
    terms, total = signed_terms(squares)
    assert adds_up(terms, total)
    assert len(window) <= len(terms) <= len(window) + 1, "and rounding, where there is some"
    for text, value in zip(terms, window, strict=False):
        assert states(text, value * value)
    assert states(total, math.fsum(value * value for value in window), 1e-6)
    inside, whole = re.fullmatch(rf"√\(({NUMBER})\) = ({NUMBER})", root).groups()
    assert inside == total
    assert states(whole, float(number(inside)) ** 0.5), "the root of what is shown is what is shown"
    assert states(whole, truth.value, truth.slack)


def hold_facts(facts, truth):
    """A pixel's value, and what preprocessing did to make it."""
    value, *made = [re.findall(NUMBER, fact.replace("–", " to ")) for fact in facts]
    assert states(value[-1], truth.value)
    left, top, right, bottom = truth.trace["preprocess.crop"]
    boxes = (left, right, top, bottom), [truth.trace["preprocess.scale"]]
    others = truth.trace["preprocess.centre"], truth.trace["preprocess.shift"]
    for shown, found in zip(made, (*boxes, *others), strict=True):
        assert all(states(a, float(b), 1e-6) for a, b in zip(shown, found, strict=True)), shown


def hold_equation_of_maps(picture, truth):
    *heads, _ = picture["heads"]
    *amounts, total = picture["amounts"]
    assert adds_up(amounts, total)
    assert states(total, truth.value, truth.slack)
    for head, amount in zip(heads, amounts, strict=True):
        if head == "bias":
            assert states(amount, truth.bias)
        elif "more" not in head and "rounding" not in head:
            assert states(amount, truth.map_sum(truth.place(head)[1])), head
    (chosen,) = picture["chosen"]
    channel = truth.place(chosen)[1]
    factors = [pair for place, pair in truth.factors.items() if place[1] == channel]
    for (value, weight, product), (a, b) in zip(picture["terms"], factors, strict=True):
        assert states(value, a)
        assert states(weight.removeprefix("×"), b)
        assert states(product, a * b)
    for after in picture["after"]:
        assert states(after, truth.bent(), 1e-6)


def hold_shares(picture, truth):
    scores = truth.trace[truth.network.logits_layer].astype(np.float64)
    exponentials = np.exp(scores - scores.max())
    columns = np.array(picture["shares"]).reshape(len(scores), 5)
    top = max(number(one) for one in columns[:, 1])
    largest = re.fullmatch(rf"− largest (?:({NUMBER})|\((−{NUMBER})\))", picture["labels"][2])
    assert number(largest[1] or largest[2]) == top, "taken off once"
    for unit, (_, score, difference, exponential, share) in enumerate(columns):
        assert states(score, scores[unit])
        # of the scores as they are shown, so that the subtraction on the screen holds
        assert number(difference) == number(score) - top
        assert states(exponential, exponentials[unit], 1e-3)
        assert states(share, truth.trace["softmax"][unit], 1e-6)
    for delta, share, change in picture["wonder"]:
        there = share_with(truth, float(number(delta)))
        assert says_share(share, there), share
        hold_points(change, there, truth.exact)
    for line in picture["lines"].split("\n"):
        if " + " in line:
            assert adds_up(*signed_terms(line))


def hold_words(said, truth):
    text = " ".join(said["words"])
    if truth.kind in ("conv", "dense"):
        hold_labelled(text, truth)
    if truth.kind == "dense":
        for paragraph in said["words"]:
            if " make " in paragraph:
                terms, total = paragraph.rsplit(" make ", 1)
                shown = re.findall(rf"(?:^|, | and )({NUMBER}) \(", terms)
                assert adds_up(shown, total.rstrip("."))
    if truth.kind == "pool":
        window = truth.window()
        for shown in re.findall(rf"({NUMBER}) \(", text):
            assert any(states(shown, value) for value in window)
        assert any(states(shown, max(window)) for shown in re.findall(NUMBER, text))
    if truth.kind == "root":
        window = truth.window()
        squares = re.findall(rf"({NUMBER}) \([^:()]+: ({NUMBER}) × \(?({NUMBER})\)?\)", text)
        for (shown, one, other), value in zip(squares, window, strict=True):
            assert one == other
            assert states(one, value)
            assert states(shown, value * value)
        total, root = re.search(
            rf" make ({NUMBER})\. The square root of that is ({NUMBER})\.", text
        ).groups()
        rounding = re.findall(rf"({NUMBER}) \(rounding[^()]*\)", text)
        assert adds_up([*(shown for shown, *_ in squares), *rounding], total), text
        assert states(root, truth.value, truth.slack)
    if truth.kind == "softmax":
        hold_score(text, truth)
    assert truth.kind == "input" or said["value"] in text


def hold_labelled(text, truth):
    """Each number with the place it belongs to in brackets: a bias, a map's sum, a product."""
    pairs = re.findall(rf"({NUMBER}) \(([^():]+)", text)
    assert pairs
    for shown, label in pairs:
        if label == "bias":
            assert states(shown, truth.bias)
        elif re.fullmatch(r"\w+ \[\d+\]", label) and truth.kind == "conv":
            assert states(shown, truth.map_sum(truth.place(label)[1])), label
        elif " more" not in label and "rounding" not in label and "[" in label:
            assert states(shown, truth.products[truth.place(label)]), label


def hold_score(text, truth):
    """The score less the largest, in words, and the share of every score that might be instead.

    The largest is said as it is, with the name of its unit, and the subtraction holds as it reads.
    """
    scores = truth.scores()
    found = re.search(
        rf"score is ({NUMBER}) \(\w+ \[(\d+)\]\)\. "
        rf"Less the largest of all, ({NUMBER}) \(\w+ \[(\d+)\]\).*?, that is ({NUMBER})\.",
        text,
    )
    score, unit, largest, best, difference = found.groups()
    assert (int(unit), int(best)) == (truth.cell["channel"], int(np.argmax(scores)))
    assert states(score, scores[int(unit)])
    assert states(largest, max(scores))
    assert number(difference) == number(score) - number(largest)
    for share, delta in re.findall(rf"(?:^|, | and )([^,()]+) \([^()]*\) at ({NUMBER})", text):
        assert says_share(share, share_with(truth, float(number(delta)))), share


def says_share(text, share):
    """Whether "12.3 %", "> 99.9 %" or "1.2×10⁻⁵" is true of a share."""
    said = re.search(NUMBER, text)[0]
    if ">" in text or "<" in text:
        return (100 * share > number(said)) == (">" in text)
    return states(said, 100 * share if "%" in text else share)


def hold_points(text, now, before):
    """Percentage points are those between both shares as they are shown.

    Where one is shown by a bound, or both look the same, the points are told by one digit.
    """
    tenths = [
        Decimal(100 * share).quantize(Decimal("0.1"), ROUND_HALF_UP) for share in (now, before)
    ]
    if tenths[0] != tenths[1] and all(0 < tenth < 100 for tenth in tenths):
        assert number(text) == tenths[0] - tenths[1], text
    else:
        assert number(text) == Decimal(f"{100 * (now - before):.0e}"), text


def share_with(truth, delta):
    """The share of this unit, with its score another by so much."""
    scores = np.array(truth.scores())
    scores[truth.cell["channel"]] += delta
    powers = np.exp(scores - scores.max())
    return float(powers[truth.cell["channel"]] / powers.sum())


def hold_formula(said, truth):
    lines = [line for line in said["formula"] if line["role"] == "numbers"]
    assert lines
    last = lines[-1]
    assert states(last["text"].rsplit(" = ", 1)[1], truth.value, truth.slack)
    for line in lines:
        if truth.kind in ("conv", "dense") or " + " in line["text"].split(" = ", 1)[1]:
            terms, total = signed_terms(line["text"])
            assert adds_up(terms, total), line["text"]
    if truth.kind == "pool":
        shown = re.search(r"max\((.*)\)", last["text"])[1].split(", ")
        for one, value in zip(shown, truth.window(), strict=True):
            assert states(one, value)
    sizes = [abs(number(one)) for one in re.findall(NUMBER, last["text"].split(" = ", 1)[1])]
    drawn_sizes = [abs(number(one)) for one in last["numbers"]]
    assert set(sizes) <= {*drawn_sizes, Decimal(0)}, "what is drawn is what is said"
    hold_asides(said, truth)


def hold_asides(said, truth):
    """What a formula lists of a sum: each pair of factors, its product, the sum of its map."""
    for line in said["formula"]:
        if line["role"] != "terms" or truth.kind not in ("conv", "dense"):
            continue  # an activation also shows the sum that it read: another cell's truth
        text = line["text"].removeprefix("of which ")
        pairs = rf"({NUMBER}) · \(?({NUMBER})\)?"
        if truth.kind == "dense":
            for label, value, weight, product in re.findall(
                rf"(\w+ \[\d+\](?: \d+, \d+)?): {pairs} = ({NUMBER})", text
            ):
                a, b = truth.factors[truth.place(label)]
                shown = zip((value, weight, product), (a, b, a * b), strict=True)
                assert all(states(said, found) for said, found in shown), label
        else:
            channel = truth.place(text)[1]
            factors = [two for place, two in truth.factors.items() if place[1] == channel]
            for value, weight in re.findall(pairs, text):
                assert any(states(value, a) and states(weight, b) for a, b in factors), text
            assert states(text.rsplit(" = ", 1)[1], truth.map_sum(channel)), text


def hold_table(said, truth):
    rows = said["table"]
    if truth.kind not in ("conv", "dense"):
        others = {
            "pool": hold_candidates,
            "root": hold_squares,
            "softmax": hold_scores,
            "input": hold_preprocessing,
        }
        others.get(truth.kind, hold_passed_on)(rows, truth)
        return
    parts = {}
    for role, label, value, weight, product, *_ in rows:
        if role == "term":
            a, b = truth.factors[truth.place(label)]
            assert states(value, a)
            assert states(weight, b)
            assert states(product, a * b)
        parts.setdefault(role, []).append(product or value)
    (total,) = parts["total"]
    assert states(total, truth.value, truth.slack)
    if truth.kind == "dense":
        summed = [*parts["term"], *parts["bias"], *parts.get("rounding", [])]
        assert adds_up(summed, total)
    else:
        assert adds_up([*parts.get("subtotal", []), *parts["bias"]], total) or "rounding" in parts
        assert len(parts["term"]) == len(truth.factors)


def hold_candidates(rows, truth):
    """Each candidate is the cell that its label names; the largest is the first of the largest."""
    *terms, (role, _, total) = rows
    assert role == "total"
    window = truth.window()
    assert len(terms) == len(window)
    for (_, label, shown), value in zip(terms, window, strict=True):
        assert states(shown, value)
        assert states(shown, truth.trace[truth.place(label)[0]][truth.place(label)[1:]])
    largest = [i for i, (_, label, _) in enumerate(terms) if label.endswith("the largest")]
    assert largest == [int(np.argmax(window))]
    assert states(total, truth.value)


def hold_squares(rows, truth):
    """Each cell that a label names, its square, what they add up to, and the root of that."""
    terms = [row for row in rows if row[0] == "term"]
    for (_, label, shown, square), value in zip(terms, truth.window(), strict=True):
        place = truth.place(label)
        assert states(shown, value)
        assert states(shown, truth.trace[place[0]][place[1:]])
        assert states(square, value * value)
    (total,) = (row[3] for row in rows if row[0] == "subtotal")
    rounding = [row[3] for row in rows[: len(terms) + 1] if row[0] == "rounding"]
    assert adds_up([*(row[3] for row in terms), *rounding], total)
    assert rows[-1][0] == "total"
    assert states(rows[-1][3], truth.value, truth.slack)


def hold_scores(rows, truth):
    """Score, difference to the largest as shown, exponential and share; what might be; the sum."""
    scores = np.array(truth.scores())
    powers = np.exp(scores - scores.max())
    terms = [row for row in rows if row[0] == "term"]
    assert len(terms) == len(scores)
    top = max(number(score) for _, _, score, *_ in terms)
    for unit, (_, name, score, difference, power, share) in enumerate(terms):
        assert name == truth.network.spec.classes[unit]
        assert states(score, scores[unit])
        assert number(difference) == number(score) - top
        assert states(power, powers[unit], 1e-3)
        assert states(share, truth.trace[truth.cell["layer"]][unit], 1e-6)
    for role, label, *_, share in rows:
        if role == "fact":
            assert says_share(share, share_with(truth, float(number(label.rsplit(" ", 1)[1]))))
    (total,) = (row[4] for row in rows if row[0] == "total")
    rounding = [row[4] for row in rows if row[0] == "rounding"]
    assert adds_up([*(row[4] for row in terms), *rounding], total)


def hold_preprocessing(rows, truth):
    """What made a pixel is what the trace says of its preprocessing."""
    facts = {label: re.findall(NUMBER, text) for role, label, text in rows if role == "fact"}
    told = {"crop box": "crop", "scale,": "scale", "centre of mass": "centre", "moved": "shift"}
    for start, name in told.items():
        found = [numbers for label, numbers in facts.items() if label.startswith(start)]
        for shown, value in zip(*found, truth.trace[f"preprocess.{name}"].ravel(), strict=True):
            assert states(shown, float(value), 1e-6), start
    assert states(rows[-1][2], truth.value)


def hold_passed_on(rows, truth):
    """What an activation reads is the cell that its label names; it ends in the value."""
    for role, label, shown in rows:
        if role == "term":
            place = truth.place(label)
            tensor = truth.trace[place[0]]
            assert states(shown, tensor[place[1:][: tensor.ndim]]), label
    assert states(rows[-1][2], truth.value)


def hold_check(said, truth):
    """The line above: what adds up, and what float32 rounds away."""
    if found := re.search(rf"float32 rounding ({NUMBER})", said["check"]):
        assert states(found[1], truth.value - truth.exact, 1e-12)
    else:
        assert truth.kind not in ("conv", "dense", "softmax", "root")
    if truth.kind in ("conv", "dense"):
        total = re.search(rf" = ({NUMBER})", said["check"])
        assert states(total[1], truth.value, truth.slack)
