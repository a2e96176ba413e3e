"""What a file is that is not the kind that was asked for, told from its first bytes.

People bring a download that ended at a sign-in page, the pointer that Git LFS leaves, a network of
another framework. Each gets its own sentence, because each is mended in another way.
"""

from typing import Final

HEAD: Final = 512
"""So many bytes, from the beginning of a file, are looked at."""

_PAGE: Final = (
    "is a web page, not the file: such a page asks to sign in or says that something failed. "
    "Download it again, and look at it in the browser first"
)
_PICKLE: Final = (
    "is a Python pickle, as older .pt, .pth and .pkl files are. Convlens opens none, because a "
    "pickle can run anything; model/README.md has a recipe for weights of PyTorch"
)
_PICTURE: Final = "is a picture. Drop it on the pad of the page, where pictures are read"
_PACKED: Final = "is a packed file. Unpack it, and name what was in it"

# Where the bytes stand, the bytes, and what a file is that has them there.
_MARKS: Final[tuple[tuple[int, bytes, str], ...]] = (
    (
        0,
        b"version https://git-lfs",
        "is a Git LFS pointer: a few lines that stand for the file. Fetch the file itself with: "
        "git lfs pull",
    ),
    (
        0,
        b"\x89HDF\r\n\x1a\n",
        "is an HDF5 file, as Keras and MATLAB write them. Copy its arrays into a network as "
        "model/README.md shows for PyTorch",
    ),
    *((0, bytes([0x80, version]), _PICKLE) for version in (2, 3, 4, 5)),
    (0, b"\x89PNG", _PICTURE),
    (0, b"\xff\xd8\xff", _PICTURE),
    (0, b"GIF8", _PICTURE),
    (0, b"BM", _PICTURE),
    (0, b"%PDF", "is a PDF document"),
    (
        0,
        b"\x93NUMPY",
        "is a single array of NumPy's (.npy). Put the arrays into a network and write it with "
        "model.checkpoint.save, as model/README.md shows",
    ),
    (0, b"GGUF", "is a language model (GGUF), and Convlens shows networks that read images"),
    (0, b"\x1f\x8b", _PACKED),
    (0, b"7z\xbc\xaf\x27\x1c", _PACKED),
    (0, b"Rar!", _PACKED),
    (0, b"BZh", _PACKED),
    (0, b"\xfd7zXZ", _PACKED),
    (4, b"TFL3", "is a TensorFlow Lite model, which Convlens does not read"),
    (257, b"ustar", _PACKED),
)


def what_it_is(head: bytes) -> str | None:
    """Say what a file is and what to do, as the end of a sentence that begins with its name.

    `head` is its first bytes (`HEAD` of them are enough). None when no known kind begins so.
    """
    if not head:
        return "is empty. Copy or download it again"
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith((b"<!doctype", b"<html", b"<?xml", b"<head", b"<body")):
        return _PAGE
    if head.startswith(b"PK\x03\x04"):
        return _archive(head)
    for place, mark, sentence in _MARKS:
        if head.startswith(mark, place):
            return sentence
    if _is_onnx(head):
        return (
            "is an ONNX model, which Convlens does not read. If PyTorch made it, take the weights "
            "from there: model/README.md has a recipe"
        )
    if text[:1] in (b"{", b"["):
        return (
            "is JSON. If it is the spec of a network, train it first: convlens train FILE.json "
            "writes the weights' file"
        )
    return None


def _archive(head: bytes) -> str:
    """Tell the kinds of zip archives apart by the name of their first file."""
    name = head[30 : 30 + int.from_bytes(head[26:28], "little")]
    if name.endswith(b".npy"):
        return (
            "is an archive of NumPy's (.npz). Put its arrays into a network and write it with "
            "model.checkpoint.save, as model/README.md shows"
        )
    if name.endswith((b".pkl", b"/version", b"/byteorder", b"/.format_version")) or not name:
        return (
            "is a zip archive, as PyTorch's .pt and .pth files are. Convlens reads safetensors "
            "alone; model/README.md has a recipe for weights of PyTorch"
        )
    return f"is a zip archive. {_PACKED.partition('. ')[2]}"


def _is_onnx(head: bytes) -> bool:
    """An ONNX file begins with its version as a protocol buffer, then names its producer."""
    return (
        head[:1] == b"\x08"
        and 0 < (head[1:2] or b"\0")[0] < 32
        and head[2:3] in (b"\x12", b":", b"B")
    )
