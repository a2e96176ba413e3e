"""Windows and receptive fields, measured: the table that every other language is held to.

    python -m tests.model.windows      # writes tests/fixtures/windows.json

Nothing here computes geometry. NaN is put into one cell of a layer's input, the reference layer
runs, and the cells that turn NaN are those that read it; that is done for every cell of every
input of every layer. Chaining these tables gives receptive fields. So the engine is the witness,
and the page's own derivation from the spec is what is being tested.

The schema of tests/fixtures/windows.json:

    {
      "NETWORK": {                    # "lenet", "lenet5", "graph"
        "spec": {…},                  # as in a checkpoint's metadata (NetworkSpec.to_json)
        "model": {…},                 # the same in the words of GET /api/models/{id}: with shapes
        "cells": [                    # about twelve of every layer, corners and edges first
          {
            "cell": [LAYER, CHANNEL, ROW, COLUMN],     # row = column = 0 for units
            "window": [REGION, …],    # of the layers it reads, in the order of the layer's inputs
            "field": [REGION, …]      # of every earlier layer it depends on, "input" first
          }, …
        ]
      }
    }

    REGION = [LAYER, CHANNEL0, CHANNEL1, ROW0, ROW1, COLUMN0, COLUMN1], half-open, whole cells of
    the layer (padding is no cell). Where it is not every channel between, their list follows; where
    a window skips rows or columns, {"rows": [ROW, …], "columns": [COLUMN, …]} does, of those which
    it skips none. Every other cell of a window's region is read. A field's region is the smallest
    box around the cells it depends on in these channels; with gaps between windows or in them it
    has holes.
    For a layer of units the channel is the unit, and rows and columns are 0 to 1. Reading a layer
    that gives an empty window (concat: the cell comes from another layer) leaves no region.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from model import LayerSpec, Network, NetworkSpec
from model.layers import operation
from model.lenet import LENET
from model.lenet5 import LENET5

from .examples import graph_network

FIXTURE = Path(__file__).parents[1] / "fixtures" / "windows.json"
CHUNK = 128  # poisoned copies that pass through a layer at once

Cell = tuple[int, int, int]
Region = list[str | int | list[int] | dict[str, list[int]]]


def networks() -> dict[str, Network]:
    """The networks that are measured; every weight is some number other than zero."""
    return {
        "lenet": Network.initialise(LENET, np.random.default_rng(1)),
        "lenet5": Network.initialise(LENET5, np.random.default_rng(1)),
        "graph": graph_network(),
    }


def measure() -> dict[str, Any]:
    """Everything that windows.json holds."""
    return {
        name: {
            "spec": network.spec.to_json(),
            "model": as_served(network.spec),
            "cells": list(cells_of(network)),
        }
        for name, network in networks().items()
    }


def as_served(spec: NetworkSpec) -> dict[str, Any]:
    """The part of the server's description of a network that geometry is derived from."""
    layers = [
        {
            "name": layer.name,
            "kind": layer.kind,
            "inputs": list(layer.inputs),
            "kernel": list(layer.kernel),
            "stride": list(layer.stride),
            "padding": list(layer.padding),
            "dilation": list(layer.dilation),
            "mode": layer.mode,
            "connections": layer.connections and [list(maps) for maps in layer.connections],
            "amplitude": layer.amplitude,
            "slope": layer.slope,
            "shape": list(spec.shapes[layer.name]),
            "parameters": {
                name.split(".")[1]: list(spec.parameter_shapes[name])
                for name in spec.parameters_of(layer.name)
            },
        }
        for layer in spec.layers
    ]
    scaling = {"scale": spec.input.scale, "offset": spec.input.offset}
    image = {"name": "input", "shape": list(spec.input.shape), "border": spec.input.border}
    return {
        "id": spec.id,
        "title": spec.title,
        "input": {**image, "scaling": scaling},
        "classes": list(spec.classes),
        "layers": layers,
    }


