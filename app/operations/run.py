"""Run a graph on the arrays that were sent, and write what every layer gave."""

import json
from collections.abc import Mapping
from time import perf_counter
from typing import Any, Final, NamedTuple

import numpy as np

from app import schemas
from app.asking import Answer, server_timing
from app.bodies import JSON
from app.models import described
from app.operations.asked import Sent, floats, judge_arrays, sent_as_json, sent_as_safetensors
from app.operations.graph import graph_of
from app.operations.limits import Cost, cost_of, judge
from app.operations.moves import moved
from app.operations.passes import histogram, judge_target, passed, spread
from app.operations.schemas import GraphDescription, GraphLayer, Wishes
from app.wire import Encoder
from model import Graph
from model.cost import multiply_adds, receptive_fields
from model.initialise import METHODS, Draw, equal, normal, parameters
from model.shapes import Shape
from model.spec import INPUT, GraphSpec

QUICK: Final = Cost(
    layers=64,
    drawn=0,
    steps=64,
    multiply_adds=5_000_000,
    read=1_500_000,
    held=2_000_000,
    answered=200_000,
)
"""What takes a millisecond, at most three: where all of it is copied or goes through a curve."""

QUICKLY_COUNTED: Final = 50_000
"""Numbers of an answer that a histogram of them takes no longer for."""


class Due(NamedTuple):
    """A graph that may be run: what was sent has been judged, and nothing has been made of it."""

    sent: Sent
    spec: GraphSpec
    wishes: Wishes
    cost: Cost
    form: str
    kept: bool
    other: GraphSpec | None

    @property
    def quick(self) -> bool:
        """Whether it takes so little that a trip to a thread would cost more."""
        within = all(here <= most for here, most in zip(self.cost, QUICK, strict=True))
        counts = self.wishes.histogram is not None and self.cost.answered > QUICKLY_COUNTED
        more = self.wishes.first is not None or self.wishes.moves is not None or counts
        return self.form != JSON and within and not more


def sent_in(body: bytes, kind: str) -> Sent:
    """Read a body of one of these media types; see there."""
    return sent_as_json(body) if kind == JSON else sent_as_safetensors(body)


def judged(sent: Sent, form: str, *, kept: bool = False) -> Due:
    """
    Make a graph of what was sent, and judge what it would cost.

    Parameters
    ----------
    form
        The media type of the answer.
    kept
        Whether the input is one that a channel kept: who asks has it, and is not sent it again.

    Raises
    ------
    RefusalError
        Saying what is wrong with it, or too much.
    """
    wishes, spec = sent.saying(Wishes), graph_of(sent)
    drawn, gradients = wishes.first is not None, wishes.gradients is not None
    moves = len(wishes.moves or ())

    def cost_so_far(count: int) -> Cost:
        part = GraphSpec(spec.shape, spec.layers[:count])
        return cost_of(part, drawn=drawn, gradients=gradients, moves=moves, kept=kept)

    cost = cost_so_far(len(spec.layers))
    judge(cost, cost_so_far, sent.place("layers"), json=form == JSON)
    judge_arrays(sent, spec, drawn=drawn)
    judge_target(spec, wishes)
    return Due(sent, spec, wishes, cost, form, kept, _other(sent, wishes))


def _other(sent: Sent, wishes: Wishes) -> GraphSpec | None:
    """Make the graph that is described alone."""
    if wishes.describe is None:
        return None
    place = sent.place("describe")
    return graph_of(sent._replace(layers=sent.said["describe"], place=lambda name: place))


def run(due: Due) -> Answer:
    """Make the arrays, run the graph, write the answer."""
    started = perf_counter()
    image, weights = floats(due.sent, INPUT), weights_of(due)
    graph = Graph(due.spec, weights)
    read = perf_counter()
    with np.errstate(over="ignore", invalid="ignore"):  # large numbers may grow beyond float32
        found = passed(graph, image, due.wishes)
        also = moved(graph, found.outputs, due.wishes)
    forwarded = perf_counter()
    named: dict[str, Any] = dict(found.outputs)
    if due.kept:
        del named[INPUT]
    if due.wishes.first is not None:
        named |= graph.parameters
    named |= {f"{name}.gradient": one for name, one in found.gradients.items()}
    named |= {f"{name}.winners": one for name, one in found.winners.items()}
    named |= also.inputs
    said = {"spec": described_graph(due.spec).model_dump_json(), **also.said}
    if due.other is not None:
        said["described"] = described_graph(due.other).model_dump_json()
    if due.wishes.spread:
        said["spread"] = json.dumps(spread(found.outputs))
    if due.wishes.histogram is not None:
        said["histogram"] = json.dumps(histogram(found.outputs, due.wishes.histogram))
    encoder = Encoder(_shapes(named), said)
    write = encoder.json if due.form == JSON else encoder.safetensors
    body = write(named.values())
    steps = {
        "preprocess": read - started,
        "forward": forwarded - read,
        "encode": perf_counter() - forwarded,
    }
    return Answer(body, "", server_timing(steps), (steps["forward"],))


def weights_of(due: Due) -> dict[str, Any]:
    """The weights that were sent, and those that are drawn."""
    first, sent = due.wishes.first, due.sent
    drawn: dict[str, Any] = {}
    if first is not None:
        methods: Mapping[str, Draw] = {
            **METHODS,
            "normal": normal(first.deviation),
            "zeros": equal(0),
            "equal": equal(first.value),
        }
        drawn = parameters(due.spec, np.random.default_rng(first.seed), methods[first.method])
        weights = [name for name in drawn if name.endswith(".weight")]
        if first.method == "equal" and first.graded and weights:
            last = drawn[weights[-1]]  # its first axis counts the units
            drawn[weights[-1]] = (np.cumsum(last, axis=0) / len(last)).astype(np.float32)
    names = due.spec.parameter_shapes
    return {name: floats(sent, name) if name in sent.shapes else drawn[name] for name in names}


def described_graph(spec: GraphSpec) -> GraphDescription:
    """Write a graph as it crosses the wire, as the page takes a network."""
    fields = receptive_fields(spec)
    layers = tuple(
        GraphLayer(
            **described(spec, layer),
            learnt=spec.parameter_count(layer.name),
            multiply_adds=multiply_adds(spec, layer),
            receptive_field=fields[layer.name],
        )
        for layer in spec.layers
    )
    scaling = schemas.Scaling(scale=1.0, offset=0.0)
    return GraphDescription(
        parameters=sum(one.learnt for one in layers),
        multiply_adds=sum(one.multiply_adds for one in layers),
        input=schemas.InputSpec(shape=spec.shape, border=0, scaling=scaling),
        classes=(),
        layers=layers,
    )


def _shapes(named: Mapping[str, Any]) -> dict[str, tuple[str, Shape]]:
    return {
        name: ("I32" if array.dtype == np.int32 else "F32", array.shape)
        for name, array in named.items()
    }
