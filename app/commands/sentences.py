"""How commands fail: one sentence on standard error and a code, never a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer
from rich.console import Console

from model.data.errors import MnistError

STOPPED = 130  # what shells expect of a program that ctrl-C ended


@contextmanager
def told() -> Iterator[Console]:
    """Lend the console for progress, and turn what can go wrong into a sentence.

    The engine's own errors (of specs, checkpoints, recipes) are ValueErrors worded for people.
    """
    try:
        yield Console(stderr=True)
    except (MnistError, ValueError) as error:
        fail(str(error))
    except MemoryError:
        fail("This machine has not enough memory for that; try a smaller --batch-size.")
    except OSError as error:
        place = f" ({error.filename})" if error.filename else ""
        fail(f"{error.strerror or error}{place}. Check that the place exists and can be written.")
    except KeyboardInterrupt:
        stop("Stopped.")


def fail(sentence: str) -> NoReturn:
    """Say what went wrong and end with code 1."""
    typer.secho(sentence, fg="red", err=True)
    raise typer.Exit(1) from None


def stop(sentence: str) -> NoReturn:
    """Say where things stand and end as ctrl-C does."""
    typer.echo(sentence, err=True)
    raise typer.Exit(STOPPED) from None
