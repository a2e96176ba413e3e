"""A lesson's file, read into cues, as static/lessons/README.md describes it."""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Final

from app.lessons.judge import NETWORK_SPOTS, judge
from app.lessons.links import Shown, read_link
from app.lessons.mistakes import LessonError, Mistakes
from app.lessons.papers import read_paper
from app.lessons.schemas import Lesson, LessonCue, LessonPaper
from app.lessons.words import Line, blocks
from app.schemas import Model

MOST_CUES: Final = 60
MOST_LETTERS: Final = 100_000
PACE: Final = 20.0
"""Seconds that a cue stands that says nothing else."""

SECTION_SPOTS: Final = ("title", "hands", "stage", "account", "question", "onward")
"""What a spotlight may be on in an operation, as `NETWORK_SPOTS` on the other page."""

_KEY: Final = re.compile(r"([A-Za-z]+):(?:\s+(.*))?$")
_NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,39}")
_LAYER: Final = re.compile(r"[A-Za-z][\w-]{0,39}")
_HEAD: Final = ("title", "minutes", "for", "network", "drawing")
_CUE: Final = ("show", "spotlight", "pace", "note", "paper")
_SEVERAL: Final = ("note", "paper")
_BEGINS: Final = re.compile(r"#(\s|$)")
_LOST: Final = Shown("operations", "", {})
"""What a wrong link shows: nobody can say what is there, so nothing else is found wrong there."""


def read_lesson(text: str, file: str, networks: Mapping[str, Model]) -> Lesson:
    """
    Read a lesson, and hold it to its network.

    Parameters
    ----------
    text : str
        Of the file.
    file : str
        Its name; without its ending it names the lesson.
    networks
        By id; the first is the one that it is about where it names none.

    Raises
    ------
    LessonError
        With all that is wrong with it.
    """
    mistakes = Mistakes(file)
    name = file.removesuffix(".txt")
    if not _NAME.fullmatch(name):
        mistakes.add(1, "The file is named with small letters, digits and dashes: my-lesson.txt.")
    if len(text) > MOST_LETTERS:
        mistakes.add(1, f"It has more than {MOST_LETTERS} letters. Make two lessons of it.")
        raise LessonError(mistakes.all())
    lines = [line.rstrip() for line in text.split("\n")]
    head, parts = _divided(lines, mistakes)
    about = _Head(head, networks, mistakes)
    cues: list[tuple[int, LessonCue]] = []
    for part in parts:
        before = cues[-1][1] if cues else None
        cues.append((part[0][0], _cue(part, before, about.network, mistakes)))
    if about.network in networks:
        judge(cues, lines, networks[about.network], mistakes)
    if found := mistakes.all():
        raise LessonError(found)
    return Lesson(
        name=name,
        title=about.title,
        minutes=about.minutes,
        audience=about.audience,
        network=about.network,
        digit=about.digit,
        count=len(cues),
        cues=tuple(cue for _, cue in cues),
    )


def _divided(lines: Sequence[str], mistakes: Mistakes) -> tuple[list[Line], list[list[Line]]]:
    """What stands above the first cue, and the lines of each cue."""
    head: list[Line] = []
    parts: list[list[Line]] = []
    for number, line in enumerate(lines, start=1):
        if _BEGINS.match(line):
            parts.append([])
        (parts[-1] if parts else head).append((number, line))
    if not parts:
        mistakes.add(1, "It has no cue. A cue begins with # and its title.")
    if len(parts) > MOST_CUES:
        mistakes.add(parts[MOST_CUES][0][0], f"A lesson has at most {MOST_CUES} cues.")
    return head, parts


