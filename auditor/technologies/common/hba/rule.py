"""One record of pg_hba.conf: whom it is for and how they prove who they are."""

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from functools import cached_property

from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.records import dataclass

from .address import Address, AddressKind


class Transport(StrEnum):
    """How a connection arrives. A record type stands for a set of them."""

    LOCAL = "Unix socket"
    PLAIN = "unencrypted TCP"
    TLS = "TLS"
    GSS = "GSSAPI encryption"


TRANSPORTS: Mapping[str, frozenset[Transport]] = {
    "local": frozenset({Transport.LOCAL}),
    "host": frozenset({Transport.PLAIN, Transport.TLS, Transport.GSS}),
    "hostssl": frozenset({Transport.TLS}),
    "hostnossl": frozenset({Transport.PLAIN, Transport.GSS}),
    "hostgssenc": frozenset({Transport.GSS}),
    "hostnogssenc": frozenset({Transport.PLAIN, Transport.TLS}),
}


class NameKind(StrEnum):
    """What an entry of the database or user column stands for."""

    ALL = "all"
    REPLICATION = "replication"
    SAME_USER = "sameuser"
    SAME_ROLE = "samerole"
    MEMBERS = "members"
    REGEX = "regex"
    LITERAL = "name"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Name:
    """One entry of the database or user column, `text` without quotes and without the `+` of members."""

    kind: NameKind
    text: str

    @cached_property
    def covering(self) -> frozenset["Name"]:
        """The entries that match whatever this entry matches, for certain.

        `all` in the database column never matches physical replication.
        """
        if self.kind is NameKind.UNKNOWN:
            return frozenset()
        found: set[Name] = {self}
        if self.kind is not NameKind.REPLICATION:
            found.add(ALL)
        if self.kind is NameKind.LITERAL:
            found.add(Name(NameKind.MEMBERS, self.text))  # a role counts as a member of itself
        return frozenset(found)

    def __str__(self) -> str:
        return f"+{self.text}" if self.kind is NameKind.MEMBERS else self.text


ALL = Name(NameKind.ALL, "all")
UNKNOWN = Name(NameKind.UNKNOWN, "?")


@dataclass(frozen=True, kw_only=True)
class HbaRule:
    """A record; `address` is None for `local`.

    `transports` are those by which a connection can come to it: all of its type as parsed, the ones still open after
    the earlier records in `PgHba.reachable()`.

    `from_image` is why a record that no scanned file holds is in force, "" for one of a file; `from_environment`
    tells that a variable of the workload wrote it.
    """

    type: str
    databases: tuple[Name, ...]
    users: tuple[Name, ...]
    address: Address | None
    method: str | Unknown
    options: Mapping[str, str | Unknown] = field(default_factory=dict[str, str | Unknown])
    at: Location
    transports: frozenset[Transport]
    from_image: str = ""
    from_environment: bool = False

    @cached_property
    def database_set(self) -> frozenset[Name]:
        return frozenset(self.databases)

    @cached_property
    def user_set(self) -> frozenset[Name]:
        return frozenset(self.users)

    @property
    def database(self) -> str:
        """The database column as text."""
        return ",".join(map(str, self.databases))

    @property
    def user(self) -> str:
        """The user column as text."""
        return ",".join(map(str, self.users))

    @property
    def what(self) -> str:
        """The databases in words."""
        return (
            "every database"
            if any(name.kind is NameKind.ALL for name in self.databases)
            else f"database {self.database}"
        )

    @property
    def who(self) -> str:
        """The users in words."""
        return "any user" if any(name.kind is NameKind.ALL for name in self.users) else f"user {self.user}"

    @property
    def subject(self) -> str:
        """The users in words, at the start of a sentence."""
        return self.who[0].upper() + self.who[1:]

    @property
    def is_remote(self) -> bool | Unknown:
        """Whether clients of other hosts match."""
        if self.address is not None and self.address.kind is AddressKind.UNKNOWN:
            return Unknown("the client address is not known")
        return self.address is not None and not self.address.is_loopback

    @property
    def is_replication_only(self) -> bool:
        return all(name.kind is NameKind.REPLICATION for name in self.databases)

    @property
    def for_replication(self) -> bool:
        return any(name.kind is NameKind.REPLICATION for name in self.databases)

    @property
    def for_all_users(self) -> bool:
        return any(name.kind is NameKind.ALL for name in self.users)

    @property
    def for_all_databases(self) -> bool:
        return any(name.kind is NameKind.ALL for name in self.databases)

    @property
    def from_where(self) -> str:
        """The clients in words."""
        if self.address is None:
            return "the Unix socket"
        if self.address.kind is AddressKind.UNKNOWN:
            return "an address that is not known"
        return "any address" if self.address.is_any else self.address.text

    @property
    def key(self) -> str:
        """Type, database, user and address: what tells the record apart from others, stable when lines move."""
        words = [self.type, self.database, self.user]
        return " ".join(words if self.address is None else [*words, self.address.text])

    def __str__(self) -> str:
        method = "?" if isinstance(self.method, Unknown) else self.method
        return f"{self.key} {method}"


@dataclass(frozen=True)
class Gap:
    """A place where records stand that are not known: a missing include, a template expression on its own line."""

    reason: str
    at: Location
