"""Sets of images beside MNIST: any in IDX files, 28×28, with up to 64 classes.

What their classes are called stands in `classes.txt` beside them, a line each, or in the table of
those that are known. EMNIST's files say by their names which part of it they are, the others by the
folder that they lie in. What is called MNIST has the digits as its classes.
"""

import gzip
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from model.data import idx
from model.data.errors import MnistError
from model.data.idx import MEND, Bytes
from model.data.mnist import SIZE, Split

MOST_CLASSES: Final = 64
MOST_IMAGES: Final = 300_000
"""Of both parts together; they are held in memory, 784 bytes each, several times."""

_FILE: Final = re.compile(
    r"(?:emnist-(?P<part>[a-z]+)-)?(?P<split>train|t10k|test)-(?P<what>images|labels)"
    r"[-.]idx[13]-ubyte(?:\.gz)?"
)
_SPLITS: Final[Mapping[str, Split]] = {"train": "train", "t10k": "test", "test": "test"}
_DIGITS: Final = tuple("0123456789")
_LETTERS: Final = tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


class Known(NamedTuple):
    """What is known of a set by its name."""

    title: str
    classes: tuple[str, ...]
    strokes: bool = True  # whether its images are made of strokes, as drawings are
    transposed: bool = False  # whether rows lie as columns in its files


KNOWN: Final[Mapping[str, Known]] = {
    "mnist": Known("MNIST", _DIGITS),
    "fashion-mnist": Known(
        "Fashion-MNIST",
        (
            *("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat"),
            *("Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"),
        ),
        strokes=False,
    ),
    "kuzushiji-mnist": Known("Kuzushiji-MNIST", tuple("おきすつなはまやれを")),
    "emnist-digits": Known("EMNIST Digits", _DIGITS, transposed=True),
    "emnist-mnist": Known("EMNIST MNIST", _DIGITS, transposed=True),
    "emnist-letters": Known("EMNIST Letters", _LETTERS, transposed=True),
    "emnist-balanced": Known(
        "EMNIST Balanced", (*_DIGITS, *_LETTERS, *"abdefghnqrt"), transposed=True
    ),
}
_FOLDERS: Final[Mapping[str, re.Pattern[str]]] = {
    "fashion-mnist": re.compile(r"\bfashion(-?mnist\w*)?\b"),
    "kuzushiji-mnist": re.compile(r"\b(k-?mnist\w*|kuzushiji(-?mnist)?)\b(?!-49|-kanji)"),
    # Any other word before it says that it is another set: not, kannada, sign-language.
    "mnist": re.compile(r"^((\d+|my|our|the|data|original|keras|torchvision|lecun)-)*q?-?mnist"),
}
"""What folders are called, by the sets that lie in them; signs between words are written as -."""


class Pair(NamedTuple):
    """The two files of a part of a set."""

    images: Path
    labels: Path


@dataclass(frozen=True, slots=True)
class DataSet:
    """
    A set as its files are, before any of its images is read.

    Attributes
    ----------
    id : what it is called where links and commands name it.
    first : the label of the first class; some begin at 1.
    counts : images of each part.
    """

    id: str
    title: str
    classes: tuple[str, ...]
    first: int
    strokes: bool
    transposed: bool
    parts: Mapping[Split, Pair]
    counts: Mapping[Split, int]

    def load(self, split: Split) -> tuple[Bytes, Bytes]:
        """Read images (n, 28, 28), the right way up, and labels (n,) from 0."""
        images = idx.read(self.parts[split].images, 3)
        labels = idx.read(self.parts[split].labels, 1)
        if self.transposed:
            images = np.ascontiguousarray(images.transpose(0, 2, 1))
        return images, labels - np.uint8(self.first)


class Found(NamedTuple):
    """What lies in a folder: a set, or what is wrong with it."""

    id: str
    title: str
    files: tuple[Path, ...]
    set: DataSet | None
    problem: str


def look(folders: Sequence[Path]) -> dict[str, Found]:
    """Find all sets in these folders and in those within them; the first of a name counts."""
    found: dict[str, Found] = {}
    for folder in folders:
        places = [folder, *sorted(one for one in _entries(folder) if one.is_dir())]
        for place in [*places, *(one / "raw" for one in places)]:
            for one in in_folder(place):
                found.setdefault(one.id, one)
    return found


def in_folder(folder: Path) -> list[Found]:
    """Find the sets whose files lie in one folder, right or wrong."""
    parts: dict[str, dict[tuple[Split, str], Path]] = {}
    for path in sorted(_entries(folder), reverse=True):  # of one that is there twice, the unpacked
        named = _FILE.fullmatch(path.name)
        if named and path.is_file():
            key = _SPLITS[named["split"]], named["what"]
            parts.setdefault(named["part"] or "", {})[key] = path
    listed = folder / "classes.txt"
    return [
        _found(folder, part, tuple(files.items()), tuple(map(_stamp, (*files.values(), listed))))
        for part, files in sorted(parts.items())
    ]


def _stamp(path: Path) -> tuple[int, ...]:
    """Tell a file from what it was before; nothing of one that is not there."""
    try:
        about = path.stat()
    except OSError:
        return ()
    return about.st_size, about.st_mtime_ns, about.st_ctime_ns


