"""What can be asked about a drawing: one function each, from a network and a drawing to tensors."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from starlette.datastructures import QueryParams

from app.cells import cell_in, cell_of, rival_of
from app.found import Find, Found, told
from app.gradients import gradient_of
from app.models import Served
from app.moves import move_of
from app.reading import Drawn
from app.stepping import step_of
from app.wire import Array
from model import NetworkSpec, Trace
from model.derivatives import derivatives
from model.paths import Paths, paths
from model.preprocess import Preprocessed
from model.variations import ANGLES, FACTORS, OFFSETS, Move, variations


class Kind(NamedTuple):
    """
    A kind of question.

    Attributes
    ----------
    find
        Makes the question of the parameters of a query; refuses wrong ones.
    quick
        Whether it takes about a millisecond for a drawing by hand.
    """

    find: Callable[[QueryParams, NetworkSpec], Find]
    quick: bool = True


class Question(NamedTuple):
    """A question about a drawing, with all that decides its answer."""

    served: Served  # the network as the server has it
    weights: str  # the hash of others of its weights; "" for those, or for what edits make
    move: Move | None
    find: Find
    quick: bool


def question(what: str, served: Served, parameters: QueryParams) -> Question:
    """
    Make a question of its name and the parameters of its query.

    Raises
    ------
    RefusalError
        Saying which parameter is wrong.
    """
    kind = KINDS[what]
    find = kind.find(parameters, served.network.spec)
    weights = parameters.get("weights", "")
    return Question(served, weights, move_of(parameters), find, kind.quick and served.quick)


def _trace(parameters: QueryParams, spec: NetworkSpec) -> Find:
    return _find_trace


def _find_trace(served: Served, drawn: Drawn) -> Found:
    trace = served.network.trace(drawn.input_of(served))
    image = drawn.image

    def tensors() -> Sequence[Array]:
        placed, shift = _placed(image)
        every: tuple[Any, ...] = (*trace.values(), *placed, *trace.winners.values(), shift)
        return every

    return Found(served.encoder, tensors, lambda: _packed(trace, image))


def _packed(trace: Trace, image: Preprocessed) -> Sequence[Array]:
    activations, winners = trace.packed()  # each in one piece, already as the wire has it
    placed, shift = _placed(image)
    every: tuple[Any, ...] = (activations, *placed, winners, shift)
    return every


def _placed(image: Preprocessed) -> tuple[tuple[Any, ...], Any]:
    """How preprocessing placed a drawing, in the order of `models.trace_shapes`."""
    placed = (image.crop, np.asarray(image.scale, np.float32), image.centre)
    return placed, np.asarray(image.shift, np.int32)


def _derivatives(parameters: QueryParams, spec: NetworkSpec) -> Find:
    cell = cell_of(parameters, spec)

    def find(served: Served, drawn: Drawn) -> Found:
        found = derivatives(served.network, drawn.input_of(served), *cell)
        floats = {name: np.asarray(array, np.float32) for name, array in found.items()}
        return told(served, floats, {"cell": str(cell)})

    return find


def _paths(parameters: QueryParams, spec: NetworkSpec) -> Find:
    cell = cell_in(spec.logits_layer, parameters, spec)
    rival = rival_of(cell, parameters, spec)

    def find(served: Served, drawn: Drawn) -> Found:
        image = drawn.input_of(served)
        found = paths(served.network, image, *cell, rival and rival.at)
        said = {
            "cell": str(cell),
            "against": str(rival or ""),
            "junctions": " ".join(found.junctions),
            "exact": "true" if found.exact else "false",
        }
        return told(served, _paths_by_name(found), said)

    return find


def _paths_by_name(found: Paths) -> dict[str, Array]:
    floats = {
        "score": found.score,
        "all": found.every,
        "biases": found.biases,
        "rest": found.rest,
        "values": found.values,
        "pixels": found.pixels,
        "muted": found.muted,
    }
    named: dict[str, Array] = {
        name: np.asarray(values, np.float32) for name, values in floats.items()
    }
    return {**named, "cells": found.cells.astype(np.int32)}


def _variations(parameters: QueryParams, spec: NetworkSpec) -> Find:
    return _find_variations


def _find_variations(served: Served, drawn: Drawn) -> Found:
    read = variations(served.network, drawn.pixels_for(served))
    floats = {
        "shift": read.shift,
        "rotation": read.rotation,
        "rotation.angles": ANGLES,
        "rotation.images": read.turned,
        "scale": read.scale,
        "scale.factors": FACTORS,
        "scale.images": read.sized,
    }
    named: dict[str, Array] = {
        name: np.asarray(values, np.float32) for name, values in floats.items()
    }
    return told(served, {**named, "shift.offsets": OFFSETS})


KINDS: Final[Mapping[str, Kind]] = {
    "trace": Kind(_trace),
    "derivatives": Kind(_derivatives),
    "paths": Kind(_paths, quick=False),
    "variations": Kind(_variations, quick=False),
    "step": Kind(step_of, quick=False),
    "gradient": Kind(gradient_of, quick=False),
}
