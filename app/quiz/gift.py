"""Questions as GIFT, the text format in which Moodle takes them."""

import re
from base64 import b64encode
from html import escape
from io import BytesIO
from typing import Final

import numpy as np
from PIL import Image

from app.numbers import number
from app.quiz.schemas import Quiz, QuizFigure, QuizGrid, QuizItem, QuizOption

_SPECIAL: Final = re.compile(r"([\\~=#{}:])")
_SIDE: Final = 168
"""Pixels of a painted grid's longer side."""

_PAPER: Final = np.array([255.0, 255.0, 255.0])
_INK: Final = np.array([18.0, 22.0, 28.0])
_ABOVE: Final = np.array([2.0, 106.0, 183.0])
_BELOW: Final = np.array([168.0, 88.0, 0.0])


def gift(quiz: Quiz) -> str:
    """Write a set; its first line says how to make it again."""
    head = f"// Convlens: {quiz.model}, level {quiz.level}, seed {quiz.seed}"
    titles = [f"{at}. {one.kind}" for at, one in enumerate(quiz.items, 1)]
    items = [_item(title, one) for title, one in zip(titles, quiz.items, strict=True)]
    return "\n\n".join([head, *items]) + "\n"


def quoted(text: str) -> str:
    """Take its meaning for the format from every character that has one."""
    return _SPECIAL.sub(r"\\\1", text).replace("\n", " ")


def _item(title: str, item: QuizItem) -> str:
    grids = "".join(_grid(one, titled=True) for one in item.grids)
    asks = quoted(f"<p>{escape(item.asks.text)}</p>{grids}")
    answers = [_typed(one) if item.form == "number" else _chosen(one) for one in item.options]
    mark = "#" if item.form == "number" else ""
    why = f"####{quoted(escape(item.why.text))}"
    return "\n".join([f"::{quoted(title)}::[html]{asks}{{{mark}", *answers, why, "}"])


def _chosen(option: QuizOption) -> str:
    shown = _grid(option.grid, titled=False) if option.grid else escape(option.says.text)
    return f"{'=' if option.right else '~'}{quoted(shown)}{_feedback(option)}"


def _typed(option: QuizOption) -> str:
    """A number, what is taken for it, and what it is worth."""
    gap = option.says.gaps["value"]
    text, near = str(gap), "0"
    if isinstance(gap, QuizFigure):
        text = f"{gap.value:.{gap.decimals}f}"
        near = f"{0.4 * 10**-gap.decimals:.{gap.decimals + 1}f}"
    return f"={'' if option.right else '%0%'}{text}:{near}{_feedback(option)}"


def _feedback(option: QuizOption) -> str:
    return f"#{quoted(escape(option.mistake.text))}" if option.mistake else ""


def _grid(grid: QuizGrid, *, titled: bool) -> str:
    title = escape(grid.title.text)
    if grid.painted:
        image = f'<img src="{painted(grid)}" alt="{title}">'
        return f"<p>{title}<br>{image}</p>" if titled else image
    rows = ["".join(f"<td>{number(one, grid.decimals)}</td>" for one in row) for row in grid.rows]
    heads = [f"<th>{escape(label)}</th>" for label in grid.labels] or [""] * len(rows)
    lines = "".join(f"<tr>{head}{row}</tr>" for head, row in zip(heads, rows, strict=True))
    return f"<table><caption>{title}</caption>{lines}</table>"


def painted(grid: QuizGrid) -> str:
    """Paint numbers as the page does, as the address of a picture that holds all of it."""
    values = np.array(grid.rows)[..., None]
    if grid.painted == "image":
        share = (values - values.min()) / (float(np.ptp(values)) or 1.0)
        ends = _INK
    else:
        share = np.abs(values) / (float(np.abs(values).max()) or 1.0)
        ends = np.where(values < 0, _BELOW, _ABOVE)
    colours = _PAPER + share * (ends - _PAPER)
    image = Image.fromarray(colours.round().astype(np.uint8))
    times = max(1, _SIDE // max(values.shape))
    large = image.resize((image.width * times, image.height * times), Image.Resampling.NEAREST)
    file = BytesIO()
    large.save(file, "PNG", optimize=True)
    return f"data:image/png;base64,{b64encode(file.getvalue()).decode()}"
