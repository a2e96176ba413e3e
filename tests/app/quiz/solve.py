"""
What is right, and what each mistake makes, by plain loops over what a question shows.

`RIGHT[kind](material, item)` gives the number, or the gaps, of the right option; `WRONG[kind]` the
same for each mistake. Nothing of app/quiz is used but the data of the question itself.
"""

import math
from itertools import product
from types import SimpleNamespace

import numpy as np

from app.quiz.item import Figure
from model.preprocess import to_input


def plain(words):
    """The gaps of words as numbers and texts."""
    gaps = words.gaps.items()
    return {name: gap.value if isinstance(gap, Figure) else gap for name, gap in gaps}


def asked(item):
    return SimpleNamespace(
        **{key.replace("class", "klass"): one for key, one in plain(item.asks).items()}
    )


# ---------------------------------------------------------------- windows


def window_sum(material, item, row, column, weigh=lambda kernel, i, j: kernel[i][j]):
    layer = material.network.spec.layer(item.cell.layer)
    below = material.trace[layer.inputs[0]][0]
    kernel = material.network.parameters[f"{layer.name}.weight"][item.cell.at[0], 0]
    total = 0.0
    for i, j in product(range(layer.kernel[0]), range(layer.kernel[1])):
        r = row * layer.stride[0] - layer.padding[0] + i
        c = column * layer.stride[1] - layer.padding[1] + j
        if 0 <= r < below.shape[0] and 0 <= c < below.shape[1]:
            total += float(below[r, c]) * float(weigh(kernel, i, j))
    return total


def bias_of(material, item):
    return float(material.network.parameters[f"{item.cell.layer}.bias"][item.cell.at[0]])


def window(material, item):
    _, row, column = item.cell.at
    total = window_sum(material, item, row, column) + bias_of(material, item)
    engine = float(material.trace[item.cell.layer][item.cell.at])
    assert abs(total - engine) < 1e-4
    return total


def window_wrong(material, item):
    _, row, column = item.cell.at
    bias = bias_of(material, item)
    layer = material.network.spec.layer(item.cell.layer)

    def turned(kernel, i, j):
        return kernel[len(kernel) - 1 - i][len(kernel[0]) - 1 - j]

    inwards = window_inwards(material, item, layer)
    return {
        "no-bias": window_sum(material, item, row, column),
        "turned": window_sum(material, item, row, column, turned) + bias,
        "from-one": window_sum(material, item, row - 1, column - 1) + bias,
        "no-weights": window_sum(material, item, row, column, lambda *_: 1) + bias,
        "no-padding": inwards + bias,
    }


def window_inwards(material, item, layer):
    _, row, column = item.cell.at
    below = material.trace[layer.inputs[0]][0]
    kernel = material.network.parameters[f"{layer.name}.weight"][item.cell.at[0], 0]
    total = 0.0
    for i, j in product(range(layer.kernel[0]), range(layer.kernel[1])):
        r, c = row * layer.stride[0] + i, column * layer.stride[1] + j
        if r < below.shape[0] and c < below.shape[1]:
            total += float(below[r, c]) * float(kernel[i, j])
    return total


def pooling(material, item):
    mode = item.asks.key.rpartition(".")[2]
    return pools(item)[mode]


def pools(item):
    shown = [one for row in item.grids[0].rows for one in row]
    return {
        "max": sorted(shown)[-1],
        "average": math.fsum(shown) / len(shown),
        "sum": math.fsum(shown),
        "least": sorted(shown)[0],
    }


def pooling_wrong(material, item):
    return {f"took-{name}": value for name, value in pools(item).items()}


# ---------------------------------------------------------------- geometry


def starts(size, kernel, stride, before, after):
    """Where windows begin, laid one by one as long as they fit."""
    found, at = [], -before
    while at + kernel <= size + after:
        found.append(at)
        at += stride
    return found


def size(material, item):
    ask = asked(item)
    return len(starts(ask.size, ask.kernel, ask.stride, ask.padding, ask.padding))


def size_wrong(material, item):
    ask = asked(item)
    places = starts(ask.size, ask.kernel, ask.stride, ask.padding, ask.padding)
    rest = places[-1] + ask.kernel < ask.size + ask.padding
    return {
        "no-one": len(places) - 1,
        "no-stride": len(starts(ask.size, ask.kernel, 1, ask.padding, ask.padding)),
        "no-padding": len(starts(ask.size, ask.kernel, ask.stride, 0, 0)),
        "one-side": len(starts(ask.size, ask.kernel, ask.stride, ask.padding, 0)),
        "rounded-up": len(places) + rest,
        "same-size": ask.size,
        "side-by-side": len(starts(ask.size, ask.kernel, ask.kernel, 0, 0)),
    }


