"""From the bytes of a request to what networks read: parse, decode, preprocess, move."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple, Protocol

import numpy as np

from app.bodies import BYTES, JSON, unnamed
from app.models import Served
from app.parsing import Parsed, parse
from app.refusals import RefusalError, field_error
from app.schemas import Gap, InputBody, PixelsBody
from model.arrays import Array
from model.edits import Edit
from model.file_kinds import HEAD
from model.preprocess import (
    ImageError,
    Preprocessed,
    Stroke,
    kind_of,
    preprocess_file,
    preprocess_pixels,
    preprocess_strokes,
    to_input,
)
from model.variations import Move, moved

Look = tuple[Sequence[Edit] | None, Callable[[], "Drawn"]]
"""The edits that came with a drawing, if any, and what preprocesses it."""


class Source(Protocol):
    """Where a drawing comes from: a request, or the channel on which it grows."""

    def look(self) -> Look:
        """
        Read what was sent, as far as it costs little.

        Raises
        ------
        RefusalError
            Saying what is wrong with it.
        """


class Posted(NamedTuple):
    """What a request sent, before anybody has looked into it."""

    body: bytes
    content_type: str
    center: bool = True
    digit: int | None = None
    preprocess: Callable[..., Preprocessed] = preprocess_file  # does that, wherever

    def look(self) -> Look:
        """Read a body of JSON; an image file is read when it is preprocessed."""
        if self.content_type != JSON:
            return None, lambda: Drawn(_preprocess_file(self))
        parsed = parse(self.body)
        return parsed.edits, partial(_draw, parsed, self.digit)


class Drawn(NamedTuple):
    """What was drawn, preprocessed once for all questions about it; or the numbers of an input."""

    image: Preprocessed
    numbers: Array | None = None

    def input_of(self, served: Served) -> Array:
        """
        Make it the input of a network, in the shape of its spec.

        Raises
        ------
        RefusalError
            When the network reads no drawings, or other numbers.
        """
        spec = served.network.spec
        if self.numbers is None:
            self.pixels_for(served)
            return to_input(self.image.pixels, spec.input)
        count = int(np.prod(spec.shape))
        if self.numbers.size != count:
            gaps: dict[str, Gap] = {"network": served.id, "shape": spec.shape, "count": count}
            error = field_error("other-input", gaps, pointer="#/input")
            raise RefusalError("other-input", gaps, errors=[error])
        return self.numbers.reshape(spec.shape)

    def pixels_for(self, served: Served) -> Array:
        """The 28×28 pixels, (28, 28), where there are any and the network reads such."""
        if self.numbers is not None:
            raise _no_pixels()
        if not served.drawn:
            spec = served.network.spec
            count = int(np.prod(spec.shape))
            raise RefusalError(
                "reads-no-drawing", {"network": served.id, "shape": spec.shape, "count": count}
            )
        return self.image.pixels

    def placed(self, move: Move) -> "Drawn":
        """The same, moved, turned and enlarged."""
        if self.numbers is not None:
            raise _no_pixels()
        return Drawn(moved(self.image, move))


def _draw(parsed: Parsed, digit: int | None) -> Drawn:
    """Make an image, or an input, of a body of JSON."""
    body = parsed.drawing
    if isinstance(body, InputBody):
        numbers = np.array(body.input, np.float32)
        still = preprocess_pixels(np.zeros(784))
        return Drawn(still._replace(blank=not numbers.any(), note=""), numbers)
    if isinstance(body, PixelsBody):
        return Drawn(preprocess_pixels(np.array(body.pixels)))
    strokes = [Stroke(np.array(one.points), one.width, one.erase) for one in body.strokes]
    return Drawn(preprocess_strokes(strokes, center=body.center, digit=digit))


def _no_pixels() -> RefusalError:
    return RefusalError("no-pixels", errors=[field_error("no-pixels", pointer="#/input")])


def _preprocess_file(posted: Posted) -> Preprocessed:
    if posted.content_type == BYTES and kind_of(posted.body[:HEAD]) in ("JSON", "text"):
        raise unnamed()  # most likely JSON, which must be said
    try:
        return posted.preprocess(posted.body, center=posted.center, digit=posted.digit)
    except ImageError as error:
        raise RefusalError(error.kind, error.gaps) from None
