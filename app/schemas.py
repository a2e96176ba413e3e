"""What crosses the wire, declared once. Its JavaScript twin is static/js/wire/types.d.ts."""

from typing import Annotated, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Strict, model_validator
from pydantic_core import PydanticCustomError

from model.edits import MOST_EDITS, MOST_VALUES
from model.layer_spec import Kind, Mode

MAX_STROKES: Final = 1_000
MAX_POINTS: Final = 20_000
PIXELS: Final = 28 * 28
MAX_NUMBER: Final = 2**32 - 1
MOST_MOVES: Final = 24


class Wire(BaseModel):
    """Immutable; refuses unknown fields, NaN and Infinity, and converts nothing silently."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class Health(Wire):
    """The server is up and its networks are loaded."""

    status: Literal["ok"] = "ok"
    version: str


class ModelSummary(Wire):
    """One line of the list of networks."""

    id: str
    title: str
    parameters: int = Field(description="How many numbers training has set.")
    accuracy: float | None = Field(description="On MNIST's test set, 0 to 1; null when unknown.")
    shown: bool = Field(
        default=True,
        description="Whether the page can show it: it reads drawings of 28×28 and has classes.",
    )


class Scaling(Wire):
    """What the network sees of ink in 0..1: ink × scale + offset."""

    scale: float
    offset: float


class InputSpec(Wire):
    """The image, as every layer that names "input" reads it."""

    name: Literal["input"] = "input"
    shape: tuple[int, int, int]
    border: int = Field(description="Cells of paper around the 28×28 image.")
    scaling: Scaling


class LayerSpec(Wire):
    """One layer: its geometry and the shapes of its weights, not the weights."""

    name: str
    kind: Kind
    inputs: tuple[str, ...]
    kernel: tuple[int, int]
    stride: tuple[int, int]
    padding: tuple[int, int]
    dilation: tuple[int, int] = Field(
        description="How far apart the weights of a conv layer's kernel lie; 1 is side by side."
    )
    mode: Mode | None
    connections: tuple[tuple[int, ...], ...] | None = Field(
        description="For each map of a conv layer the maps below that it reads; null for all."
    )
    amplitude: float = Field(description="A tanh layer gives amplitude × tanh(slope × x).")
    slope: float
    rate: float = Field(
        description="The share of its cells that a dropout layer drops in a step of training."
    )
    shape: tuple[int, ...] = Field(description="(maps, rows, columns), or (units,).")
    parameters: dict[str, tuple[int, ...]] = Field(description="Shapes of weight and bias, if any.")


class Model(ModelSummary):
    """A network without its weights: everything a reader needs to draw and explain it."""

    sha256: str = Field(description="Of the weights as served.")
    energy_threshold: float | None = Field(
        description="Below this energy, the log-sum-exp of the scores, a drawing is hardly a "
        "digit; null when it was never measured."
    )
    input: InputSpec
    classes: tuple[str, ...]
    layers: tuple[LayerSpec, ...]


Coordinate = Annotated[float, Field(ge=-1, le=2)]
# JSON has no tuples: a list that json made is one here.
Point = Annotated[tuple[Coordinate, Coordinate], Strict(False)]


class Stroke(Wire):
    """Pen down to pen up. Points beyond the pad are clipped to it."""

    points: list[Point] = Field(
        min_length=1,
        max_length=MAX_POINTS,
        fail_fast=True,
        description="[x, y], rightwards and downwards, in sides of the pad.",
    )
    width: float = Field(
        default=0.07, gt=0, le=1, description="Of the pen, as a fraction of the pad's side."
    )
    erase: bool = False


class StrokesBody(Wire):
    """A drawing, stroke by stroke, in the order in which it was drawn."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"strokes": [{"points": [[0.5, 0.2], [0.5, 0.8]], "width": 0.07}]}]
        }
    )

    strokes: list[Stroke] = Field(min_length=1, max_length=MAX_STROKES, fail_fast=True)
    center: bool = Field(
        default=True, description="Crop to the ink, scale and centre it, as MNIST was made."
    )

    @model_validator(mode="after")
    def _few_points(self) -> "StrokesBody":
        total = sum(len(stroke.points) for stroke in self.strokes)
        if total > MAX_POINTS:
            raise PydanticCustomError("points_total", "too many points", {"total": total})
        return self


