"""What to say of a file that is brought as weights, or as MNIST, and is something else.

People bring a download that ended at a sign-in page, the pointer that Git LFS leaves, a network of
another framework. Each gets its own sentence, because each is mended in another way.
"""

from collections.abc import Mapping
from typing import Final

from model.file_kinds import PICTURES, kind_of

_PACKED: Final = "is a packed file. Unpack it, and name what was in it"

_WORDS: Final[Mapping[str, str]] = {
    "empty": "is empty. Copy or download it again",
    "web page": (
        "is a web page, not the file: such a page asks to sign in or says that something failed. "
        "Download it again, and look at it in the browser first"
    ),
    "Git LFS pointer": (
        "is a Git LFS pointer: a few lines that stand for the file. Fetch the file itself with: "
        "git lfs pull"
    ),
    "HDF5": (
        "is an HDF5 file, as Keras and MATLAB write them. Copy its arrays into a network as "
        "model/README.md shows for PyTorch"
    ),
    "pickle": (
        "is a Python pickle, as older .pt, .pth and .pkl files are. Convlens opens none, because a "
        "pickle can run anything; model/README.md has a recipe for weights of PyTorch"
    ),
    **dict.fromkeys(
        PICTURES, "is a picture. Drop it on the pad of the page, where pictures are read"
    ),
    "video": "is a video",
    "PDF": "is a PDF document",
    "NumPy array": (
        "is a single array of NumPy's (.npy). Put the arrays into a network and write it with "
        "model.checkpoint.save, as model/README.md shows"
    ),
    "NumPy archive": (
        "is an archive of NumPy's (.npz). Put its arrays into a network and write it with "
        "model.checkpoint.save, as model/README.md shows"
    ),
    "PyTorch archive": (
        "is a zip archive, as PyTorch's .pt and .pth files are. Convlens reads safetensors "
        "alone; model/README.md has a recipe for weights of PyTorch"
    ),
    "ZIP": "is a zip archive. Unpack it, and name what was in it",
    "gzip": _PACKED,
    "packed": _PACKED,
    "GGUF": "is a language model (GGUF), and Convlens shows networks that read images",
    "TensorFlow Lite": "is a TensorFlow Lite model, which Convlens does not read",
    "ONNX": (
        "is an ONNX model, which Convlens does not read. If PyTorch made it, take the weights "
        "from there: model/README.md has a recipe"
    ),
    "JSON": (
        "is JSON. If it is the spec of a network, train it first: convlens train FILE.json "
        "writes the weights' file"
    ),
}
"""The end of a sentence that begins with the file's name, by its kind."""


def what_it_is(head: bytes) -> str | None:
    """Say what a file is and what to do, as the end of a sentence that begins with its name.

    `head` is its first bytes (`file_kinds.HEAD` of them are enough). None when nothing can be said.
    """
    return _WORDS.get(kind_of(head) or "")
