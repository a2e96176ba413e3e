"""The account of one gradient: what a query asks of it, and what is answered."""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from starlette.datastructures import QueryParams

from app.cells import Cell, cell_of
from app.found import Find, Found, told
from app.models import Served
from app.reading import Drawn
from app.refusals import wrong_parameter
from app.stepping import Stepping, stepping_of
from app.wire import Array
from model import NetworkSpec
from model.passes import pass_at
from model.train.nudge import Nudge, nudge_cell, nudge_weight
from model.train.step import gradients_of
from model.train.terms import Terms, cell_terms, weight_terms
from model.train.update import updates


def gradient_of(parameters: QueryParams, spec: NetworkSpec) -> Find:
    """
    Make the question where the gradient of a cell comes from, or that of a weight.

    Raises
    ------
    RefusalError
        Saying what cells, or what parameters there are.
    """
    want = stepping_of(parameters, spec)
    weight = "parameter" in parameters
    place = _weight_of(parameters, spec) if weight else cell_of(parameters, spec)

    def find(served: Served, drawn: Drawn) -> Found:
        with np.errstate(all="ignore"):  # of networks whose numbers have grown beyond all bounds
            named, said = _account(served, drawn.input_of(served), want, place, weight=weight)
        return told(served, named, {**want.said, "of": str(place), **said})

    return find


def _weight_of(parameters: QueryParams, spec: NetworkSpec) -> Cell:
    """Read `?parameter=&index=`: a weight is a cell of its parameter."""
    said, known = parameters.getlist("parameter"), tuple(spec.parameter_shapes)
    if len(said) > 1 or said[0] not in known:
        raise wrong_parameter("parameter", "unknown-weights", {"known": known})
    shape = spec.parameter_shapes[said[0]]
    numbers = parameters.get("index", "").split(",")
    places = [int(one) for one in numbers if one.isascii() and one.isdigit() and len(one) < 10]
    fits = len(places) == len(numbers) == len(shape) and len(parameters.getlist("index")) == 1
    if not fits or any(at >= size for at, size in zip(places, shape, strict=True)):
        sizes = "×".join(map(str, shape))
        raise wrong_parameter("index", "no-index", {"sizes": sizes, "count": len(shape)})
    return Cell(said[0], tuple(places))


def _account(
    served: Served, image: Any, want: Stepping, place: Cell, *, weight: bool
) -> tuple[dict[str, Array], dict[str, str]]:
    network, aim, (name, at) = served.network, want.aim, place
    trace = network.trace(image)
    passed = pass_at(network, trace)
    gradients = gradients_of(network, passed, aim)
    update: Mapping[str, Array] = {}
    if weight:
        value, gradient = network.parameters[name][at], gradients.parameters[name][at]
        terms = weight_terms(network, passed, gradients, name, at)
        nudge = nudge_weight(network, image, aim, name, at)
        update = updates(network, image, aim, want.optimiser, want.rate, want.steps, name, at)
    else:
        value, gradient = trace[name][at], gradients.layers[name][(0, *at)]
        terms = cell_terms(network, passed, gradients, aim, name, at)
        nudge = nudge_cell(network, image, aim, name, at)
    exact = {
        "value": value,
        "gradient": gradient,
        "sum": terms.products.sum(),
        **_told(terms, nudge),
        **{f"update/{key}": numbers for key, numbers in update.items()},
    }
    named: dict[str, Array] = {key: np.asarray(one, np.float64) for key, one in exact.items()}
    named |= {
        "terms/reader": terms.reader,
        "terms/cell": terms.cells,
        "terms/source": terms.sources,
        "nudge/crossed": np.asarray(nudge.crossed, np.int32),
    }
    readers = [list(reader) for reader in terms.readers]
    return named, {"readers": json.dumps(readers), "crossings": json.dumps(nudge.crossings)}


def _told(terms: Terms, nudge: Nudge) -> dict[str, Any]:
    return {
        "terms/above": terms.above,
        "terms/factor": terms.factors,
        "terms/product": terms.products,
        "readers/sum": terms.sums,
        "nudge/epsilon": nudge.epsilon,
        "nudge/losses": nudge.losses,
        "nudge/quotient": nudge.quotient,
        "nudge/bound": nudge.bound,
    }
