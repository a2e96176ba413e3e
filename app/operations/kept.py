"""The input that a live channel keeps, so that a picture travels once."""

import numpy as np

from app.operations.asked import AnyArray, Sent, wrong
from app.operations.schemas import LiveOperations
from model.spec import INPUT

_KINDS = {"float32": "F32", "uint8": "U8"}


class KeptInput:
    """The last input that came, at most as large as an input may be, and with which message."""

    def __init__(self) -> None:
        self._array: AnyArray | None = None
        self._number: int | None = None

    def complete(self, sent: Sent, said: LiveOperations) -> Sent:
        """
        Add the input that is kept, where none came along.

        Raises
        ------
        RefusalError
            When another one is meant than is kept.
        """
        if INPUT in sent.shapes or said.kept is None:
            return sent
        array = self._array
        if array is None or said.kept != self._number:
            raise wrong("input-not-kept", "#/__metadata__/kept")
        return sent._replace(
            shapes={**sent.shapes, INPUT: array.shape},
            kinds={**sent.kinds, INPUT: _KINDS[array.dtype.name]},
            take=lambda name: array if name == INPUT else sent.take(name),
        )

    def keep(self, sent: Sent, said: LiveOperations) -> None:
        """Keep the input that came, once it was found to be a right one."""
        array = sent.take(INPUT)
        if array is not self._array:
            self._array, self._number = np.array(array), said.number

    def forget(self) -> None:
        """Keep nothing."""
        self._array = self._number = None
