"""Of 300 questions of each kind one option is right, wrong ones are mistakes, levels are held."""

import json
import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from app.numbers import number
from app.quiz.item import Figure, figure, rounded
from app.quiz.kinds import KINDS
from app.quiz.kinds.kernel import MISTAKES
from app.quiz.kinds.seen import field_of, windows_above
from app.quiz.make import LEVELS, make_item, make_quiz
from app.quiz.material import Material
from model import Network, NetworkSpec
from model.cost import receptive_fields
from model.preprocess import to_input
from model.spec import InputSpec, add, conv, dense, softmax
from tests.app.quiz.materials import NAMES, drawings, made, material, network, offered
from tests.app.quiz.solve import (
    RIGHT,
    WRONG,
    asked,
    plain,
    reached,
    read_shifted,
    seen_by_mistake,
)
from tests.server import ROOT

MESSAGES = json.loads((ROOT / "static" / "text" / "en.json").read_text("utf-8"))


def shown(value, option):
    """A number as the option would display it."""
    gap = option.says.gaps["value"]
    return number(value, gap.decimals) if isinstance(gap, Figure) else number(value, 0)


def says(option, expected):
    """Whether an option displays a number, one of several, or these gaps."""
    if isinstance(expected, list):
        return any(says(option, one) for one in expected)
    if isinstance(expected, dict):
        return plain(option.says) == expected
    displayed = option.says.filled()["value"].replace("\u202f", "")
    near = [expected, expected - 1e-9, expected + 1e-9]  # sums in another order
    return displayed in {shown(one, option) for one in near}


@pytest.mark.parametrize("kind", KINDS)
def test_there_are_300_of_each_kind_and_no_two_options_look_alike(kind):
    found = made(kind)
    assert len(found) == 300
    for _, _, item in found:
        assert sum(one.right for one in item.options) == 1
        looks = [
            json.dumps([one.says.filled(), one.grid and one.grid.rows]) for one in item.options
        ]
        keys = [one.says.key for one in item.options]
        assert len(set(zip(keys, looks, strict=True))) == len(item.options) >= 2
        assert item.form == "number" or len(item.options) <= 4
    assert len({json.dumps([repr(item)]) for _, _, item in found}) > 100  # they do not repeat


@pytest.mark.parametrize("kind", RIGHT)
def test_exactly_one_option_is_right_by_an_independent_computation(kind):
    for one, _, item in made(kind):
        right = RIGHT[kind](one, item)
        assert [says(option, right) for option in item.options] == [
            option.right for option in item.options
        ], item


@pytest.mark.parametrize("kind", WRONG)
def test_each_mistake_is_produced_by_a_wrong_computation_and_no_other_looks_like_it(kind):
    met = set()
    for one, _, item in made(kind):
        wrong = WRONG[kind](one, item)
        for option in item.options:
            if option.mistake:
                assert says(option, wrong[option.mistake]), (option, wrong[option.mistake], item)
                met.add(option.mistake)
        typed = [one for option in item.options if (one := option.says.filled().get("value"))]
        assert len({*typed}) == len(typed)
    assert len(met) >= 3


@pytest.mark.parametrize("kind", ["window", "share", "times"])
def test_what_is_shown_suffices_to_tell_the_right_option(kind):
    """With the rounded numbers alone one comes nearest to the right option; of a window, to it."""
    for _, _, item in made(kind):
        ask = asked(item)
        if kind == "window":
            numbers, kernel = (one.rows for one in item.grids)
            value = ask.bias + math.fsum(
                numbers[i][j] * kernel[i][j]
                for i, j in product(range(len(kernel)), range(len(kernel[0])))
            )
        elif kind == "share":
            powers = {
                name: math.exp(row[0])
                for name, row in zip(item.grids[0].labels, item.grids[0].rows, strict=True)
            }
            value = 100 * powers[ask.klass] / sum(powers.values())
        else:
            value = math.exp(ask.high - ask.low)
        nearest = min(item.options, key=lambda option: abs(option.value - value))
        assert nearest.right
        if kind == "window":
            assert abs(value - nearest.value) < 0.005, "adding up what is shown gives what is shown"


