"""What a kind of question is: a function that makes one, or finds that these numbers give none."""

from collections.abc import Callable
from typing import NamedTuple

from app.quiz.item import Item
from app.quiz.material import Material, Rng


class Kind(NamedTuple):
    """
    A kind of question.

    Attributes
    ----------
    make
        Makes one of a level, 1 to 3; None where what was drawn will not do, and is drawn anew.
    missing
        Why a network offers none of a level: the message `item.without.NAME`; "" where it does.
    tries
        How often a question is drawn anew at most; nearly all will do after a few.
    """

    name: str
    make: Callable[[Material, int, Rng], Item | None]
    missing: Callable[[Material, int], str]
    tries: int = 1000
