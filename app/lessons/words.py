"""The words of a cue: paragraphs and lists, **strong** pieces, and {places} that numbers fill."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from app.lessons.mistakes import Mistakes
from app.lessons.schemas import LessonBlock, LessonRun

GUESSES: Final = ("guess", "second")
"""The classes of the first and of the second guess."""

ABOUT_CLASSES: Final = ("probability", "score")
ABOUT_LAYERS: Final = ("strongest", "maps", "units", "cells", "size", "kernel", "weights")

_PIECE: Final = re.compile(r"\{([^{}]*)\}|\*\*([^*]+)\*\*")
_LAYER: Final = re.compile(r"[A-Za-z][\w-]{0,39}")
_INDEX: Final = re.compile(r"[0-9]{1,6}")
_ITEM: Final = "- "

Line = tuple[int, str]
"""The number of a line, and what it says."""


def blocks(lines: Sequence[Line], mistakes: Mistakes) -> tuple[LessonBlock, ...]:
    """Read the words of a cue. An empty line ends a paragraph; lines with a dash are a list."""
    made: list[LessonBlock] = []
    for listed, items in _grouped(lines):
        read = tuple(runs(text, at, mistakes) for at, text in items)
        made.append(LessonBlock(kind="list" if listed else "paragraph", items=read))
    return tuple(made)


def _grouped(lines: Sequence[Line]) -> Iterator[tuple[bool, list[Line]]]:
    """Join what belongs together: a paragraph is one item, a list has one for each dash."""
    listed, items = False, list[Line]()
    for at, text in (*lines, (0, "")):
        dash = text.startswith(_ITEM)
        if items and (not text.strip() or (dash and not listed)):
            yield listed, items
            items = []
        if not text.strip():
            continue
        if dash or not items:
            listed = dash
            items.append((at, text.removeprefix(_ITEM).strip()))
        else:
            first, said = items[-1]
            items[-1] = (first, f"{said} {text.strip()}")


def runs(text: str, at: int, mistakes: Mistakes) -> tuple[LessonRun, ...]:
    """Read one paragraph, which begins in this line."""
    made: list[LessonRun] = []
    end = 0
    for found in _PIECE.finditer(text):
        made.append(LessonRun(text=text[end : found.start()]))
        if found[2] is not None:
            strong = runs(found[2], at, mistakes)
            made += [run.model_copy(update={"strong": True}) for run in strong]
        else:
            words = tuple(found[1].split())
            if why := wrong_number(words):
                mistakes.add(at, f"{{{found[1]}}} cannot be filled: {why}")
            else:
                made.append(LessonRun(text="", number=words))
        end = found.end()
    made.append(LessonRun(text=text[end:]))
    plain = "".join(run.text for run in made)
    if stray := next((sign for sign in ("{", "}", "**") if sign in plain), ""):
        mistakes.add(at, f"{stray} has no partner. {{ and }} enclose a number, ** strong words.")
    return tuple(run for run in made if run.text or run.number)


def wrong_number(words: tuple[str, ...]) -> str:
    """Say what is wrong with the name of a number; nothing where it is one."""
    first, *rest = words or ("",)
    if first in GUESSES:
        return "" if not rest else f"nothing stands behind {first}."
    if first in ABOUT_CLASSES:
        return "" if len(rest) == 1 else f"write {{{first} CLASS}}, {{{first} guess}} or second."
    if first in ABOUT_LAYERS:
        one = len(rest) == 1 and _LAYER.fullmatch(rest[0])
        return "" if one else f"write {{{first} LAYER}}, for example {{{first} conv1}}."
    cell = _LAYER.fullmatch(first) and all(map(_INDEX.fullmatch, rest)) and len(rest) in (1, 3)
    names = ", ".join((*GUESSES, *ABOUT_CLASSES, *ABOUT_LAYERS))
    return "" if cell else f"write {{LAYER MAP ROW COLUMN}}, {{LAYER UNIT}}, or one of {names}."
