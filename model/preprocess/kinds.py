"""What to say of a file that is not read as a picture."""

from collections.abc import Mapping

from model.file_kinds import PICTURES

_PICTURE = "Save it as PNG or JPEG and send that."
_AGAIN = "Save or export it again and send that."
_NO_PICTURE = "Send a picture of a digit: PNG, JPEG or WebP."

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


_LIKE = {"NumPy archive": "ZIP", "PyTorch archive": "ZIP", "JSON": "text"}
"""Kinds of which is said what is said of others."""


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


def refused(kind: str | None) -> ImageError:
    """Say of a kind that is not read what it is and how to mend it."""
    kind = _LIKE.get(kind or "", kind)
    if kind in _OTHERS:
        return ImageError(f"image-{_slug(kind)}")
    if kind in PICTURES:
        return ImageError("image-picture", file=kind)
    return ImageError("image-unknown")


def damaged() -> ImageError:
    """What is said when the parts in front of the pixels make no sense."""
    return ImageError("image-header")
