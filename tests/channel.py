"""A small WebSocket client of our own, for live channels: one that can misbehave, too.

with Channel(server.port) as channel:
    channel.send({"number": 1, "strokes": […], "ask": ["lenet/trace"]})
    answer = channel.receive()
"""

import base64
import hashlib
import json
import os
import socket
import struct
from typing import Any, NamedTuple, Self

PROTOCOL = "convlens-1"
PATH = "/api/live"
TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # of RFC 6455
_CUT = 1006
_KEY = b"\x37\xfa\x21\x3d"


class RefusedError(Exception):
    """The server answered the handshake with a no."""

    def __init__(self, head: bytes, body: bytes) -> None:
        super().__init__(head.decode())
        self.status = int(head.split()[1])
        lines = head.decode().split("\r\n")[1:]
        self.headers = {k.lower(): v for k, v in (line.split(": ", 1) for line in lines)}
        self.body = body

    @property
    def problem(self) -> dict[str, Any]:
        """What the body says."""
        found: dict[str, Any] = json.loads(self.body)
        return found


class ClosedError(Exception):
    """The server ended the channel, with this code; 1006 when it said none."""

    def __init__(self, code: int) -> None:
        super().__init__(f"closed with {code}")
        self.code = code


class Answer(NamedTuple):
    """A good answer: which message it is to, what it took, and the bytes that HTTP answers with."""

    number: int
    microseconds: int
    passes: tuple[int, ...]  # microseconds of each question
    body: bytes


def handshake(path: str = PATH, host: str = "localhost", **headers: str) -> bytes:
    """A right wish for a channel; `origin="…"` adds a header, `None` leaves one out."""
    said = {
        "host": host,
        "upgrade": "websocket",
        "connection": "Upgrade",
        "sec-websocket-key": base64.b64encode(bytes(range(16))).decode(),
        "sec-websocket-version": "13",
        "sec-websocket-protocol": PROTOCOL,
    }
    said |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"{name}: {value}" for name, value in said.items() if value is not None]
    return "\r\n".join([f"GET {path} HTTP/1.1", *lines, "", ""]).encode()


def frame(data: bytes, opcode: int = TEXT, *, last: bool = True) -> bytes:
    """A frame as clients send it, masked."""
    size = len(data)
    if size < 126:
        head = struct.pack(">BB", 128 * last + opcode, 128 + size)
    elif size < 65536:
        head = struct.pack(">BBH", 128 * last + opcode, 128 + 126, size)
    else:
        head = struct.pack(">BBQ", 128 * last + opcode, 128 + 127, size)
    keys = (_KEY * (size // 4 + 1))[:size]
    masked = int.from_bytes(data, "big") ^ int.from_bytes(keys, "big")
    return head + _KEY + masked.to_bytes(size, "big")


class Channel:
    """A live channel to a server on this machine; `more` are headers of the handshake."""

    def __init__(
        self, port: int, path: str = PATH, *, timeout: float = 20, small: bool = False, **more: str
    ) -> None:
        self.socket = socket.socket()
        if small:  # next to nothing waits in this machine's own buffers
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.socket.settimeout(timeout)
        self.socket.connect(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.data = b""
        self.pongs: list[bytes] = []
        try:
            self.raw(handshake(path, **more))
            self._open()
        except BaseException:
            self.socket.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.socket.close()

    def raw(self, data: bytes) -> None:
        """Send bytes as they are."""
        self.socket.sendall(data)

    def send(self, message: object) -> None:
        """Send a message: bytes as they are, all else as JSON."""
        data = message if isinstance(message, bytes) else json.dumps(message).encode()
        self.raw(frame(data))

    def ask(self, message: object) -> Answer:
        """Send a message and take its answer, which must be a good one."""
        self.send(message)
        answer = self.receive()
        assert isinstance(answer, Answer), answer
        return answer

    def refusal(self, message: object) -> dict[str, Any]:
        """Send a message and take its refusal."""
        self.send(message)
        refusal = self.receive()
        assert isinstance(refusal, dict), "it was answered"
        return refusal

    def last(self) -> int:
        """Take all that still comes until the server ends the channel, and give the code."""
        while True:
            try:
                self.receive()
            except ClosedError as closed:
                return closed.code

    def receive(self) -> Answer | dict[str, Any]:
        """Take the next answer or refusal; pings are answered on the way."""
        while True:
            opcode, data = self._frame()
            if opcode == PING:
                self.raw(frame(data, PONG))
            elif opcode == PONG:
                self.pongs.append(data)
            elif opcode == CLOSE:
                raise ClosedError(struct.unpack(">H", data[:2])[0] if data else 1005)
            elif opcode == TEXT:
                refusal: dict[str, Any] = json.loads(data)
                return refusal
            else:
                number, microseconds, count = struct.unpack("<III", data[:12])
                passes = struct.unpack_from(f"<{count}I", data, 12)
                return Answer(number, microseconds, passes, data[12 + 4 * count :])

    def _open(self) -> None:
        while b"\r\n\r\n" not in self.data:
            self._more()
        head, _, self.data = self.data.partition(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 101 "):
            raise RefusedError(head, self._body(head))
        told = base64.b64encode(hashlib.sha1(base64.b64encode(bytes(range(16))) + _GUID).digest())
        assert told in head, "the server did not read the key"
        assert b"permessage-deflate" not in head.lower(), "the server compresses"

    def _body(self, head: bytes) -> bytes:
        length = next(
            int(line.split(b":")[1])
            for line in head.lower().split(b"\r\n")
            if line.startswith(b"content-length:")
        )
        return self._take(length)

    def _frame(self) -> tuple[int, bytes]:
        first, size = self._take(2)
        assert not size & 128, "a server does not mask"
        if size == 126:
            (size,) = struct.unpack(">H", self._take(2))
        elif size == 127:
            (size,) = struct.unpack(">Q", self._take(8))
        return first & 15, self._take(size)

    def _take(self, count: int) -> bytes:
        while len(self.data) < count:
            self._more()
        taken, self.data = self.data[:count], self.data[count:]
        return taken

    def _more(self) -> None:
        try:
            data = self.socket.recv(1 << 18)
        except (ConnectionResetError, BrokenPipeError):
            data = b""
        if not data:
            raise ClosedError(_CUT)
        self.data += data


def is_open(channel: Channel) -> bool:
    """Whether the server still holds the channel: it answers a ping."""
    mark = os.urandom(4)
    try:
        channel.raw(frame(mark, PING))
        while mark not in channel.pongs:
            opcode, data = channel._frame()
            if opcode == PONG:
                channel.pongs.append(data)
            elif opcode == PING:
                channel.raw(frame(data, PONG))
            elif opcode == CLOSE:
                return False
    except (ClosedError, OSError):
        return False
    return True
