"""Receipts as a reader sees them, and the same numbers worked out by plain loops."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import numpy as np

from model import Network
from tests.browser.lens import Cell, Lens

# Chooses a cell, then each form in turn, and takes down what stands in the account.
READ = """async (cell) => {
    const account = document.getElementById('account');
    const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    const all = (selector, of = account) =>
        [...of.querySelectorAll(selector)].filter((one) => !one.closest('[hidden]'));
    const texts = (selector, of) => all(selector, of).map((one) => one.textContent);
    const forms = {
        picture: () => ({
            heads: texts('.column-head'),
            amounts: texts('.conv .amount b'),
            chosen: texts('.column-head[aria-pressed=true]'),
            terms: all('.term').map((one) => texts('*', one)),
            after: texts('.following b'),
            tiles: texts('.tile'),
            lines: texts('.sum-line').join('\\n'),
            bars: all('.waterfall g g').map((one) => texts('text', one)),
            shares: texts('.share-name, .share'),
            labels: texts('.shares .row-label'),
            wonder: all('.wonder dl div').map((one) => texts('dt, dd b, dd span', one)),
            facts: texts('.facts dd'),
        }),
        words: () => texts('.words details p'),
        gist: () => texts('.gist p'),
        formula: () => all('math').map((one) => ({
            text: one.getAttribute('alttext'), numbers: texts('mn', one),
            role: one.parentElement.dataset.role,
        })),
        code: () => account.querySelector('code').textContent,
        table: () => all('tbody tr, tfoot tr').map((row) =>
            [row.dataset.role, ...[...row.children].map((one) => one.textContent)]),
    };
    convlens.select(cell);
    await frame();
    const found = {
        value: account.querySelector('.value').textContent,
        check: account.querySelector('.check:not([hidden])').innerText,
    };
    for (const [form, read] of Object.entries(forms)) {
        account.querySelector(`input[value=${form}]`)?.click();
        await frame();
        account.querySelector('.words details:not([open]) summary')?.click();
        await frame();
        found[form] = read();
    }
    return found;
}"""

RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
NUMBER = r"[−+]?\d[\d\u202f]*(?:\.\d+)?(?:×10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?"


def read(lens: Lens, cell: Cell) -> dict[str, Any]:
    """What the account says of a cell, in all five forms."""
    return lens.page.evaluate(READ, cell)


def number(text: str) -> Decimal:
    """A number as it is written on the page: true minus, powers of ten, narrow spaces."""
    mantissa, _, power = text.replace("\u202f", "").partition("×10")
    value = Decimal(mantissa.strip().replace("−", "-").replace("+", ""))
    return value.scaleb(int(power.translate(RAISED))) if power else value


def states(text: str, truth: float, slack: float = 0.0) -> bool:
    """Whether a number on the page is the true one, rounded to the digits that it shows."""
    shown = number(text)
    last = 10.0 ** int(shown.as_tuple().exponent)
    return abs(float(shown) - truth) <= 0.5001 * last + slack


def states_short(text: str, truth: float) -> bool:
    """Whether a number in a narrow place is the true one: ".5", "2e−9", "≈ 0", or exactly "0"."""
    if text.startswith("≈"):  # too little for the decimals there is room for, but not nothing
        return 0 < abs(truth) < 0.05
    if "e" in text:  # its order of magnitude
        order = float(text.replace("−", "-"))
        return abs(order - truth) <= 0.5001 * 10.0 ** math.floor(math.log10(abs(order)))
    return states(re.sub(r"^(−?)\.", r"\g<1>0.", text), truth) and (text == "0") == (truth == 0)


def adds_up(numbers: list[str], total: str) -> bool:
    """Whether numbers add up to a total exactly as they are written."""
    return sum((number(one) for one in numbers), Decimal()) == number(total)


def signed_terms(equation: str) -> tuple[list[str], str]:
    """Take "… = 0.47 − 0.15 + 0.08 = 0.40" apart: the signed terms, and the total."""
    *_, left, right = equation.split(" = ")
    terms = re.sub(r"([+−]) (?=\d)", r"\1", left)
    return re.findall(NUMBER, terms), right


Place = tuple[str, int, int, int]


class Truth:
    """The terms of one cell, by plain loops in float64 over the trace and the weights."""

    def __init__(self, network: Network, trace: Mapping[str, Any], cell: Cell) -> None:
        self.network, self.trace, self.cell = network, trace, cell
        self.value = self._at(tuple(cell.values()))
        self.kind = "input" if cell["layer"] == "input" else self._layer().kind
        self.factors: dict[Place, tuple[float, float]] = {}
        self.bias = 0.0
        reads = {"conv": self._conv, "subsample": self._subsample, "dense": self._dense}
        if read := reads.get(self.kind):
            self.bias = float(network.parameters[f"{cell['layer']}.bias"][cell["channel"]])
            read()
        if self.kind == "subsample":  # told as a convolution of one map
            self.kind = "conv"
        if self.kind == "pool" and self._layer().mode == "l2":
            self.kind = "root"

    def _layer(self) -> Any:
        return self.network.spec.layer(self.cell["layer"])

    def _at(self, place: Any) -> float:
        layer, *index = place
        tensor = self.trace[layer]
        return float(tensor[tuple(index[: tensor.ndim])])

    def _conv(self) -> None:
        layer, cell = self._layer(), self.cell
        (source,) = layer.inputs
        weight = self.network.parameters[f"{layer.name}.weight"].astype(np.float64)
        maps = range(len(self.trace[source]))
        if layer.connections:
            maps = layer.connections[cell["channel"]]
        for channel in maps:
            for r, s, place in self._places(channel):
                factor = float(weight[cell["channel"], channel, r, s])
                self.factors[place] = (self._at(place), factor)

    def _subsample(self) -> None:
        channel = self.cell["channel"]
        factor = float(self.network.parameters[f"{self.cell['layer']}.weight"][channel])
        for _, _, place in self._places(channel):
            self.factors[place] = (self._at(place), factor)

    def _places(self, channel: int) -> Iterator[tuple[int, int, Place]]:
        """Each tap of the kernel, and the cell of one map below that it reads."""
        layer, cell = self._layer(), self.cell
        (source,) = layer.inputs
        _, rows, columns = self.trace[source].shape
        for r, s in itertools.product(*map(range, layer.kernel)):
            row = cell["row"] * layer.stride[0] - layer.padding[0] + r * layer.dilation[0]
            column = cell["column"] * layer.stride[1] - layer.padding[1] + s * layer.dilation[1]
            if 0 <= row < rows and 0 <= column < columns:
                yield r, s, (source, channel, row, column)

    def _dense(self) -> None:
        layer = self._layer()
        (source,) = layer.inputs
        weight = self.network.parameters[f"{layer.name}.weight"].astype(np.float64)
        for index, place in enumerate(np.ndindex(self.trace[source].shape)):
            full = (source, *place, 0, 0)[:4]
            self.factors[full] = (self._at(full), float(weight[self.cell["channel"], index]))

    @property
    def products(self) -> dict[Place, float]:
        """Of each place it reads, weight × value."""
        return {place: value * weight for place, (value, weight) in self.factors.items()}

    @property
    def slack(self) -> float:
        """How far the engine's float32 sum may be from the exact one."""
        if self.kind == "root":
            return 1e-6 * abs(self.value)
        if self.kind == "tanh":  # sums up nothing; what one bit of it is worth comes on top
            return 1e-7 + 2.0**-23 * abs(self.value)
        return 1e-5 * sum(abs(product) for product in self.products.values()) + 1e-7

    def bent(self) -> float:
        """The value after the activation that reads this layer, if one does."""
        readers = self.network.spec.readers(self.cell["layer"])
        layer = self.network.spec.layer(readers[0]) if readers else None
        if layer is not None and layer.kind == "relu":
            return max(0.0, self.value)
        if layer is not None and layer.kind == "tanh":
            return layer.amplitude * math.tanh(layer.slope * self.value)
        return self.value

    @property
    def exact(self) -> float:
        """The value in float64, from what the layer reads."""
        if self.kind in ("conv", "dense"):
            return math.fsum([*self.products.values(), self.bias])
        if self.kind == "root":
            return math.sqrt(math.fsum(value * value for value in self.window()))
        if self.kind == "softmax":
            scores = self.scores()
            powers = [math.exp(score - max(scores)) for score in scores]
            return powers[self.cell["channel"]] / math.fsum(powers)
        if self.kind == "tanh":
            layer, (_, *place) = self._layer(), self.cell.values()
            return layer.amplitude * math.tanh(layer.slope * self._at((*layer.inputs, *place)))
        return self.value

    def scores(self) -> list[float]:
        """What a softmax reads."""
        (source,) = self._layer().inputs
        return [float(score) for score in self.trace[source]]

    def map_sum(self, channel: int) -> float:
        """The partial sum of one map."""
        return math.fsum(p for place, p in self.products.items() if place[1] == channel)

    def window(self) -> list[float]:
        """The candidates of a pooling cell, row by row."""
        layer, cell = self._layer(), self.cell
        return [
            self._at((layer.inputs[0], cell["channel"], row, column))
            for row in range(
                cell["row"] * layer.stride[0], cell["row"] * layer.stride[0] + layer.kernel[0]
            )
            for column in range(
                cell["column"] * layer.stride[1], cell["column"] * layer.stride[1] + layer.kernel[1]
            )
        ]

    def place(self, label: str) -> Place:
        """The cell that a label like "pool1 [0] 7, 3", "fc1 [34]" or "input 3, 4" names."""
        found = re.match(r"(\w+)(?: \[(\d+)\])?(?: (\d+), (\d+))?", label)
        assert found, label
        layer, *rest = found.groups()
        channel, row, column = (int(one or 0) for one in rest)
        return (layer, channel, row, column)
