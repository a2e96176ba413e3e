"""Questions in words: as they cross the wire, each sentence also in English."""

from collections.abc import Mapping

from app.cells import PLACES
from app.quiz import schemas
from app.quiz.item import Figure, Gap, Grid, Item, Option, Words
from app.quiz.make import Numbered, Quiz
from app.texts import Texts


def quiz_said(
    quiz: Quiz, texts: Texts, about: Mapping[str, str], level: int, seed: int
) -> schemas.Quiz:
    """
    Write a set as it crosses the wire.

    Parameters
    ----------
    about
        The network's id and the hash of its weights.
    """
    left_out = tuple(
        schemas.QuizLeftOut(kind=one.kind, reason=said(Words(f"item.without.{one.reason}"), texts))
        for one in quiz.left_out
    )
    items = tuple(item_said(one, texts) for one in quiz.items)
    return schemas.Quiz(
        model=about["model"],
        weights=about["weights"],
        level=level,
        seed=seed,
        items=items,
        left_out=left_out,
    )


def item_said(numbered: Numbered, texts: Texts) -> schemas.QuizItem:
    """Write one question."""
    kind, level, item = numbered
    return schemas.QuizItem(
        kind=kind,
        level=level,
        form=item.form,
        asks=said(item.asks, texts),
        grids=tuple(_grid(one, texts) for one in item.grids),
        options=tuple(_option(one, texts) for one in item.options),
        why=said(Words(f"item.{kind}.why", item.asks.gaps), texts),
        cell=_cell(item),
        moved=schemas.QuizMove(down=item.moved.down, right=item.moved.right),
    )


def said(words: Words, texts: Texts) -> schemas.QuizWords:
    """Write a sentence, its gaps and its English."""
    count = words.gaps.get("count")
    filled = words.filled() if count is None else {**words.filled(), "count": count}
    return schemas.QuizWords(
        key=words.key,
        gaps={name: _gap(gap) for name, gap in words.gaps.items()},
        text=texts.say(words.key, **filled),
    )


def _gap(gap: Gap) -> str | int | schemas.QuizFigure:
    if isinstance(gap, Figure):
        return schemas.QuizFigure(value=gap.value, decimals=gap.decimals)
    return gap


def _grid(grid: Grid, texts: Texts) -> schemas.QuizGrid:
    return schemas.QuizGrid(
        title=said(grid.title, texts),
        rows=grid.rows,
        decimals=grid.decimals,
        painted=grid.painted,
        labels=grid.labels,
    )


def _option(option: Option, texts: Texts) -> schemas.QuizOption:
    mistake = Words(f"item.mistake.{option.mistake}")
    return schemas.QuizOption(
        says=said(option.says, texts),
        right=option.right,
        mistake=None if option.right else said(mistake, texts),
        grid=option.grid and _grid(option.grid, texts),
    )


def _cell(item: Item) -> schemas.QuizCell:
    places = dict(zip(PLACES, (*item.cell.at, 0, 0), strict=False))
    return schemas.QuizCell(layer=item.cell.layer, **places)