class _Head:
    """What stands above the first cue."""

    def __init__(
        self, lines: Sequence[Line], networks: Mapping[str, Model], mistakes: Mistakes
    ) -> None:
        said, rest = _said(lines, _HEAD, "a lesson", mistakes)
        for at, line in rest:
            if line:
                mistakes.add(
                    at, "Above the first cue stand title, minutes and for, each with a colon."
                )
                break
        for key, about in (("title", "what it is called"), ("for", "whom it is for")):
            if not said.get(key, [(0, "")])[0][1]:
                mistakes.add(1, f"It does not say {about}: write {key}: and a few words.")
        self.title = said.get("title", [(1, "")])[0][1]
        self.audience = said.get("for", [(1, "")])[0][1]
        at, self.network = said.get("network", [(1, next(iter(networks), ""))])[0]
        if self.network not in networks:
            has = ", ".join(networks)
            mistakes.add(at, f"It is about {self.network}, which is not served. There are {has}.")
        at, minutes = said.get("minutes", [(1, "")])[0]
        if not re.fullmatch(r"[1-9][0-9]{0,2}", minutes, re.ASCII):
            mistakes.add(at, "minutes: is a whole number from 1 to 999.")
        self.minutes = int(minutes) if re.fullmatch(r"[0-9]{1,3}", minutes, re.ASCII) else 1
        at, self.digit = said.get("drawing", [(1, "8")])[0]
        if not re.fullmatch(r"[0-9]", self.digit, re.ASCII):
            mistakes.add(at, "drawing: is one of the sample digits, 0 to 9.")


def _cue(
    lines: Sequence[Line], before: LessonCue | None, network: str, mistakes: Mistakes
) -> LessonCue:
    at, heading = lines[0]
    title = heading[1:].strip()
    if not title:
        mistakes.add(at, "A cue has a title behind its #.")
    said, rest = _said(lines[1:], _CUE, "a cue", mistakes)
    shown = _shown(said, before, network, mistakes)
    place, spot = said.get("spotlight", [(at, "")])[0]
    spots = SECTION_SPOTS if shown.page else NETWORK_SPOTS
    named = spot in spots or (not shown.page and _LAYER.fullmatch(spot))
    if spot and not named and shown != _LOST:
        mistakes.add(place, f"A spotlight is on one of {', '.join(spots)}, or on a layer.")
    place, pace = said.get("pace", [(at, str(PACE))])[0]
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9])?", pace, re.ASCII) or not 1 <= float(pace) <= 600:
        mistakes.add(place, "pace: is a number of seconds from 1 to 600.")
        pace = str(PACE)
    words = blocks(rest, mistakes)
    if not words:
        mistakes.add(at, "A cue says something: below its keys and an empty line stand its words.")
    return LessonCue(
        title=title,
        page=shown.page,
        section=shown.section,
        parts=shown.parts,
        spotlight=spot,
        pace=float(pace),
        words=words,
        notes=tuple(text for _, text in said.get("note", [])),
        papers=_papers(said.get("paper", []), mistakes),
    )


def _papers(said: Sequence[Line], mistakes: Mistakes) -> tuple[LessonPaper, ...]:
    found: list[LessonPaper] = []
    for at, text in said:
        try:
            found.append(read_paper(text))
        except ValueError as error:
            mistakes.add(at, str(error))
    return tuple(found)


def _shown(
    said: dict[str, list[Line]], before: LessonCue | None, network: str, mistakes: Mistakes
) -> Shown:
    """What a cue shows; where it says nothing, what the one before it does."""
    stays = Shown(before.page, before.section, before.parts) if before else Shown("", "", {})
    if "show" not in said:
        return stays
    at, link = said["show"][0]
    try:
        shown = read_link(link)
    except ValueError as error:
        mistakes.add(at, str(error))
        return _LOST
    if shown.network not in ("", network):
        mistakes.add(at, f"The link is of {shown.network}, and the lesson of {network}.")
    return shown


def _said(
    lines: Sequence[Line], keys: Sequence[str], what: str, mistakes: Mistakes
) -> tuple[dict[str, list[Line]], Sequence[Line]]:
    """Read what stands as KEY: VALUE up to the first line that does not; and the rest."""
    said: dict[str, list[Line]] = {}
    for place, (at, line) in enumerate(lines):
        found = _KEY.match(line)
        if not line and not said:
            continue  # nothing stands there yet
        if not found:
            if line and said and what == "a cue":
                mistakes.add(at, "An empty line stands between the keys and the words.")
            return said, lines[place:]
        key, value = found[1].lower(), (found[2] or "").strip()
        if key not in keys:
            near = get_close_matches(key, keys, 1)
            meant = f" Did you mean {near[0]}:?" if near else ""
            mistakes.add(at, f"There is no {key}: of {what}. It has {', '.join(keys)}.{meant}")
        elif key in said and key not in _SEVERAL:
            mistakes.add(at, f"{key}: is there twice.")
        else:
            said.setdefault(key, []).append((at, value))
    return said, []
