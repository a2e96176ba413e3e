"""
Which pages may open a live channel, and who it is that asks.

A browser lets a page of any address open a WebSocket to any other and read what comes. Its header
Origin says which page it is.
"""

import ipaddress
from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import urlsplit

from app.host_names import address_of, name_of

_PORTS: Final = {"http": 80, "https": 443}


class Origin:
    """
    Where a page comes from, as origins are compared.

    Parameters
    ----------
    said : str
        As browsers write it: ``"https://cnn.example:8443"``.

    Raises
    ------
    ValueError
        When it is none; ``"null"``, which a page in a file or a sandbox has, is none.
    """

    def __init__(self, said: str) -> None:
        parts = urlsplit(said.strip().lower())
        self.name = name_of(parts.hostname or "")
        self.port = parts.port or _PORTS.get(parts.scheme, 0)
        if not self.name or not self.port or parts.path.strip("/") or parts.query:
            message = f"{said!r} is no origin."
            raise ValueError(message)
        host = f"[{self.name}]" if ":" in self.name else self.name
        self.text = f"{parts.scheme}://{host}:{self.port}"

    def is_at(self, host: str) -> bool:
        """
        Whether a page of this origin called the server by this host.

        A host without a port says nothing of it: proxies that hand on a name leave the port out.
        """
        try:
            parts = urlsplit(f"//{host.strip().lower()}")
            port = parts.port
        except ValueError:
            return False
        return name_of(parts.hostname or "") == self.name and port in (None, self.port)


def may_open(origin: str | None, host: str, allowed: Sequence[str]) -> bool:
    """
    Whether who sends this Origin may open a channel.

    Parameters
    ----------
    origin
        None when the header is missing: browsers always send it.
    host
        The name and port under which the server was called.
    allowed
        More origins, as `Origin.text` has them.
    """
    if origin is None:
        return True
    try:
        found = Origin(origin)
    except ValueError:
        return False
    return found.text in allowed or found.is_at(host)


def forwarded(headers: Mapping[str, str], client: str, trusted: Sequence[str]) -> tuple[str, str]:
    """
    Find who asks, and by which name the server was called, whatever proxies stand in between.

    Parameters
    ----------
    client
        The address that the request came from.
    trusted
        Addresses and networks of proxies whose `X-Forwarded-For` and `X-Forwarded-Host` are
        believed; of nobody else.

    Returns
    -------
    (str, str)
        The address, and name and port.
    """
    host = headers.get("host", "")
    if not _is_one_of(client, trusted):
        return client, host
    host = headers.get("x-forwarded-host", host)
    hops = [one.strip() for one in headers.get("x-forwarded-for", "").split(",") if one.strip()]
    for hop in reversed(hops):
        client = hop
        if not _is_one_of(hop, trusted):
            break
    return client, host


def _is_one_of(said: str, networks: Sequence[str]) -> bool:
    address = address_of(said)
    return address is not None and any(address in ipaddress.ip_network(one) for one in networks)
