"""The live channel: who may open one, and its messages one after the other."""

import asyncio
from contextlib import suppress

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from app.handlers import refuse_upgrade
from app.live import PATH, PROTOCOL, Channel, Channels
from app.origins import forwarded, may_open
from app.refusals import RefusalError
from app.settings import Settings

router = APIRouter(include_in_schema=False)


def not_upgraded() -> RefusalError:
    """Refuse what does not open a channel."""
    headers = {"upgrade": "websocket", "connection": "upgrade"}
    return RefusalError("not-upgraded", {"protocol": PROTOCOL}, headers=headers)


@router.get(PATH)
async def no_channel(request: Request) -> Response:
    """Say that this is no page."""
    raise not_upgraded()


async def live(socket: WebSocket) -> None:
    """Answer the messages of a page until it goes, or the server stops."""
    channels: Channels = socket.state.channels
    root_path: str = socket.scope.get("root_path", "")
    try:
        with channels.enter(_admitted(socket)):
            await socket.accept(PROTOCOL)
            channel = Channel(socket.state.catalogue, socket.state.workers, root_path)
            with suppress(WebSocketDisconnect):
                await _converse(socket, channel)
    except RefusalError as refusal:
        await refuse_upgrade(socket.scope, socket.send, refusal)


def _admitted(socket: WebSocket) -> str:
    """
    Judge who asks for a channel.

    Returns
    -------
    str
        Their address.

    Raises
    ------
    RefusalError
        When they may have none.
    """
    settings: Settings = socket.state.settings
    client = socket.client.host if socket.client else ""
    address, host = forwarded(socket.headers, client, settings.trusted_proxies)
    if not may_open(socket.headers.get("origin"), host, settings.allowed_origins):
        raise RefusalError("wrong-origin")
    if PROTOCOL not in socket.scope.get("subprotocols", ()):
        raise not_upgraded()
    return address


async def _converse(socket: WebSocket, channel: Channel) -> None:
    while (message := await socket.receive())["type"] == "websocket.receive":
        data = message.get("bytes")
        said = await channel.reply(message["text"].encode() if data is None else data)
        await (socket.send_text(said) if isinstance(said, str) else socket.send_bytes(said))
        await asyncio.sleep(0)  # others come first, however many messages wait here


socket_route = WebSocketRoute(PATH, live)