@lru_cache(maxsize=64)
def _found(
    folder: Path,
    part: str,
    paths: tuple[tuple[tuple[Split, str], Path], ...],
    _stamps: tuple[tuple[int, ...], ...],
) -> Found:
    """Judge the files of a set, once for as long as they stay the same."""
    files = dict(paths)
    id = f"emnist-{part}" if part else _name(folder)
    title = KNOWN[id].title if id in KNOWN else id
    try:
        found, problem = _read(folder, id, title, files), ""
    except MnistError as error:
        found, problem = None, str(error)
    if found is not None and id == "mnist" and found.classes != _DIGITS:
        id = title = "own-mnist"  # what asks for MNIST asks for digits
        found = replace(found, id=id, title=title, strokes=False)
    return Found(id, title, tuple(files.values()), found, problem)


def _name(folder: Path) -> str:
    """Name a set by its folder, or by that around it if that is called raw."""
    said = (folder.parent if folder.name.lower() == "raw" else folder).name.lower()
    plain = re.sub(r"[^a-z0-9]+", "-", said).strip("-")
    named = (name for name, words in _FOLDERS.items() if words.search(plain))
    return next(named, plain[:40] or "images")


def _read(folder: Path, id: str, title: str, files: Mapping[tuple[Split, str], Path]) -> DataSet:
    parts: dict[Split, Pair] = {}
    for split, word in (("train", "train"), ("test", "t10k or test")):
        try:
            parts[split] = Pair(files[split, "images"], files[split, "labels"])  # type: ignore[index]
        except KeyError:
            raise MnistError(
                f"{folder} lacks a file: images and labels to learn from (train-…) and to test "
                f"with (t10k-… or test-…) belong together, and one of {word} is missing. Put it "
                "there."
            ) from None
    counts = {split: _judge(pair) for split, pair in parts.items()}
    if sum(counts.values()) > MOST_IMAGES:
        raise MnistError(
            f"{folder} holds {sum(counts.values()):,} images; up to {MOST_IMAGES:,} can be trained "
            "with. Take a smaller part of it: of EMNIST the balanced one, for example."
        )
    labels = np.concatenate([np.unique(idx.read(pair.labels, 1)) for pair in parts.values()])
    names, first = _classes(folder, id, int(labels.min()), int(labels.max()))
    known = KNOWN.get(id)
    return DataSet(
        *(id, title, names, first),
        strokes=known is not None and known.strokes,
        transposed=known is not None and known.transposed,
        parts=parts,
        counts=counts,
    )


def _judge(pair: Pair) -> int:
    """Count the images of a part from the heads of its files, which must fit each other."""
    images, labels = _shape(pair.images, 3), _shape(pair.labels, 1)
    if images[0] == 0:
        raise MnistError(f"{pair.images} holds no images. {MEND}")
    if images[1:] != (SIZE, SIZE):
        raise MnistError(
            f"{pair.images} holds images of {images[1]} × {images[2]} cells where {SIZE} × {SIZE} "
            f"belong. {MEND}"
        )
    if images[0] != labels[0]:
        raise MnistError(
            f"{pair.images} holds {images[0]} images, but {pair.labels.name} beside it "
            f"{labels[0]} labels: they do not belong together. {MEND}"
        )
    return images[0]


def _shape(path: Path, dimensions: int) -> tuple[int, ...]:
    """Read the head of a file, and hold its length to it where that is known."""
    size = 4 + 4 * dimensions
    try:
        with path.open("rb") as plain:
            packed = plain.read(2) == b"\x1f\x8b"
        with gzip.open(path) if packed else path.open("rb") as file:
            head = file.read(size)
    except (OSError, EOFError, zlib.error) as error:
        raise MnistError(f"{path} cannot be read ({error}): it is damaged. {MEND}") from error
    whole = len(head) == size and int.from_bytes(head[:4], "big") == 0x800 + dimensions
    shape = tuple(int(n) for n in np.frombuffer(head[4:], ">u4")) if whole else ()
    told = whole and (packed or path.stat().st_size == size + int(np.prod(shape, dtype=object)))
    if not told:
        idx.read(path, dimensions)  # says what is wrong
        raise MnistError(f"{path} is damaged. {MEND}")
    return shape


def _classes(folder: Path, id: str, least: int, most: int) -> tuple[tuple[str, ...], int]:
    """Name the classes, and tell with which label they begin: 0, or 1 where none has 0."""
    listed = folder / "classes.txt"
    names: tuple[str, ...] = ()
    if listed.is_file():
        try:
            text = listed.read_text("utf-8-sig")  # some editors put a mark before it
        except (OSError, UnicodeDecodeError) as error:
            raise MnistError(f"{listed} cannot be read as text in UTF-8 ({error}).") from error
        names = tuple(line.strip() for line in text.splitlines() if line.strip())
    elif id in KNOWN:
        names = KNOWN[id].classes
    count = len(names) or most - min(least, 1) + 1
    first = 1 if least >= 1 and most == count else 0
    if most - first >= count:
        raise MnistError(
            f"The labels in {folder} go up to {most}, but there are names for {count} classes. "
            f"Write the name of each class into {listed.name} there, a line each, in the order of "
            "the labels."
        )
    if not 2 <= count <= MOST_CLASSES:
        raise MnistError(
            f"{folder} has {count} classes; Convlens trains with 2 to {MOST_CLASSES}. Take another "
            "set, or a part of this one."
        )
    if len(set(names)) != len(names):
        raise MnistError(f"Two classes have one name in {listed}. Give each its own.")
    return names or tuple(str(label) for label in range(first, first + count)), first


def _entries(folder: Path) -> Iterator[Path]:
    """List a folder; one that is not there, or not to be read, is empty."""
    try:
        yield from folder.iterdir()
    except OSError:
        return
