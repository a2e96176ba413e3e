"""Which paths made a score: the strongest for and against it, and what all of them come to.

A path leads from a cell of the input through one cell of each layer to a score. It brings the value
of that cell, times all weights on its way. Where a layer bends (relu, a maximum, tanh, a root of
squares) it is taken as the straight line that it is at this trace; so in networks of relu and max
pooling all paths and what the biases bring are the score.

There are billions of them, and next to all are tiny. Those that go through the same cells of a
few layers, the junctions, are one chain: "these strokes, this cell of a map, this unit, the score".
Each path belongs to exactly one chain.
"""

import math
from collections.abc import Container, Iterable, Sequence, Set
from dataclasses import dataclass

import numpy as np

from model.arrays import Array
from model.graph import Graph
from model.graph_spec import INPUT, GraphSpec
from model.muting import muted
from model.passes import pass_at
from model.shapes import Shape
from model.strongest import Chain, Steps, strongest
from model.trace import Trace

LARGEST = 2**20
"""Numbers of the largest table of steps from one junction to another (8 MB)."""

STRAIGHT = frozenset(
    {"conv", "dense", "pool", "subsample", "relu", "dropout", "flatten", "add", "concat"}
)
"""Kinds that are made of straight lines: of these alone the paths and the biases are the score.
Pooling is not where its mode is l2: the root of a sum of squares is bent everywhere."""

_AT_ONCE = 2**18
"""Cells of the layers through which a batch is sent back at once (50 MB with their windows)."""


@dataclass(frozen=True, slots=True)
class Paths:
    """The paths to a score, or to the difference of two.

    All numbers are float64, in the units of the score; k chains, those for it first, the
    strongest first, then those against it, the strongest first.

    Attributes
    ----------
    junctions : names of the layers whose cells make a chain, in the order of the layers.
    cells : (k, junctions) int64: the row-major index of the chain's cell in each of them, or -1
        where it passes by.
    values : (k,) what each chain brings: all its paths together.
    pixels : (k, C, H, W) of what cells of the input this is made; they add up to `values`.
    muted : (k, *shape of the scores) the scores with that chain muted (see `model/muting.py`).
    score, every, biases : the score itself; what all paths, and all biases, bring.
    rest : score - every - biases: what the bends leave to be said; hardly more than rounding if
        `exact`.
    exact : whether there is nothing but straight pieces before the score.
    """

    junctions: tuple[str, ...]
    cells: Array
    values: Array
    pixels: Array
    muted: Array
    score: float
    every: float
    biases: float
    rest: float
    exact: bool


def paths(
    network: Graph,
    image: Array,
    layer: str,
    index: tuple[int, ...],
    against: tuple[int, ...] | None = None,
    *,
    through: Sequence[str] | None = None,
    most: int = 5,
) -> Paths:
    """Find the paths that count most for a score and against it.

    Parameters
    ----------
    image : the spec's input shape (C, H, W), the network's dtype, already scaled.
    layer : whose cell is the score: `Network.logits_layer`, or any other.
    index : its place: (unit,), or (channel, row, column).
    against : the place of another score: then it is about how much the first one is ahead.
    through : the junctions, "input" too; () for none, None for `junctions(spec, layer)`.
    most : chains each way.

    Raises
    ------
    ValueError : with a sentence, when the image is not as the spec has it, or when a junction is no
        layer before `layer`.
    KeyError, IndexError : when there is no such layer or cell.
    """
    spec = network.spec
    seed = _seed(spec.shapes[layer], layer, index, against)
    names = junctions(spec, layer) if through is None else _ordered(spec, through, layer)
    with np.errstate(over="ignore", invalid="ignore"):  # of traces that overflowed
        return _Search(network, network.trace(image), layer, seed, names).found(most)


