"""
Write a trace for the wire: as safetensors, as JSON, as a NumPy archive, or as a table.

A safetensors file is eight bytes with the length of a JSON header, the header, and the tensors
end to end. The shapes of a network never change, so neither does the header: it is built once for
each network (twice, for `blank` is in it; anew where there is a note), and to encode is to join
buffers. Tests hold the bytes against the safetensors library.
"""

import csv
import io
import json
import math
import struct
import zipfile
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from model.preprocess import Preprocessed
from model.preprocess.notes import Note

Array = (
    npt.NDArray[np.float64]
    | npt.NDArray[np.float32]
    | npt.NDArray[np.int32]
    | npt.NDArray[np.uint8]
)

_ALIGN: Final = 8
_TYPES: Final[Mapping[str, np.dtype[Any]]] = {
    "F64": np.dtype("<f8"),
    "F32": np.dtype("<f4"),
    "I32": np.dtype("<i4"),
    "U8": np.dtype("u1"),
}
_SENT: Final = {"f8": "F64", "f4": "F32", "u1": "U8"}
"""What else there is, whole numbers of any size, is sent as I32."""


class Said(NamedTuple):
    """
    What a trace says of its own drawing.

    Attributes
    ----------
    blank
        Whether there is no ink.
    note
        Why there is none, or what speaks against the reading; "" for nothing.
    digits
        Left, top, right, bottom of each, as fractions, when there seem to be several.
    """

    blank: bool
    note: str = ""
    digits: tuple[tuple[float, ...], ...] = ()

    @classmethod
    def of(cls, image: Preprocessed) -> "Said":
        """Say it of an image."""
        boxes = tuple(tuple(round(edge, 5) for edge in box) for box in image.digits)
        return cls(bool(image.blank), image.note, boxes)

    def metadata(self) -> dict[str, str]:
        """Write it as strings, as in a safetensors file."""
        blank = "true" if self.blank else "false"
        digits = json.dumps(self.digits, separators=(",", ":"))
        said = {"blank": blank, "note": self.note, "digits": digits}
        if isinstance(self.note, Note):
            gaps = json.dumps(self.note.gaps, separators=(",", ":"))
            said |= {"note": str(self.note), "note_kind": self.note.kind, "note_parameters": gaps}
        return said


_PLAIN: Final = (Said(blank=False), Said(blank=True))
"""What nearly all drawings say: their headers are kept."""


