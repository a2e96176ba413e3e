"""What one layer is, without its weights, and short builders so that a chain reads simply.

The geometry of a layer is decided by its fields and by the shapes of the layers it reads; that
arithmetic is in `model/shapes.py`; `model/spec.py` offers everything in this file too.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal, get_args

from model.spec_words import Gap, spec_sentence

Pair = tuple[int, int]
"""Rows, columns."""

Connections = tuple[tuple[int, ...], ...]
"""For each map of a convolution the maps below that it reads, in rising order."""

Kind = Literal[
    "conv",
    "pool",
    "subsample",
    "dense",
    "relu",
    "tanh",
    "sigmoid",
    "square",
    "dropout",
    "softmax",
    "ratio",
    "flatten",
    "add",
    "concat",
]
Mode = Literal["max", "average", "sum", "l2"]

KINDS: tuple[Kind, ...] = get_args(Kind)
MODES: tuple[Mode, ...] = get_args(Mode)
FIELDS: Mapping[Kind, tuple[str, ...]] = {
    **dict.fromkeys(KINDS, ()),
    "conv": ("kernel", "stride", "padding", "channels", "connections", "dilation"),
    "pool": ("kernel", "stride", "padding", "mode"),
    "subsample": ("kernel", "stride", "padding"),
    "dense": ("channels",),
    "tanh": ("amplitude", "slope"),
    "dropout": ("rate",),
}
"""The fields that mean something for a kind, beside name, kind and inputs."""

OPTIONAL: Mapping[str, object] = {
    "connections": None,
    "dilation": (1, 1),
    "amplitude": 1.0,
    "slope": 1.0,
}
"""Fields that JSON leaves out where they have these values, so that what is ordinary reads so."""

MERGING: frozenset[Kind] = frozenset({"add", "concat"})
"""Kinds that read two layers or more; all others read exactly one."""

UNBOUNDED: frozenset[Kind] = frozenset({"square", "ratio"})
"""Kinds for graphs of operations alone: no network may have a layer whose numbers know no bound."""

LARGEST = 1_000_000
"""No single number of a spec (a size, a stride, a count) may be larger."""

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")


class SpecError(ValueError):
    """A spec that cannot be a network; its text is a sentence for the person who wrote it.

    Attributes
    ----------
    kind : of sentence, one of `SPEC_WORDS`.
    gaps : what fills the gaps of it, by name.
    """

    def __init__(self, sentence: str, /, **gaps: Gap) -> None:
        self.kind, self.gaps = sentence, gaps
        super().__init__(spec_sentence(sentence, gaps))

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel to other processes as what it was made of."""
        return _spec_error, (self.kind, self.gaps)


def _spec_error(sentence: str, gaps: Mapping[str, Gap]) -> SpecError:
    return SpecError(sentence, **gaps)


