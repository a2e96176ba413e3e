"""The yardstick of benchmarks/server.py: an ASGI application that only sends bytes back."""

import os
from typing import Any

ANSWER = bytes(int(os.environ.get("BARE_BYTES", "1000")))
LENGTH = str(len(ANSWER)).encode()


async def app(scope: Any, receive: Any, send: Any) -> None:
    """Read the body, send as many bytes as a trace has."""
    if scope["type"] != "http":
        return
    while (await receive()).get("more_body"):
        pass
    headers = [(b"content-length", LENGTH), (b"content-type", b"application/octet-stream")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": ANSWER})
