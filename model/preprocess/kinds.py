"""What a file is, by its first bytes, and what to say of those that are not read."""

import re
from collections.abc import Mapping

READ = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG"}
"""First bytes of two of the kinds that are read; the third, WebP, names itself after a length."""

_PICTURE = "Save it as PNG or JPEG and send that."
_AGAIN = "Save or export it again and send that."
_NO_PICTURE = "Send a picture of a digit: PNG, JPEG or WebP."

# Brands of ISO base media files (ISO/IEC 14496-12, 4.3), as far as cameras and browsers write them.
_BRANDS = {
    **dict.fromkeys((b"avif", b"avis"), "AVIF"),
    **dict.fromkeys(
        (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"), "HEIC"
    ),
}

_SIGNATURES = (
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"\0\0\1\0", "ICO"),
    (b"8BPS", "Photoshop"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (b"\0\0\0\x0cJXL ", "JPEG XL"),
    (b"\xff\x0a", "JPEG XL"),
    (b"%PDF", "PDF"),
    (b"version https://git-lfs", "Git LFS pointer"),
    (b"PK\3\4", "ZIP"),
    (b"\x1f\x8b", "gzip"),
    (b"\x89HDF", "HDF5"),
    (b"\x80\2", "pickle"),
    (b"\0\0\x08\1", "IDX"),
    (b"\0\0\x08\3", "IDX"),
)

_OTHERS = {
    "HEIC": (
        "This is a HEIC picture, as iPhones take them.",
        "Save or share it as JPEG and send that.",
    ),
    "PDF": (
        "This is a PDF document.",
        "Save its page as a PNG or JPEG picture, and send that.",
    ),
    "safetensors": (
        "These are the weights of a network, not a picture of a digit.",
        "To look into that network, start the server with it (convlens --model FILE).",
    ),
    "Git LFS pointer": (
        "This is a pointer of Git LFS, not the file itself.",
        "Fetch it with git lfs pull first.",
    ),
    "ZIP": ("This is a ZIP archive, a document or weights of PyTorch, not a picture.", _NO_PICTURE),
    "gzip": ("This is a packed file (gzip), not a picture.", _NO_PICTURE),
    "HDF5": ("This is a file of Keras or HDF5, not a picture.", _NO_PICTURE),
    "pickle": (
        "This is a Python pickle, perhaps weights of PyTorch, not a picture.",
        _NO_PICTURE,
    ),
    "ONNX": ("This is a network in ONNX, not a picture of a digit.", _NO_PICTURE),
    "IDX": ("This is a set of many images (IDX), as MNIST comes, not one picture.", _NO_PICTURE),
    "video": ("This is a video, not a picture.", _NO_PICTURE),
    "web page": (
        "This is a web page, not a picture.",
        f"Save the picture that it shows. {_NO_PICTURE}",
    ),
    "text": ("This is a text, not a picture.", _NO_PICTURE),
    "empty": ("The file is empty.", "Send a PNG, JPEG or WebP image."),
}


def _slug(kind: str) -> str:
    return kind.lower().replace(" ", "-")


IMAGE_SENTENCES: Mapping[str, tuple[str, str]] = {
    "image-header": ("The image's header is damaged.", _AGAIN),
    "image-cut": (
        "The image is damaged or cut short: its pixels cannot be read to the end.",
        "Save or send it again.",
    ),
    "image-parts": (
        "The file consists of far too many {parts} to be an ordinary image.",
        _AGAIN,
    ),
    "image-pixels": (
        "The image has {columns}×{rows} pixels, more than the {most} million of a {file} that are "
        "read.",
        "Crop it to the digit or scale it down.",
    ),
    "image-colours": (
        "The image has {columns}×{rows} pixels, more than the {most} million of a {file} that are "
        "read with such colours.",
        "Crop it to the digit or scale it down.",
    ),
    "image-passes": (
        "This JPEG goes over its {columns}×{rows} pixels too many times.",
        "Save it as an ordinary JPEG (not progressive) or PNG, or scale it down.",
    ),
    "image-unusual": (
        "This JPEG is of a kind that hardly any program reads (lossless, arithmetic, or two in "
        "one).",
        "Save it as an ordinary JPEG or PNG and send that.",
    ),
    "image-webp": (
        "A WebP may have at most {megabytes} MB, or {lossless} MB where it keeps everything "
        "(lossless).",
        "Save it as PNG or JPEG, or scale it down.",
    ),
    "image-unknown": (
        "The file is not a PNG, JPEG or WebP image.",
        "Save it as one of these and send that.",
    ),
    "image-picture": (
        "This is a picture of the kind {file}; PNG, JPEG and WebP are read.",
        _PICTURE,
    ),
    **{f"image-{_slug(kind)}": words for kind, words in _OTHERS.items()},
}
"""What is wrong with an image and how to mend it, by kind; what an error adds stands in braces."""


class ImageError(ValueError):
    """An image that cannot be used; the message says what is wrong and how to mend it.

    Attributes
    ----------
    kind
        One of `IMAGE_SENTENCES`.
    gaps
        What stands in the braces of that sentence.
    """

    def __init__(self, kind: str, **gaps: str | float) -> None:
        """Word it."""
        self.kind, self.gaps = kind, gaps
        shown = {key: f"{gap:g}" if isinstance(gap, float) else gap for key, gap in gaps.items()}
        super().__init__(" ".join(IMAGE_SENTENCES[kind]).format(**shown))


def kind_of(data: bytes) -> str | None:
    """PNG, JPEG, WebP, or the name of another kind that is known by its first bytes."""
    for signature, kind in READ.items():
        if data.startswith(signature):
            return kind
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WebP"
    return _other(data)


def refused(kind: str | None) -> ImageError:
    """Say of a kind that is not read what it is and how to mend it."""
    if kind is None:
        return ImageError("image-unknown")
    if kind in _OTHERS:
        return ImageError(f"image-{_slug(kind)}")
    return ImageError("image-picture", file=kind)


def damaged() -> ImageError:
    """What is said when the parts in front of the pixels make no sense."""
    return ImageError("image-header")


def _other(data: bytes) -> str | None:
    if not data:
        return "empty"
    if data[4:8] == b"ftyp":
        return _BRANDS.get(data[8:12], "video")
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    if data[8:9] == b"{" and data[6:8] == b"\0\0":
        return "safetensors"
    if re.match(rb"\x08[\x01-\x20]\x12", data):
        return "ONNX"
    return _written(data[:1024])


def _written(start: bytes) -> str | None:
    """Tell what is text, and which."""
    head = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if head.startswith((b"<svg", b"<?xml")) and b"<svg" in head:
        return "SVG"
    if head.startswith((b"<!doctype html", b"<html")):
        return "web page"
    try:
        letters = start.decode()
    except UnicodeDecodeError as error:
        if error.start < len(start) - 4:  # not a letter that was cut in two
            return None
        letters = start[: error.start].decode()
    return "text" if all(c.isprintable() or c.isspace() for c in letters) else None