class PixelsBody(Wire):
    """An image of 28×28, row by row, taken as it is."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"pixels": [0] * PIXELS}]})

    pixels: list[Annotated[float, Field(ge=0, le=255)]] = Field(
        min_length=PIXELS, max_length=PIXELS, fail_fast=True, description="0 is paper, 255 is ink."
    )


class InputBody(Wire):
    """What goes into a network as it is, for networks that read no drawings, too."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"input": [0.0] * 1024}]})

    input: list[Annotated[float, Field(ge=-1e6, le=1e6)]] = Field(
        min_length=1,
        fail_fast=True,
        description="As many numbers as the network's input has, in C order, already scaled.",
    )


def whole(value: object) -> object:
    """In JSON 3.0 is a whole number, too."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


class Edit(Wire):
    """One step from some weights to others."""

    do: Literal["set", "scale", "add"] = Field(
        description="set puts the values there, scale multiplies with one, add adds them."
    )
    of: str = Field(
        max_length=90,
        description="A parameter (conv2.weight), or a layer (conv2): all its parameters.",
    )
    at: list[Annotated[int, Field(ge=0), BeforeValidator(whole)]] = Field(
        default_factory=list,
        max_length=4,
        description="The first of its indices: [3] is a filter or a bias, [3, 0, 2, 4] one weight, "
        "[] all.",
    )
    values: list[float] = Field(
        min_length=1,
        max_length=MOST_VALUES,
        fail_fast=True,
        description="One number for all of the place, or one for each of its weights in C order.",
    )


class EditsBody(Wire):
    """Edits, made one after the other in float32: the same ones always make the same weights."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"edits": [{"do": "set", "of": "conv2", "at": [3], "values": [0]}]}]
        }
    )

    edits: list[Edit] = Field(min_length=1, max_length=MOST_EDITS, fail_fast=True)


