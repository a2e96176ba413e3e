"""Hold what matters of a number, as the account says it in words, against plain loops."""

import re

from tests.browser.holding import says_share
from tests.browser.receipts import NUMBER, number, states

WORDS = 45  # of a paragraph that stands above the fold
SAYS = re.compile(rf"This (?:unit|cell) (?:says|reads) ({NUMBER})(.*?)\.(?: |$)")
ARGUED = re.compile(rf"(?:All ({NUMBER})|None of the ({NUMBER})|({NUMBER}) of ({NUMBER})) ")
SIDES = re.compile(rf"({NUMBER}) argued for, ({NUMBER}) against")
NAMED = re.compile(rf"((?:map|unit|row) [^;:()]*?) \(({NUMBER})\)")


def hold_gist(said, truth):
    """Hold each number, count and superlative; and that the paragraphs are short."""
    assert said["gist"], truth.cell
    assert all(len(one.split()) <= WORDS for one in said["gist"]), said["gist"]
    text = " ".join(said["gist"])
    if found := SAYS.match(text):
        hold_first(truth, found[1], found[2])
    if truth.kind in ("conv", "dense"):
        hold_counts(text, list(truth.products.values()))
        hold_loudest(text, truth)
    elif truth.kind == "pool":
        hold_largest(text, truth)
    elif truth.kind == "root":
        count = len(truth.window())
        assert f"the square root of the sum of the {count} squares of its window" in text, text
    elif truth.kind == "softmax":
        hold_share(text, truth)
    elif truth.kind == "input":
        assert states(re.search(rf"reads that as ({NUMBER})\.", text)[1], truth.value)


def hold_first(truth, value, becomes):
    """What it says, and what an activation that is folded into it makes of that."""
    if truth.kind not in ("relu", "tanh"):
        assert states(value, truth.value, truth.slack)
    if "stays silent" in becomes:
        assert (truth.value if truth.kind == "relu" else truth.bent()) == 0
    elif "lets it pass" in becomes:
        assert truth.value > 0
    elif made := re.search(rf"makes ({NUMBER}) of it", becomes):
        assert states(made[1], truth.value if truth.kind == "tanh" else truth.bent(), 1e-6)


def hold_counts(text, terms):
    above, below = sum(one > 0 for one in terms), sum(one < 0 for one in terms)
    every, none, some, of = ARGUED.search(text).groups()
    assert number(every or none or of) == len(terms)
    assert number(every or some or "0") == above + below
    if sides := SIDES.search(text):
        assert (number(sides[1]), number(sides[2])) == (above, below)
    elif above + below:
        assert ("argued for" in text, "argued against" in text) == (above > 0, below > 0)


def named(truth):
    """What each of those gave that may be named: maps, where it reads several, else cells."""
    products = truth.products
    maps = {place[1] for place in products}
    if truth.kind == "conv" and len(maps) > 1:
        return {f"map {one}": truth.map_sum(one) for one in maps}
    return {cell_name(truth, place): value for place, value in products.items()}


def cell_name(truth, place):
    layer, channel, row, column = place
    shape = truth.trace[layer].shape
    if len(shape) == 1 or shape[1:] == (1, 1):
        return f"unit {channel}"
    return f"{f'map {channel}, ' if shape[0] > 1 else ''}row {row}, column {column}"


def hold_loudest(text, truth):
    """Those that are named are the loudest of their side, and nobody is left out who is louder."""
    found = re.search(r"oudest (.*)\.(?: Its|$)", text)
    told = named(truth)
    amounts = dict(NAMED.findall(found[1])) if found else {}
    for name, shown in amounts.items():
        assert states(shown, told[name], 1e-9), name
    if found and " each" in found[1]:
        return  # many are equally loud: counted where all kinds of numbers are made up
    for sign in (1, -1):
        mine = [sign * told[name] for name in amounts if sign * told[name] > 0]
        others = [
            sign * value for name, value in told.items() if name not in amounts and sign * value > 0
        ]
        assert mine or not others, text
        assert not others or max(others) < min(mine), text


def hold_largest(text, truth):
    window = truth.window()
    ties = window.count(max(window))
    if ties > 1:
        many = {2: "Both"}.get(ties, f"All {ties}") if ties == len(window) else f"{ties} of the"
        assert f"{many} " in text, text
        assert "equally large" in text, text
    else:
        assert f"largest of the {len(window)} cells" in text, text
    where = re.search(r"(map \d+), row (\d+), column (\d+) of (\w+)\.", text)
    channel = int(where[1].removeprefix("map "))
    place = (where[4], channel, int(where[2]), int(where[3]))
    assert float(truth.trace[place[0]][place[1:]]) == max(window)


def hold_share(text, truth):
    scores = truth.scores()
    own = scores[truth.cell["channel"]]
    share, score = re.match(
        rf"A share of (.*?) goes to \w+\. Its score, ({NUMBER}), is", text
    ).groups()
    assert says_share(share, truth.value)
    assert states(score, own)
    if behind := re.search(rf", is ({NUMBER}) below the highest, that of (\w+)\.", text):
        assert states(behind[1], max(scores) - own, 1e-6)
        assert truth.network.spec.classes.index(behind[2]) == scores.index(max(scores))
    else:
        assert own == max(scores), text
