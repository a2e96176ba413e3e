"""What crosses the wire about somebody's own drawings."""

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from app.handwriting.folder import LONGEST_NAME, MOST_CLASSES, Writer
from app.schemas import MAX_POINTS, MAX_STROKES, Stroke, Wire


def _plain(name: str) -> str:
    name = unicodedata.normalize("NFC", name).strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise PydanticCustomError("class_name", "no name", {"most": LONGEST_NAME})
    return name


Name = Annotated[str, AfterValidator(_plain)]


class HandwritingNames(Wire):
    """What is to be collected."""

    names: list[Name] = Field(
        min_length=1,
        max_length=MOST_CLASSES,
        description="Of digits, letters or signs of one's own; those of digits join MNIST's.",
    )


class HandwritingBody(Wire):
    """A drawing that is to be kept."""

    label: int = Field(ge=0, le=9999, description="The number of its class.")
    writer: Writer = Field(description="A colour tells writers apart.")
    strokes: list[Stroke] = Field(min_length=1, max_length=MAX_STROKES, fail_fast=True)

    @model_validator(mode="after")
    def _few_points(self) -> "HandwritingBody":
        total = sum(len(stroke.points) for stroke in self.strokes)
        if total > MAX_POINTS:
            raise PydanticCustomError("points_total", "too many points", {"total": total})
        return self


class HandwritingChange(Wire):
    """What a drawing is to be from now on; what is left out stays."""

    label: int | None = Field(default=None, ge=0, le=9999)
    writer: Writer | None = None


class HandwritingClass(Wire):
    """A class that is collected."""

    number: int
    name: str


class HandwritingDrawing(Wire):
    """A drawing that is kept."""

    id: str
    label: int = Field(description="The number of its class.")
    writer: Writer
    held_out: bool = Field(description="Whether it is never learnt from, to judge with.")


class Handwriting(Wire):
    """Everything that is kept but the strokes, and how much more may be."""

    classes: tuple[HandwritingClass, ...]
    drawings: tuple[HandwritingDrawing, ...] = Field(description="In the order they were drawn.")
    writers: tuple[Writer, ...] = Field(description="The colours that there are.")
    bytes: int
    most_bytes: int
    most_drawings: int
    most_classes: int
    rule: str = Field(description="Which drawings are held out.")
    runs: tuple[str, ...] = Field(description="Trainings that learnt from it, the newest first.")


class HandwritingGone(Wire):
    """What became of the trainings when everything was deleted."""

    deleted: tuple[str, ...]
    left: tuple[str, ...] = Field(
        description="They hold weights and figures, and no drawing; one under way fails."
    )


class HandwritingFigure(Wire):
    """How many images of one part were read right, before a training and after it."""

    part: str = Field(
        description="`drawings`: all that were held out; `mnist`: MNIST's test images; else those "
        "of the writer of that colour."
    )
    before: int
    after: int
    total: int


class HandwritingFigures(Wire):
    """What a training on somebody's own drawings has changed."""

    run: str
    figures: tuple[HandwritingFigure, ...]
