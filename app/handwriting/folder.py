"""
The folder of somebody's own drawings: classes with names, and drawings as strokes.

A drawing is one file, whose name says its number, its class and its writer; whoever relabels it
renames it. Whoever writes holds a lock that lies beside the folder, so that deleting the folder
leaves nothing in it.
"""

import json
import re
import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_ISREG
from typing import Final, Literal, NamedTuple, get_args

import numpy as np

from app.refusals import RefusalError
from app.runs.locks import locked
from app.schemas import Stroke as SentStroke
from model.preprocess import Preprocessed, Stroke, preprocess_strokes
from model.whole_file import write_whole

Writer = Literal["blue", "orange", "green", "purple", "red", "grey"]
"""Writers are told apart by a colour, never by a name."""
WRITERS: Final[tuple[Writer, ...]] = get_args(Writer)

MOST_CLASSES: Final = 20
MOST_DRAWINGS: Final = 5_000
MOST_BYTES: Final = 50_000_000
LONGEST_NAME: Final = 20

ID: Final = re.compile(r"\d{6,9}-[0-9a-f]{6}")
_FILE: Final = re.compile(rf"({ID.pattern})\.(\d{{1,4}})\.({'|'.join(WRITERS)})\.json")
_PATIENCE: Final = 20.0  # seconds until a lock is given up: to freeze thousands takes a few


class Kept(NamedTuple):
    """A drawing as the name of its file says it."""

    id: str
    label: int  # the number of its class
    writer: Writer
    path: Path


class Classes(NamedTuple):
    """What is collected: names by number, which no other class ever gets again."""

    names: dict[int, str]
    following: int