class Encoder:
    """
    Writes traces whose tensors always have the same names, types and shapes.

    Parameters
    ----------
    shapes : Mapping of str to (dtype, shape)
        In the order of the file: every ``"F64"``, then every ``"F32"``, then every ``"I32"``.
    metadata : Mapping of str to str
        What every trace says, beside what each says of itself.
    """

    def __init__(
        self, shapes: Mapping[str, tuple[str, tuple[int, ...]]], metadata: Mapping[str, str]
    ) -> None:
        self._shapes = dict(shapes)
        self._metadata = dict(metadata)
        self._headers: dict[Said, bytes] = {}  # made when first needed, where no note is in it
        self._size = sum(
            _TYPES[dtype].itemsize * math.prod(shape) for dtype, shape in shapes.values()
        )

    def safetensors(self, arrays: Iterable[Array], said: Said | None = None) -> bytes:
        """Join the header and the arrays, which come in the order of the shapes."""
        pairs = zip(arrays, self._shapes, strict=True)
        return self.joined([array for array, _ in pairs], said)

    def joined(self, parts: Iterable[Array], said: Said | None = None) -> bytes:
        """Join the header and larger parts, in which the tensors lie end to end in this order."""
        header = self._headers.get(said) if said else None
        if header is None:
            header = _framed(self._entries(said))
            if said in _PLAIN:
                self._headers[said] = header
        return b"".join([header, *self._buffers(parts)])

    def saying(self, metadata: Mapping[str, str]) -> "Encoder":
        """Write the same tensors, and say something else of them."""
        return Encoder(self._shapes, metadata)

    def _buffers(self, parts: Iterable[Array]) -> list[memoryview]:
        buffers = [np.ascontiguousarray(part, _TYPES[type_of(part)]).data for part in parts]
        if sum(one.nbytes for one in buffers) != self._size:
            raise ValueError("The parts of a trace do not hold what its header says.")
        return buffers

    def json(self, arrays: Iterable[Array], said: Said | None = None) -> bytes:
        """
        Write the same as JSON.

        Each number is the float32's exact value, so that reading it back as float32 or as float64
        gives that value; NaN and infinities, which JSON does not have, become null.
        """
        document: dict[str, Any] = {"__metadata__": self._says(said)}
        for (name, (dtype, shape)), array in zip(self._shapes.items(), arrays, strict=True):
            document[name] = {"dtype": dtype, "shape": shape, "data": _numbers(array)}
        return json.dumps(document, allow_nan=False, separators=(",", ":")).encode()

    def npz(self, arrays: Iterable[Array], weights: Mapping[str, Array]) -> bytes:
        """
        Write the same for `numpy.load`, and the weights beside it: code needs nothing else.

        The same trace gives the same bytes: no entry bears a time.
        """
        named = {**dict(zip(self._shapes, arrays, strict=True)), **weights}
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            for name, array in named.items():
                with archive.open(zipfile.ZipInfo(f"{name}.npy"), "w") as entry:
                    np.lib.format.write_array(entry, np.asarray(array), allow_pickle=False)
        return file.getvalue()

    def csv(self, arrays: Iterable[Array], layers: Container[str]) -> bytes:
        """
        Write what the layers hold for a spreadsheet, a row a cell, after a row of names.

        Each number has as many digits as tell it from every other float32, so that reading it back
        as float32 gives the same bits. A unit has row 0 and column 0, as everywhere.

        Parameters
        ----------
        layers
            Which tensors are layers, and not what else is known of the drawing.
        """
        file = io.StringIO()
        rows = csv.writer(file)
        rows.writerow(("layer", "channel", "row", "column", "value"))
        for name, array in zip(self._shapes, arrays, strict=True):
            if name not in layers:
                continue
            maps = np.reshape(array, (*array.shape, 1, 1)[:3])
            values = np.ravel(maps).astype(np.str_).tolist()
            for at, value in zip(np.ndindex(maps.shape), values, strict=True):
                rows.writerow((name, *at, value))
        return file.getvalue().encode()

    def _says(self, said: Said | None) -> dict[str, str]:
        return self._metadata | said.metadata() if said else self._metadata

    def _entries(self, said: Said | None, prefix: str = "", start: int = 0) -> dict[str, Any]:
        """The header's entries, under names that begin with `prefix`, from byte `start` on."""
        says = self._says(said)
        found: dict[str, Any] = {"__metadata__": {prefix + key: says[key] for key in says}}
        for name, (dtype, shape) in self._shapes.items():
            end = start + _TYPES[dtype].itemsize * math.prod(shape)
            found[prefix + name] = {"dtype": dtype, "shape": shape, "data_offsets": [start, end]}
            start = end
        return found


def type_of(array: Array) -> str:
    """Name the type that an array is sent as."""
    return _SENT.get(array.dtype.str[1:], "I32")


def join_answers(answers: Iterable[tuple[Encoder, Iterable[Array], Said]]) -> bytes:
    """
    Write several answers as one safetensors file.

    What one of them has, tensors and metadata, stands under its number, from 0: ``"0/conv1"``.
    """
    entries: dict[str, Any] = {"__metadata__": {}}
    buffers: list[memoryview] = []
    start = 0
    for number, (encoder, parts, said) in enumerate(answers):
        own = encoder._entries(said, f"{number}/", start)
        entries["__metadata__"] |= own.pop("__metadata__")
        entries |= own
        buffers += encoder._buffers(parts)
        start += encoder._size
    return b"".join([_framed(entries), *buffers])


def _framed(entries: Mapping[str, Any]) -> bytes:
    """A header as bytes: its length, its text, and what is missing to whole words."""
    text = json.dumps(entries, separators=(",", ":")).encode()
    text += b" " * (-len(text) % _ALIGN)
    return struct.pack("<Q", len(text)) + text


def _numbers(array: Array) -> Sequence[float | None]:
    flat = np.ravel(array)
    if np.isfinite(flat).all():
        numbers: list[float] = flat.tolist()
        return numbers
    return [float(value) if np.isfinite(value) else None for value in flat]
