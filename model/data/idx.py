"""IDX, the format of MNIST's files: four bytes of magic, the sizes, then the bytes.

The magic is 0, 0, the type (8 means unsigned bytes) and the number of sizes that follow; every
number is big-endian. Source: the page of the MNIST database (Y. LeCun, C. Cortes, C. Burges).
"""

import gzip
import zlib
from math import prod
from pathlib import Path

import numpy as np
import numpy.typing as npt

from model.data.errors import MnistError
from model.file_kinds import HEAD
from model.foreign import what_it_is

Bytes = npt.NDArray[np.uint8]

UNSIGNED_BYTE = 8
MEND = "Replace it with the original file, or name another folder with --data."
_GZIP = b"\x1f\x8b"


def read_bytes(path: Path) -> bytes:
    """Read a file whole, and unpack it if it is packed: its first bytes say so, not its name."""
    try:
        content = path.read_bytes()
        return gzip.decompress(content) if content.startswith(_GZIP) else content
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise MnistError(f"{path} cannot be unpacked ({error}): it is damaged. {MEND}") from error
    except OSError as error:
        reason = error.strerror or error
        raise MnistError(f"{path} cannot be read: {reason}. {MEND}") from error


def read(path: Path, dimensions: int) -> Bytes:
    """Read an array of unsigned bytes with this many dimensions (3: images, 1: labels).

    Raises MnistError when the file is anything else, or shorter or longer than it says.
    """
    content = read_bytes(path)
    start = 4 + 4 * dimensions
    expected = UNSIGNED_BYTE * 256 + dimensions
    magic = int.from_bytes(content[:4], "big")
    if len(content) >= 4 and magic != expected:
        if what := what_it_is(content[:HEAD]):
            raise MnistError(f"{path} {what}. {MEND}")
        if path.suffix == ".gz" and content[:2] != b"\0\0":
            raise MnistError(f"{path} is neither packed nor an IDX file: it is damaged. {MEND}")
        kind = {1: "labels", 3: "images"}.get(dimensions, "numbers")
        raise MnistError(
            f"{path} is not an IDX file of {kind}: it starts with the number {magic} where "
            f"{expected} belongs. {MEND}"
        )
    if len(content) < start:
        raise MnistError(f"{path} ends within its header, after {len(content)} bytes. {MEND}")
    shape = tuple(int(size) for size in np.frombuffer(content, ">u4", dimensions, offset=4))
    wanted, there = prod(shape), len(content) - start
    if there != wanted:
        fault = "is truncated" if there < wanted else "is too long"
        sizes = " × ".join(str(size) for size in shape)
        raise MnistError(
            f"{path} {fault}: its header announces {sizes} = {wanted} bytes, but {there} follow. "
            f"{MEND}"
        )
    return np.frombuffer(content, np.uint8, wanted, offset=start).reshape(shape)


def encode(array: Bytes) -> bytes:
    """Write an array of unsigned bytes as such a file."""
    magic = UNSIGNED_BYTE * 256 + array.ndim
    sizes = np.array([magic, *array.shape], ">u4")
    return sizes.tobytes() + np.ascontiguousarray(array).tobytes()
