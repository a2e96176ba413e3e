"""A lesson held to the network that it is about: what it names is there."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from app.lessons.mistakes import Mistakes
from app.lessons.schemas import LessonCue, LessonRun
from app.lessons.words import ABOUT_CLASSES, ABOUT_LAYERS, GUESSES
from app.schemas import Model

NETWORK_SPOTS: Final = ("pad", "guess", "samples", "tools", "stage", "account")
"""What a spotlight may be on beside layers; static/js/lesson/spotlight.js finds them."""

_DIGITS: Final = 9
"""Longer numbers than this name no cell of any layer."""


def judge(
    cues: Sequence[tuple[int, LessonCue]],
    lines: Sequence[str],
    network: Model,
    mistakes: Mistakes,
) -> None:
    """
    Hold cues to the network; what they name of operations only their pages know.

    Parameters
    ----------
    cues
        Each with the number of the line in which it begins.
    lines
        Of the file: what is not there is told at the first line of its cue that says it.
    """
    for begin, cue in cues:
        for what, says in () if cue.page else dict.fromkeys(_wrong(cue, network)):
            mistakes.add(_line_of(what, lines, begin), says)


def _line_of(what: str, lines: Sequence[str], begin: int) -> int:
    places = (at for at, line in enumerate(lines[begin:], start=begin + 1) if what in line)
    return next(places, begin)


def _wrong(cue: LessonCue, network: Model) -> Iterator[tuple[str, str]]:
    """Give what a line says, and what is wrong with it."""
    names = [network.input.name, *(layer.name for layer in network.layers)]
    if cue.spotlight and cue.spotlight not in (*NETWORK_SPOTS, *names):
        says = (
            f"{network.id} has no layer {cue.spotlight} for a spotlight. It has {_listed(names)}."
        )
        yield (cue.spotlight, says)
    cell = cue.parts.get("cell", "")
    if cell.startswith("{strongest "):
        for says in wrong_number(tuple(cell.strip("{}").split()), network):
            yield (cell, says)
    elif cell:
        layer, *at = cell.split(".")
        place = tuple("0" if one in ("{guess}", "{second}") else one for one in at)
        for says in _wrong_cell(layer, place, network):
            yield (cell, says)
    for run in runs_of(cue):
        for says in wrong_number(run.number, network) if run.number else ():
            yield ("{" + " ".join(run.number) + "}", says)


def runs_of(cue: LessonCue) -> Iterator[LessonRun]:
    """All pieces of a cue's words."""
    return (run for block in cue.words for item in block.items for run in item)


def wrong_number(words: tuple[str, ...], network: Model) -> Iterator[str]:
    """Say what a number names that this network does not have."""
    first, *rest = words
    if first in ABOUT_CLASSES:
        if rest[0] not in (*network.classes, *GUESSES):
            yield f"{network.id} has no class {rest[0]}. It has {_listed(network.classes)}."
    elif first in ABOUT_LAYERS:
        yield from _no_layer(rest[0], network)
    elif first not in GUESSES:
        yield from _wrong_cell(first, rest, network)


def _wrong_cell(layer: str, place: Sequence[str], network: Model) -> Iterator[str]:
    """Say what is wrong with a cell: its layer, or its channel, or its channel, row and column."""
    shape = _shapes(network).get(layer)
    if shape is None:
        yield from _no_layer(layer, network)
        return
    at = (*place, "0", "0")[:3]
    fits = all(
        n.isascii() and n.isdigit() and len(n) <= _DIGITS and int(n) < most
        for n, most in zip(at, (*shape, 1, 1), strict=False)
    )
    if not fits or len(place) not in (1, 3):
        sizes = "×".join(map(str, shape))
        yield f"{' '.join((layer, *place))} is no cell: {layer} has {sizes}, counted from 0."


def _no_layer(layer: str, network: Model) -> Iterator[str]:
    if layer not in (shapes := _shapes(network)):
        yield f"{network.id} has no layer {layer}. It has {_listed(shapes)}."


def _shapes(network: Model) -> dict[str, tuple[int, ...]]:
    shapes = {layer.name: layer.shape for layer in network.layers}
    return shapes | {network.input.name: network.input.shape}


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
