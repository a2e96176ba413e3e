"""Networks and drawings that questions are made from: those that are served, and an odd one."""

import json
from functools import cache

import numpy as np

from app.quiz.kinds import KINDS
from app.quiz.make import LEVELS, make_item
from app.quiz.material import Material
from model import Network, NetworkSpec, load_network
from model.preprocess import Stroke, preprocess_strokes, to_input
from model.spec import InputSpec, add, conv, dense, pool, relu, softmax
from tests.server import ROOT

LONG = tuple(
    f"a <class> with {{special}} ~ = # : \\ signs, {'as long as it can be, ' * 3}number {i}"
    for i in range(4)
)
ODD = NetworkSpec(
    id="odd",
    title="Padded, strided, with a way round, long names and an average",
    input=InputSpec(shape=(1, 28, 28), border=0, scale=2.0, offset=-0.5),
    classes=LONG,
    layers=(
        conv("first", 5, kernel=3, padding=1),
        relu("on"),
        pool("mean", 3, stride=2, padding=1, mode="average"),
        conv("second", 5, kernel=3, padding=1),
        add("sum", "mean", "second"),
        pool("most", 2),
        conv("third", 6, kernel=3, stride=2, padding=1),
        relu("again"),
        dense("scores", 4),
        softmax("shares"),
    ),
)
GAPS = NetworkSpec(
    id="gaps",
    title="Long strides over padding, a cross, windows of one cell and with gaps, one column",
    input=InputSpec(shape=(1, 28, 28), border=0),
    classes=LONG,
    layers=(
        conv("first", 4, kernel=5, stride=3, padding=2),
        pool("same", 1),
        conv("along", 4, kernel=(1, 3), padding=(0, 1)),
        conv("down", 4, kernel=(3, 1), padding=(1, 0), inputs=("same",)),
        add("cross", "along", "down"),
        conv("above", 4, kernel=3, padding=1),
        conv("every-second", 4, kernel=1, stride=2),
        relu("on"),
        conv("third", 4, kernel=3),
        conv("column", 4, kernel=(1, 3)),
        relu("again"),
        dense("scores", 4),
        softmax("shares"),
    ),
)
OWN = {one.id: one for one in (ODD, GAPS)}
NAMES = ("lenet", "lenet5", "mlp", *OWN)


@cache
def network(name):
    if name in OWN:
        return Network.initialise(OWN[name], np.random.default_rng(8))
    return load_network(name)


@cache
def drawings():
    digits = json.loads((ROOT / "static" / "samples.json").read_text("utf-8"))["digits"]
    return [
        preprocess_strokes(
            [
                Stroke(np.array(one["points"]), one.get("width", 0.07), one.get("erase", False))
                for one in digit["strokes"]
            ]
        ).pixels
        for digit in digits
    ]


@cache
def material(name, digit):
    net, pixels = network(name), drawings()[digit]
    return Material(net, net.trace(to_input(pixels, net.spec.input)), pixels)


def offered(kind):
    """The networks and levels in which there is such a question."""
    return [
        (name, level)
        for name in NAMES
        for level in LEVELS
        if not KINDS[kind].missing(material(name, 0), level)
    ]


@cache
def made(kind, count=300):
    """So many questions of a kind, of all networks and levels: (material, level, item)."""
    places = offered(kind)
    found = []
    for number in range(3 * count):
        name, level = places[number % len(places)]
        one = material(name, number // len(places) % 10)
        item = make_item(one, KINDS[kind], level, seed=5, number=number)
        if item:
            found.append((one, level, item))
        if len(found) == count:
            break
    return found
