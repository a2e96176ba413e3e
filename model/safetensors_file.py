"""Arrays and metadata as the bytes of a safetensors file, and back.

Writing is a few lines of our own because the same network must always give the same bytes (their
sha256 names the weights), and the library does not promise an order of the metadata. Reading
is the library's, which checks everything; the header alone is read here, so that a file can be
judged before its body is. Format: https://github.com/huggingface/safetensors
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, BinaryIO, NamedTuple

import numpy as np
import numpy.typing as npt
import safetensors.numpy
from safetensors import SafetensorError

AnyArray = npt.NDArray[Any]

LARGEST_HEADER = 25_000_000
"""In bytes. The largest spec that can be has a tenth of it."""

ALIGNMENT = 8
_LENGTH = 8  # bytes of the header's own length, in front of it
_FLOATS = {"<f2": "F16", "<f4": "F32", "<f8": "F64"}
_NAMES = {**_FLOATS, "<i4": "I32", "<i8": "I64", "|u1": "U8", "|b1": "BOOL"}


class Header(NamedTuple):
    """What stands in front of the tensors."""

    metadata: Mapping[str, str]
    kinds: Mapping[str, str]  # name: "F32", "BF16", …
    shapes: Mapping[str, tuple[int, ...]]
    start: int  # where the tensors begin, in bytes

    @property
    def aligned(self) -> bool:
        """Whether the tensors can be looked at where they lie, as JavaScript wants to."""
        return self.start % ALIGNMENT == 0


def read_header(file: BinaryIO, size: int) -> Header:
    """Read the beginning of a file of `size` bytes; ValueError when it is no header of tensors."""
    length = int.from_bytes(file.read(_LENGTH), "little")
    if size < _LENGTH or length > size - _LENGTH:
        raise ValueError(f"its header should have {length:,} bytes, and the file has {size:,}")
    if length > LARGEST_HEADER:
        raise ValueError(f"its header has {length:,} bytes, and none needs {LARGEST_HEADER:,}")
    header = json.loads(file.read(length))
    if not isinstance(header, dict):
        raise ValueError("its header is not a JSON object")
    metadata = header.pop("__metadata__", {})
    texts = isinstance(metadata, dict) and all(isinstance(one, str) for one in metadata.values())
    if not texts:
        raise ValueError("its __metadata__ must be an object of texts, and is something else")
    kinds, shapes, end = {}, {}, 0
    for name, entry in header.items():
        try:
            kinds[name] = str(entry["dtype"])
            shapes[name] = tuple(int(length) for length in entry["shape"])
            end = max(end, int(entry["data_offsets"][1]))
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise ValueError(
                f"its tensor {name[:60]!r} lacks a dtype, a shape or a place"
            ) from error
    start = _LENGTH + length
    if start + end != size:
        raise ValueError(f"its header announces {start + end:,} bytes, and the file has {size:,}")
    return Header(metadata, kinds, shapes, start)


def encode(tensors: Mapping[str, AnyArray], metadata: Mapping[str, str]) -> bytes:
    """Write arrays in the order given, in C order, behind a header padded to 8 bytes.

    Tensors of 8-byte numbers are moved to the front, so that every tensor starts aligned.
    """
    ordered = sorted(tensors.items(), key=lambda item: -item[1].dtype.itemsize)
    header: dict[str, Any] = {"__metadata__": dict(sorted(metadata.items()))}
    parts, end = [], 0
    for name, array in ordered:
        little = _little(array)
        start, end = end, end + little.nbytes
        kind = _NAMES[little.dtype.str]
        header[name] = {"dtype": kind, "shape": list(array.shape), "data_offsets": [start, end]}
        parts.append(little.tobytes())
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % ALIGNMENT)
    return b"".join([len(text).to_bytes(_LENGTH, "little"), text, *parts])


def decode(data: bytes) -> tuple[dict[str, AnyArray], dict[str, str]]:
    """Read arrays and metadata; ValueError when the bytes are no safetensors file of numbers."""
    try:
        tensors = safetensors.numpy.load(data)
    except (SafetensorError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(str(error)) from error
    size = int.from_bytes(data[:_LENGTH], "little")
    return tensors, json.loads(data[_LENGTH : _LENGTH + size]).get("__metadata__") or {}


def checksum(tensors: Mapping[str, AnyArray]) -> str:
    """SHA-256 over names, kinds, shapes and numbers, in the order of the names, in hexadecimal.

    It belongs to the tensors and not to the file: whoever writes them in another order, or with
    other facts, gets the same.
    """
    found = hashlib.sha256()
    for name, array in sorted(tensors.items()):
        little = _little(array)
        found.update(f"{name} {little.dtype.str} {list(array.shape)}\n".encode())
        found.update(little.tobytes())
    return found.hexdigest()


def _little(array: AnyArray) -> AnyArray:
    """The same numbers in C order with the lowest byte first; a single number keeps no axis."""
    return np.ascontiguousarray(array, array.dtype.newbyteorder("<")).reshape(array.shape)
