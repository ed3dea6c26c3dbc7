"""Redis, Valkey and Sentinel as facts: what their effective configuration means to a client."""

import ipaddress
from collections.abc import Mapping
from dataclasses import field

from auditor.model.fact import Problem, Service
from auditor.model.location import Location
from auditor.model.secret import Secret
from auditor.model.setting import Origin
from auditor.model.unknown import Unknown
from auditor.records import dataclass
from auditor.technologies.recognition.redis_directives import Version

from .acl import AclUser
from .loader import NOT_KNOWN_LINES


@dataclass(frozen=True, kw_only=True)
class RedisServer(Service):
    """What Redis and Sentinel have in common: who may connect, from where, and who they are then.

    `users` are the users in force, the default user among them. `at_least` is the oldest version that accepts
    every directive of the configuration. `environment` names the environment variables of its container.
    """

    product: str = "redis"
    users: Mapping[str, AclUser] | Unknown = field(default_factory=dict[str, AclUser])
    users_source: str = ""
    """What defines the users: "requirepass", "user lines" or "aclfile"."""
    parsed_version: Version | None = None
    at_least: Version = (0, 0)
    unrecognised: tuple[Problem, ...] = ()
    """Lines with a directive that no version known here has; a newer one or a module may."""
    environment: frozenset[str] = frozenset()

    @property
    def label(self) -> str:
        """The product's name in a sentence."""
        return {"redis": "Redis", "valkey": "Valkey"}[self.product]

    def flag(self, name: str) -> bool | Unknown:
        """Return a yes/no setting."""
        value = self.text(name)
        return value if isinstance(value, Unknown) else value == "yes"

    def number(self, name: str) -> int | Unknown:
        """Return a number as the server counts it: bytes, seconds, a port; permissions are in octal digits."""
        value = self.text(name)
        return value if isinstance(value, Unknown) else int(value or 0)

    def text(self, name: str) -> str | Unknown:
        """Return a setting as `CONFIG GET` shows it; not for secrets.

        Raises:
            TypeError: the setting is a secret.
        """
        value = self.settings[name].value
        if isinstance(value, Secret):
            raise TypeError(f"{name} is a secret")
        return value

    def is_set(self, name: str) -> bool:
        """Tell whether a line, flag or variable sets `name`, be its value known or not."""
        return self.settings.is_explicit(name) and self.settings[name].source != NOT_KNOWN_LINES

    @property
    def default_user(self) -> AclUser | Unknown:
        """The user that a client is before it logs in."""
        return self.users if isinstance(self.users, Unknown) else self.users["default"]

    @property
    def is_passwordless(self) -> bool | Unknown:
        """Whether a client is logged in as the default user without a password."""
        user = self.default_user
        return user if isinstance(user, Unknown) else user.is_open

    @property
    def is_since_7(self) -> bool | None:
        """Whether it is Redis 7.0 or later (or any Valkey); None if the files do not tell."""
        if self.product == "valkey" or self.at_least >= (7, 0):
            return True
        return None if self.parsed_version is None else self.parsed_version >= (7, 0)

    @property
    def is_protected(self) -> bool | Unknown:
        """Whether protected mode turns away every client that is not local.

        From 7.0 on it does so while the default user is `nopass`, even one that is off. Up to 6.2 any `bind`
        line ends it.
        """
        mode, user = self.flag("protected-mode"), self.default_user
        if mode is False or (isinstance(user, AclUser) and not user.nopass):
            return False
        if isinstance(mode, Unknown) or isinstance(user, Unknown):
            return (
                mode if isinstance(mode, Unknown) else Unknown("whether the default user needs a password is not known")
            )
        if self.is_since_7 is True or self.settings["bind"].origin is Origin.DEFAULT:
            return True
        if self.is_since_7 is False:
            return False
        return Unknown(
            "protected mode turns remote clients away from Redis 7.0 on, but not up to 6.2 with a bind line, and the "
            "files do not tell the version"
        )

    @property
    def addresses(self) -> tuple[str, ...] | Unknown:
        """Addresses it listens on, without the `-` for "optional"; empty if it listens on no TCP port."""
        ports = (self.number("port"), self.number("tls-port"))
        if ports == (0, 0):
            return ()
        bind = self.text("bind")
        return bind if isinstance(bind, Unknown) else tuple(word.removeprefix("-") for word in bind.split())

    @property
    def listens_beyond_loopback(self) -> bool | Unknown:
        """Whether one of its addresses is not a loopback address."""
        addresses = self.addresses
        return addresses if isinstance(addresses, Unknown) else any(not is_loopback(each) for each in addresses)

    @property
    def serves_remote_clients(self) -> bool | Unknown:
        """Whether a client on another machine or in another container gets an answer other than a refusal."""
        beyond, protected = (not self.exposure.is_loopback) and self.listens_beyond_loopback, self.is_protected
        if beyond is False or protected is True:
            return False
        if isinstance(beyond, Unknown):
            return beyond
        return protected if isinstance(protected, Unknown) else True

    @property
    def has_plain_port(self) -> bool | Unknown:
        """Whether it listens on a port without TLS."""
        port = self.number("port")
        return port if isinstance(port, Unknown) else port != 0

    @property
    def has_tls_port(self) -> bool | Unknown:
        """Whether it listens on a port with TLS."""
        port = self.number("tls-port")
        return port if isinstance(port, Unknown) else port != 0


@dataclass(frozen=True, kw_only=True)
class Redis(RedisServer):
    """A Redis or Valkey server. `renamed` are renamed commands in lower case, "" for one that is taken away."""

    renamed: Mapping[str, str | Unknown] | Unknown = field(default_factory=dict[str, str | Unknown])

    @property
    def primary(self) -> tuple[str, str] | Unknown | None:
        """Host and port of the primary whose copy this server is; None for a primary."""
        value = self.text("replicaof")
        if isinstance(value, Unknown):
            return value
        words = value.split()
        return (words[0], words[1]) if len(words) == 2 else None

    @property
    def keeps_data(self) -> bool | Unknown:
        """Whether anything is written to disk: an append-only file or snapshots."""
        log, points = self.flag("appendonly"), self.text("save")
        if log is True or (isinstance(points, str) and points):
            return True
        if isinstance(log, Unknown):
            return log
        return points if isinstance(points, Unknown) else False


@dataclass(frozen=True, kw_only=True)
class Monitor:
    """A primary that Sentinel watches."""

    name: str
    host: str
    quorum: int
    at: Location


@dataclass(frozen=True, kw_only=True)
class RedisSentinel(RedisServer):
    """A Sentinel: it watches primaries, tells clients where they are and starts a failover."""

    monitors: tuple[Monitor, ...] = ()


def is_loopback(address: str) -> bool:
    """Tell whether a bind address is one that only the same host reaches."""
    if address.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
