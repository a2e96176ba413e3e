"""Grids on the handout of a lesson, which a class fills in by hand."""

import re
from typing import Final

from app.lessons.schemas import LessonPaper

MOST: Final = 16
"""Rows, and columns, of a grid."""

_SIZE: Final = re.compile(r"([1-9][0-9]?) ?[×x] ?([1-9][0-9]?)")
_CELL: Final = re.compile(r"_|[-−+.,0-9A-Za-z]{1,6}")


def read_paper(text: str) -> LessonPaper:
    """
    Read "TITLE: 8 × 8", an empty grid, or "TITLE: 1 0 / 0 _", rows of cells; without a title, too.

    Raises
    ------
    ValueError
        With a sentence that says how one is written.
    """
    title, _, body = text.rpartition(":")
    body = body.strip()
    if size := _SIZE.fullmatch(body):
        rows = [["_"] * int(size[2])] * int(size[1])
    else:
        rows = [row.split() for row in body.split("/")]
    even = len({len(row) for row in rows}) == 1 and 1 <= len(rows[0]) <= MOST
    if not even or len(rows) > MOST or not all(_CELL.fullmatch(one) for row in rows for one in row):
        raise ValueError(
            "paper: is a size such as 8 × 8, or rows of equal length such as 1 0 / 0 _, at most "
            f"{MOST} by {MOST}; _ is an empty cell. A title stands before them, with a colon."
        )
    filled = tuple(tuple("" if one == "_" else one for one in row) for row in rows)
    return LessonPaper(title=title.strip(), rows=filled)