class LiveMessage(Wire):
    """What is sent on a live channel: how its drawing changed, and questions about the result."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "number": 1,
                    "strokes": [{"points": [[0.5, 0.2], [0.5, 0.4]], "width": 0.07}],
                    "ask": ["lenet/trace"],
                },
                {"number": 2, "keep": 1, "more": [[0.5, 0.6]], "ask": ["lenet/trace"]},
            ]
        }
    )

    number: Annotated[int, Field(ge=0, le=MAX_NUMBER), BeforeValidator(whole)] = Field(
        description="Comes back with the answer. It grows by one with each message, but where one "
        "brings the whole drawing.",
    )
    keep: Annotated[int, Field(ge=0), BeforeValidator(whole)] = Field(
        default=0,
        description="So many strokes of those that the channel has stay, from the first on; what "
        "lies above them is gone. 0 begins anew: the message brings the whole drawing.",
    )
    more: list[Point] = Field(
        default_factory=list,
        max_length=MAX_POINTS,
        fail_fast=True,
        description="Points that the last of those strokes goes on with.",
    )
    strokes: list[Stroke] = Field(
        default_factory=list,
        max_length=MAX_STROKES,
        fail_fast=True,
        description="Strokes that come after those.",
    )
    center: bool = Field(default=True, description="As in a StrokesBody.")
    digit: Annotated[int, Field(ge=0, le=999), BeforeValidator(whole)] | None = Field(
        default=None, description="Of several digits the one to read, as `?digit=`."
    )
    edits: Annotated[list[Edit], Field(min_length=1, max_length=MOST_EDITS)] | None = Field(
        default=None, description="Of the weights, as in an EditsBody."
    )
    ask: list[str] = Field(description="1 to 16 questions, as `?ask=` of `/api/questions`.")


class TraceMetadata(Wire):
    """What a trace says about itself; strings, as in a safetensors file."""

    model: str
    weights: str
    blank: Literal["true", "false"]
    note: str = Field(
        description="Why there is no ink, or what speaks against the reading; empty for nothing. "
        "With a note a reading is not sure, whatever its energy."
    )
    note_kind: str = Field(
        default="", description="Which sentence the note is, so that it can be worded anew."
    )
    note_parameters: str = Field(default="{}", description="JSON: what fills its gaps.")
    digits: str = Field(
        description="JSON: [left, top, right, bottom] of each digit, as fractions as in "
        "`preprocess.crop`, in reading order, when it looks like several; else []. `?digit=` "
        "chooses which is read, from 0; the largest by default."
    )


class DerivativesMetadata(TraceMetadata):
    """What derivatives say about themselves, too: whose they are."""

    cell: str = Field(description="As code writes it: conv2[3,2,4].")


class PathsMetadata(DerivativesMetadata):
    """What paths say about themselves, too: which score they lead to, and where they are told."""

    against: str = Field(
        description="The other cell, for the difference of two scores; else empty."
    )
    junctions: str = Field(
        description="Names of the layers whose cells make a chain, with spaces between."
    )
    exact: Literal["true", "false"] = Field(
        description="Whether only straight pieces lead to the score: paths and biases are it."
    )


class StepMetadata(TraceMetadata):
    """What steps of training say about themselves, too: which they are."""

    target: str = Field(description="The class that is learnt, from 0.")
    loss: str
    layer: str = Field(description="Of which layer the loss is taken.")
    optimiser: str
    rate: str
    momentum: str
    decay: str
    steps: str


class GradientMetadata(StepMetadata):
    """What the account of a gradient says about itself, too: whose it is, and who sends it."""

    of: str = Field(description="As code writes it: conv2[3,2,4], or conv2.weight[3,0,2,4].")
    readers: str = Field(
        description="JSON: [layer, factor] of each that sends a part back; the layer `loss` is the "
        "loss itself. Factors are weight, gate, slope, winner, share, copy, part or matrix; of the "
        "loss difference, logarithm or margin; of a weight input, sum or one."
    )
    crossings: str = Field(
        description="JSON: [what, layer, cell] of the corners that the nudge crosses, the first "
        "20: gate, winner, length (of L2 pooling) or margin (of the hinge)."
    )


class ScoreMoment(Wire):
    """A few scores before a step, and all that is made of them."""

    scores: tuple[float, ...]
    shares: tuple[float, ...] = Field(description="Softmax of the scores.")
    squares: tuple[float, ...] = Field(description="½ (target - share)² of each.")
    losses: dict[str, float] = Field(description="`cross_entropy`, and `squared_error`: their sum.")
    by_shares: tuple[float, ...] = Field(
        description="The gradient of the squared error at the shares: share - target."
    )
    matrix: tuple[tuple[float, ...], ...] = Field(
        description="Row j, column k: how share j changes with score k, p(1 - p) or -pq."
    )
    products: tuple[tuple[float, ...], ...] = Field(
        description="Row j of the matrix times by_shares[j]; column k adds up to the gradient of "
        "the squared error at score k."
    )
    gradients: dict[str, tuple[float, ...]] = Field(
        description="At the scores: `cross_entropy`, p - t, and `squared_error`."
    )


class ScoreSteps(Wire):
    """Steps on a few scores: how they stand before the first one, and after each."""

    target: int
    loss: Literal["cross_entropy", "squared_error"]
    rate: float
    moments: tuple[ScoreMoment, ...]


class TensorJson(Wire):
    """One tensor of a trace as JSON; null stands for a value that is not a finite number."""

    dtype: Literal["F64", "F32", "I32", "U8"]
    shape: tuple[int, ...]
    data: list[float | None] = Field(description="In C order.")


Gap = str | int | float | tuple[str | int, ...]
"""What fills a gap of a sentence."""


class FieldError(Wire):
    """What is wrong with one field, and how to mend it."""

    pointer: str | None = Field(default=None, description="JSON Pointer into the body.")
    parameter: str | None = Field(default=None, description="Or the name of a query parameter.")
    kind: str = Field(description="Which sentence it is: a line of the list on /api/docs.")
    parameters: dict[str, Gap] = Field(
        default_factory=dict, description="What fills the gaps of that sentence."
    )
    detail: str
    mend: str


class Problem(Wire):
    """Why a request was refused (RFC 9457)."""

    type: str
    title: str
    status: int
    kind: str = Field(description="Which sentence it is: a line of the list on /api/docs.")
    parameters: dict[str, Gap] = Field(
        default_factory=dict, description="What fills the gaps of that sentence."
    )
    detail: str = Field(
        description="The sentence in English; of several wrong fields it is the first one's."
    )
    errors: tuple[FieldError, ...] = ()


class LiveRefusal(Wire):
    """Why a message on a live channel was refused: the problem that HTTP answers with, too."""

    number: int = Field(description="That of the message; 0 where it could not be read.")
    problem: Problem
    retry_after: int | None = Field(
        default=None, description="Seconds after which to ask again, where the server is busy."
    )