def test_the_kernel_that_is_right_makes_the_map_and_no_other_does():
    for one, level, item in made("kernel"):
        layer = one.network.spec.layer(item.cell.layer)
        below, target = one.trace[layer.inputs[0]][0], np.array(item.grids[1].rows)
        bias = float(one.network.parameters[f"{layer.name}.bias"][item.cell.at[0]])
        places = list(product(range(1, target.shape[0], 4), range(1, target.shape[1], 3)))

        def away(kernel, below=below, bias=bias, layer=layer, target=target, places=places):
            total = 0.0
            for row, column in places:
                value = bias
                for i, j in product(range(len(kernel)), range(len(kernel[0]))):
                    r = row * layer.stride[0] - layer.padding[0] + i
                    c = column * layer.stride[1] - layer.padding[1] + j
                    if 0 <= r < below.shape[0] and 0 <= c < below.shape[1]:
                        value += float(below[r, c]) * kernel[i][j]
                total += (value - target[row, column]) ** 2
            return math.sqrt(total / len(places))

        distances = {id(option): away(option.grid.rows) for option in item.options}
        right = item.answer
        others = [distances[id(option)] for option in item.options if not option.right]
        assert distances[id(right)] < min(others) / 2
        kernel = right.grid.rows
        size = len(kernel)
        steps = range(size)
        all_of_it = one.network.parameters[f"{layer.name}.weight"][:, 0]
        made_wrong = {
            "turned": [[kernel[size - 1 - i][size - 1 - j] for j in steps] for i in steps],
            "transposed": [[kernel[j][i] for j in steps] for i in steps],
            "mirrored": [[kernel[i][size - 1 - j] for j in steps] for i in steps],
            "swapped-signs": [[0 - kernel[i][j] for j in steps] for i in steps],
        }
        for option in item.options:
            if option.mistake in made_wrong:
                assert np.array_equal(option.grid.rows, made_wrong[option.mistake])
            elif option.mistake == "other-kernel":
                near = np.abs(all_of_it - np.array(option.grid.rows)).max(axis=(1, 2))
                assert near.min() <= 0.005001
        assert {option.mistake for option in item.options} - {""} <= set(MISTAKES[level])


def test_the_cell_that_relu_is_explained_at_has_the_first_of_the_numbers():
    for one, level, item in made("relu"):
        layer = one.network.spec.layer(item.cell.layer)
        value = float(one.trace[layer.inputs[0]][item.cell.at])
        first = asked(item).value if level == 1 else item.grids[0].rows[0][0]
        assert first == pytest.approx(value, abs=0.0051)


def test_the_cell_that_is_right_has_not_seen_the_pixel_and_all_others_have():
    for one, _, item in made("seen"):
        ask = asked(item)
        seen = reached(one, ask.layer, (ask.row, ask.column))
        for option in item.options:
            place = plain(option.says)
            row, column = place["row"], place["column"]
            assert bool(seen[row, column]) == (not option.right), item
            if option.mistake:
                assert not seen_by_mistake(one, item, option.mistake, row, column), option
    mistakes = {option.mistake for _, _, item in made("seen") for option in item.options}
    assert len(mistakes) == 6  # all five, and none


def test_many_branches_one_after_the_other_are_followed_at_once():
    layers, last = [conv("first", 1, kernel=3, padding=1)], "first"
    for k in range(40):  # 2 ** 40 ways from the last to the image
        layers += [
            conv(f"by{k}", 1, kernel=3, padding=1, inputs=(last,)),
            add(f"to{k}", last, f"by{k}"),
        ]
        last = f"to{k}"
    spec = NetworkSpec(
        id="deep",
        title="Deep",
        input=InputSpec(shape=(1, 90, 90), border=0),
        classes=("a", "b"),
        layers=(*layers, dense("scores", 2), softmax("shares")),
    )
    net = Network.initialise(spec, np.random.default_rng(0))
    one = Material(net, net.trace(np.zeros((1, 90, 90), np.float32)), np.zeros((28, 28)))
    top, bottom, left, right = field_of(one, last, (45, 45, 45, 45))
    assert (bottom - top + 1, right - left + 1) == receptive_fields(spec)[last] == (83, 83)
    assert windows_above(one)[last] == 41


def test_the_term_that_is_right_has_the_largest_product():
    for _, _, item in made("strongest"):
        terms = {option.mistake: plain(option.says) for option in item.options}
        products = {name: one["value"] * one["weight"] for name, one in terms.items()}
        assert sorted(products.values())[-1] == products[""] > sorted(products.values())[-2]
        assert all(terms["largest-value"]["value"] >= one["value"] for one in terms.values())
        assert all(terms["largest-weight"]["weight"] >= one["weight"] for one in terms.values())
        assert products["no-sign"] < 0 < products[""] < -products["no-sign"]


