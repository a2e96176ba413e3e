"""Every way to get a spec wrong is answered with a sentence that names the place."""

import copy
import math
import re

import pytest

from model import LayerSpec, NetworkSpec
from model.lenet import LENET
from model.spec import (
    InputSpec,
    SpecError,
    add,
    concat,
    conv,
    dense,
    flatten,
    pool,
    ratio,
    relu,
    softmax,
    square,
    subsample,
    tanh,
)

from .test_spec import spec_of

MILLION = 1_000_000

LAYERS = {
    "A layer's name must start with a letter": lambda: relu("1st"),
    "start with a letter and go on with": lambda: relu("a.weight"),
    "letters, digits, - or _ (40 at most)": lambda: relu("a" * 41),
    'No layer may be called "input"': lambda: relu("input"),
    "Layer a: its kind must be one of conv, pool": lambda: LayerSpec("a", "maxout"),
    "Layer a: its inputs must be names": lambda: LayerSpec("a", "relu", ["b"]),
    "Layer a: its inputs must be names of layers": lambda: LayerSpec("a", "relu", (3,)),
    "Layer a: it names an input twice": lambda: add("a", "b", "b"),
    "Layer a: add needs two or more inputs": lambda: add("a", "b"),
    "Layer a: concat needs two or more inputs": lambda: concat("a"),
    "Layer a: relu reads one layer, not 2": lambda: relu("a", ("b", "c")),
    "Layer a: relu has no kernel": lambda: LayerSpec("a", "relu", kernel=(2, 2)),
    "Layer a: conv has no mode": lambda: LayerSpec("a", "conv", channels=1, mode="max"),
    "Layer a: its kernel must be a whole number from 1": lambda: conv("a", 1, kernel=0),
    "Layer a: its kernel must be two numbers": lambda: conv("a", 1, kernel=(1, 2, 3)),
    "Layer a: its kernel must be a whole": lambda: conv("a", 1, kernel=2.5),
    "Layer a: its stride must be a whole": lambda: conv("a", 1, kernel=2, stride=True),
    "Layer a: its padding must be a whole number from 0": lambda: pool("a", 2, padding=-1),
    "Layer a: its padding (2, 2) must be smaller than its kernel (2, 2)": lambda: pool(
        "a", 2, padding=2
    ),
    "Layer a: its dilation must be a whole number from 1": lambda: conv(
        "a", 1, kernel=2, dilation=0
    ),
    "Layer a: its dilation must be two numbers": lambda: conv("a", 1, kernel=2, dilation=(1, 2, 3)),
    "its padding (5, 0) must be smaller than its kernel (5, 3), spread out by its dilation": (
        lambda: conv("a", 1, kernel=(3, 2), dilation=2, padding=(5, 0))
    ),
    "Layer a: pool has no dilation": lambda: LayerSpec(
        "a", "pool", kernel=(2, 2), mode="max", dilation=(2, 2)
    ),
    "Layer a: its number of channels must be a whole number from 1": lambda: dense("a", 0),
    "its number of channels must be": lambda: LayerSpec("a", "conv"),
    "to 1,000,000": lambda: dense("a", MILLION + 1),
    "Layer a: its mode must be one of max, average, sum, l2": lambda: pool("a", 2, mode="min"),
    "Layer a: its connections must be 2 lists": lambda: conv("a", 2, kernel=1, connections=((0,),)),
    "2 lists, one for each of its maps": lambda: conv("a", 2, kernel=1, connections=[[0], [0]]),
    "Layer a: the connections of its map 1 must name one map": lambda: conv(
        "a", 2, kernel=1, connections=((0,), ())
    ),
    "Layer a: the connections of its map 0 must be a whole number from 0": lambda: conv(
        "a", 1, kernel=1, connections=((-1,),)
    ),
    "Layer a: the connections of its map 0 must rise": lambda: conv(
        "a", 1, kernel=1, connections=((0, 2, 2),)
    ),
    "Layer a: dense has no connections": lambda: LayerSpec(
        "a", "dense", channels=1, connections=((0,),)
    ),
    "Layer a: its amplitude must be above 0": lambda: tanh("a", amplitude=0),
    "Layer a: its amplitude must be above": lambda: tanh("a", amplitude=10**400),
    "Layer a: its slope must be above 0 and at most 1,000,000": lambda: tanh("a", slope=math.nan),
    "Layer a: its slope must be": lambda: tanh("a", slope="2/3"),
    "Layer a: relu has no slope": lambda: LayerSpec("a", "relu", slope=2.0),
}

