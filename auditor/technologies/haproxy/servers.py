"""The servers behind a proxy (configuration manual 2.6, `server`, `default-server` and section 5.2)."""

import ipaddress
from collections.abc import Iterator

from auditor.model.location import Location
from auditor.model.unknown import HOLE, Unknown
from auditor.records import dataclass
from auditor.technologies.common.configured import Version, is_loopback

from .options import Options, server_options
from .proxies import Proxy

SNI_BY_ITSELF_SINCE: Version = (3, 3)
"""From here on `sni-auto` is on: for HTTPS the name is that of the Host header (configuration manual 3.3)."""
_LOCAL = ("unix@", "abns@", "abnsz@", "fd@", "sockpair@", "/")


@dataclass(frozen=True, eq=False)
class Server:
    """A `server` or `server-template` line with the options in force."""

    name: str
    address: str
    host: str
    at: Location
    options: Options
    is_local: bool

    def __str__(self) -> str:
        return f"server {self.name}"

    @property
    def is_tls(self) -> bool:
        """Whether HAProxy opens TLS to it."""
        return "ssl" in self.options

    @property
    def is_internal(self) -> bool:
        """Whether it is named like a neighbour, or has a private address."""
        try:
            return ipaddress.ip_address(self.host.strip("[]")).is_private
        except ValueError:
            return "." not in self.host or self.host.endswith((".internal", ".local", ".svc", ".lan"))

    def verifies(self, general: str | Unknown | None) -> bool | Unknown:
        """Return whether its certificate has to come from a trusted authority; `general` is `ssl-server-verify`."""
        own = self.options.get("verify")
        if own is not None:
            return Unknown("a variable fills in verify") if HOLE in own else own == "required"
        return general if isinstance(general, Unknown) else general != "none"

    def checks_name(self, version: Version | None) -> bool | Unknown:
        """Return whether the name in its certificate counts: only where a name is asked for or given."""
        if "sni" in self.options or "verifyhost" in self.options:
            return True
        if "no-sni-auto" in self.options:
            return False
        if version is None:
            return Unknown("whether a name is asked for by itself depends on the version, which is not known")
        return version >= SNI_BY_ITSELF_SINCE


def servers_of(proxy: Proxy) -> Iterator[Server | Unknown]:
    """Yield the servers of a proxy; `default-server` lines count for the servers behind them."""
    if proxy.section.open and not any(proxy.own("server")):
        yield Unknown(proxy.section.open)
    defaults = [line.words[1:] for line in proxy.inherited if line.name == "default-server"]
    doubt = next((line.doubt for line in proxy.inherited if line.name == "default-server" and line.doubt), proxy.open)
    for line in proxy.section.lines:
        if line.name == "default-server":
            defaults.append(line.words[1:])
            doubt = doubt or line.doubt
        elif line.name in {"server", "server-template"}:
            start = 3 if line.name == "server-template" else 2
            if line.doubt or doubt or len(line.words) <= start:
                yield Unknown(line.doubt or doubt or "a server line has no address")
                continue
            address = line.words[start]
            options = server_options(*defaults, line.words[start + 1 :])
            host = host_of(address)
            is_local = address.startswith(_LOCAL) or is_loopback(host)
            if HOLE in address and not is_local:
                yield Unknown(f"a variable or a template fills in the address of {line.words[1].replace(HOLE, '?')}")
                continue
            yield Server(line.words[1], address, host, line.at, options, is_local)


def host_of(address: str) -> str:
    """Return the host of an address, which may have a port."""
    bare = address.removeprefix("ipv4@").removeprefix("ipv6@").removeprefix("tcp@")
    host, colon, _ = bare.rpartition(":")
    return host if colon and (host.startswith("[") or ":" not in host or bare.count(":") > 7) else bare
