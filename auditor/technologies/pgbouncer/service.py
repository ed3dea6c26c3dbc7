"""A PgBouncer with its effective settings, and the records of its pg_hba.conf."""

import re
from functools import cached_property
from typing import Final

from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.unknown import UndecidedError, Unknown
from auditor.records import dataclass
from auditor.technologies.common.configured import Configured, is_any_address, is_loopback
from auditor.technologies.common.hba import HbaRecords, Transport

from .userlist import UserList

_TLS_OF: Final = {
    "disable": "off",
    "allow": "optional",
    "prefer": "optional",
    "require": "required",
    "verify-ca": "required",
    "verify-full": "required",
}
_ALL: Final = frozenset({"TLSv1.0", "TLSv1.1", "TLSv1.2", "TLSv1.3"})
_PROTOCOLS: Final = {
    "all": _ALL,
    "legacy": _ALL,
    "tlsv1": _ALL,
    "secure": frozenset({"TLSv1.2", "TLSv1.3"}),
    "default": frozenset({"TLSv1.2", "TLSv1.3"}),
    **{name.lower(): frozenset({name}) for name in _ALL},
}


@dataclass(frozen=True, kw_only=True)
class Database:
    """An entry of [databases]; `*` stands for every name that has no entry.

    `host` is "" for a Unix socket. `user` is the account that every client of it gets, "" for each client's own;
    `user_at` is its place. `auth_user_by_image` tells that the image names its own account as the one that looks
    passwords up, asked for or not.
    """

    name: str
    host: str | Unknown
    user: str | Unknown
    auth_user: str | Unknown
    at: Location
    user_at: Location
    host_at: Location
    auth_user_by_image: bool = False

    @property
    def is_remote(self) -> bool | Unknown:
        """Whether the connection to the server leaves the host (or the container)."""
        if isinstance(self.host, Unknown):
            return self.host
        hosts = [host.strip() for host in self.host.split(",")]
        return any(host and not host.startswith(("/", "@")) and not is_loopback(host) for host in hosts)


@dataclass(frozen=True)
class Reset:
    """A further [pgbouncer] line, which sets parameters back; `lost` are those that stay at their defaults."""

    at: Location
    lost: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PgBouncer(Configured):
    """A connection pooler before PostgreSQL.

    `users` are those of `auth_file`, None where there is none. `hba` are the records that `auth_type = hba` goes by,
    None where they are not known or not in use.
    """

    databases: tuple[Database, ...] = ()
    users: UserList | Unknown | None = None
    hba: "PgBouncerHba | None" = None
    resets: tuple[Reset, ...] = ()
    unrecognised: tuple[Problem, ...] = ()

    def number(self, name: str) -> int | Unknown | None:
        """Return a whole number, written as C writes them (017 is octal), None where there is none."""
        value = self.text(name)
        if isinstance(value, Unknown) or value is None:
            return value
        return whole_number(value)

    @property
    def auth_type(self) -> str | Unknown:
        """How clients prove who they are."""
        value = self.text("auth_type")
        return value if isinstance(value, Unknown) else (value or "md5").lower()

    @property
    def client_tls(self) -> str | Unknown:
        """Whether clients use TLS: off, optional or required. It concerns TCP only."""
        value = self.text("client_tls_sslmode")
        refused = Unknown("client_tls_sslmode is none that PgBouncer knows")
        return value if isinstance(value, Unknown) else _TLS_OF.get((value or "disable").lower(), refused)

    @property
    def server_sslmode(self) -> str | Unknown:
        """The mode of connections to PostgreSQL."""
        value = self.text("server_tls_sslmode")
        return value if isinstance(value, Unknown) else (value or "").lower()

    @property
    def addresses(self) -> tuple[str, ...] | Unknown:
        """The addresses of `listen_addr`; none means that only the Unix socket is there."""
        value = self.text("listen_addr")
        if isinstance(value, Unknown):
            return value
        return tuple(part.strip() for part in (value or "").split(",") if part.strip())

    @property
    def serves_remote_clients(self) -> bool | Unknown:
        """Whether it listens on an address that other hosts, or other containers, reach."""
        addresses = self.addresses
        return addresses if isinstance(addresses, Unknown) else not all(is_loopback(each) for each in addresses)

    @property
    def listens_everywhere(self) -> bool | Unknown:
        """Whether it listens on all addresses of its host."""
        addresses = self.addresses
        return addresses if isinstance(addresses, Unknown) else any(is_any_address(each) for each in addresses)

    @property
    def accepts_plaintext(self) -> bool | Unknown:
        """Whether a client of another host can log in without TLS; records of pg_hba.conf may demand it."""
        tls, kind = self.client_tls, self.auth_type
        if isinstance(tls, Unknown) or tls == "required":
            return tls if isinstance(tls, Unknown) else False
        if isinstance(kind, Unknown) or kind != "hba":
            return kind if isinstance(kind, Unknown) else True
        return Unknown("the records of pg_hba.conf are not known") if self.hba is None else self.hba.has_plain_record

    @cached_property
    def client_protocols(self) -> frozenset[str] | Unknown:
        """The versions of TLS that clients may use."""
        value = self.text("client_tls_protocols")
        return value if isinstance(value, Unknown) else protocols_of(value or "secure") or frozenset()

    def names(self, name: str) -> tuple[str, ...] | Unknown:
        """Return the names of a list of users."""
        value = self.text(name)
        if isinstance(value, Unknown):
            return value
        return tuple(name for name in re.split(r"[\s,]+", value or "") if name)


@dataclass(frozen=True, kw_only=True)
class PgBouncerHba(HbaRecords):
    """The records that PgBouncer reads from `auth_hba_file`, with the lines it leaves out."""

    has_tls: bool | Unknown = False
    ignored: tuple[Problem, ...] = ()

    @property
    def ssl(self) -> bool | Unknown:
        """Whether clients can use TLS at all."""
        return self.has_tls

    @property
    def has_plain_record(self) -> bool | Unknown:
        """Whether clients of other hosts can come to a record without TLS that does not reject them."""
        try:
            for rule in self.reachable():
                if (
                    rule.is_remote is True
                    and rule.method not in {"reject", "cert"}
                    and Transport.PLAIN in rule.transports
                ):
                    return True
        except UndecidedError as error:
            return Unknown(error.reason)
        return False


def whole_number(text: str) -> int | None:
    """Return the number that strtol reads with base 0, None where anything is left over."""
    match = re.fullmatch(r"\s*([+-]?)(?:0[xX]([0-9a-fA-F]{1,16})|(0[0-7]{0,20})|([1-9]\d{0,18}))", text)
    if match is None:
        return None
    sign = -1 if match[1] == "-" else 1
    if match[2] is not None:
        return sign * int(match[2], 16)
    return sign * (int(match[3], 8) if match[3] is not None else int(match[4]))


def protocols_of(text: str) -> frozenset[str] | None:
    """Return the TLS versions of a list such as `tlsv1.2,tlsv1.3` or `all:!tlsv1.0`, None if it is refused."""
    found: frozenset[str] = frozenset()
    for part in re.split("[,:]", text):
        word = part.lstrip(" \t").lower()
        named = _PROTOCOLS.get(word.removeprefix("!"))
        if named is None:
            return None
        found = (found or _ALL) - named if word.startswith("!") else found | named
    return found