def rows(first, kernel):
    return {"first": first, "last": first + kernel - 1}


def reads(material, item):
    ask = asked(item)
    return rows(starts(200, ask.kernel, ask.stride, ask.padding, 0)[ask.row], ask.kernel)


def reads_wrong(material, item):
    ask = asked(item)

    def first(stride, padding, row=ask.row):
        return starts(200, ask.kernel, stride, padding, 0)[row]

    right = first(ask.stride, ask.padding)
    return {
        "no-stride": rows(first(1, ask.padding), ask.kernel),
        "no-padding": rows(first(ask.stride, 0), ask.kernel),
        "from-one": rows(first(ask.stride, ask.padding, ask.row - 1), ask.kernel),
        "centred": rows(right - ask.kernel // 2, ask.kernel),
        "side-by-side": rows(first(ask.kernel, 0), ask.kernel),
        "one-more": rows(right, ask.kernel + 1),
    }


def reached(material, layer_name, pixel):
    """Which cells of a layer a pixel reaches, going forwards: (rows, columns) of booleans."""
    spec = material.network.spec
    seen = {"input": np.zeros(spec.shape[1:], bool)}
    seen["input"][pixel] = True
    for layer in spec.layers:
        if not all(name in seen for name in layer.inputs) or len(spec.shapes[layer.name]) != 3:
            continue
        _, high, wide = spec.shapes[layer.name]
        made = np.zeros((high, wide), bool)
        for name in layer.inputs:
            below = seen[name]
            if layer.kind in ("conv", "pool", "subsample"):
                for r, c in zip(*np.nonzero(below), strict=True):
                    for i, j in product(range(layer.kernel[0]), range(layer.kernel[1])):
                        up, off = divmod(int(r) + layer.padding[0] - i, layer.stride[0])
                        left, by = divmod(int(c) + layer.padding[1] - j, layer.stride[1])
                        if not off and not by and 0 <= up < high and 0 <= left < wide:
                            made[up, left] = True
            else:
                made |= below
        seen[layer.name] = made
        if layer.name == layer_name:
            return made
    raise KeyError(layer_name)


def along(spec, name, start, axis, stride=None):
    """Rows (or columns) of the input that a cell of a layer has seen, also beyond the border."""
    if name == "input":
        return {start}
    layer = spec.layer(name)
    if layer.kind not in ("conv", "pool", "subsample"):
        return set().union(*(along(spec, one, start, axis, stride) for one in layer.inputs))
    first = start * (stride or layer.stride[axis]) - layer.padding[axis]
    found = (first + i for i in range(layer.kernel[axis]))
    return set().union(*(along(spec, layer.inputs[0], at, axis, stride) for at in found))


def seen_by_mistake(material, item, mistake, row, column):
    """Whether somebody who makes a mistake thinks that a cell has seen the pixel."""
    ask, spec = asked(item), material.network.spec
    place, pixel = [row, column], (ask.row, ask.column)
    if mistake == "from-one":
        place = [row - 1, column - 1]
    if mistake == "rows-for-columns":
        place = [column, row]
    found = []
    for axis in (0, 1):
        cells = along(spec, ask.layer, place[axis], axis, 1 if mistake == "no-stride" else None)
        if mistake == "own-window":
            layer = spec.layer(ask.layer)
            first = place[axis] * layer.stride[axis] - layer.padding[axis]
            cells = {first + i for i in range(layer.kernel[axis])}
        if mistake == "centred":
            span = max(cells) - min(cells)
            first = place[axis] - span // 2
            cells = set(range(first, first + span + 1))
        found.append(min(cells) <= pixel[axis] <= max(cells))
    return all(found)


# ---------------------------------------------------------------- sums and shares


def relu(material, item):
    variant = item.asks.key.rpartition(".")[2]
    if variant == "one":
        return {"value": asked(item).value if asked(item).value > 0 else 0}["value"]
    shown = item.grids[0].rows[0]
    if variant == "zeros":
        return len([one for one in shown if one <= 0])
    total = 0.0
    for one in shown:
        if one > 0:
            total += one
    return total


def relu_wrong(material, item):
    variant = item.asks.key.rpartition(".")[2]
    if variant == "one":
        value = asked(item).value
        return {
            "let-through": value,
            "sign-dropped": math.hypot(value),
            "sign-turned": 0 - value,
            "all-stopped": 0,
            "switch": 1,
        }
    shown = item.grids[0].rows[0]
    above = [one for one in shown if one > 0]
    if variant == "zeros":
        every = len(shown)
        return {
            "other-way-round": len(above),
            "let-through": 0,
            "all-stopped": every,
            "least-only": 1,
        }
    return {
        "let-through": math.fsum(shown),
        "sign-dropped": math.fsum(math.hypot(one) for one in shown),
        "took-max": sorted(shown)[-1],
        "added-first": math.fsum(shown) if math.fsum(shown) > 0 else 0,
        "switch": len(above),
    }


def weights(material, item):
    ask, kind = asked(item), item.asks.key.rpartition(".")[2]
    if kind.startswith("conv"):
        maps = ask.maps if kind == "conv-maps" else 1
        each = sum(ask.size for _ in range(maps) for _ in range(ask.size))
        return sum(each + (kind != "conv") for _ in range(ask.kernels))
    return sum(ask.cells + (kind != "dense") for _ in range(ask.units))


def weights_wrong(material, item):
    ask, kind = asked(item), item.asks.key.rpartition(".")[2]
    if kind.startswith("conv"):
        maps = ask.maps if kind == "conv-maps" else 1
        plane, count = ask.size**2, ask.kernels
        _, high, wide = material.network.spec.shapes[ask.layer]
        places = len(starts(high, ask.size, 1, 0, 0)) * len(starts(wide, ask.size, 1, 0, 0))
        return {
            "with-bias": count * plane + count,
            "one-kernel": plane if kind == "conv" else maps * plane + 1,
            "not-shared": count * maps * plane * places,
            "no-bias": count * maps * plane,
            "one-map-only": count * plane + count,
            "bias-per-map": count * maps * plane + count * maps,
            "one-bias": count * maps * plane + 1,
        }
    found = {
        "with-bias": ask.units * ask.cells + ask.units,
        "added": ask.units + ask.cells,
        "one-unit": ask.cells,
        "no-bias": ask.units * ask.cells,
        "one-bias": ask.units * ask.cells + 1,
        "bias-per-input": ask.units * ask.cells + ask.cells,
    }
    if kind == "dense-maps":
        found["maps-not-cells"] = ask.units * ask.maps + ask.units
        found["one-map-only"] = ask.units * ask.rows * ask.columns + ask.units
    return found


def scores_of(material):
    """The score of each class, by its name."""
    spec = material.network.spec
    logits = material.trace[spec.layers[-1].inputs[0]]
    return dict(zip(spec.classes, map(float, logits), strict=True))


def share(material, item):
    scores = scores_of(material)
    three = [math.exp(scores[name]) for name in item.grids[0].labels]
    return 100 * math.exp(scores[asked(item).klass]) / math.fsum(three)


def share_wrong(material, item):
    names, shown = item.grids[0].labels, [row[0] for row in item.grids[0].rows]
    own = shown[names.index(asked(item).klass)]
    scores = scores_of(material)
    every = math.fsum(math.exp(scores[name]) for name in names)
    others = [100 * math.exp(scores[name]) / every for name in names if name != asked(item).klass]
    return {
        "no-exponential": 100 * math.hypot(own) / math.fsum(math.hypot(one) for one in shown),
        "alone": 100 * math.exp(own) / (1 + math.exp(own)),
        "equal-shares": 100 / 3,
        "other-class": others,
    }


def times(material, item):
    scores, ask = scores_of(material), asked(item)
    return math.exp(scores[ask.ahead]) / math.exp(scores[ask.behind])


def times_wrong(material, item):
    ask = asked(item)
    lead = ask.high - ask.low
    return {
        "took-difference": lead,
        "doubled": math.exp(lead * math.log(2)),
        "no-exponential": math.hypot(ask.high / ask.low) if ask.low else 0,
        "tenfold": math.exp(lead * math.log(10)),
    }


def read_shifted(material, down, right):
    """The class that is read of the drawing moved, cell by cell."""
    pixels = material.pixels
    high, wide = pixels.shape
    there = np.zeros_like(pixels)
    for r, c in product(range(high), range(wide)):
        if 0 <= r + down < high and 0 <= c + right < wide:
            there[r + down, c + right] = pixels[r, c]
    spec = material.network.spec
    shares = material.network.trace(to_input(there, spec.input))[spec.layers[-1].name]
    return spec.classes[max(range(len(shares)), key=lambda at: shares[at])]


RIGHT = {
    "window": window,
    "pooling": pooling,
    "size": size,
    "reads": reads,
    "relu": relu,
    "weights": weights,
    "share": share,
    "times": times,
}
WRONG = {
    "window": window_wrong,
    "pooling": pooling_wrong,
    "size": size_wrong,
    "reads": reads_wrong,
    "relu": relu_wrong,
    "weights": weights_wrong,
    "share": share_wrong,
    "times": times_wrong,
}
"""Of the kinds whose options are numbers; the others have tests of their own."""
