"""The HTTP server's protocol, where its own refusals would break our promises."""

from asyncio import TimerHandle
from http import HTTPStatus
from typing import Final

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from app.errors import problem_response
from app.headers import SECURITY
from app.refusals import RefusalError
from app.settings import Settings
from app.sockets import handed_on, opens_channel

MOST_HEAD: Final = 32_768
"""Bytes that the first line and the headers of a request may have together."""

_PATIENCE: Final = 30
"""Seconds in which a head that has begun must be complete."""

_FAREWELL: Final = 1
"""Seconds in which the client may read why it is refused, before the connection is cut."""


class Protocol(HttpToolsProtocol):
    """
    Uvicorn's protocol; what is refused before the application sees it is a problem, too.

    A request that asks for another protocol (`Upgrade:`) is answered in this one, as RFC 9110,
    section 7.8, allows, and the connection goes on; unless it rightly opens a live channel.
    """

    _head = 0
    """Bytes of the head that is being read, 1 when it has just begun, 0 while there is none."""
    _ended = False
    """Whether another request ended in the bytes that are being parsed."""
    _owed = 0
    """Bytes of a body that the parser leaves to those who change the protocol."""
    _refused = False
    _timer: TimerHandle | None = None

    def data_received(self, data: bytes) -> None:
        """Parse what came."""
        if self._refused:
            return
        self._unset_keepalive_if_required()
        if self._owed:
            data = self._take_owed(data)
        self._ended = False
        if self._head:
            self._head += len(data)
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade as upgrade:
            self._go_on_after_wish(data[upgrade.args[0] :])
            return
        except httptools.HttpParserError:
            if self._head <= MOST_HEAD:
                self._refuse("not-http")
                return
        if self._head == 1 and not self._ended:
            self._head = len(data)
        if self._head > MOST_HEAD:
            self._refuse("head-too-large", bytes=MOST_HEAD)

    def on_message_begin(self) -> None:
        """Begin to count bytes and seconds."""
        super().on_message_begin()
        self._head = 1
        self._timer = self.loop.call_later(_PATIENCE, self._too_slow)

    def on_headers_complete(self) -> None:
        """Judge how long the head is, and go on."""
        self._stop_timer()
        size = len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)
        if size > MOST_HEAD:
            self._head = size
            raise ValueError  # the parser stops, and data_received says why
        self._head = 0
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """End the body, unless the parser skipped it for the sake of another protocol."""
        self._ended = True
        if self.parser.should_upgrade():
            lengths = [value for name, value in self.headers if name == b"content-length"]
            self._owed = int(lengths[0]) if lengths else 0
        if not self._owed:
            super().on_message_complete()

    def _should_upgrade(self) -> bool:
        """Whether this request opens a live channel; on a connection that owes no other answer."""
        cycle: RequestResponseCycle | None = self.cycle
        busy = cycle is not None and not cycle.response_complete
        if busy or not super()._should_upgrade():
            return False
        method, path = self.scope["method"].encode(), self.url.partition(b"?")[0]
        return opens_channel(method, path, self.headers, self._root_path())

    def _go_on_after_wish(self, rest: bytes) -> None:
        """Go on with what follows a wish for another protocol, in that one or in this."""
        if self._should_upgrade():
            self.scope["headers"] = handed_on(self.headers)
            self.handle_websocket_upgrade()
        else:
            self.parser = httptools.HttpRequestParser(self)
        if rest:
            self.transport.get_protocol().data_received(rest)  # type: ignore[attr-defined]

    def _root_path(self) -> str:
        settings: Settings | None = self.app_state.get("settings")
        return settings.root_path if settings else ""

    def _take_owed(self, data: bytes) -> bytes:
        """Take the rest of such a body; what follows it is returned."""
        mine, rest = data[: self._owed], data[self._owed :]
        self._owed -= len(mine)
        self.on_body(mine)
        if not self._owed:
            super().on_message_complete()
        return rest

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the timer."""
        self._stop_timer()
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """Tell an answer that goes on for long that the server stops."""
        cycle: RequestResponseCycle | None = self.cycle
        leaving = cycle.scope["state"].get("leaving") if cycle is not None else None
        if leaving is not None:
            leaving.set()
        super().shutdown()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _too_slow(self) -> None:
        self._refuse("head-too-slow", seconds=_PATIENCE)

    def _refuse(self, kind: str, **gaps: int) -> None:
        """Answer by hand, as nothing that could be answered has reached the application."""
        self._refused = True
        self._stop_timer()
        cycle: RequestResponseCycle | None = self.cycle
        if cycle is not None:  # nobody hears the end of what is worked on
            cycle.disconnected = True
            cycle.message_event.set()
        refusal = RefusalError(kind, gaps, headers={"connection": "close"})
        answer = problem_response(refusal, self._root_path())
        status = HTTPStatus(answer.status_code)
        headers = [*self.server_state.default_headers, *answer.raw_headers, *SECURITY]
        lines = b"".join(b"%s: %s\r\n" % header for header in headers)
        first = f"HTTP/1.1 {status.value} {status.phrase}\r\n".encode()
        self.transport.write(first + lines + b"\r\n" + bytes(answer.body))
        # To close at once would reset a connection that still sends, and the answer with it.
        self.transport.write_eof()
        self.loop.call_later(_FAREWELL, self.transport.close)
