"""Find the nginx that stands before the server in some tests, or get one; and run it.

An installed one comes first, then Debian's package when this runs as root. `python -m tests.nginx`
says which one it is. Without any, the tests that need it skip.
"""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.debian import can_install, install

HELP = (
    "Some tests need nginx and found none: they will skip. Get it from your system's packages (in "
    "Debian and Ubuntu it is nginx-light), or name one in CONVLENS_NGINX."
)
_TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def installed() -> str | None:
    """Return the path of an nginx that is already here, or None."""
    named = os.environ.get("CONVLENS_NGINX")
    found = named or shutil.which("nginx") or "/usr/sbin/nginx"
    return found if Path(found).exists() else None


def find() -> str | None:
    """Return its path, getting one where there is none; None when that failed."""
    if installed() is None and can_install():
        print("No nginx here: fetching Debian's package nginx-light ...", file=sys.stderr)  # noqa: T201
        install("nginx-light")
    return installed()


@contextmanager
def proxy(folder: Path, locations: list[str]) -> Iterator[list[int]]:
    """
    Run nginx for as long as the block lasts.

    Parameters
    ----------
    locations
        What stands in each of its servers, of which each has a port of its own.
    """
    program = installed()
    assert program is not None, HELP
    ports = [_free_port() for _ in locations]
    servers = [
        f"server {{ listen 127.0.0.1:{port}; server_name _; {text} }}"
        for port, text in zip(ports, locations, strict=True)
    ]
    paths = [f"{what}_temp_path {folder / what};" for what in _TEMPORARY]
    lines = ["daemon off;", "master_process off;", f"pid {folder / 'pid'};", "events {}"]
    config = folder / "nginx.conf"
    config.write_text("\n".join([*lines, "http {", "access_log off;", *paths, *servers, "}"]))
    command = [program, "-p", str(folder), "-e", str(folder / "errors"), "-c", str(config)]
    process = subprocess.Popen(command)
    try:
        for port in ports:
            _wait_for(port, process)
        yield ports
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(400):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            assert process.poll() is None, "nginx has ended"
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("nginx did not start.")


def main() -> None:
    """Print the path, or the sentence that says how to get one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--remember", type=Path, help="file that keeps the path for the next run")
    remember: Path | None = parser.parse_args().remember
    if remember and remember.exists() and Path(remember.read_text().strip()).exists():
        return
    path = find()
    if remember and path:
        remember.write_text(path + "\n")
    print(path or HELP)  # noqa: T201


if __name__ == "__main__":
    main()
