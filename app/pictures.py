"""A picture as numbers, for operations on it: a drawing as networks read it, or a file as it is."""

from collections.abc import Callable
from time import perf_counter
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
from starlette.datastructures import QueryParams

from app.asking import Answer, server_timing
from app.bodies import JSON
from app.parameters import whole_number
from app.reading import Posted
from app.refusals import RefusalError, field_error, wrong_parameter
from app.wire import Encoder
from model.architectures import NETWORKS
from model.preprocess import ImageError, read_levels, to_input
from model.spec import InputSpec

MOST_SIDE: Final = 200
"""Rows and columns of a picture: of one map they are 40 KB, of three 120."""

AS_READ: Final[InputSpec] = next(iter(NETWORKS.values())).input
"""A drawing is as the network at the centre reads it: its cells are found there again."""

_LEVELS: Final = np.float32(255)
_SWITCH: Final = {"true": True, "false": False}


class Wanted(NamedTuple):
    """
    What a picture is to be.

    Attributes
    ----------
    side
        Rows and columns of a file's picture at most.
    colour
        Whether a file gives three maps.
    whole
        Whether a drawing gives bytes, as files do.
    """

    side: int
    colour: bool
    whole: bool


def wanted(parameters: QueryParams) -> Wanted:
    """
    Read `?side=&colour=&whole=`.

    Raises
    ------
    RefusalError
        Saying what each of them may be.
    """
    colour, whole = (_switch(parameters, name) for name in ("colour", "whole"))
    digits = len(str(MOST_SIDE))
    side = whole_number(parameters, "side", 1, MOST_SIDE, usual=MOST_SIDE, digits=digits)
    return Wanted(side, colour, whole)


def picture(body: bytes, kind: str, want: Wanted, *, form: str, read: Callable[..., Any]) -> Answer:
    """
    Make numbers of a drawing in JSON, or of an image file.

    Parameters
    ----------
    form
        The media type of the answer.
    read
        Lets a function read a file; see `LargePictures.read`.

    Raises
    ------
    RefusalError
        Whatever is wrong with it, in sentences.
    """
    started = perf_counter()
    maps = _drawing(body, kind, want) if kind == JSON else _file(body, want, read)
    done = perf_counter()
    encoder = Encoder({"picture": ("U8" if maps.dtype == np.uint8 else "F32", maps.shape)}, {})
    text = encoder.json([maps]) if form == JSON else encoder.safetensors([maps])
    steps = {"preprocess": done - started, "encode": perf_counter() - done}
    return Answer(text, "", server_timing(steps), ())


def _drawing(body: bytes, kind: str, want: Wanted) -> npt.NDArray[Any]:
    _, draw = Posted(body, kind).look()
    drawn = draw()
    if drawn.numbers is not None:
        kind = "picture-of-input"
        raise RefusalError(kind, errors=[field_error(kind, pointer="#/input")])
    maps = to_input(drawn.image.pixels, AS_READ)
    return np.rint(maps * _LEVELS).astype(np.uint8) if want.whole else maps


def _file(body: bytes, want: Wanted, read: Callable[..., Any]) -> npt.NDArray[Any]:
    try:
        levels: npt.NDArray[Any] = read(read_levels, body, side=want.side, colour=want.colour)
    except ImageError as error:
        raise RefusalError(error.kind, error.gaps) from None
    return levels


def _switch(parameters: QueryParams, name: str) -> bool:
    said = parameters.getlist(name) or ["false"]
    if len(said) == 1 and said[0] in _SWITCH:
        return _SWITCH[said[0]]
    raise wrong_parameter(name, "wrong-switch", {"name": name})
