"""What the commands print, wherever it goes: a terminal, a file, a pipe, in any encoding."""

import codecs
import io
import os
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_HANDLER: Final = "convlens-plain"
_PLAIN: Final = {
    "–": "-",
    "—": "-",
    "−": "-",
    "×": "x",
    "·": ".",
    "•": "*",
    "…": "...",
    "→": "->",
    "≈": "~",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
}


def say(sentence: str, *, err: bool = False, red: bool = False) -> None:
    """Print a line, in red where a terminal shows colours."""
    stream = sys.stderr if err else sys.stdout
    if red and stream.isatty() and not os.environ.get("NO_COLOR"):
        sentence = f"\033[31m{sentence}\033[0m"
    stream.write(f"{sentence}\n")
    stream.flush()


@contextmanager
def printing() -> Iterator[None]:
    """Print plain characters where the encoding lacks others, and say when nothing can be printed.

    Python takes a file's encoding from the system: on a Japanese or Korean Windows, or where no
    language is set, half of an evaluation would be written and then a traceback.
    """
    codecs.register_error(_HANDLER, _plainly)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_HANDLER)
    try:
        yield
        sys.stdout.flush()  # now, while there is somebody to tell
    except BrokenPipeError:
        _leave(0)  # who reads has had enough, as `| head` has
    except OSError as error:
        say(f"What was to be printed could not be written: {error.strerror}.", err=True, red=True)
        _leave(1)


def _plainly(error: UnicodeError) -> tuple[str, int]:
    """Give the nearest plain characters for those that an encoding lacks."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_plain, error.object[error.start : error.end])), error.end


def _plain(character: str) -> str:
    near = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
    return _PLAIN.get(character) or near or "?"


def _leave(code: int) -> None:
    """End without the interpreter's own attempt to write what could not be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)
