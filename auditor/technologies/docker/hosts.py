"""Addresses that dockerd listens on.

Source: `ParseDaemonHost` and `ParseTCPAddr` of moby (`opts/hosts.go` in 20.10, `daemon/pkg/opts/hosts.go` in 29): an
address without a protocol is TCP, and one without a host is localhost.
"""

import re
from typing import Final

from auditor.patterns import lazy
from auditor.records import dataclass

_AUTHORITY = lazy(r"(?:[^@/?#]*@)?(?P<host>\[[^\]]*\]|[^:/?#]*)(?::(?P<port>[^/?#]*))?(?P<path>/[^?#]*)?")
DEFAULT_PORT: Final = 2375
TLS_PORT: Final = 2376


@dataclass(frozen=True)
class Tcp:
    """A TCP address."""

    host: str
    port: int


class BadHostError(ValueError):
    """An address that dockerd refuses; the text says what it expects."""


def tcp_address(text: str) -> Tcp | None:
    """Return the TCP address of a host, None for a socket of another kind.

    Raises:
        BadHostError: dockerd would not start with it.
    """
    protocol, separator, rest = text.strip().partition("://")
    if not separator:
        protocol, rest = "tcp", protocol
    if protocol in {"unix", "npipe", "fd"}:
        if "://" in rest:
            raise BadHostError(f"expected a path behind {protocol}://")
        return None
    if protocol != "tcp":
        raise BadHostError("expected a host that begins with unix://, fd:// or tcp://")
    match = _AUTHORITY.fullmatch(rest)
    if match is None or match["path"]:
        raise BadHostError("expected tcp://address:port with nothing behind it")
    written = match["port"] or ""
    if written and not re.fullmatch(r"0{0,9}[1-9][0-9]{0,8}", written):
        raise BadHostError("expected a number as the port")
    return Tcp(match["host"].strip("[]") or "localhost", int(written or DEFAULT_PORT))
