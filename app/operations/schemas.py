"""What crosses the wire of graphs of operations."""

from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, ConfigDict, Field

from app.moves import LIMITS
from app.schemas import MAX_NUMBER, MOST_MOVES, InputSpec, LayerSpec, Wire, whole
from model.layer_spec import Kind, Mode

WholeNumber = Annotated[int, Field(ge=0, le=MAX_NUMBER), BeforeValidator(whole)]

Steps = Annotated[int, BeforeValidator(whole)]

Bins = Annotated[int, Field(ge=1, le=50), BeforeValidator(whole)]


class LayerBody(Wire):
    """A layer as it is sent: name, kind, inputs, and all that its kind has, and nothing else."""

    name: str = Field(description="A letter, then letters, digits, - and _; not `input`.")
    kind: Kind
    inputs: list[str] = Field(
        description="Layers before it, or `input`; [] for the one right before it."
    )
    kernel: tuple[int, int] | None = Field(
        default=None, description="conv, pool, subsample: rows and columns, here as below."
    )
    stride: tuple[int, int] | None = Field(default=None, description="conv, pool, subsample.")
    padding: tuple[int, int] | None = Field(
        default=None, description="conv, pool, subsample: on both sides."
    )
    channels: int | None = Field(default=None, description="conv: maps; dense: units.")
    mode: Mode | None = Field(default=None, description="pool.")
    dilation: tuple[int, int] | None = Field(
        default=None, description="conv: how far the weights of a kernel lie apart; else [1, 1]."
    )
    connections: list[list[int]] | None = Field(
        default=None, description="conv: for each map the maps below that it reads; else all."
    )
    amplitude: float | None = Field(default=None, description="tanh: else 1.")
    slope: float | None = Field(default=None, description="tanh: else 1.")
    rate: float | None = Field(default=None, description="dropout: the share that training drops.")


class NetworkInput(Wire):
    """How a drawing becomes what a network reads."""

    shape: tuple[int, int, int] = Field(description="Channels, rows, columns; with the border.")
    border: int = Field(ge=0, description="Cells of paper on each side of the 28×28 of a drawing.")
    scale: float = Field(description="A cell holds ink × scale + offset; ink is 0 to 1.")
    offset: float


class NetworkFile(Wire):
    """A network without its weights, as `convlens train FILE` takes it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "small",
                    "title": "Small",
                    "input": {"shape": [1, 28, 28], "border": 0, "scale": 1.0, "offset": 0.0},
                    "classes": list("0123456789"),
                    "layers": [
                        {
                            "name": "conv1",
                            "kind": "conv",
                            "inputs": ["input"],
                            "kernel": [5, 5],
                            "stride": [1, 1],
                            "padding": [0, 0],
                            "channels": 6,
                        },
                        {"name": "dense1", "kind": "dense", "inputs": ["conv1"], "channels": 10},
                        {"name": "softmax", "kind": "softmax", "inputs": ["dense1"]},
                    ],
                }
            ]
        }
    )

    id: str = Field(description="Small letters, digits, - and _; 40 at most.")
    title: str
    input: NetworkInput
    classes: list[str] = Field(description="Names of the units of the last layer.")
    layers: list[LayerBody] = Field(min_length=1)


class FirstValues(Wire):
    """What the weights are that are not sent, as before any training; biases are 0."""

    method: Literal["he", "glorot", "normal", "zeros", "equal"] = Field(
        description="he: for relu; glorot: for tanh; normal: of `deviation`; zeros; equal: `value`."
    )
    seed: WholeNumber = Field(default=0, description="The same gives the same.")
    deviation: float = Field(default=1.0, ge=0, le=1000, description="Standard, of normal.")
    value: float = Field(default=1.0, ge=-1000, le=1000, description="Of equal.")
    graded: bool = Field(
        default=False,
        description="equal: whether the units of the last layer with weights have their own share "
        "of `value`, 1/n, 2/n, … of n units; where all are alike, all errors cancel on the way "
        "back.",
    )


def _along(name: str) -> Any:
    least, most = LIMITS[name]
    return Field(default=int(name == "scale"), ge=least, le=most, description=_MOVES[name])


_MOVES: Final = {
    "down": "Rows; up when negative.",
    "right": "Columns; to the left when negative.",
    "rotation": "Degrees about the middle, counter-clockwise.",
    "scale": "Times as large, about the middle.",
}


class MoveBody(Wire):
    """How the input is placed otherwise: enlarged, then turned, then moved."""

    down: Steps = _along("down")
    right: Steps = _along("right")
    rotation: float = _along("rotation")
    scale: float = _along("scale")


class Wishes(Wire):
    """What else is wished; in safetensors each stands in the metadata, as JSON."""

    first: FirstValues | None = Field(
        default=None,
        description="Draws the weights that are not sent; the answer holds all weights then, as "
        "LAYER.weight and LAYER.bias.",
    )
    describe: list[Any] | None = Field(
        default=None,
        description="Layers of another graph on the same input, as in `layers`: the metadata "
        "describe it, whatever it would cost. It is not run, and needs no weights.",
    )
    spread: bool = Field(
        default=False, description="Whether the metadata say how the values of layers are spread."
    )
    histogram: Bins | None = Field(
        default=None,
        description="Bins on each side of 0, 1 to 50: the metadata count the values of layers in "
        "them.",
    )
    moves: list[MoveBody] | None = Field(
        default=None,
        min_length=1,
        max_length=MOST_MOVES,
        description="The graph is run on the input moved so, each move by itself: the metadata say "
        "how far what layers give is from before, and the answer holds as `input.moved` what went "
        "in, (moves, channels, rows, columns). Between cells it is bilinear, from outside comes 0.",
    )
    gradients: WholeNumber | None = Field(
        default=None,
        description="A unit of the last layer, from 0: the answer holds the gradients of all "
        "weights, as LAYER.weight.gradient, of the cross-entropy with this unit as the target.",
    )


class OperationsBody(Wishes):
    """A graph of layers, the array that goes in, and the weights of the layers."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "input": [[[1, 1, 1, 0], [0, 1, 1, 1], [0, 0, 1, 1], [0, 0, 1, 1]]],
                    "layers": [
                        {
                            "name": "conv",
                            "kind": "conv",
                            "inputs": [],
                            "kernel": [3, 3],
                            "stride": [1, 1],
                            "padding": [0, 0],
                            "channels": 1,
                        },
                        {"name": "relu", "kind": "relu", "inputs": []},
                    ],
                    "weights": {
                        "conv.weight": [[[[1, 0, 1], [0, 1, 0], [1, 0, 1]]]],
                        "conv.bias": [0],
                    },
                }
            ]
        }
    )

    input: list[list[list[float]]] = Field(
        description="Channels of rows of numbers, as the first layer reads them."
    )
    layers: list[LayerBody] = Field(min_length=1)
    weights: dict[str, list[Any]] = Field(
        default_factory=dict,
        description="Lists in lists by LAYER.weight and LAYER.bias, those that `first` does not "
        "draw.",
    )


