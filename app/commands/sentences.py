"""How commands fail: one sentence on standard error and a code, never a traceback."""

import errno
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

import typer
from rich.console import Console

from app.console import say
from model.data.errors import MnistError

STOPPED = 128 + signal.SIGINT  # what shells expect of a program that ctrl-C ended
_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))  # Windows has no quotas


class Terminated(KeyboardInterrupt):
    """The wish to end that comes as SIGTERM, from a system that shuts down or from `kill`."""


@contextmanager
def told() -> Iterator[Console]:
    """Lend the console for progress, and turn what can go wrong into a sentence.

    The engine's own errors (of specs, checkpoints, recipes) are ValueErrors worded for people.
    """
    before = signal.signal(signal.SIGTERM, _end)
    try:
        yield Console(stderr=True)
    except (MnistError, ValueError) as error:
        fail(str(error))
    except MemoryError:
        fail("This machine has not enough memory for that; try a smaller --batch-size.")
    except OSError as error:
        fail(f"{what_failed(error)}. {how_to_mend(error)}")
    except KeyboardInterrupt as wish:
        stop("Stopped.", wish)
    finally:
        signal.signal(signal.SIGTERM, before)


def what_failed(error: OSError) -> str:
    """Name the failure and the file, as far as the system does."""
    place = f" ({error.filename})" if error.filename else ""
    return f"{error.strerror or error}{place}"


def how_to_mend(error: OSError) -> str:
    """Say what to do about a file that could not be read or written."""
    if error.errno in _FULL:
        return "Make room on that disk, or name a place on another one."
    return "Check that the place exists and can be written."


def fail(sentence: str) -> NoReturn:
    """Say what went wrong and end with code 1."""
    say(sentence, err=True, red=True)
    raise typer.Exit(1) from None


def stop(sentence: str, wish: KeyboardInterrupt) -> NoReturn:
    """Say where things stand and end as ctrl-C does, or as SIGTERM does."""
    say(sentence, err=True)
    number = signal.SIGTERM if isinstance(wish, Terminated) else signal.SIGINT
    raise typer.Exit(128 + number) from None


def _end(number: int, frame: FrameType | None) -> NoReturn:
    raise Terminated
