"""MNIST as arrays: 60,000 training and 10,000 test digits."""

import hashlib
from pathlib import Path
from typing import Literal

from model.data import idx
from model.data.download import FILES, Progress, download
from model.data.errors import MnistError
from model.data.folders import cache_folder
from model.data.idx import MEND, Bytes

Split = Literal["train", "test"]

SIZE = 28
CLASSES = 10
_PREFIX: dict[Split, str] = {"train": "train", "test": "t10k"}
_BELOW = ("MNIST/raw", "raw")  # where torchvision puts them


def load(folder: Path, split: Split) -> tuple[Bytes, Bytes]:
    """Read images and labels of one split.

    Returns images (n, 28, 28), 0 = paper and 255 = ink, and labels (n,), 0 to 9, both unsigned
    bytes. Raises MnistError when a file is missing or is not what it should be.
    """
    images_path = find_file(folder, f"{_PREFIX[split]}-images-idx3-ubyte")
    labels_path = find_file(folder, f"{_PREFIX[split]}-labels-idx1-ubyte")
    images, labels = idx.read(images_path, 3), idx.read(labels_path, 1)
    if len(images) == 0:
        raise MnistError(f"{images_path} holds no images. {MEND}")
    if images.shape[1:] != (SIZE, SIZE):
        rows, columns = images.shape[1:]
        raise MnistError(
            f"{images_path} holds images of {rows} × {columns} cells where {SIZE} × {SIZE} "
            f"belong. {MEND}"
        )
    if len(images) != len(labels):
        raise MnistError(
            f"{images_path} holds {len(images)} images, but {labels_path.name} beside it "
            f"{len(labels)} labels: they do not belong together. Replace both with the original "
            "files, or name another folder with --data."
        )
    if int(labels.max()) >= CLASSES:
        raise MnistError(
            f"{labels_path} holds the label {int(labels.max())}; digits end at 9. {MEND}"
        )
    return images, labels


def find_file(folder: Path, name: str) -> Path:
    """Find a file in a folder under any of the names and places that people have it in.

    Raises MnistError, saying where it was looked for.
    """
    if folder.is_file():
        raise MnistError(
            f"{folder} is a file; --data names a folder. If it is packed, unpack it and name the "
            "folder that then holds MNIST's four files."
        )
    if not folder.is_dir():
        raise MnistError(
            f"There is no folder {folder}. Name the one that holds MNIST's four files with "
            "--data or CONVLENS_DATA; without either they are downloaded."
        )
    found = _found(folder, name)
    if found is None:
        raise MnistError(
            f"There is no {name} (nor {name}.gz) in {folder}, nor with a dot ({_dotted(name)}), "
            f"nor in {' or '.join(_BELOW)} below it, nor in a folder of the file's own name. Put "
            "MNIST's four files there, or name another folder with --data; without --data and "
            "CONVLENS_DATA they are downloaded."
        )
    return found


def _found(folder: Path, name: str) -> Path | None:
    """Look in the folder itself first; of a file that is there twice, the unpacked one counts."""
    names = [f"{one}{packed}" for packed in ("", ".gz") for one in (name, _dotted(name))]
    for place in (folder, *(folder / below for below in _BELOW)):
        for one in names:
            inside = (place / one / other for other in names)
            for path in (place / one, *inside):
                if path.is_file():
                    return path
    return None


def _dotted(name: str) -> str:
    """Spell a name as some unpackers do: train-images.idx3-ubyte."""
    return name.replace("-idx", ".idx")


def ensure(folder: Path | None = None, progress: Progress | None = None) -> Path:
    """Name the folder to load from: the one given, else the cache, filled if need be.

    `progress(file, done, total)` is called while a file arrives, in bytes.
    """
    if folder is not None:
        return folder
    cache = cache_folder()
    if not all(_found(cache, name) for name in FILES):
        download(cache, progress)
    return cache


def fingerprint(folder: Path) -> dict[str, str]:
    """Hash the four files unpacked (SHA-256), so that weights can say what they learnt from."""
    return {
        name: hashlib.sha256(idx.read_bytes(find_file(folder, name))).hexdigest() for name in FILES
    }
