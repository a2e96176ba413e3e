"""Find rsvg-convert, the second program that looks at the page's SVG files, or get it.

An installed one comes first, then Debian's package when this runs as root. Without it the
comparison of an SVG with its PNG skips.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.debian import can_install, install

HELP = (
    "rsvg-convert is not here: what a second program makes of an SVG is not compared. Get it from "
    "your system's packages (in Debian and Ubuntu it is librsvg2-bin)."
)


def installed() -> str | None:
    """Return its path, or None."""
    return os.environ.get("CONVLENS_RSVG") or shutil.which("rsvg-convert")


def find() -> str | None:
    """Return its path, getting it where it is not here; None when that failed."""
    if installed() is None and can_install():
        install("librsvg2-bin")
    return installed()


def rendered(svg: Path, png: Path) -> None:
    """Render a file as that program sees it, at its own size."""
    program = installed()
    assert program is not None, HELP
    subprocess.run([program, str(svg), "-o", str(png)], check=True)


if __name__ == "__main__":
    print(find() or HELP, file=sys.stderr)  # noqa: T201