def junctions(spec: GraphSpec, layer: str) -> tuple[str, ...]:
    """Choose where the chains to a cell of `layer` are told apart: in two layers, if there are.

    They are among those whose values weights multiply: the last of them, and before it the last
    that has maps of more than one cell, else the first. Just ("input",) if weights multiply only
    that; () for "input" itself.
    """
    before = spec.before(layer)
    names = [
        name
        for name in spec.shapes
        if name in before - {INPUT}
        and spec.layer(name).kind != "flatten"  # whose units are cells that one sees before it
        and _weighed(spec, name, before | {layer})
    ]
    if not names:
        return (INPUT,) if INPUT in before else ()
    maps = [name for name in names if math.prod(spec.shapes[name][1:]) > 1]
    first, last = (maps[-1] if maps else names[0]), names[-1]
    table = math.prod(spec.shapes[first]) * math.prod(spec.shapes[last])
    return (last,) if first == last or table > LARGEST else (first, last)


def _weighed(spec: GraphSpec, name: str, among: Container[str]) -> bool:
    """Tell whether weights multiply the values of a layer, be it as units."""
    readers = [reader for reader in spec.readers(name) if reader in among]
    return any(
        spec.parameters_of(reader)
        or (spec.layer(reader).kind == "flatten" and _weighed(spec, reader, among))
        for reader in readers
    )


def _seed(
    shape: Shape, layer: str, index: tuple[int, ...], against: tuple[int, ...] | None
) -> Array:
    """Write 1 at the score that it is about, and -1 at the one that it is held against."""
    seed = np.zeros(shape)
    for place, sign in ((index, 1), (against, -1)):
        if place is None:
            continue
        if len(place) != seed.ndim or min(place) < 0:
            raise IndexError(f"{layer} has no cell {place}: its shape is {seed.shape}.")
        seed[place] += sign
    return seed


def _ordered(spec: GraphSpec, through: Iterable[str], layer: str) -> tuple[str, ...]:
    """Put junctions in the order of the layers, once it is sure that they can be junctions."""
    through = frozenset(through)
    for name in through:
        if name not in spec.before(layer):
            raise ValueError(f"{name} is no layer before {layer}, so no path leads through it.")
    return tuple(name for name in spec.shapes if name in through)


