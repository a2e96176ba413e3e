"""Names and addresses of hosts: how they are compared, and which are this machine's."""

import ipaddress
import socket
from functools import cache
from typing import Final

_LOCAL: Final = frozenset({"localhost", "ip6-localhost"})


def name_of(host: str) -> str:
    """A host as it is compared: without port, brackets and the root's dot, in lower case."""
    host = host.strip().lower()
    if host.startswith("["):
        return host[1:].partition("]")[0]
    name = host.partition(":")[0] if host.count(":") == 1 else host
    return name.removesuffix(".")


def is_loopback(host: str) -> bool:
    """Whether an address, or localhost, is one that only this machine reaches."""
    address = address_of(host)
    return host in _LOCAL if address is None else address.is_loopback


def address_of(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Read an address; one of IPv4 that is written as IPv6 counts as what it is."""
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv6Address):
        return address.ipv4_mapped or address
    return address


@cache
def names_here() -> frozenset[str]:
    """The names of this machine that it knows of itself."""
    name = name_of(socket.gethostname())
    return _LOCAL | {name, name.partition(".")[0], f"{name.partition('.')[0]}.local"}


def address_in_network(family: int = socket.AF_INET) -> str | None:
    """The address under which other machines find this one; None where there is no network."""
    elsewhere = "192.0.2.1" if family == socket.AF_INET else "2001:db8::1"  # RFC 5737, RFC 3849
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((elsewhere, 9))  # sends nothing: it only chooses a way
            found: str = probe.getsockname()[0]
    except OSError:
        return None
    return None if is_loopback(found) else found
