"""The files of static/, as they are at one moment: in memory, below a root named by all of them."""

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Final

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from app.content import IMMUTABLE, Content
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
_LOAD: Final = re.compile(r"""\bawait import\(['"](\.{1,2}/[^'"]+)['"]\)""")
_STYLE_IMPORT: Final = re.compile(r"""^@import ['"]([^'"]+)['"]( [a-z]+)?;$""", re.MULTILINE)
_DIGEST: Final = re.compile(r"^[0-9a-f]{16}/")

Stamp = tuple[str, int, int]
"""A file's path below static/, when it was changed (ns), its size (bytes)."""


class Assets:
    """
    All files of static/ at one moment.

    Parameters
    ----------
    root : Path
        The folder.
    paths
        Of its files, below it.
    """

    def __init__(self, root: Path, paths: Iterator[str]) -> None:
        raw = {path: (root / path).read_bytes() for path in sorted(paths)}
        whole = hashlib.sha256()
        for path, body in raw.items():
            whole.update(f"{path}\0{len(body)}\0".encode() + body)
        self.digest = whole.hexdigest()[:16]
        self.contents: Mapping[str, Content] = {path: _content(path, raw) for path in raw}
        for content in self.contents.values():
            _ = content.compressed  # now, and not while somebody waits for another answer
        self._imports = {
            path: [_beside(path, name) for name in _IMPORT.findall(body.decode())]
            for path, body in raw.items()
            if path.endswith(".js")
        }
        self._loads = {
            path: [_beside(path, name) for name in _LOAD.findall(raw[path].decode())]
            for path in self._imports
        }

    def modules(self, *entries: str) -> list[str]:
        """
        Follow the imports of modules, so that a browser can fetch all of them at once.

        Returns
        -------
        list of str
            Paths below static/, the entries first; without those that there are not.
        """
        found: dict[str, None] = {}
        waiting = list(entries)
        while waiting:
            path = waiting.pop(0)
            if path in self._imports and path not in found:
                found[path] = None
                waiting += self._imports[path]
        return list(found)

    def wanted(self, entry: str) -> list[str]:
        """Follow what a module loads when it is wanted, as `await import('./other.js')`."""
        return self.modules(*self._loads.get(entry, ()))


def _content(path: str, raw: Mapping[str, bytes]) -> Content:
    suffix = PurePosixPath(path).suffix.lower()
    body = _joined(path, raw).encode() if suffix == ".css" else raw[path]
    media_type = _TYPES.get(suffix, "application/octet-stream")
    return Content(body, media_type, compress=suffix not in _COMPRESSED)


def _joined(path: str, raw: Mapping[str, bytes]) -> str:
    """Put in the place of each @import the style sheet that it names, as a browser would."""

    def sheet(found: re.Match[str]) -> str:
        other = _beside(path, found[1])
        if other not in raw:
            return found[0]
        text = _joined(other, raw)
        return f"@media{found[2]} {{\n{text}}}\n" if found[2] else text

    return _STYLE_IMPORT.sub(sheet, raw[path].decode())


def _beside(path: str, relative: str) -> str:
    """Give the path of what a file calls by a relative URL."""
    return os.path.normpath(f"{PurePosixPath(path).parent}/{relative}").replace(os.sep, "/")


@lru_cache(maxsize=2)
def _read(root: Path, stamps: tuple[Stamp, ...]) -> Assets:
    """Read the files once for each time that one of them changes."""
    return Assets(root, (path for path, _, _ in stamps))


def _stamps(folder: str, below: str = "") -> Iterator[Stamp]:
    """Find the files, but none that is hidden, or lies elsewhere behind a link."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(".") or (entry.is_symlink() and _leads_out(entry, below)):
                continue
            if entry.is_dir():
                yield from _stamps(entry.path, f"{below}{entry.name}/")
            else:
                stat = entry.stat()
                yield below + entry.name, stat.st_mtime_ns, stat.st_size


def _leads_out(link: os.DirEntry[str], below: str) -> bool:
    root = Path(link.path).parents[below.count("/")].resolve()
    target = Path(link.path).resolve()
    return not target.is_file() or not target.is_relative_to(root)


class Shelf:
    """The files of static/ as they were last looked at."""

    def __init__(self) -> None:
        self.latest = self.look()

    def look(self) -> Assets:
        """Look at them again, a few milliseconds: what a page is made of is what it names."""
        root = resource_folder("static").resolve()
        self.latest = _read(root, tuple(sorted(_stamps(str(root)))))
        return self.latest


class Files:
    """
    Answer for files below the root that names them all, before the framework is asked.

    A page needs some two hundred, and the framework takes longer for each than everything else.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Such an answer never changes; whatever else is asked goes on."""
        if scope["type"] == "http" and scope["method"] == "GET":
            assets: Assets = scope["state"]["shelf"].latest
            path: str = scope["path"].removeprefix(scope.get("root_path", ""))
            content = assets.contents.get(path.removeprefix(f"/static/{assets.digest}/"))
            if content is not None:
                answer = content.answer(Headers(scope=scope), cache=IMMUTABLE)
                await answer(scope, receive, send)
                return
        await self.app(scope, receive, send)


def serve_asset(request: Request) -> Response:
    """
    Answer with a file as it is now, to be asked for again each time.

    Below the root of other files, too: whoever still has an older page gets what there is.
    """
    path: str = request.path_params["path"]
    shelf: Shelf = request.state.shelf
    content = shelf.look().contents.get(_DIGEST.sub("", path, count=1))
    if content is None:
        raise HTTPException(404)
    return content.answer(request.headers)


def asset_route() -> Route:
    """The route of all other questions about files; in a thread, because disks can be slow."""
    return Route("/static/{path:path}", serve_asset, name="static")
