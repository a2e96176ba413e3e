"""Hold each form of a receipt, as it was read off the page, against plain loops."""

import re
from decimal import Decimal

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
    elif truth.kind == "pool":
        window = truth.window()
        after = picture["tiles"][-1 - len(window) : -1]
        for text, value in zip(after, window, strict=True):
            assert states(text, value)
        assert states(picture["tiles"][-1], max(window))
    elif truth.kind == "softmax":
        hold_shares(picture, truth)
    elif truth.kind == "input":
        assert states(re.findall(NUMBER, picture["facts"][0])[-1], truth.value)
    elif truth.kind == "relu":
        assert states(picture["tiles"][-1] if picture["tiles"] else said["value"], truth.value)


def hold_equation_of_maps(picture, truth):
    *heads, _ = picture["heads"]
    *amounts, total = picture["amounts"]
    assert adds_up(amounts, total)
    assert states(total, truth.value, truth.slack)
    for head, amount in zip(heads, amounts, strict=True):
        if head == "bias":
            assert states(amount, truth.bias)
        elif head != "rounding":
            assert states(amount, truth.map_sum(truth.place(head)[1])), head
    (chosen,) = picture["chosen"]
    channel = truth.place(chosen)[1]
    factors = [pair for place, pair in truth.factors.items() if place[1] == channel]
    for (value, weight, product), (a, b) in zip(picture["terms"], factors, strict=True):
        assert states(value, a)
        assert states(weight.removeprefix("× "), b)
        assert states(product, a * b)
    for after in picture["after"]:
        assert states(after, max(0.0, truth.value))


def hold_shares(picture, truth):
    scores = truth.trace[truth.network.logits_layer].astype(np.float64)
    exponentials = np.exp(scores - scores.max())
    columns = np.array(picture["shares"]).reshape(len(scores), 5)
    for unit, (_, score, difference, exponential, share) in enumerate(columns):
        assert states(score, scores[unit])
        # of the scores as they are shown, so that the subtraction on the screen holds
        top = max(number(one) for one in columns[:, 1])
        assert number(difference) == number(score) - top
        assert states(exponential, exponentials[unit], 1e-3)
        assert states(share, truth.trace["softmax"][unit], 1e-6)
    for line in picture["lines"].split("\n"):
        if " + " in line:
            assert adds_up(*signed_terms(line))


def hold_words(said, truth):
    text = " ".join(said["words"])
    if truth.kind in ("conv", "dense"):
        pairs = re.findall(rf"({NUMBER}) \(([^():]+)", text)
        assert pairs
        for shown, label in pairs:
            if label == "bias":
                assert states(shown, truth.bias)
            elif re.fullmatch(r"\w+ \[\d+\]", label) and truth.kind == "conv":
                assert states(shown, truth.map_sum(truth.place(label)[1])), label
            elif " more" not in label and label != "rounding" and "[" in label:
                assert states(shown, truth.products[truth.place(label)]), label
        for paragraph in said["words"]:
            if " make " in paragraph and truth.kind == "dense":
                terms, total = paragraph.rsplit(" make ", 1)
                shown = re.findall(rf"(?:^|, | and )({NUMBER}) \(", terms)
                assert adds_up(shown, total.rstrip("."))
    assert truth.kind == "input" or said["value"] in text


def hold_formula(said, truth):
    lines = [line for line in said["formula"] if line["role"] == "numbers"]
    assert lines
    last = lines[-1]
    assert states(last["text"].rsplit(" = ", 1)[1], truth.value, truth.slack)
    for line in lines:
        if truth.kind in ("conv", "dense") or " + " in line["text"].split(" = ", 1)[1]:
            terms, total = signed_terms(line["text"])
            assert adds_up(terms, total), line["text"]
    sizes = [abs(number(one)) for one in re.findall(NUMBER, last["text"].split(" = ", 1)[1])]
    drawn_sizes = [abs(number(one)) for one in last["numbers"]]
    assert set(sizes) <= {*drawn_sizes, Decimal(0)}, "what is drawn is what is said"


def hold_table(said, truth):
    rows = said["table"]
    if truth.kind not in ("conv", "dense"):
        assert any(said["value"] in row for row in rows) or truth.kind == "input"
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