def test_what_is_read_after_a_shift_is_read_cell_by_cell():
    survived = []
    for one, _, item in made("shift"):
        was = read_shifted(one, 0, 0)
        now = read_shifted(one, *item.moved)
        assert asked(item).klass == was
        still, other = (
            next(option for option in item.options if option.says.key == f"item.shift.{name}")
            for name in ("still", "other")
        )
        assert (still.mistake, other.mistake) == (
            ("", "any-shift-changes") if now == was else ("never-changes", "")
        )
        survived.append(now == was)
        assert abs(sum(item.moved)) == asked(item).count
    assert 0 < sum(survived) < len(survived)


def ink_of(one, item):
    paper = one.network.spec.input.offset
    return sum(abs(value - paper) > 0.006 for row in item.grids[0].rows for value in row)


def ratio(values):
    return sorted(values)[-2] / sorted(values)[-1]


def windows_of(one, name):
    if name == "input":
        return 0
    layer = one.network.spec.layer(name)
    own = layer.kind in ("conv", "pool", "subsample")
    return own + max(windows_of(one, below) for below in layer.inputs)


def lead(one, item):
    products = sorted(math.prod(plain(option.says).values()) for option in item.options)
    return products[-1] / max(products[-2], 1e-9)


def rank(one, item):
    rows = dict(zip(item.grids[0].labels, (row[0] for row in item.grids[0].rows), strict=True))
    return sorted(rows.values(), reverse=True).index(rows[asked(item).klass]) + 1


def geometry(one, item):
    return 1 + (asked(item).stride > 1) + (asked(item).padding > 0)


MEASURES = {
    "window": (ink_of, {1: (1, 5), 2: (6, 11), 3: (12, 99)}),
    "kernel": (
        lambda _, item: len({"transposed", "mirrored"} & names(item)),
        dict.fromkeys(LEVELS),
    ),
    "size": (geometry, {1: (1, 1), 2: (2, 2), 3: (3, 3)}),
    "reads": (geometry, {1: (1, 1), 2: (2, 2), 3: (3, 3)}),
    "relu": (
        lambda _, item: ["one", "zeros", "sum"].index(item.asks.key.rpartition(".")[2]) + 1,
        {level: (level, level) for level in LEVELS},
    ),
    "pooling": (
        lambda _, item: ratio([one for row in item.grids[0].rows for one in row]),
        {1: (0, 0.5), 2: (0.5, 0.8), 3: (0.8, 1)},
    ),
    "seen": (lambda one, item: windows_of(one, item.cell.layer), {1: (1, 1), 2: (2, 2), 3: (3, 9)}),
    "weights": (
        lambda _, item: 3 if "maps" in item.asks.key else 2 if "bias" in item.asks.key else 1,
        {level: (level, level) for level in LEVELS},
    ),
    "strongest": (lead, {1: (2, 1e12), 2: (1.3, 2), 3: (1.05, 1.3)}),
    "share": (rank, {level: (level, level) for level in LEVELS}),
    "times": (
        lambda _, item: asked(item).high - asked(item).low,
        {1: (0.8, 1.5), 2: (1.5, 3), 3: (3, 5)},
    ),
    "shift": (lambda _, item: asked(item).count, {1: (1, 2), 2: (3, 3), 3: (4, 6)}),
}
"""What a level says of a question, as the message `item.KIND.levelN` has it, measured anew."""


def names(item):
    return {option.mistake for option in item.options}


@pytest.mark.parametrize("kind", KINDS)
def test_levels_are_what_they_say(kind):
    measure, bounds = MEASURES[kind]
    met = set()
    for one, level, item in made(kind):
        met.add(level)
        found = measure(one, item)
        if kind == "kernel":
            assert names(item) - {""} <= set(MISTAKES[level])
            assert (found > 0) == (level == 3)
            continue
        least, most = bounds[level]
        assert least - 1e-9 <= found <= most + 1e-9, item
    assert met == set(LEVELS)
    for level in LEVELS:
        assert f"item.{kind}.level{level}" in MESSAGES


