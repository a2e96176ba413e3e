"""The files of static/, and which of its modules the page is going to need."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.content import Content
from app.paths import resource_folder

# Stated here, because Python asks the operating system, and Windows may call a script text/plain,
# which browsers refuse to run. Text is worth compressing, the other formats are compressed already.
_TYPES: Final = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".png": "image/png",
    ".webp": "image/webp",
    ".jpg": "image/jpeg",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
}
_COMPRESSED: Final = frozenset({".png", ".webp", ".jpg", ".woff2"})
_IMPORT: Final = re.compile(
    r"""^(?:import|export)\b[^'";]*?['"](\.{1,2}/[^'"]+)['"]""", re.MULTILINE
)


@lru_cache(maxsize=512)
def _content(path: Path, _changed: int, _size: int) -> Content:
    """Read a file once for each time that it changes."""
    suffix = path.suffix.lower()
    media_type = _TYPES.get(suffix, "application/octet-stream")
    return Content(path.read_bytes(), media_type, compress=suffix not in _COMPRESSED)


def read_asset(relative: str) -> Content | None:
    """Find a file of static/; None when there is none, or it lies outside, or is hidden."""
    root = resource_folder("static")
    path = root / relative
    hidden = any(part.startswith(".") for part in Path(relative).parts)
    try:
        if hidden or not path.is_file() or not path.resolve().is_relative_to(root.resolve()):
            return None
        stat = path.stat()
    except (OSError, ValueError):  # a name too long for the disk, or one that no file can have
        return None
    return _content(path, stat.st_mtime_ns, stat.st_size)


def serve_asset(request: Request) -> Response:
    """Answer with a file; in a thread, because disks can be slow and gzip is."""
    content = read_asset(request.path_params["path"])
    if content is None:
        raise HTTPException(404)
    return content.answer(request.headers)


def modules_of(entry: str = "js/main.js") -> list[str]:
    """
    Follow the imports of a module, so that a browser can fetch all of them at once.

    Returns
    -------
    list of str
        Relative URLs, the entry first; empty while there is no such module.
    """
    root = resource_folder("static").resolve()
    found: list[str] = []
    waiting = [root / entry]
    while waiting:
        path = waiting.pop(0).resolve()
        url = f"static/{path.relative_to(root).as_posix()}" if path.is_relative_to(root) else ""
        if not url or url in found or not path.is_file():
            continue
        found.append(url)
        text = path.read_text(encoding="utf-8")
        waiting += [path.parent / name for name in _IMPORT.findall(text)]
    return found


def asset_route() -> Route:
    """The route under which the page finds its files."""
    return Route("/static/{path:path}", serve_asset, name="static")