def cells_of(network: Network) -> Iterator[dict[str, Any]]:
    """Measure the sampled cells of every layer."""
    spec = network.spec
    cells = [(layer.name, cell) for layer in spec.layers for cell in sample(spec, layer.name)]
    windows: dict[int, list[Region]] = {}
    # reached[name][i] marks the cells of layer `name` that the i-th sampled cell depends on.
    reached = {
        name: np.zeros((len(cells), *maps(shape)), bool) for name, shape in spec.shapes.items()
    }
    for index, (name, cell) in enumerate(cells):
        reached[name][index][cell] = True
    for layer in reversed(spec.layers):
        mine = [index for index, (name, _) in enumerate(cells) if name == layer.name]
        for index in mine:
            windows[index] = []
        after = reached[layer.name].reshape(len(cells), -1).astype(np.float32)
        for position, name in enumerate(layer.inputs):
            reads = dependencies(network, layer, position)
            before = (after @ reads > 0).reshape(reached[name].shape)
            reached[name] |= before
            for index in mine:
                if before[index].any():
                    windows[index].append(box(name, before[index], full=True))
    for index, (name, cell) in enumerate(cells):
        field = [
            box(earlier, reached[earlier][index])
            for earlier in reached
            if earlier != name and reached[earlier][index].any()
        ]
        yield {"cell": [name, *cell], "window": windows[index], "field": field}


def dependencies(network: Network, layer: LayerSpec, position: int) -> np.ndarray:
    """Poison each cell of one input of `layer`: (cells out, cells in), 1 where out reads in."""
    spec = network.spec
    rng = np.random.default_rng(0)
    inputs = [rng.normal(size=spec.shapes[name]).astype(np.float32) for name in layer.inputs]
    parameters = [network.parameters[name] for name in spec.parameters_of(layer.name)]
    count = inputs[position].size
    rows = []
    for start in range(0, count, CHUNK):
        poisoned = range(start, min(start + CHUNK, count))
        batch = [np.repeat(x[None], len(poisoned), axis=0) for x in inputs]
        batch[position].reshape(len(poisoned), -1)[range(len(poisoned)), poisoned] = np.nan
        y, _ = operation(layer).forward(layer, *batch, *parameters)
        rows.append(np.isnan(y).reshape(len(poisoned), -1))
    return np.concatenate(rows).T.astype(np.float32)


def box(name: str, cells: np.ndarray, full: bool = False) -> Region:
    """The smallest region around the marked cells (C, H, W); with `full`, exactly these."""
    places = np.nonzero(cells)
    bounds = [(int(axis.min()), int(axis.max()) + 1) for axis in places]
    maps, *lines = ([int(one) for one in np.unique(axis)] for axis in places)
    gaps = [
        len(own) < end - start for own, (start, end) in zip([maps, *lines], bounds, strict=True)
    ]
    listed = [maps] if gaps[0] else []
    if full:
        assert cells[np.ix_(maps, *lines)].all(), f"no rows and columns are a window on {name}"
        axes = zip(("rows", "columns"), lines, gaps[1:], strict=True)
        skipping = {axis: own for axis, own, some in axes if some}
        listed += [skipping] if skipping else []
    return [name, *(end for bound in bounds for end in bound), *listed]


def sample(spec: NetworkSpec, name: str) -> list[Cell]:
    """About twelve cells of a layer: corners, edges, centre, others, across the channels."""
    channels, rows, columns = maps(spec.shapes[name])
    if rows == columns == 1:
        return [
            (int(unit), 0, 0) for unit in np.unique(np.linspace(0, channels - 1, 12, dtype=int))
        ]
    places = [(r, c) for r in (0, rows // 2, rows - 1) for c in (0, columns // 2, columns - 1)]
    places += [(rows // 3, columns // 4), (1, columns - 2), (rows - 2, 2 * columns // 3)]
    places = [(min(max(r, 0), rows - 1), min(max(c, 0), columns - 1)) for r, c in places]
    turns = np.linspace(0, channels - 1, len(places)).round().astype(int)
    return sorted({(int(turn), r, c) for turn, (r, c) in zip(turns, places, strict=True)})


def maps(shape: tuple[int, ...]) -> Cell:
    """Every shape as (channels, rows, columns); units are maps of one cell."""
    return shape if len(shape) == 3 else (shape[0], 1, 1)


def text(table: dict[str, Any]) -> str:
    """The table as JSON, one cell a line, so that a difference can be read."""
    parts = []
    for name, network in table.items():
        lines = ",\n".join(f"    {json.dumps(cell)}" for cell in network["cells"])
        head = ",\n".join(f'  "{key}": {json.dumps(network[key])}' for key in ("spec", "model"))
        parts.append(f'"{name}": {{\n{head},\n  "cells": [\n{lines}\n  ]\n}}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    FIXTURE.write_text(text(measure()))
