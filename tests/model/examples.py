"""Networks for tests: a made-up graph that nobody's code may know by name, with random weights."""

from pathlib import Path

import numpy as np

from model import Network, NetworkSpec, checkpoint
from model.spec import (
    InputSpec,
    add,
    concat,
    conv,
    dense,
    dropout,
    flatten,
    pool,
    relu,
    sigmoid,
    softmax,
    subsample,
    tanh,
)

TABLE = tuple(tuple(below for below in range(21) if (below + k) % (k + 2)) for k in range(6))
"""Every second map, all but every third, and so on: none reads all, and none begins alike."""

GRAPH = NetworkSpec(
    id="graph",
    title="A made-up graph",
    input=InputSpec(shape=(1, 32, 32), border=2, scale=2.0, offset=-0.5),
    classes=tuple("0123456789"),
    layers=(
        conv("stem", 8, kernel=3, stride=2, padding=1),
        tanh("bend"),
        conv("left", 8, kernel=3, padding=(2, 3), dilation=(2, 3)),
        sigmoid("gate"),
        add("skip", "bend", "gate"),
        conv("narrow", 4, kernel=1, inputs="skip"),
        conv("wide", 6, kernel=5, padding=2, inputs="skip"),
        conv("tall", 3, kernel=(3, 1), padding=(1, 0), inputs="skip"),
        pool("mean", 3, stride=1, padding=1, mode="average", inputs="skip"),
        concat("block", "narrow", "wide", "tall", "mean"),
        relu("keep"),
        pool("shrink", 3, stride=2, padding=1),
        conv("neck", 6, kernel=(2, 3), stride=(2, 1), connections=TABLE),
        subsample("ease", (1, 2), stride=1),
        pool("length", (1, 2), stride=1, padding=(0, 1), mode="l2"),
        pool("total", 2, stride=(2, 3), mode="sum"),
        flatten("flat"),
        dense("hidden", 24),
        tanh("squash", amplitude=1.5, slope=0.75),
        dense("scores", 10),
        softmax("shares"),
    ),
)
"""A skip connection, a block of four branches, strides, padding on one axis, gaps between windows
and inside of them, all modes, maps that read some maps only."""


DROPS = NetworkSpec(
    "drops",
    "Drops cells",
    InputSpec((1, 32, 32)),
    tuple("0123456789"),
    (
        conv("conv1", 2, kernel=5),
        relu("relu1"),
        pool("pool1", 4),
        dropout("drop1", 0.25),
        dense("fc1", 12),
        relu("relu2"),
        dropout("drop2", 0.5),
        dense("fc2", 10),
        softmax("softmax"),
    ),
)
"""Two layers that drop cells in training, maps and units."""


def graph_network(seed: int = 7) -> Network:
    """The made-up graph with random weights, biases too, so that no cell is trivially zero."""
    rng = np.random.default_rng(seed)
    network = Network.initialise(GRAPH, rng)
    for parameter in network.parameters.values():
        if parameter.ndim == 1:
            parameter[:] = rng.normal(0, 0.1, parameter.shape)
    return network


def write_graph(folder: Path, seed: int = 7) -> Path:
    """Write the made-up graph as a file that `convlens serve --model FILE` takes."""
    path = folder / "graph.safetensors"
    checkpoint.save(path, graph_network(seed), {"seed": str(seed)})
    return path


def random_image(spec: NetworkSpec, seed: int = 0) -> np.ndarray:
    """An image of noise in the range that the spec's input has."""
    rng = np.random.default_rng(seed)
    return np.float32(rng.random(spec.input.shape) * spec.input.scale + spec.input.offset)  # type: ignore[no-any-return]
