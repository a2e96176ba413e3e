"""What of lessons crosses the wire."""

from typing import Literal

from pydantic import Field

from app.schemas import Wire


class LessonSummary(Wire):
    """One line of the list of lessons."""

    name: str
    title: str
    minutes: int = Field(description="How long it takes.")
    audience: str = Field(description="For whom it is.")
    network: str = Field(description="The id of the network that it is about.")
    count: int = Field(description="How many cues it has.")


class LessonRun(Wire):
    """A piece of a sentence: a text, or a number of the drawing that is looked at."""

    text: str
    strong: bool = False
    number: tuple[str, ...] = Field(
        default=(), description='What fills its place, such as ["probability", "8"].'
    )


class LessonBlock(Wire):
    """A paragraph, which has one item, or a list."""

    kind: Literal["paragraph", "list"]
    items: tuple[tuple[LessonRun, ...], ...]


class LessonPaper(Wire):
    """A grid on the handout, with numbers or to be filled in by hand."""

    title: str
    rows: tuple[tuple[str, ...], ...] = Field(description="Texts; an empty cell is empty.")


class LessonCue(Wire):
    """A stop: words about a state of a page."""

    title: str
    page: Literal["", "operations"] = Field(description="Its path below the root.")
    section: str = Field(description="Of the page of operations; empty on the other.")
    parts: dict[str, str] = Field(description="What its link says, by the names that links have.")
    spotlight: str = Field(description="What stands out: a layer, or a part of the page.")
    pace: float = Field(description="Seconds that it stands when the lesson runs by itself.")
    words: tuple[LessonBlock, ...]
    notes: tuple[str, ...] = Field(description="For whoever presents it; paragraphs.")
    papers: tuple[LessonPaper, ...] = Field(default=(), description="Grids on the handout.")


class Lesson(LessonSummary):
    """A tour made of cues."""

    digit: str = Field(description="The sample that is drawn on an empty pad.")
    cues: tuple[LessonCue, ...]
