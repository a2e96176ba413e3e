"""Fetching MNIST once, from public mirrors, and verifying what arrives."""

import hashlib
import zlib
from collections.abc import Callable, Mapping, Sequence
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from urllib.request import urlopen

from model.data.errors import MnistError
from model.whole_file import write_whole

Progress = Callable[[str, int, int], None]  # file, bytes done, bytes in total (0: not known)

MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
)
# SHA-256 of the unpacked bytes: mirrors pack the same bytes differently.
FILES = {
    "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}
TIMEOUT = 30.0  # seconds without a byte
CHUNK = 1 << 16
LARGEST = 1 << 26  # bytes; the largest file has 9.9 million packed, 47 million unpacked


def download(
    folder: Path,
    progress: Progress | None = None,
    *,
    mirrors: Sequence[str] | None = None,
    files: Mapping[str, str] | None = None,
) -> None:
    """Fetch the four files into `folder`, each as .gz, and verify their unpacked bytes.

    A file appears under its name only when it is whole and right; one that is already there and
    right is not fetched again. Mirrors are asked in turn. Raises MnistError when none has it.
    """
    mirrors = MIRRORS if mirrors is None else mirrors
    files = FILES if files is None else files
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, expected in files.items():
            path = folder / f"{name}.gz"
            if not (path.is_file() and _unpacked_hash(path.read_bytes()) == expected):
                write_whole(path, _fetch(name, expected, mirrors, progress))
    except OSError as error:
        raise MnistError(
            f"MNIST cannot be kept in {folder}: {error.strerror or error}. Make room or name a "
            "folder that already holds the four files with --data."
        ) from error


def _fetch(name: str, expected: str, mirrors: Sequence[str], progress: Progress | None) -> bytes:
    """Return the first packed file with the expected hash that a mirror serves."""
    faults: list[str] = []
    for mirror in mirrors:
        url = f"{mirror}{name}.gz"
        try:
            with urlopen(url, timeout=TIMEOUT) as response:
                packed = _receive(response, name, progress)
        except (OSError, HTTPException, ValueError) as error:  # offline, refused, cut off, bad URL
            faults.append(f"{url}: {getattr(error, 'reason', None) or error}")
            continue
        if _unpacked_hash(packed) == expected:
            return packed
        faults.append(f"{url}: what arrived is not the original file")
    raise MnistError(
        f"{name} could not be downloaded ({'; '.join(faults)}). Without internet: fetch the four "
        f"files {', '.join(f'{file}.gz' for file in FILES)} from {MIRRORS[0]} on another "
        "machine, put them into one folder, and name it with --data or CONVLENS_DATA."
    )


def _receive(response: HTTPResponse, name: str, progress: Progress | None) -> bytes:
    total = int(response.headers.get("Content-Length") or 0)
    received = bytearray()
    while chunk := response.read(CHUNK):
        received += chunk
        if len(received) > LARGEST:
            raise ValueError("the answer is far larger than the file")
        if progress is not None:
            progress(name, len(received), total)
    return bytes(received)


def _unpacked_hash(packed: bytes) -> str:
    """SHA-256 of the unpacked bytes; empty when they cannot be unpacked."""
    unpacker = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    try:
        return hashlib.sha256(unpacker.decompress(packed, LARGEST)).hexdigest()
    except zlib.error:
        return ""
