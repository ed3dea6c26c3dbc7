"""A memcached server with the options in force."""

import re

from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.unknown import Unknown, known
from auditor.records import dataclass
from auditor.technologies.common.configured import Configured, is_any_address, is_loopback


@dataclass(frozen=True)
class Address:
    """One address that it listens on; `is_plain` says that `notls:` takes TLS off it."""

    host: str
    port: int
    is_plain: bool
    at: Location
    has_port: bool = False
    """Whether the port is written with the address."""

    @property
    def is_loopback(self) -> bool:
        return is_loopback(self.host)

    @property
    def is_any(self) -> bool:
        return is_any_address(self.host)


@dataclass(frozen=True, kw_only=True)
class Memcached(Configured):
    """A memcached server. Settings are named by their options (`-l`, `-o ssl_verify_mode`).

    `unrecognised` are parts of `-o` that no version known here has; a newer one may.
    """

    unrecognised: tuple[Problem, ...] = ()

    def has(self, name: str) -> bool | Unknown:
        """Return whether a switch is given."""
        return Unknown(self.incomplete) if name not in self.settings and self.incomplete else name in self.settings

    @property
    def addresses(self) -> tuple[Address, ...] | Unknown:
        """The TCP addresses it listens on; none beside a Unix socket (`-s`) or with port 0."""
        socket = self.has("-s")
        if isinstance(socket, Unknown):
            return socket
        port, listed = self.number("-p"), self.text("-l")
        if socket:
            return ()
        if isinstance(port, Unknown) or isinstance(listed, Unknown):
            return port if isinstance(port, Unknown) else Unknown("where it listens is not known")
        if not listed:
            return (Address("", port or 0, is_plain=False, at=self.where("-l")),) if port else ()
        found = [_address(text, port or 0, self.where("-l")) for text in re.split(r"[;,]", listed) if text.strip()]
        return tuple(address for address in found if address.port)

    @property
    def udp_ports(self) -> tuple[int, ...] | Unknown:
        """The UDP ports: that of `-U`, or the one that an address of `-l` carries; none without `-U`."""
        socket, port, addresses = self.has("-s"), self.number("-U"), self.addresses
        if socket is True or port == 0:
            return ()
        if isinstance(port, Unknown) or port is None or isinstance(addresses, Unknown):
            return port if isinstance(port, Unknown) else Unknown("where it listens is not known")
        return tuple(dict.fromkeys(each.port if each.has_port else port for each in addresses)) or (port,)

    @property
    def authentication(self) -> str | Unknown | None:
        """How clients log in: `SASL` (-S), `ASCII` (-Y), None if they need not."""
        for name, label in (("-S", "SASL"), ("-Y", "ASCII")):
            given = self.has(name)
            if isinstance(given, Unknown):
                return given
            if given:
                return label
        return None

    @property
    def has_tls(self) -> bool | Unknown:
        """Whether `-Z` is given."""
        return self.has("-Z")

    @property
    def requires_certificates(self) -> bool | Unknown:
        """Whether every TLS client needs a certificate: `ssl_verify_mode` 2 or 3."""
        mode = self.text("-o ssl_verify_mode")
        return mode if isinstance(mode, Unknown) else mode in {"2", "3"}

    @property
    def asks_certificates(self) -> bool | Unknown:
        """Whether every client that comes over TCP needs a certificate."""
        tls, mode, addresses = self.has_tls, self.requires_certificates, self.addresses
        for value in (tls, mode, addresses):
            if isinstance(value, Unknown):
                return value
        return tls is True and mode is True and not any(each.is_plain for each in known(addresses))

    @property
    def plain_remote(self) -> tuple[Address, ...] | Unknown:
        """The addresses without TLS that other hosts reach."""
        addresses, tls = self.addresses, self.has_tls
        if isinstance(addresses, Unknown):
            return addresses
        if isinstance(tls, Unknown):
            return tls
        if self.exposure.is_loopback:
            return ()
        return tuple(each for each in addresses if not each.is_loopback and (each.is_plain or not tls))


def _address(text: str, port: int, at: Location) -> Address:
    text = text.strip()
    is_plain = text.startswith("notls:")
    text = text.removeprefix("notls:")
    match = re.fullmatch(r"\[([^\]]*)\](?::(\d{1,5}))?|([^:]*)(?::(\d{1,5}))?", text)
    if match is None:
        return Address(text, port, is_plain, at)  # an IPv6 address without brackets
    number = match[2] or match[4]
    host = match[1] or match[3] or ""
    return Address("" if is_any_address(host) else host, int(number) if number else port, is_plain, at, bool(number))
