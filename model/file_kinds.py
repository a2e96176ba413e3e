"""What kind of file it is, told from its first bytes.

Both who reads pictures and who reads weights ask here what somebody brought instead; each has its
own table of what to say of it (`preprocess/kinds.py`, `foreign.py`).
"""

import re
from typing import Final

HEAD: Final = 1024
"""So many bytes, from the beginning of a file, are looked at."""

PICTURES: Final = frozenset(
    (
        *("PNG", "JPEG", "WebP", "AVIF", "HEIC", "GIF", "BMP", "TIFF", "ICO", "SVG", "Photoshop"),
        *("JPEG 2000", "JPEG XL"),
    )
)
"""The kinds that are pictures."""

# Brands of ISO base media files (ISO/IEC 14496-12, 4.3), as far as cameras and browsers write them.
_BRANDS: Final = {
    **dict.fromkeys((b"avif", b"avis"), "AVIF"),
    **dict.fromkeys(
        (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"), "HEIC"
    ),
}

# Where the bytes stand, the bytes, and what a file is that has them there.
_SIGNATURES: Final = (
    (0, b"\x89PNG\r\n\x1a\n", "PNG"),
    (0, b"\xff\xd8\xff", "JPEG"),
    (0, b"GIF8", "GIF"),
    (0, b"BM", "BMP"),
    (0, b"II*\0", "TIFF"),
    (0, b"MM\0*", "TIFF"),
    (0, b"\0\0\1\0", "ICO"),
    (0, b"8BPS", "Photoshop"),
    (0, b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (0, b"\0\0\0\x0cJXL ", "JPEG XL"),
    (0, b"\xff\x0a", "JPEG XL"),
    (0, b"%PDF", "PDF"),
    (0, b"version https://git-lfs", "Git LFS pointer"),
    (0, b"\x1f\x8b", "gzip"),
    (0, b"7z\xbc\xaf\x27\x1c", "packed"),
    (0, b"Rar!", "packed"),
    (0, b"BZh", "packed"),
    (0, b"\xfd7zXZ", "packed"),
    (257, b"ustar", "packed"),
    (0, b"\x89HDF\r\n\x1a\n", "HDF5"),
    *((0, bytes((0x80, version)), "pickle") for version in (2, 3, 4, 5)),
    (0, b"\x93NUMPY", "NumPy array"),
    (0, b"GGUF", "GGUF"),
    (4, b"TFL3", "TensorFlow Lite"),
    (0, b"\0\0\x08\1", "IDX"),
    (0, b"\0\0\x08\3", "IDX"),
)
_ONNX: Final = re.compile(rb"\x08[\x01-\x1f][\x12:B]")
"""Its version as a protocol buffer, then the name of its producer."""

_PAGE: Final = (b"<!doctype", b"<html", b"<?xml", b"<head", b"<body")


def kind_of(data: bytes) -> str | None:
    """Name the kind of a file by its first `HEAD` bytes; None when no known kind begins so."""
    if not data:
        return "empty"
    if data[4:8] == b"ftyp":
        return _BRANDS.get(data[8:12], "video")
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WebP"
    if data.startswith(b"PK\x03\x04"):
        return _archive(data)
    for place, signature, kind in _SIGNATURES:
        if data.startswith(signature, place):
            return kind
    if data[8:9] == b"{" and data[6:8] == b"\0\0":
        return "safetensors"
    return "ONNX" if _ONNX.match(data) else _written(data[:HEAD])


def _archive(data: bytes) -> str:
    """Tell the kinds of zip archives apart by the name of their first file."""
    name = data[30 : 30 + int.from_bytes(data[26:28], "little")]
    if name.endswith(b".npy"):
        return "NumPy archive"
    if name.endswith((b".pkl", b"/version", b"/byteorder", b"/.format_version")) or not name:
        return "PyTorch archive"
    return "ZIP"


def _written(start: bytes) -> str | None:
    """Tell what is text, and which."""
    head = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if head.startswith((b"<svg", b"<?xml")) and b"<svg" in head:
        return "SVG"
    if head.startswith(_PAGE):
        return "web page"
    try:
        letters = start.decode()
    except UnicodeDecodeError as error:
        if error.start < len(start) - 4:  # not a letter that was cut in two
            return None
        letters = start[: error.start].decode()
    if not all(c.isprintable() or c.isspace() for c in letters):
        return None
    return "JSON" if head[:1] in (b"{", b"[") else "text"