class LiveOperations(Wishes):
    """What the metadata of a message with operations say on a live channel, beside the layers."""

    number: WholeNumber = Field(description="As in a LiveMessage, and counted with those.")
    kept: WholeNumber | None = Field(
        default=None,
        description="The number of the message whose input is meant, where none comes along: the "
        "channel keeps the last one. The answer leaves it out, too.",
    )


class OperationsMetadata(Wire):
    """What the answer to a graph of operations says of itself; strings."""

    spec: str = Field(description="JSON: a GraphDescription.")
    described: str = Field(
        default="",
        description="JSON, where it was wished: a GraphDescription of the layers to `describe`.",
    )
    spread: str = Field(
        default="",
        description="JSON, where it was wished: for `input` and each layer [mean, standard "
        "deviation, share of zeros] of its values; null for what is not finite.",
    )
    histogram: str = Field(
        default="",
        description="JSON, where it was wished: for `input` and each layer [most, counts]: the "
        "largest magnitude of its finite values, and how many of them each bin holds. The bins "
        "are equally wide, from -most to most; 0 is where the first one above it begins.",
    )
    moves: str = Field(
        default="",
        description="JSON, where they were wished: for each move, of `input` and each layer with "
        "rows and columns [cells, before, along]: how many cells of each map count, and for each "
        "map the norm of after - before over them as a share of the norm of before (0: invariant), "
        "and the same of after - before moved along (0: equivariant). A map is moved along as the "
        "input is, bilinear between its cells. Borders are left out: cells that see anything from "
        "beyond them, before or after. null where there is nothing but 0 before, or no cell.",
    )


class GraphLayer(LayerSpec):
    """A layer of a graph of operations: what it costs and sees, too."""

    learnt: int = Field(description="How many weights and biases it has.")
    multiply_adds: int = Field(description="Products with weights, each added to a sum.")
    receptive_field: tuple[int, int] = Field(
        description="Rows and columns of the input that a cell far from the borders depends on."
    )


class GraphDescription(Wire):
    """A graph of operations, as a reader draws and explains a network."""

    id: Literal["operations"] = "operations"
    title: Literal["Operations"] = "Operations"
    parameters: int = Field(description="How many weights and biases there are.")
    multiply_adds: int
    input: InputSpec
    classes: tuple[str, ...] = Field(description="None: a graph tells no classes apart.")
    layers: tuple[GraphLayer, ...]