@dataclass(frozen=True, slots=True)
class LayerSpec:
    """What decides the shape of one layer. Fields that a kind does not use keep their defaults.

    Attributes
    ----------
    name : what the layer is called in traces, on the wire and on the page; "input" is the image.
    inputs : names of the layers it reads; () means the layer before it.
    kernel, stride, padding : (rows, columns); padding is added on both sides.
    channels : maps that leave a conv layer, units that leave a dense one.
    mode : what a pool layer does with its window; "l2" is the root of the sum of squares.
    connections : for each map of a conv layer the maps below that it reads; None for all.
    dilation : (rows, columns): how far the weights of a conv layer's kernel lie apart. 1 is next to
        each other; with more it skips cells between.
    amplitude, slope : a tanh layer gives amplitude * tanh(slope * x).
    rate : the share of its cells that a dropout layer drops in each step of training, 0 < rate < 1.
    """

    name: str
    kind: Kind
    inputs: tuple[str, ...] = ()
    kernel: Pair = (1, 1)
    stride: Pair = (1, 1)
    padding: Pair = (0, 0)
    channels: int | None = None
    mode: Mode | None = None
    connections: Connections | None = None
    dilation: Pair = (1, 1)
    amplitude: float = 1.0
    slope: float = 1.0
    rate: float = 0.0

    def __post_init__(self) -> None:
        """Refuse fields that cannot be, before any shape is known."""
        check_name(self.name)
        if self.kind not in KINDS:
            raise SpecError("kind", layer=self.name, kinds=KINDS)
        self._check_inputs()
        self._check_unused()
        _check_pair(self.name, "kernel", self.kernel, least=1)
        _check_pair(self.name, "stride", self.stride, least=1)
        _check_pair(self.name, "padding", self.padding, least=0)
        _check_pair(self.name, "dilation", self.dilation, least=1)
        if any(p >= k for p, k in zip(self.padding, self.span, strict=True)):
            sentence = "padding" if self.span == self.kernel else "padding-spread"
            raise SpecError(sentence, layer=self.name, padding=self.padding, kernel=self.span)
        if "channels" in FIELDS[self.kind]:
            check_whole("whole-channels", self.channels, least=1, layer=self.name)
        if "mode" in FIELDS[self.kind] and self.mode not in MODES:
            raise SpecError("mode", layer=self.name, modes=MODES)
        if self.connections is not None:
            self._check_connections(self.connections)
        for field in ("amplitude", "slope"):
            value = getattr(self, field)
            if not _is_number(value) or not 0 < value <= LARGEST:
                raise SpecError("above-zero", layer=self.name, field=field, most=LARGEST)
        if "rate" in FIELDS[self.kind] and not (_is_number(self.rate) and 0 < self.rate < 1):
            raise SpecError("rate", layer=self.name)

    @property
    def span(self) -> Pair:
        """Rows and columns from the first to the last cell of a window, skipped ones counted."""
        (rows, columns), (down, right) = self.kernel, self.dilation
        return down * (rows - 1) + 1, right * (columns - 1) + 1

    def _check_inputs(self) -> None:
        inputs = self.inputs
        if not is_texts(inputs):
            raise SpecError("inputs", layer=self.name)
        if len(set(inputs)) < len(inputs):
            raise SpecError("input-twice", layer=self.name)
        if self.kind in MERGING:
            if len(inputs) < 2:
                raise SpecError("one-input", layer=self.name, kind=self.kind)
        elif len(inputs) > 1:
            raise SpecError("many-inputs", layer=self.name, kind=self.kind, count=len(inputs))

    def _check_connections(self, connections: object) -> None:
        if not isinstance(connections, tuple) or len(connections) != self.channels:
            raise SpecError("connections", layer=self.name, count=self.channels or 0)
        for number, maps in enumerate(connections):
            which: dict[str, Gap] = {"layer": self.name, "map": number}
            if not isinstance(maps, tuple) or not maps:
                raise SpecError("connection-none", **which)
            for one in maps:
                check_whole("connection-whole", one, least=0, **which)
            if any(one >= other for one, other in pairwise(maps)):
                raise SpecError("connection-order", **which)

    def _check_unused(self) -> None:
        for field, default in _DEFAULTS.items():
            if field not in FIELDS[self.kind] and getattr(self, field) != default:
                raise SpecError("unused", layer=self.name, kind=self.kind, field=field)


_DEFAULTS: Mapping[str, object] = {
    "kernel": (1, 1),
    "stride": (1, 1),
    "padding": (0, 0),
    "channels": None,
    "mode": None,
    "rate": 0.0,
    **OPTIONAL,
}


def check_name(name: object) -> None:
    """Refuse names that could not also be a tensor's name, a key in JavaScript, part of a link."""
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise SpecError("odd-name")
    if name == "input":
        raise SpecError("named-input")


def is_texts(value: object) -> bool:
    """Tell whether a value is a tuple of texts, whatever its type promises."""
    return isinstance(value, tuple) and all(isinstance(item, str) for item in value)


def check_whole(sentence: str, value: object, *, least: int, **gaps: Gap) -> None:
    """Refuse what is not a whole number from `least` to a million, with a sentence of this kind."""
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= LARGEST:
        raise SpecError(sentence, least=least, most=LARGEST, **gaps)


