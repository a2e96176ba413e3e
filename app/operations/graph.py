"""From layers as JSON has them to a graph that may be run."""

import math
import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any, Final

from app.operations.asked import Sent, input_shape, wrong
from app.operations.limits import MOST_VALUES, judge_count
from app.refusals import RefusalError
from model.spec import GraphSpec, LayerSpec, SpecError
from model.spec_json import layer_from_json

_PLAIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")
_LARGEST: Final = 1e9
"""No number of a layer is nearly as large."""


def graph_of(sent: Sent) -> GraphSpec:
    """
    Make a graph of what was sent.

    Raises
    ------
    RefusalError
        Saying what of it cannot be.
    """
    place = sent.place("layers")
    judge_layers(sent.layers, place)
    return graph_in(sent.layers, input_shape(sent), place)


def judge_layers(values: Any, place: str) -> None:
    """
    Hold layers as JSON has them to how many they may be, and to names that a sentence may repeat.

    Raises
    ------
    RefusalError
        Saying what of them cannot be.
    """
    if not isinstance(values, list):
        raise wrong("no-list", place)
    judge_count(len(values))
    for number, value in enumerate(_values(values)):
        if number >= MOST_VALUES:
            raise wrong("long-layers", place, {"most": MOST_VALUES})
        judge_value(value, place)


def graph_in(values: list[Any], shape: tuple[int, int, int], place: str) -> GraphSpec:
    """
    Make a graph of layers as JSON has them, once they were judged.

    Raises
    ------
    RefusalError
        Saying what is wrong with the first layer that cannot be, at its place in the list.
    """
    layers: list[LayerSpec] = []
    for at, one in enumerate(values):
        try:
            layers.append(layer_from_json(at + 1, one))
        except SpecError as error:
            raise ill(error, f"{place}/{at}") from None
    if not layers:
        raise wrong("no-layers", place)
    try:
        return GraphSpec(shape, tuple(layers))
    except SpecError:
        raise _first_ill(shape, layers, place) from None


def judge_value(value: Any, place: str) -> None:
    """
    Hold texts to what a sentence may repeat, and numbers to what a layer may have.

    Raises
    ------
    RefusalError
        Saying what is wrong with it.
    """
    if isinstance(value, str) and not _PLAIN.fullmatch(value):
        raise wrong("odd-name", place)
    if isinstance(value, float) and not math.isfinite(value):
        raise wrong("not-finite", place)
    if isinstance(value, int | float) and abs(value) > _LARGEST:
        raise wrong("too-large", place, {"most": _LARGEST})


def _first_ill(shape: tuple[int, int, int], layers: list[LayerSpec], place: str) -> RefusalError:
    """Say what is wrong with the first layer that does not fit to those before it."""
    found: dict[int, SpecError] = {}

    def fails(count: int) -> bool:
        try:
            GraphSpec(shape, tuple(layers[:count]))
        except SpecError as error:
            found[count] = error
        return count in found

    at = bisect_left(range(1, len(layers) + 1), True, key=fails)
    return ill(found[at + 1], f"{place}/{at}")


def ill(error: SpecError, place: str) -> RefusalError:
    """Refuse a graph that cannot be, for what is wrong at this place."""
    return wrong(f"graph-{error.kind}", place, error.gaps)


def _values(value: Any) -> Iterator[Any]:
    """Go through all texts, names and numbers, however they are nested."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield from one
            waiting.extend(one.values())
        elif isinstance(one, list):
            yield len(one)
            waiting.extend(one)
        else:
            yield one