NETWORKS = {
    "Layer a: its kernel of 9 rows is larger than the 8": lambda: spec_of(conv("a", 2, kernel=9)),
    "Layer a: its kernel of 3 rows, spread over 9 by its dilation, is larger than the 8": lambda: (
        spec_of(conv("a", 2, kernel=3, dilation=4))
    ),
    "Layer a: with a dilation of 3 over 2 columns some windows would hold nothing but": lambda: (
        spec_of(conv("a", 1, kernel=(1, 2), dilation=3, padding=(0, 2)), shape=(1, 8, 2))
    ),
    "Layer a: with padding, what it reads holds 4,000,024,000,036 cells; 100,000,000": lambda: (
        spec_of(conv("a", 1, kernel=2, dilation=MILLION, stride=MILLION, padding=999_999))
    ),
    "Layer a: its kernel of 4 columns is larger than the 3": lambda: spec_of(
        pool("a", (1, 4)), shape=(1, 8, 3)
    ),
    "Layer b: conv needs maps, but a gives 3 units": lambda: spec_of(
        dense("a", 3), conv("b", 1, kernel=1)
    ),
    "Layer b: pool needs maps, but a gives 1 unit;": lambda: spec_of(dense("a", 1), pool("b", 1)),
    "Layer a: softmax needs units, but input gives 1 map of 8 by 8": lambda: spec_of(softmax("a")),
    "Layer a: ratio needs units, but input gives 1 map of 8 by 8": lambda: spec_of(ratio("a")),
    "Layer b: ratio is for graphs of operations.": lambda: spec_of(dense("a", 2), ratio("b")),
    "Layer b: square is for graphs of operations.": lambda: spec_of(dense("a", 2), square("b")),
    "Layer c: add needs layers of one shape, but a gives 2 maps of 8 by 8 and b gives": lambda: (
        spec_of(conv("a", 2, kernel=1), conv("b", 3, kernel=1), add("c", "a", "b"))
    ),
    "Layer a: its connections name map 1, but input gives 1 map": lambda: spec_of(
        conv("a", 1, kernel=1, connections=((0, 1),))
    ),
    "Layer b: subsample needs maps": lambda: spec_of(dense("a", 1), subsample("b", 1)),
    "Layer b: concat needs maps of one size": lambda: spec_of(
        pool("a", 2), concat("b", "a", "input")
    ),
    "Layer b: concat needs maps of one size, but a gives 3 units": lambda: spec_of(
        dense("a", 3), concat("b", "a", "input")
    ),
    "The last layer, a, gives 3 units, but there are 2 classes": lambda: spec_of(dense("a", 3)),
    "The last layer, a, gives 1 map of 4 by 4": lambda: spec_of(pool("a", 2)),
    "Two layers are called a": lambda: spec_of(relu("a"), relu("a")),
    "Layer a: it reads 'b', which is no layer before it": lambda: spec_of(
        relu("a", "b"), relu("b")
    ),
    "no layers; it needs at least one": lambda: spec_of(),
    "The layers must be a tuple of layers": lambda: spec_of("conv"),
    "Layer a: with it the network has more than 100,000,000 cells": lambda: spec_of(
        conv("a", MILLION, kernel=1), shape=(1, 11, 11)
    ),
    "Layer b: with it the network has more than 100,000,000 parameters": lambda: spec_of(
        dense("a", 20_000), dense("b", 20_000)
    ),
    "Layer a: its windows hold 3,175,200,000 cells": lambda: spec_of(
        conv("a", 1, kernel=1260), shape=(1, 1261, 2259)
    ),
    "The spec's id must be made of small letters": lambda: NetworkSpec(
        "../etc", "", InputSpec(), (), ()
    ),
    "The spec's title must be a text of 1 to 200": lambda: NetworkSpec(
        "a", "", InputSpec(), (), ()
    ),
    "The classes must be names": lambda: NetworkSpec("a", "A", InputSpec(), ("a", ""), ()),
    "The classes must be names of": lambda: NetworkSpec("a", "A", InputSpec(), (1, 2), ()),
    "Two classes have one name": lambda: spec_of(dense("a", 2), classes="aa"),
}

