"""The kinds of questions: a file each, and this list."""

from collections.abc import Mapping
from typing import Final

from app.quiz.kinds.kernel import KERNEL
from app.quiz.kinds.kind import Kind
from app.quiz.kinds.pooling import POOLING
from app.quiz.kinds.reads import READS
from app.quiz.kinds.relu import RELU
from app.quiz.kinds.seen import SEEN
from app.quiz.kinds.share import SHARE
from app.quiz.kinds.shift import SHIFT
from app.quiz.kinds.size import SIZE
from app.quiz.kinds.strongest import STRONGEST
from app.quiz.kinds.times import TIMES
from app.quiz.kinds.weights import WEIGHTS
from app.quiz.kinds.window import WINDOW

__all__ = ["KINDS", "Kind"]

_ALL: Final = (
    WINDOW,  # what does this window give
    KERNEL,  # which kernel made this map
    SIZE,  # what is the output size
    READS,  # which rows does a cell read
    RELU,  # what does ReLU let through
    POOLING,  # which of the four wins
    SEEN,  # which cell cannot have seen this pixel
    WEIGHTS,  # how many weights
    STRONGEST,  # which term raises a unit most
    SHARE,  # which share has this score
    TIMES,  # how many times as large is a share
    SHIFT,  # does the digit survive a shift
)

KINDS: Final[Mapping[str, Kind]] = {one.name: one for one in _ALL}
"""By name, in the order of the network."""
