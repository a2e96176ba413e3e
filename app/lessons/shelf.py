"""The lessons of a server: those that come along, and a teacher's own from a folder."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from app.lessons.mistakes import LessonError, Mistake
from app.lessons.schemas import Lesson, LessonSummary
from app.lessons.text import read_lesson
from app.paths import resource_folder
from app.refusals import RefusalError
from app.schemas import Model

Networks = Mapping[str, Model]
"""By id, in the order in which the server has them; the first is the page's own."""

ORDER: Final = ("tour", "my-eight", "numbers", "sixteen", "shifted", "softmax", "first-hour")
"""Of those that come along; a teacher's own come behind them, by title."""


class Lessons(Mapping[str, Lesson]):
    """Lessons by name, and what was wrong with those that are left out."""

    def __init__(self, lessons: Mapping[str, Lesson], mistakes: tuple[Mistake, ...] = ()) -> None:
        self._lessons = dict(sorted(lessons.items(), key=_place))
        self.mistakes = mistakes

    def find(self, name: str) -> Lesson:
        """
        Find the lesson that a request names.

        Raises
        ------
        RefusalError
            Naming those there are.
        """
        if name not in self._lessons:
            raise RefusalError("unknown-lesson", {"lessons": tuple(self._lessons)})
        return self._lessons[name]

    def summaries(self) -> list[LessonSummary]:
        """Each in a line."""
        names = tuple(LessonSummary.model_fields)
        return [
            LessonSummary(**{name: getattr(one, name) for name in names}) for one in self.values()
        ]

    def __getitem__(self, name: str) -> Lesson:
        return self._lessons[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._lessons)

    def __len__(self) -> int:
        return len(self._lessons)


def _place(named: tuple[str, Lesson]) -> tuple[int, str]:
    name, lesson = named
    return (ORDER.index(name) if name in ORDER else len(ORDER), lesson.title)


def load_lessons(folder: str, networks: Networks) -> Lessons:
    """
    Read what comes along and, where a folder is named, what lies in it; of one name its own.

    Lessons about networks that are not served are left out, with a sentence where they are
    somebody's own.

    Raises
    ------
    ValueError
        When there is no such folder.
    """
    ours, _ = _read(resource_folder("static") / "lessons", networks)
    if not folder:
        return Lessons(ours)
    if not Path(folder).is_dir():
        raise ValueError(f"There is no folder {folder} with lessons. Name one that there is.")
    own, mistakes = _read(Path(folder), networks)
    return Lessons({**ours, **own}, mistakes)


def _read(folder: Path, networks: Networks) -> tuple[dict[str, Lesson], tuple[Mistake, ...]]:
    found: dict[str, Lesson] = {}
    mistakes: list[Mistake] = []
    for path in sorted(folder.glob("*.txt")):
        try:
            lesson = _lesson(path, networks)
            found[lesson.name] = lesson
        except LessonError as error:
            mistakes += error.mistakes
    return found, tuple(mistakes)


def _lesson(path: Path, networks: Networks) -> Lesson:
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise LessonError((Mistake(path.name, 1, "It cannot be read as UTF-8 text."),)) from None
    return read_lesson(text, path.name, networks)