INPUTS = {
    "The input's shape must be three numbers": lambda: InputSpec((32, 32)),
    "The input's shape must be three": lambda: InputSpec([1, 32, 32]),
    "The input's shape must be a whole number from 1": lambda: InputSpec((1, 0, 32)),
    "The input's border must be a whole number from 0": lambda: InputSpec(border=-1),
    "The input's border leaves no room": lambda: InputSpec(border=16),
    "The input's scale must be a number": lambda: InputSpec(scale="1"),
    "The input's offset must be a number": lambda: InputSpec(offset=True),
    "The input's offset must be finite": lambda: InputSpec(offset=float("nan")),
    "The input's scale must be finite": lambda: InputSpec(scale=float("inf")),
    "The input's scale must not be 0": lambda: InputSpec(scale=0),
}


def without(*path):
    """LENET's JSON without one of its keys."""
    spec = copy.deepcopy(LENET.to_json())
    place = spec
    for key in path[:-1]:
        place = place[key]
    del place[path[-1]]
    return spec


def changed(value, *path):
    """LENET's JSON with another value in one place."""
    spec = copy.deepcopy(LENET.to_json())
    place = spec
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return spec


JSON = {
    "The spec must be an object with the fields id, title, input, classes, layers": [],
    "The spec lacks the field classes": without("classes"),
    "The spec has no field 'colour'; it has id": changed(1, "colour"),
    "The input must be an object": changed(None, "input"),
    "The input lacks the field border": without("input", "border"),
    "The input has no field 'mean'": changed(1, "input", "mean"),
    "The layers must be a list": changed({}, "layers"),
    "Layer number 1 must be an object": changed("conv", "layers", 0),
    "Layer number 2: its kind must be one of": changed("maxout", "layers", 1, "kind"),
    "Layer number 3: its kind must be": without("layers", 2, "kind"),
    "Layer number 1: its kind must be one": changed([], "layers", 0, "kind"),
    "Layer number 1 (conv) lacks the field stride": without("layers", 0, "stride"),
    "Layer number 2 (relu) has no field 'kernel'": changed([1, 1], "layers", 1, "kernel"),
    "A layer's name must": changed(7, "layers", 0, "name"),
    "Layer conv1: its kernel must be two numbers": changed(5, "layers", 0, "kernel"),
    "Layer conv1: its inputs must be names": changed("input", "layers", 0, "inputs"),
    "Layer conv1: it reads": changed(["fc9"], "layers", 0, "inputs"),
    "The classes must be": changed("0123456789", "classes"),
    "The spec's id": changed(None, "id"),
    "The spec's title": changed(5, "title"),
    "The input's shape must be three": changed(32, "input", "shape"),
}


@pytest.mark.parametrize(
    ("sentence", "make"), [*LAYERS.items(), *NETWORKS.items(), *INPUTS.items()]
)
def test_a_wrong_spec_is_answered_with_a_sentence(sentence, make):
    with pytest.raises(SpecError, match=re.escape(sentence)) as caught:
        make()
    assert str(caught.value)[-1] in ".;"


@pytest.mark.parametrize(("sentence", "value"), JSON.items())
def test_wrong_json_is_answered_with_a_sentence(sentence, value):
    with pytest.raises(SpecError, match=re.escape(sentence)):
        NetworkSpec.from_json(value)


def test_flatten_makes_maps_fit_for_softmax():
    spec = spec_of(conv("a", 2, kernel=8), flatten("b"), softmax("c"))
    assert spec.shapes["c"] == (2,)
