"""Test images of sets, kept for those who look at them; and which of them a query names."""

import re
import threading
from typing import Final

import numpy as np
import numpy.typing as npt

from app import data_sets
from app.refusals import RefusalError, wrong_parameter
from app.schemas import Gap
from model.data.errors import MnistError
from model.data.sets import DataSet
from model.train.batches import Examples

MOST: Final = 10_000
"""Images that one answer holds: all of MNIST's."""

MOST_PACKED: Final = 1_000
"""Images that are compressed where that is wanted: 50 ms of work."""

_KEPT: Final = 2
_RANGE: Final = re.compile(r"([0-9]{1,9})(?:-([0-9]{1,9}))?")


class Images:
    """The test images of the sets that were looked at last; 8 MB of MNIST."""

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], Examples] = {}
        self._lock = threading.Lock()

    def load(self, one: DataSet) -> Examples:
        """
        Read a set, if its files are not those that were read before.

        Raises
        ------
        RefusalError
            When it cannot be read.
        """
        try:
            key = (one.id, *(part.stat().st_mtime_ns for part in one.parts["test"]))
            with self._lock:
                if key not in self._kept:
                    while len(self._kept) >= _KEPT:
                        self._kept.pop(next(iter(self._kept)))
                    self._kept[key] = data_sets.load(one, "test")
                return self._kept[key]
        except (MnistError, OSError) as error:
            why = data_sets.without_folder(str(error), one)
            raise RefusalError("set-not-read", {"why": why}) from None


def places(said: str, count: int) -> npt.NDArray[np.intp]:
    """
    Read which images are meant: "0-99,105", or all for nothing.

    Raises
    ------
    RefusalError
        When it is no such list, or names what is not there, or too many.
    """
    gaps: dict[str, Gap] = {"last": count - 1, "most": MOST}
    ranges = []
    for part in (said or f"0-{min(count, MOST) - 1}").split(","):
        found = _RANGE.fullmatch(part)
        if found is None:
            raise wrong_parameter("at", "no-images", gaps)
        first, last = int(found[1]), int(found[2] or found[1])
        if not first <= last < count:
            raise wrong_parameter("at", "not-these-images", gaps)
        ranges.append(range(first, last + 1))
    if sum(map(len, ranges)) > MOST:
        raise wrong_parameter("at", "many-images", gaps)
    return np.concatenate([np.arange(one.start, one.stop) for one in ranges])