class _Search:
    """The paths of one trace to one score, by the junctions."""

    def __init__(
        self, network: Graph, trace: Trace, layer: str, seed: Array, names: tuple[str, ...]
    ) -> None:
        self.network, self.trace, self.layer, self.seed = network, trace, layer, seed
        self.names, self.stages = names, (*names, layer)
        passed = pass_at(network, trace)
        self.image = passed.outputs[INPUT][0]
        self.back = network.backward(passed, {layer: seed[None]})
        # The image itself is the change: every line says what the image brings to it.
        brings = network.tangent(passed, {INPUT: passed.outputs[INPUT]}, ends=names)
        nothing = {name: np.zeros(network.spec.shapes[name]) for name in self.stages}
        self.entries = [np.ravel(brings.get(name, nothing[name])) for name in names]
        self.entries.append(np.sum(brings.get(layer, nothing[layer]) * seed).reshape(1))

    def found(self, most: int) -> Paths:
        """Find the chains, and say what everything comes to."""
        steps = self._steps()
        goal = len(self.names)
        turned = {
            (earlier, later): -matrix if later == goal else matrix
            for (earlier, later), matrix in steps.items()
        }
        for_it = strongest(self.entries, steps, most)
        against = strongest([*self.entries[:goal], -self.entries[goal]], turned, most)
        chains = [*for_it, *(Chain(-value, cells) for value, cells in against)]
        cells = np.full((len(chains), goal), -1)
        for number, chain in enumerate(chains):
            for stage, cell in chain.cells:
                cells[number, stage] = cell
        score = np.sum(np.float64(self.trace[self.layer]) * self.seed).item()
        every, biases = self._all_paths(), self._all_biases()
        return Paths(
            junctions=self.names,
            cells=cells,
            values=np.array([chain.value for chain in chains]),
            pixels=self._pixels(chains),
            muted=muted(self.network, self.trace, self.layer, self.names, cells),
            score=score,
            every=every,
            biases=biases,
            rest=score - every - biases,
            exact=self._is_exact(),
        )

    def _all_paths(self) -> float:
        """Say what all paths bring: each cell of the input times all that it is multiplied by."""
        slopes = self.back.layers.get(INPUT)
        return 0.0 if slopes is None else np.sum(self.image * slopes).item()

    def _all_biases(self) -> float:
        """Say what all biases bring, each through all of its paths."""
        parameters = self.network.parameters.items()
        return math.fsum(
            np.sum(values * self.back.parameters[name]).item()
            for name, values in parameters
            if name.endswith(".bias")
        )

    def _is_exact(self) -> bool:
        spec = self.network.spec
        before = spec.before(self.layer) | {self.layer}
        return all(
            layer.kind in STRAIGHT and layer.mode != "l2"
            for layer in spec.layers
            if layer.name in before
        )

    def _steps(self) -> Steps:
        """Multiply the weights on all ways from each junction to the next, and to the score."""
        steps: dict[tuple[int, int], Array] = {}
        for later, name in enumerate(self.stages):
            between = self._between(name)
            if not between:
                continue
            cells = range(self.entries[later].size)
            found = self._sent_back(name, cells, between, self.names[:later])
            steps |= {(self.names.index(one), later): rows for one, rows in found.items()}
        return steps

    def _between(self, name: str) -> frozenset[str]:
        """Name the layers on ways from junctions to this one that pass no other; itself, too."""
        spec, reached = self.network.spec, set(self.names) - {name}
        before = spec.before(name) | {name}
        found = set()
        for layer in spec.layers:
            if layer.name in before - reached and reached.intersection(layer.inputs):
                found.add(layer.name)
                reached.add(layer.name)
        return frozenset(found)

    def _sent_back(
        self, name: str, cells: Sequence[int], through: Set[str], to: Sequence[str]
    ) -> dict[str, Array]:
        """Send n cells of a layer back, each alone: {layer of `to` that is reached: (n, cells)}."""
        spec = self.network.spec
        inputs = {one for layer in spec.layers if layer.name in through for one in layer.inputs}
        numbers = sum(math.prod(spec.shapes[one]) for one in through | inputs | {name})
        at_once = max(1, _AT_ONCE // numbers)
        parts: dict[str, list[Array]] = {}
        for start in range(0, len(cells), at_once):
            some = self._one_hot(name, cells[start : start + at_once])
            passed = pass_at(self.network, self.trace, len(some), through)
            ends = spec.shapes.keys() - through
            back = self.network.backward(passed, {name: some}, ends=ends).layers
            for one in to:
                if one in back:
                    parts.setdefault(one, []).append(back[one].reshape(len(some), -1))
        return {one: np.concatenate(rows) for one, rows in parts.items()}

    def _pixels(self, chains: Sequence[Chain]) -> Array:
        """Say of which cells of the input each chain is made: (k, C, H, W)."""
        spec = self.network.spec
        pixels = np.zeros((len(chains), *spec.shape))
        begins = [chain.cells[0] if chain.cells else (len(self.names), 0) for chain in chains]
        for stage in {stage for stage, _ in begins}:
            name = self.stages[stage]
            those = [number for number, begin in enumerate(begins) if begin[0] == stage]
            cells = [begins[number][1] for number in those]
            through = spec.before(name) - set(self.names) - {INPUT} | {name}
            slopes = self._sent_back(name, cells, through, (INPUT,)).get(INPUT)
            if slopes is None:  # no way leads there but through junctions
                continue
            for number, cell, slope in zip(those, cells, slopes, strict=True):
                share = chains[number].value / self.entries[stage][cell]
                pixels[number] = self.image * slope.reshape(spec.shape) * share
        return pixels

    def _one_hot(self, name: str, cells: Sequence[int]) -> Array:
        """Write 1 at one cell of a layer in each row; of the score's what it is about."""
        shape = self.network.spec.shapes[name]
        if name == self.layer:
            return np.stack([self.seed] * len(cells))
        seeds = np.zeros((len(cells), math.prod(shape)))
        seeds[np.arange(len(cells)), list(cells)] = 1
        return seeds.reshape(-1, *shape)
