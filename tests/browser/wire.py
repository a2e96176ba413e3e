"""What a page asks the server about drawings, and over what."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Request, WebSocket

from tests.browser.lens import Lens


class Wire:
    """What a page asks from now on: messages on its channels, and readings over HTTP."""

    def __init__(self, lens: Lens) -> None:
        self.channels: list[WebSocket] = []
        self.messages: list[dict[str, Any]] = []
        self.requests: list[str] = []
        lens.page.on("websocket", self._open)
        lens.page.on("request", self._ask)

    def _open(self, channel: WebSocket) -> None:
        self.channels.append(channel)
        channel.on("framesent", lambda data: self.messages.append(json.loads(data)))

    def _ask(self, request: Request) -> None:
        if "weights=" in request.url and request.method == "POST":
            self.requests.append(request.url)
