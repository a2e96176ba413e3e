"""Run the HTTP server: bind the port, start, say where it is, stop cleanly."""

import errno
import os
import socket
import threading
import webbrowser
from collections.abc import Callable
from typing import Final

import uvicorn

from app.host_names import address_in_network, is_loopback
from app.processes import supervise
from app.protocol import Protocol
from app.settings import Settings
from app.sockets import PING_EVERY, SocketProtocol

_ALL: Final = ("0.0.0.0", "::")


class PortError(OSError):
    """The address cannot be listened on; the text says why and what to do."""


def bind(host: str, port: int) -> socket.socket:
    """
    Take the port before anything else is done.

    Raises
    ------
    PortError
        With a sentence for the person who chose it.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, address = found[0]
        listener = socket.socket(family, kind, protocol)
    except (OSError, UnicodeError) as error:  # what cannot be a name is a UnicodeError
        raise PortError(_why(error, host, port)) from error
    try:
        if os.name == "posix":  # on Windows it would let two servers have one port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except OSError as error:
        listener.close()
        raise PortError(_why(error, host, port)) from error
    listener.set_inheritable(True)
    return listener


def _why(error: OSError | UnicodeError, host: str, port: int) -> str:
    if isinstance(error, (socket.gaierror, UnicodeError)):
        name = host or '""'
        return f"There is no host {name} here. Use 127.0.0.1, or 0.0.0.0 for the whole network."
    code = error.errno
    if code == errno.EADDRINUSE:
        return (
            f"Port {port} is taken, perhaps by another Convlens. Stop that program, or choose "
            f"another port: convlens serve --port {port + 1 if port < 65535 else 8000}"
        )
    if code in (errno.EACCES, errno.EPERM):
        return f"Port {port} is for administrators only. Choose one above 1023, such as 8000."
    if code == errno.EADDRNOTAVAIL:
        return f"This machine has no address {host}. Use 127.0.0.1, or 0.0.0.0 for all it has."
    return f"Port {port} of {host} cannot be used ({error}). Choose another, such as 8000."


def url_of(listener: socket.socket, root_path: str = "") -> str:
    """The URL under which a browser on this machine finds the page."""
    host, port = listener.getsockname()[:2]
    return _url("127.0.0.1" if host in _ALL else host, port, root_path)


def url_in_network(listener: socket.socket, root_path: str = "") -> str | None:
    """The URL under which the machines around find the page; None when only this one does."""
    host, port = listener.getsockname()[:2]
    if host in _ALL:
        host = address_in_network(listener.family) or address_in_network() or ""
        host = host or socket.gethostname()
    return None if is_loopback(host) else _url(host, port, root_path)


def _url(host: str, port: int, root_path: str) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{port}{root_path}/"


def run(
    settings: Settings,
    listener: socket.socket,
    *,
    workers: int = 1,
    ready: Callable[[], None] = lambda: None,
) -> bool:
    """
    Serve until ctrl-C or SIGTERM.

    Parameters
    ----------
    ready
        Called once requests are answered.

    Returns
    -------
    bool
        Whether it ever answered.
    """
    # The application is made from the environment, by new processes where there are several.
    os.environ.update(settings.to_environment())
    config = uvicorn.Config(
        "app.processes:create_worker" if workers > 1 else "app.main:create_app",
        factory=True,
        workers=workers,
        access_log=False,
        log_level="warning",
        server_header=False,
        http=Protocol,
        proxy_headers=False,  # whom to believe is a setting, for channels alone
        ws=SocketProtocol,
        ws_max_size=settings.limits.json_bytes,
        ws_per_message_deflate=False,
        ws_ping_interval=PING_EVERY,
        ws_ping_timeout=PING_EVERY,
        timeout_graceful_shutdown=3,
    )
    try:
        if workers > 1:
            return supervise(
                config, listener, settings, url_of(listener, settings.root_path), ready
            )
        server = _Server(config, ready)
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        return True  # the wish to stop is no failure
    finally:
        listener.close()
    return server.started


def usual_workers() -> int:
    """
    Processes that answer where nobody says how many.

    One answers a class of thirty that draws all at once, two one of sixty (benchmarks/load.py); a
    third would only take memory. Windows starts one: its processes take long to start.
    """
    return min(2, os.cpu_count() or 1) if os.name == "posix" else 1


def open_browser(url: str) -> None:
    """Open the page without waiting for the browser, which can be slow to start."""
    threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()
