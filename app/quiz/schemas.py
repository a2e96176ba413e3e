"""What crosses the wire of questions made from live numbers."""

from typing import Literal

from pydantic import Field

from app.schemas import Wire


class QuizFigure(Wire):
    """A number as it is displayed."""

    value: float = Field(description="Rounded to these decimals.")
    decimals: int


class QuizWords(Wire):
    """A sentence, as a message that can be worded anew and in English."""

    key: str = Field(description="Of the message, as static/text/en.json has it.")
    gaps: dict[str, str | int | QuizFigure] = Field(description="What fills its gaps.")
    text: str = Field(description="In English.")


class QuizGrid(Wire):
    """Numbers in rows."""

    title: QuizWords
    rows: tuple[tuple[float, ...], ...]
    decimals: int
    painted: Literal["", "signed", "image"] = Field(
        description="How it is looked at, where it is not read: blue above 0 and orange below, or "
        "grey as an image."
    )
    labels: tuple[str, ...] = Field(description="Of the rows; none for most.")


class QuizOption(Wire):
    """Something that can be answered."""

    says: QuizWords
    right: bool
    mistake: QuizWords | None = Field(description="What leads to it; null for the right one.")
    grid: QuizGrid | None


class QuizCell(Wire):
    """A cell of the network."""

    layer: str
    channel: int
    row: int
    column: int


class QuizMove(Wire):
    """By how much the drawing is moved before it is read, in pixels."""

    down: int
    right: int


class QuizItem(Wire):
    """One question."""

    kind: str
    level: int
    form: Literal["choice", "number"] = Field(
        description="Whether one of the options is chosen, or a number typed: the options are then "
        "the answer and what mistakes lead to."
    )
    asks: QuizWords
    grids: tuple[QuizGrid, ...]
    options: tuple[QuizOption, ...] = Field(description="Exactly one is right; no two look alike.")
    why: QuizWords
    cell: QuizCell = Field(description="Whose account explains the answer.")
    moved: QuizMove


class QuizLeftOut(Wire):
    """A kind of question that there is none of."""

    kind: str
    reason: QuizWords


class Quiz(Wire):
    """Questions about a network and a drawing: the same of the same seed."""

    model: str
    weights: str
    level: int
    seed: int
    items: tuple[QuizItem, ...]
    left_out: tuple[QuizLeftOut, ...]
