"""The sockets of a server block: `listen` with its parameters, and which servers share a socket."""

import ipaddress
from collections.abc import Sequence
from dataclasses import field, replace

from auditor.model.location import Location
from auditor.model.numbers import is_whole_number
from auditor.model.unknown import Unknown
from auditor.records import dataclass

from .levels import Level, Line

_EVERY_IPV4 = "0.0.0.0"  # noqa: S104  # read, not bound
_FLAGS = frozenset({"ssl", "http2", "quic", "proxy_protocol", "default_server", "default", "udp"})


@dataclass(frozen=True)
class Listen:
    """One `listen`: `address` is "*" for all IPv4 addresses, "[::]" for all of IPv6, "unix:…" for a socket file."""

    address: str
    port: int
    at: Location
    flags: frozenset[str] = field(default_factory=frozenset[str])

    @property
    def is_default(self) -> bool:
        return bool(self.flags & {"default_server", "default"})

    @property
    def is_tls(self) -> bool:
        return bool(self.flags & {"ssl", "quic"})

    @property
    def is_local(self) -> bool:
        """Whether only the same host, container or pod reaches it."""
        return self.address.startswith("unix:") or is_loopback(self.address)

    @property
    def socket(self) -> tuple[str, int, bool]:
        """What two `listen` share if they are one socket: address, port, and whether it is UDP (QUIC)."""
        return (self.address.lower(), self.port, bool(self.flags & {"quic", "udp"}))

    def __str__(self) -> str:
        if self.address.startswith("unix:"):
            return self.address
        return f"port {self.port}" if self.address in {"*", "[::]"} else f"{self.address}:{self.port}"


def is_loopback(host: str) -> bool:
    """Tell whether a host, an IPv6 address in brackets, is one that only the same host reaches."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def listens_of(server: Level) -> tuple[Listen, ...] | Unknown:
    """Return the sockets of a server block; one without `listen` has port 80 (port 8000 if not started by root)."""
    lines = server.own("listen")
    if server.open and not lines:
        return Unknown(server.open)
    found: list[Listen] = []
    for line in lines:
        words = line.texts()
        if line.conditional:
            return Unknown("a template decides on listen")
        if isinstance(words, Unknown):
            return words
        listen = listen_of(words, line)
        if isinstance(listen, Unknown):
            return listen
        found.append(listen)
    if not lines:
        return (Listen("*", 80, server.at),)
    turned_on = server.flag("ssl")
    if turned_on is True:
        return tuple(replace(listen, flags=listen.flags | {"ssl"}) for listen in found)
    return tuple(found)


def listen_of(words: Sequence[str], line: Line) -> Listen | Unknown:
    """Read the words behind `listen`."""
    if not words or "$" in words[0]:
        return Unknown("the listening address is filled in by something else")
    flags = frozenset(word for word in words[1:] if word in _FLAGS)
    first = words[0]
    if first.startswith("unix:"):
        return Listen(first, 0, line.at, flags)
    if is_whole_number(first):
        return Listen("*", int(first), line.at, flags)
    address, port = first, "80"
    if first.startswith("["):
        address, _, rest = first.partition("]")
        address, port = f"{address}]", rest.removeprefix(":") or "80"
    elif ":" in first:
        address, _, port = first.rpartition(":")
    if not is_whole_number(port):
        return Unknown("the listening port is not a number")
    address = {_EVERY_IPV4: "*", "localhost": "127.0.0.1"}.get(address, address)
    return Listen(address, int(port), line.at, flags)
