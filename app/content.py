"""Bytes that are served as they are: named by their hash, compressed once, kept by clients."""

import gzip
import hashlib
from collections.abc import Mapping
from functools import cached_property

from starlette.datastructures import Headers
from starlette.responses import Response

REVALIDATE = "no-cache"
IMMUTABLE = "public, max-age=31536000, immutable"


class Content:
    """
    A body that does not change, with everything that HTTP wants to know about it.

    Parameters
    ----------
    body : bytes
        What is served.
    media_type : str
        With its charset, where it has one.
    digest : str, optional
        SHA-256 of the body, when it is already known.
    compress : bool
        Whether gzip makes it worth its while.
    """

    def __init__(
        self, body: bytes, media_type: str, *, digest: str | None = None, compress: bool = True
    ) -> None:
        self.body = body
        self.media_type = media_type
        self.digest = digest or hashlib.sha256(body).hexdigest()
        self._compress = compress

    @cached_property
    def compressed(self) -> bytes | None:
        """The body by gzip, or None where that saves nothing."""
        if not self._compress:
            return None
        small = gzip.compress(self.body, compresslevel=9, mtime=0)
        return small if len(small) < len(self.body) else None

    def answer(
        self,
        asked: Headers,
        *,
        cache: str = REVALIDATE,
        more: Mapping[str, str] | None = None,
    ) -> Response:
        """Answer a GET: 304 to a client that has it, gzip to one that can read it."""
        packed = self.compressed if _reads_gzip(asked.get("accept-encoding", "")) else None
        headers = {"cache-control": cache, "vary": "accept-encoding", **(more or {})}
        headers["etag"] = f'"{self.digest}{"-gzip" if packed else ""}"'
        if _matches(asked.get("if-none-match"), self.digest):
            return Response(status_code=304, headers=headers)
        if packed:
            headers["content-encoding"] = "gzip"
        return Response(packed or self.body, media_type=self.media_type, headers=headers)


def _reads_gzip(accept_encoding: str) -> bool:
    """Whether gzip is named, and not only to refuse it (`gzip;q=0`)."""
    for part in accept_encoding.lower().split(","):
        name, _, quality = part.partition(";")
        if name.strip() == "gzip":
            return quality.strip() not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def _matches(if_none_match: str | None, digest: str) -> bool:
    """Whether the client's copy is this one; compressed or not is the same to a reader."""
    if if_none_match is None:
        return False
    tags = (tag.strip().removeprefix("W/").strip('"') for tag in if_none_match.split(","))
    return any(tag == "*" or tag.removesuffix("-gzip") == digest for tag in tags)
