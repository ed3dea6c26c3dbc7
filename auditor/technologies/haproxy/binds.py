"""The listening addresses of a proxy (configuration manual 2.6, `bind` and section 5.1)."""

from collections.abc import Iterator

from auditor.model.location import Location
from auditor.model.numbers import whole_number
from auditor.model.unknown import HOLE, Unknown
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.common.configured import is_any_address, is_loopback

from .options import Options, bind_options
from .proxies import Proxy
from .sections import Line
from .tls import Versions, methods_of, versions_of

_FAMILIES = (
    "ipv4@",
    "ipv6@",
    "tcp@",
    "tcp4@",
    "tcp6@",
    "quic4@",
    "quic6@",
    "quic@",
    "udp@",
    "udp4@",
    "udp6@",
    "mptcp@",
)
_LOCAL = ("unix@", "uxst@", "abns@", "abnsz@", "fd@", "sockpair@", "rhttp@", "/")
_HOLES = lazy(f"{HOLE}+")
_CLIENTS = frozenset({"optional", "required"})


@dataclass(frozen=True, eq=False)
class Bind:
    """One address of a `bind` line. `port` is Unknown where something else fills it in, 0 without one."""

    address: str
    host: str
    port: int | Unknown
    at: Location
    options: Options
    is_socket_file: bool = False
    defaults: Options | None = None
    """What `ssl-default-bind-options` said before this line was read."""

    def __str__(self) -> str:
        if isinstance(self.port, Unknown) or self.is_socket_file or not is_any_address(self.host):
            return self.address
        return f"port {self.port}"

    @property
    def is_local(self) -> bool:
        """Whether only the same host, container or pod reaches it."""
        return self.is_socket_file or is_loopback(self.host)

    @property
    def is_tls(self) -> bool:
        return "ssl" in self.options or self.address.startswith("quic")

    @property
    def client_certificates(self) -> str:
        """What `verify` says of client certificates: none, optional or required."""
        return self.options.get("verify") or "none"

    @property
    def asks_for_certificate(self) -> bool:
        return self.is_tls and self.client_certificates in _CLIENTS

    def versions(self, default_since: bool | Unknown) -> Versions | Unknown:
        """Return the versions that clients can negotiate; `default_since`: whether 1.2 is the default minimum."""
        if "crt-list" in self.options:
            return Unknown("the lines of a crt-list may set versions for their certificates")
        return versions_of(methods_of(self.options), methods_of(self.defaults or Options()), default_since)


def binds_of(proxy: Proxy, defaults: Options) -> Iterator[Bind | Unknown]:
    """Yield the addresses of a proxy; `defaults` are the options of `ssl-default-bind-options` before it."""
    if proxy.section.open and not any(proxy.own("bind")):
        yield Unknown(proxy.section.open)
    for line in proxy.own("bind"):
        if line.doubt or any(HOLE in word for word in line.words[2:]):
            yield Unknown(line.doubt or "a variable or a template fills in a bind line")
            continue
        yield from addresses_of(line, defaults)


def addresses_of(line: Line, defaults: Options, start: int = 1) -> Iterator[Bind]:
    """Yield the addresses of a line, which separates them by commas."""
    options = bind_options(line.words[start + 1 :])
    for address in line.words[start].split(",") if len(line.words) > start else ():
        if address.startswith(_LOCAL):
            yield Bind(address, "", 0, line.at, options, is_socket_file=True, defaults=defaults)
            continue
        bare = address
        for family in _FAMILIES:
            bare = bare.removeprefix(family)
        host, _, port = bare.rpartition(":")
        first = port.partition("-")[0]
        known: int | Unknown = whole_number(first) or 0
        if HOLE in address:
            known = Unknown("a variable or a template fills in the port") if HOLE in port else known
            host = "" if HOLE in host else host
        yield Bind(_HOLES.sub("?", address), host, known, line.at, options, defaults=defaults)
