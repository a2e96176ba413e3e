"""Questions as a table for a spreadsheet, a row a question."""

import csv
import io

from app.numbers import number
from app.quiz.schemas import Quiz, QuizGrid, QuizItem, QuizOption

_MOST: int = 5
"""Wrong answers of a question."""


def table(quiz: Quiz) -> str:
    """Write a set, with what is given, the answer, and each wrong answer beside its mistake."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    wrong = [f"{what} {at}" for at in range(1, _MOST + 1) for what in ("wrong", "mistake")]
    writer.writerow(
        ["number", "kind", "level", "form", "question", "given", "right", "why", *wrong]
    )
    for at, item in enumerate(quiz.items, 1):
        writer.writerow([at, item.kind, item.level, item.form, *_row(item)])
    return file.getvalue()


def _row(item: QuizItem) -> list[str]:
    right = next(one for one in item.options if one.right)
    others = [one for one in item.options if not one.right]
    wrong = [text for one in others for text in (_shown(one), one.mistake and one.mistake.text)]
    given = "\n".join(_numbers(one) for one in item.grids)
    cells = [item.asks.text, given, _shown(right), item.why.text, *wrong]
    return [one or "" for one in cells] + [""] * (2 * (_MOST - len(others)))


def _shown(option: QuizOption) -> str:
    return _numbers(option.grid) if option.grid else option.says.text


def _numbers(grid: QuizGrid) -> str:
    """Rows below each other, numbers with spaces between, and their labels before them."""
    rows = [" ".join(number(one, grid.decimals) for one in row) for row in grid.rows]
    if grid.labels:
        rows = [f"{label}: {row}" for label, row in zip(grid.labels, rows, strict=True)]
    return "\n".join([f"{grid.title.text}:", *rows])