def test_all_words_are_in_the_catalogue_with_their_gaps_and_none_is_idle():
    used = {f"item.{kind}.{one}" for kind in KINDS for one in ("title", "why")}
    used |= {f"item.{kind}.level{level}" for kind in KINDS for level in LEVELS}
    for kind in KINDS:
        for _, _, item in made(kind):
            said = [item.asks, *(grid.title for grid in item.grids)]
            said += [option.says for option in item.options]
            said += [option.grid.title for option in item.options if option.grid]
            for words in said:
                used.add(words.key)
                forms = MESSAGES[words.key]
                for form in [forms] if isinstance(forms, str) else forms.values():
                    form.format(**words.filled())  # a gap without anything is an error
            MESSAGES[f"item.{kind}.why"].format(**item.asks.filled())
            used |= {f"item.mistake.{one}" for one in names(item) - {""}}
    known = {key for key in MESSAGES if key.startswith("item.")}
    reasons = {key for key in known if key.startswith("item.without.")}
    assert used <= known
    assert known - used - reasons == set()


@pytest.mark.parametrize("name", NAMES)
def test_a_kind_that_a_network_does_not_offer_is_left_out_with_a_reason(name):
    for level in LEVELS:
        quiz = make_quiz(material(name, 3), tuple(KINDS), level, seed=1, count=24)
        assert len(quiz.items) == 24
        there = {one.kind for one in quiz.items}
        assert there | {one.kind for one in quiz.left_out} == set(KINDS)
        assert not there & {one.kind for one in quiz.left_out if one.reason != "none-found"}
        assert all(f"item.without.{one.reason}" in MESSAGES for one in quiz.left_out)


def test_of_numbers_that_give_nothing_there_are_no_questions_and_no_end_less_search():
    net = network("lenet")
    blank = Material(net, net.trace(np.zeros((1, 32, 32), np.float32)))
    quiz = make_quiz(blank, ("window", "shift", "pooling"), 3, seed=1, count=5)
    reasons = {one.kind: one.reason for one in quiz.left_out}
    assert reasons["window"] == "none-found"
    assert reasons["shift"] == "drawing"


@pytest.mark.parametrize("times", [1e28, 1e38])
def test_of_numbers_beyond_all_bounds_there_are_no_questions(times):
    net = network("lenet")
    grown = {**net.parameters, "conv1.weight": net.parameters["conv1.weight"] * np.float32(times)}
    large, ink = Network(net.spec, grown), to_input(drawings()[3], net.spec.input)
    for level in LEVELS:
        found = Material(large, large.trace(ink), drawings()[3])
        for one in make_quiz(found, tuple(KINDS), level, seed=1, count=30).items:
            shown = [str(option.displayed) for option in one.item.options]
            assert not any(odd in text for text in shown for odd in ("∞", "–", "×10", "nan"))


def test_a_question_is_the_same_of_the_same_seed_and_another_of_another():
    one = material("lenet", 2)
    for kind in KINDS.values():
        first = make_item(one, kind, 2, 7, 3)
        assert first == make_item(one, kind, 2, 7, 3)
        assert any(first != make_item(one, kind, 2, seed, 3) for seed in (8, 9, 10))
    few = make_quiz(one, ("size", "relu"), 1, 4, 3).items
    assert few == make_quiz(one, ("size", "relu"), 1, 4, 9).items[:3]


def test_networks_offer_what_they_have():
    assert {name for name, _ in offered("window")} == {"lenet", "lenet5", "odd", "gaps"}
    assert {name for name, _ in offered("relu")} == {"lenet", "odd", "gaps"}
    assert {name for name, _ in offered("pooling")} == {"lenet", "odd"}
    assert {level for name, level in offered("seen") if name == "gaps"} == {1, 2, 3}
    assert {name for name, _ in offered("share")} == set(NAMES)
    assert len(drawings()) == 10
    assert figure(-0.004) == Figure(0.0, 2)


@given(
    values=arrays(np.float64, (3, 7), elements=st.floats(-1e6, 1e6)),
    decimals=st.integers(0, 4),
)
def test_many_numbers_are_rounded_as_each_is(values, decimals):
    alone = [[figure(one, decimals).value for one in row] for row in values.tolist()]
    assert rounded(values, decimals).tolist() == alone
    halves = np.round(values) / 2 * 10.0**-decimals  # the awkward ones
    alone = [[figure(one, decimals).value for one in row] for row in halves.tolist()]
    assert rounded(halves, decimals).tolist() == alone
