"""The WebSocket protocol: uvicorn's own, with bounds on what one client may cost the others."""

import base64
import binascii
import re
from asyncio import Handle, TimerHandle
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from uvicorn.config import Config
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState

from app.live import PATH, PROTOCOL

PING_EVERY: Final = 20.0
"""Seconds between two pings, and those in which each must be answered."""

_PIECE: Final = 1_024
"""Bytes of one socket that are parsed in a round of the event loop: frames can be tiny."""

_MOST_HEAD: Final = 8_000
"""Bytes of the headers of a handshake; the library refuses longer lines in its own words."""

_MOST_FRAMES: Final = 4_096
"""Frames of one message: empty ones, too, are kept until it is complete."""

_KEY: Final = 16
"""Bytes of a handshake's key."""

_FAREWELL: Final = 0.5
"""Seconds in which a client may read the end, before the connection is cut."""

_HANDSHAKE: Final = (b"sec-websocket-key", b"sec-websocket-version", b"sec-websocket-protocol")
_ONCE: Final = (b"host", b"origin", *_HANDSHAKE)
_NEEDED: Final = frozenset(
    {*_ONCE, b"connection", b"upgrade", b"x-forwarded-for", b"x-forwarded-host"}
)
_TOKENS: Final = re.compile(rb"[\w.-]+(\s*,\s*[\w.-]+)*", re.ASCII)

Headers = Sequence[tuple[bytes, bytes]]


def handed_on(headers: Headers) -> list[tuple[bytes, bytes]]:
    """The headers that a channel is about; no others reach it."""
    return [header for header in headers if header[0] in _NEEDED]


def opens_channel(method: bytes, path: bytes, headers: Headers, root_path: str) -> bool:
    """
    Whether a request that wishes to speak WebSocket opens a channel, and rightly so.

    Whatever does not is answered over HTTP, which says how it would.
    """
    told = handed_on(headers)
    count = Counter(name for name, _ in told)
    said = dict(told)
    if method != b"GET" or path not in (PATH.encode(), f"{root_path}{PATH}".encode()):
        return False
    if {b"content-length", b"transfer-encoding"} & {name for name, _ in headers}:
        return False
    if max(count[name] for name in _ONCE) > 1:
        return False
    if sum(len(name) + len(value) for name, value in told) > _MOST_HEAD:
        return False
    key, version, protocols = (said.get(name, b"").strip() for name in _HANDSHAKE)
    return (
        version == b"13"
        and _is_key(key)
        and _TOKENS.fullmatch(protocols) is not None
        and PROTOCOL.encode() in [one.strip() for one in protocols.split(b",")]
    )


def _is_key(said: bytes) -> bool:
    try:
        return len(base64.b64decode(said, validate=True)) == _KEY
    except binascii.Error:
        return False


class SocketProtocol(WebSocketsSansIOProtocol):
    """
    Uvicorn's protocol, which no client can make others wait for.

    What came is parsed a piece in each round of the event loop, and not before all messages in it
    have been answered and the client has read enough of what it was sent. A client that leaves a
    message unfinished is cut off; so is, by its pings, one that does not read.
    """

    PATIENCE: float = 30
    """Seconds in which a message that has begun must be complete."""

    def __init__(
        self, config: Config, server_state: ServerState, app_state: dict[str, Any]
    ) -> None:
        super().__init__(config, server_state, app_state)
        self._unread = b""
        self._turn: Handle | None = None  # in which the next piece is parsed
        self._half: TimerHandle | None = None  # runs while the rest of a message is awaited

    def data_received(self, data: bytes) -> None:
        """Parse what came at once where it is little and nothing else waits; else by and by."""
        if len(data) <= _PIECE and not self._unread and not self._must_wait():
            self._parse(data)
            return
        self._unread += data
        self.transport.pause_reading()
        self._go_on()

    async def receive(self) -> Any:
        """Give the application the next event; when it has had all, parse on."""
        message = await super().receive()
        self._go_on()
        return message

    async def send(self, message: Any) -> None:
        """Send; after the handshake, parse what was sent too early."""
        await super().send(message)
        self.handshake_complete |= self.close_sent  # a no has been said in full
        self._go_on()

    def handle_text(self, event: Any) -> None:
        """Take text as bytes: whatever is wrong with its UTF-8, the application says so."""
        self.handle_bytes(event)

    def handle_cont(self, event: Any) -> None:
        """Take a part of a message that is not in too many."""
        super().handle_cont(event)
        if len(self.frames) > _MOST_FRAMES:
            self.transport.abort()

    def resume_writing(self) -> None:
        """Go on."""
        super().resume_writing()
        self._go_on()

    def keepalive_timeout(self) -> None:
        """Let go who is silent, or reads so slowly that a ping does not come through."""
        super().keepalive_timeout()
        self._leave()

    def shutdown(self) -> None:
        """Say that the server stops, and wait for no client."""
        if not self.transport.is_closing():
            super().shutdown()
        self._leave()

    async def run_asgi(self) -> None:
        """Run the application; when it has ended, so does the connection."""
        await super().run_asgi()
        self._leave()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget what waits."""
        self._unread = b""
        for one in (self._turn, self._half):
            if one is not None:
                one.cancel()
        super().connection_lost(exc)

    def _must_wait(self) -> bool:
        """Whether the application or the client has to do something before more is parsed."""
        opening = self.handshake_initiated and not self.handshake_complete
        return opening or self.read_paused or not self.writable.is_set()

    def _go_on(self) -> None:
        """Parse the next piece in the next round, if there is one."""
        self._watch()
        if self._unread and self._turn is None and not self._must_wait():
            self.transport.pause_reading()
            self._turn = self.loop.call_soon(self._parse_piece)

    def _parse_piece(self) -> None:
        self._turn = None
        if self.transport.is_closing():
            self._unread = b""
            return
        piece, self._unread = self._unread[:_PIECE], self._unread[_PIECE:]
        self._parse(piece)
        if self._unread:
            self._go_on()
        elif not self.read_paused and not self.transport.is_closing():
            self.transport.resume_reading()

    def _parse(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    def _watch(self) -> None:
        """Count the seconds in which the client owes the rest of a message."""
        half = bool(self.frames or self.conn.reader.buffer)
        owes = half and not self._must_wait()
        if owes and self._half is None:
            self._half = self.loop.call_later(self.PATIENCE, self.transport.abort)
        elif not owes and self._half is not None:
            self._half.cancel()
            self._half = None

    def _leave(self) -> None:
        """Cut the connection when the end has had time to be read."""
        self.loop.call_later(_FAREWELL, self.transport.abort)
