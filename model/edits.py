"""Other weights for the same network: a list of edits, applied in order, to the same bits anywhere.

Three verbs are enough: set, scale, add. A place is as many leading indices as one likes, so that an
edit is about one weight, a filter, a bias, or all of a layer: to set map 3 of conv2 to 0, filter
and bias, is to silence it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

import numpy as np

from model.arrays import Array
from model.network import Network
from model.parameters import Parameter, strays

Verb = Literal["set", "scale", "add"]

MOST_EDITS = 1_000
MOST_VALUES = 10_000
"""Numbers of all edits together: more are no edits but other weights, which are a file."""

MOST_CHANGES = 10_000_000
"""Weights that all edits change together, each time counted."""

EDIT_SENTENCES: Mapping[str, tuple[str, str]] = {
    "edit-of-nothing": (
        "Edit {number}: the network has neither a parameter nor a layer with parameters of this "
        "name.",
        "It has: {known}.",
    ),
    "edit-elsewhere": (
        "Edit {number}: {parameter} has no such place.",
        "Its sizes are {sizes}: give one whole number, counted from 0, for each of the first of "
        "them, or none for all of it.",
    ),
    "edit-values": (
        "Edit {number}: the values do not fill the place in {parameter}.",
        "Give one number for all of it, or {count} in C order.",
    ),
    "edit-scale": (
        "Edit {number}: scale takes one number.",
        "Give the factor alone, or set each weight.",
    ),
    "edit-unconnected": (
        "Edit {number}: map {map} of {parameter} does not read map {below} below, and its weights "
        "there stay 0.",
        "Name the maps that it reads one by one.",
    ),
    "edit-infinite": (
        "Edit {number}: a number of {parameter} would no longer be finite.",
        "Use a smaller one.",
    ),
    "many-edits": ("These are more than {most} edits.", "Join edits of one place."),
    "many-changes": (
        "The edits change more than {most} weights together.",
        "Join edits of one place.",
    ),
    "many-values": (
        "The edits hold more than {most} numbers together.",
        "Serve other weights as a file: convlens --model FILE.",
    ),
}
"""What is wrong with an edit and how to mend it, by kind; what an error adds stands in braces."""


class Edit(NamedTuple):
    """One step from some weights to others.

    Attributes
    ----------
    do : set puts `values` there, scale multiplies with the only one of them, add adds them.
    of : a parameter in full ("conv2.weight"), or a layer: all its parameters.
    at : leading indices; () for all.
    values : one number, or as many as the place has, in C order; taken as float32.
    """

    do: Verb
    of: str
    at: tuple[int, ...]
    values: tuple[float, ...]


class EditError(ValueError):
    """An edit that cannot be made; the message says what is wrong and how to mend it.

    Attributes
    ----------
    kind : one of `EDIT_SENTENCES`.
    gaps : what stands in the braces of that sentence.
    """

    def __init__(self, kind: str, **gaps: str | int | tuple[str | int, ...]) -> None:
        """Word it."""
        self.kind, self.gaps = kind, gaps
        shown = {
            name: ", ".join(map(str, gap)) if isinstance(gap, tuple) else _grouped(gap)
            for name, gap in gaps.items()
        }
        super().__init__(" ".join(EDIT_SENTENCES[kind]).format(**shown))


def _grouped(gap: str | int) -> str:
    return f"{gap:,}" if isinstance(gap, int) else gap


def edited(network: Network, edits: Sequence[Edit]) -> Network:
    """Make the variant of a network that all edits lead to, one after the other, in float32.

    Its metadata name the network it was made of ("base", a SHA-256) and the edits, so that its
    file can be made again; what was measured of the network (its accuracy) is not said of it.
    Edits that change nothing give the network itself.

    Raises
    ------
    EditError : with a sentence; nothing is changed then.
    """
    if len(edits) > MOST_EDITS:
        raise EditError("many-edits", most=MOST_EDITS)
    if sum(len(edit.values) for edit in edits) > MOST_VALUES:
        raise EditError("many-values", most=MOST_VALUES)
    parameters, left = dict(network.parameters), MOST_CHANGES
    for number, edit in enumerate(edits, 1):
        for name, learnt in _meant(network, edit, number):
            if parameters[name] is network.parameters[name]:
                parameters[name] = parameters[name].copy()
            place = _place(parameters[name], edit, name, number)
            left -= place.size
            if left < 0:
                raise EditError("many-changes", most=MOST_CHANGES)
            _change(place, edit, name, number)
            if stray := strays(learnt, parameters[name]):
                map, below = stray
                raise EditError(
                    "edit-unconnected", number=number, parameter=name, map=map, below=below
                )
    bits = {name: one.tobytes() for name, one in network.parameters.items()}
    if all(one.tobytes() == bits[name] for name, one in parameters.items()):
        return network
    return network.variant(parameters, {"base": network.sha256, "edits": to_json(edits)})


def to_json(edits: Sequence[Edit]) -> str:
    """Write edits in the one way in which equal edits are written."""
    documents = [
        {**edit._asdict(), "values": np.array(edit.values, np.float32).tolist()} for edit in edits
    ]
    return json.dumps(documents, separators=(",", ":"))


def from_json(text: str) -> tuple[Edit, ...]:
    """Read what `to_json` wrote."""
    documents: list[dict[str, Any]] = json.loads(text)
    return tuple(
        Edit(one["do"], one["of"], tuple(one["at"]), tuple(one["values"])) for one in documents
    )


def _meant(network: Network, edit: Edit, number: int) -> Iterator[tuple[str, Parameter]]:
    """The parameters that an edit is about."""
    found = False
    for layer, learnt in network.spec.parameters.items():
        for one in learnt:
            name = f"{layer}.{one.name}"
            if edit.of in (layer, name):
                found = True
                yield name, one
    if not found:
        layers = (layer for layer, learnt in network.spec.parameters.items() if learnt)
        raise EditError("edit-of-nothing", number=number, known=(*layers, *network.parameters))


def _place(values: Array, edit: Edit, name: str, number: int) -> Array:
    """View what an edit is about of a parameter."""
    inside = len(edit.at) <= values.ndim and all(
        0 <= index < size for index, size in zip(edit.at, values.shape, strict=False)
    )
    if not inside:
        raise EditError("edit-elsewhere", number=number, parameter=name, sizes=values.shape)
    index: Any = (*edit.at, ...)  # the dots keep a single number a view
    view: Array = values[index]
    return view


def _change(place: Array, edit: Edit, name: str, number: int) -> None:
    """Make an edit where it is meant."""
    with np.errstate(over="ignore", invalid="ignore"):  # what is not finite is refused below
        values = np.asarray(edit.values, place.dtype)
        if edit.do == "scale" and values.size != 1:
            raise EditError("edit-scale", number=number)
        if values.size not in (1, place.size):
            raise EditError("edit-values", number=number, parameter=name, count=place.size)
        values = values.reshape(place.shape if values.size == place.size else ())
        if edit.do == "set":
            place[...] = values
        elif edit.do == "scale":
            place *= values
        else:
            place += values
    if not np.isfinite(place).all():
        raise EditError("edit-infinite", number=number, parameter=name)
