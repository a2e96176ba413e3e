"""Arrays and metadata as the bytes of a safetensors file, and back.

Writing is a few lines of our own because the same network must always give the same bytes (their
sha256 names the weights), and the library does not promise an order of the metadata. Reading
is the library's, which checks everything. Format: https://github.com/huggingface/safetensors
"""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import safetensors.numpy
from safetensors import SafetensorError

AnyArray = npt.NDArray[Any]

_NAMES = {"<f4": "F32", "<f8": "F64", "<i4": "I32", "<i8": "I64", "|u1": "U8", "|b1": "BOOL"}


def encode(tensors: Mapping[str, AnyArray], metadata: Mapping[str, str]) -> bytes:
    """Write arrays in the order given, in C order, behind a header padded to 8 bytes.

    Tensors of 8-byte numbers are moved to the front, so that every tensor starts aligned.
    """
    ordered = sorted(tensors.items(), key=lambda item: -item[1].dtype.itemsize)
    header: dict[str, Any] = {"__metadata__": dict(sorted(metadata.items()))}
    parts, end = [], 0
    for name, array in ordered:
        little = np.ascontiguousarray(array, array.dtype.newbyteorder("<")).reshape(array.shape)
        start, end = end, end + little.nbytes
        kind = _NAMES[little.dtype.str]
        header[name] = {"dtype": kind, "shape": list(array.shape), "data_offsets": [start, end]}
        parts.append(little.tobytes())
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return b"".join([len(text).to_bytes(8, "little"), text, *parts])


def decode(data: bytes) -> tuple[dict[str, AnyArray], dict[str, str]]:
    """Read arrays and metadata; ValueError when the bytes are no safetensors file of numbers."""
    try:
        tensors = safetensors.numpy.load(data)
    except (SafetensorError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(str(error)) from error
    size = int.from_bytes(data[:8], "little")
    return tensors, json.loads(data[8 : 8 + size]).get("__metadata__", {})
