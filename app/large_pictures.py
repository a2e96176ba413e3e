"""Large pictures are read in a process of their own: it starts with the first, and ends when idle.

Pillow keeps all other threads waiting while it unpacks a WebP, and so does Python while it takes a
file of a million parts to pieces. In another process, of low priority, nobody feels either.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple, TypeVar

from app.helper_process import ClosedError, HelperProcess
from app.patience import Patience
from app.refusals import RefusalError
from app.schemas import Gap
from model.preprocess import ImageError

_IDLE: Final = 300
"""Seconds after which a process that is asked nothing gives its memory back."""

Result = TypeVar("Result")

_Question = tuple[Callable[..., Any], bytes, Mapping[str, Any]]


class _Refused(NamedTuple):
    """Why a picture is not read, and what fills the gaps of that sentence."""

    kind: str
    gaps: Mapping[str, Gap]


class LargePictures:
    """Reads one picture at a time; whoever asks waits in a thread of his own."""

    def __init__(self, idle: float = _IDLE) -> None:
        self._process = HelperProcess(_reader, idle)

    def read(self, by: Callable[..., Result], data: bytes, **how: Any) -> Result:
        """
        Let a function read a picture; one of a module, which is given `between`, too.

        Raises
        ------
        RefusalError
            When it is no picture that is read, takes too much work, or the server stops.
        """
        try:
            answer = self._process.ask((by, data, how))
        except ClosedError:
            raise RefusalError("stopping") from None
        if isinstance(answer, _Refused):
            raise RefusalError(*answer)
        found: Result = answer
        return found

    def close(self) -> None:
        """End the process, whatever it does; nothing is read any more."""
        self._process.close()


def _reader() -> Callable[[_Question], Any]:
    patience = Patience()

    def answer(question: _Question) -> Any:
        by, data, how = question
        try:
            return by(data, **how, between=patience.watch())
        except ImageError as error:
            return _Refused(error.kind, {**error.gaps})
        except RefusalError as error:
            return _Refused(error.kind, error.gaps)

    return answer
