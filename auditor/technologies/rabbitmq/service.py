"""A RabbitMQ broker with the configuration in force, and exported definitions, as checks see them."""

import re

from auditor.model.exposure import Exposure
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.numbers import is_whole_number
from auditor.model.secret import seal
from auditor.model.setting import Setting
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload
from auditor.records import dataclass
from auditor.technologies.common.configured import Configured, exposure_of, is_loopback, major_of

from .definitions import RabbitDefinitions

GUEST = seal("guest")
MANAGEMENT = "rabbitmq_management"
PROMETHEUS = "rabbitmq_prometheus"


@dataclass(frozen=True)
class Listener:
    """An address and port that clients connect to; `host` is "" for all addresses."""

    host: str
    port: int
    at: Location

    @property
    def is_loopback(self) -> bool:
        return bool(self.host) and is_loopback(self.host)

    def __str__(self) -> str:
        return f"port {self.port}" + (f" of {self.host}" if self.host else " of all addresses")


@dataclass(frozen=True, kw_only=True)
class RabbitMq(Configured):
    """A broker. `plugins` are the plugins that `rabbitmq-plugins` switched on, without those they bring along.

    `definitions` are imported at the start; the broker then makes no default user.
    """

    plugins: frozenset[str] | Unknown = frozenset()
    definitions: RabbitDefinitions | Unknown | None = None
    unrecognised: tuple[Problem, ...] = ()
    workload: Workload | None = None
    """The container that runs it, None for a broker of a file."""
    has_environment: bool = False
    """Whether the files tell the broker's environment, as a container's declaration does."""

    def below(self, prefix: str) -> dict[str, Setting]:
        """Return the explicit settings of all keys below `prefix`, by what follows it."""
        start = f"{prefix}."
        return {
            name.removeprefix(start): setting
            for name, setting in self.settings.items()
            if name.startswith(start) and self.settings[name].at is not None
        }

    def listeners(self, kind: str) -> tuple[Listener, ...] | Unknown:
        """Return the AMQP listeners of a kind, `tcp` or `ssl`; without any line there is one on TCP port 5672."""
        switch = self.settings.get(f"listeners.{kind}")
        if switch is not None and switch.value == "none":
            return ()
        named = self.below(f"listeners.{kind}")
        if not named:
            if self.incomplete:
                return Unknown(self.incomplete)
            return (Listener("", 5672, self.at),) if kind == "tcp" else ()
        if kind == "ssl" and self.is_tls_contradictory:
            return ()
        found: list[Listener] = []
        for setting in named.values():
            if not isinstance(setting.value, str):
                return setting.value if isinstance(setting.value, Unknown) else Unknown("a listener is not known")
            host, _, port = setting.value.rpartition(":")
            host = host.strip("[]")
            if not is_whole_number(port):
                return Unknown(f"the port of {setting.name} is no number")
            found.append(Listener("" if host in {"auto", "0.0.0.0", "::"} else host, int(port), setting.at or self.at))  # noqa: S104  # read, not bound
        return tuple(found)

    @property
    def is_tls_contradictory(self) -> bool:
        """Whether the TLS options exclude each other, so that the broker starts without its TLS listeners.

        `fail_if_no_peer_cert` needs `verify_peer`; Erlang refuses it otherwise, and the broker says nothing
        (tried: 3.10.8).
        """
        insists = self.text("ssl_options.fail_if_no_peer_cert")
        return insists == "true" and self.text("ssl_options.verify") == "verify_none"

    @property
    def plain_remote(self) -> tuple[Listener, ...] | Unknown:
        """The listeners without TLS that other hosts reach."""
        found = self.listeners("tcp")
        if isinstance(found, Unknown):
            return found
        return () if self.exposure.is_loopback else tuple(each for each in found if not each.is_loopback)

    def has_plugin(self, name: str) -> bool | Unknown:
        """Return whether a plugin runs."""
        return self.plugins if isinstance(self.plugins, Unknown) else name in self.plugins

    def http_listeners(self, name: str, kind: str, port: int) -> tuple[Listener, ...] | Unknown:
        """Return where `management` or `prometheus` listens with `tcp` or `ssl`.

        Once TLS alone is configured, the TCP listener is not opened; `port` is the usual one. The older
        `management.listener.*` keys set one listener, with TLS if `ssl` is true.
        """
        older = self.below(f"{name}.listener")
        if "port" in older:
            is_tls = older["ssl"].value == "true" if "ssl" in older else False
            found = older if is_tls == (kind == "ssl") else {}
        else:
            found = self.below(f"{name}.{kind}")
        if not found:
            if self.incomplete:
                return Unknown(self.incomplete)
            other = self.below(f"{name}.ssl")
            return (Listener("", port, self.at),) if kind == "tcp" and not other and "port" not in older else ()
        number = found["port"].value if "port" in found else str(port)
        host = found["ip"].value if "ip" in found else ""
        if not isinstance(number, str) or not isinstance(host, str):
            return Unknown(f"where {name} listens is not known")
        where = found.get("port") or next(iter(found.values()))
        return (Listener("" if host in {"0.0.0.0", "::"} else host, int(number), where.at or self.at),)  # noqa: S104  # read, not bound

    def http_exposure(self, listener: Listener) -> Exposure:
        """Return from where an HTTP listener of a plugin is reached."""
        return exposure_of([listener.host], [listener.port], self.workload, listener.at)

    @property
    def disk_limit(self) -> int | Unknown | None:
        """The free disk space in bytes at which it stops taking messages; None where it is relative to memory."""
        absolute = self.text("disk_free_limit.absolute")
        relative = self.is_set("disk_free_limit.relative")
        if relative is not False and not self.settings.is_explicit("disk_free_limit.absolute"):
            return relative if isinstance(relative, Unknown) else None
        if absolute is None or isinstance(absolute, Unknown):
            return absolute
        match = re.fullmatch(r"(\d{1,15})\s*([kKmMgG]?)(i?)[bB]?", absolute)
        if match is None:
            return Unknown("disk_free_limit.absolute is no size")
        base = 1024 if match[3] or (match[2] and absolute[-1] not in "bB") else 1000
        factor: int = base ** " kmg".index(match[2].lower() or " ")
        return int(match[1]) * factor

    @property
    def connection_log(self) -> str:
        """The setting that decides which messages of the category `connection` are written.

        A category without a level of its own takes that of the output, and `log.default.level` where the output has
        none (tried: 3.10.8). The outputs of a container, and several of them, are not told apart.
        """
        one_file = self.workload is None and self.text("log.file") != "false"
        others = any(self.text(f"log.{output}") not in {None, "false"} for output in ("console", "syslog", "exchange"))
        if self.settings.is_explicit("log.connection.level") or not one_file or others:
            return "log.connection.level"
        names = ("log.file.level", "log.default.level")
        return next((name for name in names if self.settings.is_explicit(name)), "log.connection.level")

    @property
    def loopback_users(self) -> frozenset[str] | Unknown:
        """The users that may log in over loopback only.

        Any `loopback_users.NAME` line replaces the default, which is guest alone (tried: 3.10.8).
        """
        switch = self.settings.get("loopback_users")
        if switch is not None and switch.value == "none":
            return frozenset()
        named = self.below("loopback_users")
        if not named:
            return Unknown(self.incomplete) if self.incomplete else frozenset({"guest"})
        unknown = next((s.value for s in named.values() if isinstance(s.value, Unknown)), None)
        return (
            unknown
            if unknown is not None
            else frozenset(name for name, setting in named.items() if setting.value == "true")
        )

    @property
    def loopback_at(self) -> Location:
        """The line that decides `loopback_users`."""
        named = [s.at for s in self.below("loopback_users").values() if s.at is not None]
        switch = self.settings.get("loopback_users")
        return switch.at if switch is not None and switch.at is not None else (named[-1] if named else self.at)

    @property
    def has_guest(self) -> bool | Unknown:
        """Whether an empty database gets the user guest with the password guest."""
        if isinstance(self.definitions, Unknown):
            return self.definitions
        if self.definitions is not None:
            return False
        user = self.text("default_user")
        if isinstance(user, Unknown) or user != "guest":
            return user if isinstance(user, Unknown) else False
        password = self.settings.get("default_pass")
        if password is None:
            return Unknown(self.incomplete) if self.incomplete else True
        if isinstance(password.value, Unknown):
            return password.value
        return password.value == GUEST

    @property
    def lets_guest_in(self) -> bool | Unknown:
        """Whether guest with the password guest may log in from other hosts."""
        guest, loopback = self.has_guest, self.loopback_users
        if guest is False or (isinstance(loopback, frozenset) and "guest" in loopback):
            return False
        return guest if isinstance(guest, Unknown) else loopback if isinstance(loopback, Unknown) else True

    @property
    def offers_anonymous(self) -> bool | Unknown:
        """Whether clients get in without any credentials, as guest (4.0 and later, `anonymous_login_user`)."""
        user = self.text("anonymous_login_user")
        if user == "none":
            return False
        major = major_of(self.version)
        if major is not None and major < 4:  # 4.0 brought the mechanism into the broker
            return False
        mechanisms = {str(setting.value) for setting in self.below("auth_mechanisms").values()}
        if mechanisms and "ANONYMOUS" not in mechanisms:
            return False
        if isinstance(user, Unknown):
            return user
        if user not in {None, "guest"}:
            return Unknown("whether the user for anonymous log-ins has the password named here is not known")
        if self.has_guest is False:
            return False
        if major is None:
            return Unknown("RabbitMQ 4 lets anonymous clients in and 3 does not; the files do not tell the version")
        return self.has_guest

    @property
    def is_clustered(self) -> bool | Unknown:
        """Whether it is told to find other nodes."""
        if self.below("cluster_formation"):
            return True
        return Unknown(self.incomplete) if self.incomplete else False
