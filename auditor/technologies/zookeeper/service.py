"""ZooKeeper as a fact: what its effective configuration means to a client."""

import ipaddress
from dataclasses import field

from auditor.model.exposure import Exposure, Reach
from auditor.model.fact import Service
from auditor.model.location import Location
from auditor.model.numbers import is_whole_number
from auditor.model.secret import Secret
from auditor.model.unknown import Unknown
from auditor.records import dataclass

from .loader import UNKNOWN_LINES
from .members import Member
from .parameters import Version

_PROVING = frozenset({"sasl", "x509"})
"""Schemes that prove who a client is; anybody can make up a digest, and everybody has an address."""
_NOT_TOLD = Exposure(reach=Reach.UNKNOWN, reason="the files do not tell")


@dataclass(frozen=True, kw_only=True)
class ZooKeeper(Service):
    """A ZooKeeper server.

    `members` are the members of its ensemble, empty for a server that stands alone. `admin_exposure` is from where
    the HTTP port of the admin server can be reached. `schemes` are those of which a client must have one before it
    may do anything, None if it needs none. `offers_login` tells whether SASL or X.509 is there for those who want it.
    """

    members: tuple[Member, ...] | Unknown = ()
    admin_exposure: Exposure = field(default=_NOT_TOLD)
    schemes: frozenset[str] | Unknown | None = None
    offers_login: bool | Unknown = False
    parsed_version: Version | None = None

    def text(self, name: str) -> str | Unknown:
        """Return a setting, "" if it is not set; not for secrets.

        Raises:
            TypeError: the setting is a secret.
        """
        value = self.settings[name].value
        if isinstance(value, Secret):
            raise TypeError(f"{name} is a secret")
        return value

    def flag(self, name: str) -> bool | Unknown:
        """Return a setting that is on when it is `true` in any case."""
        value = self.text(name)
        return value if isinstance(value, Unknown) else value.lower() == "true"

    def number(self, name: str) -> int | Unknown:
        """Return a whole number, 0 if it is not set; of an interval with a unit its number."""
        value = self.text(name)
        return value if isinstance(value, Unknown) else int(value.rstrip("smhd") or 0)

    def is_set(self, name: str) -> bool:
        """Tell whether a line, flag or variable sets `name`, be its value known or not."""
        return self.settings.is_explicit(name) and self.settings[name].source != UNKNOWN_LINES

    @property
    def plain_address(self) -> str | Unknown | None:
        """The address of the client port without TLS, "0.0.0.0" for all; None if there is no such port."""
        port, address = self.text("clientPort"), self.text("clientPortAddress")
        if isinstance(port, Unknown):
            return port
        if port and not is_whole_number(port):
            return Unknown("clientPort is no number")
        if port and int(port) > 0:
            return _or_any(address)
        if isinstance(self.members, Unknown):
            return self.members
        own = [member for member in self.members if member.client_port]
        return next((member.client_address or _ANY for member in own), None)

    @property
    def plain_at(self) -> Location:
        """The place that opens the port without TLS."""
        if self.is_set("clientPort") or isinstance(self.members, Unknown):
            return self.where("clientPort")
        return next((member.at for member in self.members if member.client_port), self.at)

    @property
    def secure_address(self) -> str | Unknown | None:
        """The address of the client port with TLS, "0.0.0.0" for all; None if there is no such port."""
        port, address = self.text("secureClientPort"), self.text("secureClientPortAddress")
        if isinstance(port, Unknown):
            return port
        if port and not is_whole_number(port):
            return Unknown("secureClientPort is no number")
        return _or_any(address) if port and int(port) > 0 else None

    @property
    def serves_remote_plaintext(self) -> bool | Unknown:
        """Whether a client on another machine or in another container can connect without TLS."""
        address = self.plain_address
        if isinstance(address, Unknown):
            return address
        return address is not None and not is_loopback(address) and not self.exposure.is_loopback

    @property
    def requires_login(self) -> bool | Unknown:
        """Whether a client must prove who it is before it may do anything.

        `enforce.auth.schemes` admits a client that has one of the schemes, so one that proves nothing opens the
        server to all. A port with TLS that asks for certificates is a matter of `has_open_port`.
        """
        if isinstance(self.schemes, Unknown):
            return self.schemes
        return self.schemes is not None and bool(self.schemes) and self.schemes <= _PROVING

    @property
    def has_open_port(self) -> bool | Unknown:
        """Whether there is a client port on which nobody has to prove who he is."""
        login = self.requires_login
        if login is True:
            return False
        plain, secure = self.plain_address, self.secure_address
        checked = self.text("ssl.clientAuth")
        if isinstance(plain, str) or (
            isinstance(secure, str) and isinstance(checked, str) and checked.lower() != "need"
        ):
            return login if isinstance(login, Unknown) else True
        for doubt in (plain, secure, checked):
            if isinstance(doubt, Unknown) and not (doubt is checked and secure is None):
                return doubt
        return False

    @property
    def is_ensemble(self) -> bool | Unknown:
        """Whether other servers belong to it."""
        return self.members if isinstance(self.members, Unknown) else len(self.members) > 1

    @property
    def commands(self) -> frozenset[str] | Unknown:
        """The four letter words that it answers, `*` for all of them."""
        value = self.text("4lw.commands.whitelist")
        if isinstance(value, Unknown):
            return value
        return frozenset(word.strip() for word in value.split(",") if word.strip())

    @property
    def admin_address(self) -> str | Unknown | None:
        """The address on which the admin server answers HTTP requests; None if it is off."""
        enabled = self.text("admin.enableServer")
        if isinstance(enabled, Unknown) or enabled == "false":
            return enabled if isinstance(enabled, Unknown) else None
        return self.text("admin.serverAddress")


_ANY = "0.0.0.0"  # noqa: S104  # what the server binds by default


def _or_any(address: str | Unknown) -> str | Unknown:
    return address if isinstance(address, Unknown) else address or _ANY


def is_loopback(address: str) -> bool:
    """Tell whether an address is one that only the same host reaches."""
    if address.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False