class Folder:
    """
    One folder; every worker of a server reads and writes it.

    Parameters
    ----------
    path
        It need not be there: nothing was drawn then.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.drawings, self.sets = path / "drawings", path / "sets"
        self._listed = path / "classes.json"

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep others from changing anything for as long as the block lasts."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with locked(self.path.with_name(f".{self.path.name}.lock"), patience=_PATIENCE) as mine:
                if not mine:
                    raise RefusalError("busy", headers={"retry-after": "1"})
                yield
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise RefusalError("handwriting-unwritable", {"why": why}) from error

    def classes(self) -> Classes:
        """Read what is collected."""
        try:
            facts = json.loads(self._listed.read_bytes())
            names = {int(number): str(name) for number, name in facts["classes"]}
            return Classes(names, int(facts["next"]))
        except FileNotFoundError:
            if self.all():  # whose classes would be given to others
                raise RefusalError("handwriting-damaged") from None
            return Classes({}, 0)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise RefusalError("handwriting-damaged") from error

    def all(self) -> list[Kept]:
        """List the drawings in the order in which they were drawn."""
        try:
            names = [one.name for one in self.drawings.iterdir()]
        except FileNotFoundError:
            return []
        found = (_FILE.fullmatch(name) for name in sorted(names, key=_number))
        return [
            Kept(one[1], int(one[2]), one[3], self.drawings / one[0])  # type: ignore[arg-type]
            for one in found
            if one
        ]

    def size(self) -> int:
        """Count the bytes of all files."""
        return bytes_in(self.path)

    def collect(self, names: Sequence[str]) -> None:
        """Add classes; those that are there stay."""
        with self.held():
            there, following = self.classes()
            news = [name for name in dict.fromkeys(names) if name not in there.values()]
            if len(there) + len(news) > MOST_CLASSES:
                raise RefusalError("many-classes", {"most": MOST_CLASSES})
            more = dict(enumerate(news, following))
            self._make()
            self._list(Classes(there | more, following + len(news)))

    def drop(self, number: int) -> None:
        """Delete a class with all its drawings."""
        with self.held():
            there, following = self.classes()
            if there.pop(number, None) is None:
                raise RefusalError("no-class")
            for one in self.all():
                if one.label == number:
                    one.path.unlink(missing_ok=True)
            self._list(Classes(there, following))

    def add(self, label: int, writer: Writer, strokes: Sequence[SentStroke]) -> Kept:
        """Keep a drawing."""
        if image_of(strokes).blank:
            raise RefusalError("no-ink")
        facts = [one.model_dump(mode="json") for one in strokes]
        content = json.dumps({"strokes": facts}, separators=(",", ":")).encode()
        with self.held():
            self._check_class(label)
            there = self.all()
            if len(there) >= MOST_DRAWINGS:
                raise RefusalError("many-drawings", {"most": MOST_DRAWINGS})
            self.check_room(len(content))
            self._make()
            number = 1 + (_number(there[-1].path.name) if there else 0)
            id = f"{number:06d}-{secrets.token_hex(3)}"
            path = self.drawings / f"{id}.{label}.{writer}.json"
            write_whole(path, content)
        return Kept(id, label, writer, path)

    def change(self, id: str, label: int | None, writer: Writer | None) -> Kept:
        """Give a drawing another class or another writer."""
        with self.held():
            one = self.find(id)
            label, writer = one.label if label is None else label, writer or one.writer
            self._check_class(label)
            path = self.drawings / f"{id}.{label}.{writer}.json"
            one.path.rename(path)
        return Kept(id, label, writer, path)

    def delete(self, id: str) -> None:
        """Delete a drawing."""
        with self.held():
            self.find(id).path.unlink(missing_ok=True)

    def delete_all(self) -> None:
        """Delete everything, so that not a byte is left in the folder."""
        with self.held():
            if not self.path.exists():
                return
            for place in (self.drawings, self.sets):
                if place.exists():
                    shutil.rmtree(place)
            for one in (self._listed, *self.path.glob(f".{self._listed.name}.*")):
                one.unlink(missing_ok=True)
            if not any(self.path.iterdir()):  # of others, nothing is touched
                self.path.rmdir()

    def find(self, id: str) -> Kept:
        """Find a drawing, or refuse."""
        found = None
        if ID.fullmatch(id):
            found = next((one for one in self.all() if one.id == id), None)
        if found is None:
            raise RefusalError("no-drawing-here")
        return found

    def check_room(self, more: int) -> None:
        """Refuse what would be too many bytes."""
        if self.size() + more > MOST_BYTES:
            raise RefusalError("handwriting-full", {"most": MOST_BYTES // 1_000_000})

    def _check_class(self, label: int) -> None:
        if label not in self.classes().names:
            raise RefusalError("no-class")

    def _make(self) -> None:
        self.path.mkdir(mode=0o700, exist_ok=True)
        self.drawings.mkdir(exist_ok=True)
        for place in (self.path, self.drawings):
            for half in place.glob(".*.json.*"):  # of a process that was killed
                half.unlink(missing_ok=True)

    def _list(self, classes: Classes) -> None:
        facts = {"next": classes.following, "classes": list(classes.names.items())}
        write_whole(self._listed, json.dumps(facts, ensure_ascii=False).encode())


def bytes_in(path: Path) -> int:
    """Count the bytes of all files in a folder."""
    total = 0
    for one in path.rglob("*"):
        with suppress(OSError):  # gone meanwhile
            about = one.stat()
            total += about.st_size if S_ISREG(about.st_mode) else 0
    return total


def strokes_of(one: Kept) -> list[SentStroke]:
    """Read the strokes of a drawing; RefusalError when it is there no more, or damaged."""
    try:
        facts = json.loads(one.path.read_bytes())
        return [SentStroke.model_validate(stroke) for stroke in facts["strokes"]]
    except FileNotFoundError:
        raise RefusalError("no-drawing-here") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RefusalError("handwriting-damaged") from error


def image_of(strokes: Sequence[SentStroke]) -> Preprocessed:
    """Make of a drawing what a network reads."""
    return preprocess_strokes([Stroke(np.array(s.points), s.width, s.erase) for s in strokes])


def _number(name: str) -> int:
    digits = name.partition("-")[0]
    return int(digits) if digits.isdigit() else 0