def _is_number(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return abs(value) < math.inf


def _check_pair(name: str, field: str, value: object, *, least: int) -> None:
    if not isinstance(value, tuple) or len(value) != 2:
        raise SpecError("pair", layer=name, field=field)
    for number in value:
        check_whole("whole", number, least=least, layer=name, field=field)


def _pair(value: int | Pair) -> Pair:
    return value if isinstance(value, tuple) else (value, value)


def _names(inputs: str | tuple[str, ...]) -> tuple[str, ...]:
    return (inputs,) if isinstance(inputs, str) else inputs


Size = int | Pair
Inputs = str | tuple[str, ...]


def conv(
    name: str,
    channels: int,
    *,
    kernel: Size,
    stride: Size = 1,
    padding: Size = 0,
    dilation: Size = 1,
    connections: Connections | None = None,
    inputs: Inputs = (),
) -> LayerSpec:
    """Describe a convolution: `channels` filters slide over the maps below, plus a bias each.

    Each filter reads all of them, or those that `connections` names for it.
    """
    return LayerSpec(
        name,
        "conv",
        _names(inputs),
        _pair(kernel),
        _pair(stride),
        _pair(padding),
        channels,
        connections=connections,
        dilation=_pair(dilation),
    )


def pool(
    name: str,
    kernel: Size,
    *,
    stride: Size | None = None,
    padding: Size = 0,
    mode: Mode = "max",
    inputs: Inputs = (),
) -> LayerSpec:
    """Describe pooling, map by map; without a stride the windows touch and do not overlap."""
    kernel, padding = _pair(kernel), _pair(padding)
    stride = kernel if stride is None else _pair(stride)
    return LayerSpec(name, "pool", _names(inputs), kernel, stride, padding, mode=mode)


def subsample(
    name: str,
    kernel: Size,
    *,
    stride: Size | None = None,
    padding: Size = 0,
    inputs: Inputs = (),
) -> LayerSpec:
    """Describe LeCun's subsampling: the sum of a window times a weight of the map, plus a bias."""
    kernel, padding = _pair(kernel), _pair(padding)
    stride = kernel if stride is None else _pair(stride)
    return LayerSpec(name, "subsample", _names(inputs), kernel, stride, padding)


def dense(name: str, channels: int, inputs: Inputs = ()) -> LayerSpec:
    """Describe a fully connected layer of `channels` units; maps are read in C order."""
    return LayerSpec(name, "dense", _names(inputs), channels=channels)


def relu(name: str, inputs: Inputs = ()) -> LayerSpec:
    """Describe max(0, x), cell by cell."""
    return LayerSpec(name, "relu", _names(inputs))


def tanh(
    name: str, inputs: Inputs = (), *, amplitude: float = 1.0, slope: float = 1.0
) -> LayerSpec:
    """Describe amplitude * tanh(slope * x), cell by cell."""
    return LayerSpec(name, "tanh", _names(inputs), amplitude=amplitude, slope=slope)


def sigmoid(name: str, inputs: Inputs = ()) -> LayerSpec:
    """Describe 1 / (1 + exp(-x)), cell by cell."""
    return LayerSpec(name, "sigmoid", _names(inputs))


def dropout(name: str, rate: float, inputs: Inputs = ()) -> LayerSpec:
    """Describe cells of which training drops the share `rate`, others each time; else a copy."""
    return LayerSpec(name, "dropout", _names(inputs), rate=rate)


def softmax(name: str, inputs: Inputs = ()) -> LayerSpec:
    """Describe exp(x) / sum of exp(x) over all units."""
    return LayerSpec(name, "softmax", _names(inputs))


def square(name: str, inputs: Inputs = ()) -> LayerSpec:
    """Describe x * x, cell by cell."""
    return LayerSpec(name, "square", _names(inputs))


def ratio(name: str, inputs: Inputs = ()) -> LayerSpec:
    """Describe x / sum of x over all units; NaN where the sum is 0."""
    return LayerSpec(name, "ratio", _names(inputs))


def flatten(name: str, inputs: Inputs = ()) -> LayerSpec:
    """Describe the reading of maps as units, in C order."""
    return LayerSpec(name, "flatten", _names(inputs))


def add(name: str, *inputs: str) -> LayerSpec:
    """Describe the sum of layers of one shape, cell by cell: a skip connection."""
    return LayerSpec(name, "add", inputs)


def concat(name: str, *inputs: str) -> LayerSpec:
    """Describe layers stacked along the channels (or units): an inception or dense block."""
    return LayerSpec(name, "concat", inputs)
