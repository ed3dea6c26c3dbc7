"""The settings that checks ask for: type, accepted values and the default of each version up to 18.

Source: the manual's chapter "Server Configuration" of each version and `SHOW` on 15, 17 and 18.
"""

from collections.abc import Mapping
from typing import Literal

from auditor.records import dataclass

from .values import NO_UNIT, Unit, parse_bool, parse_int, show_int

OLDEST, NEWEST = 10, 18
_EVER = 0
_BOOLEAN = ("on", "off")
_PROTOCOLS = ("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3")
_MESSAGES = (
    "debug5", "debug4", "debug3", "debug2", "debug1", "info", "notice", "warning", "error", "log", "fatal", "panic",
)  # fmt: skip
_HIDDEN: Mapping[str, Mapping[str, str]] = {
    "log_min_messages": {"debug": "debug2"},
    "wal_level": {"archive": "replica", "hot_standby": "replica"},
    "synchronous_commit": {"true": "on", "yes": "on", "1": "on", "false": "off", "no": "off", "0": "off"},
    "archive_mode": {"true": "on", "yes": "on", "1": "on", "false": "off", "no": "off", "0": "off"},
}
"""Further words the server takes for a value of an enumeration."""


@dataclass(frozen=True)
class Definition:
    """One setting. `defaults` are (version from which it holds, value), oldest first; `low` and `high` belong to it."""

    name: str
    kind: Literal["bool", "enum", "int", "octal", "text"]
    defaults: tuple[tuple[int, str], ...]
    choices: tuple[str, ...] = ()
    unit: Unit = NO_UNIT
    low: int = -(2**31)
    high: int = 2**31 - 1

    def default(self, major: int | None) -> str | None:
        """Return the default of version `major`; None if the version is not known and versions differ."""
        if major is None:
            values = {value for version in range(OLDEST, NEWEST + 1) if (value := self.default(version)) is not None}
            return values.pop() if len(values) == 1 else None
        held = [value for since, value in self.defaults if since <= major]
        return held[-1] if held else None

    def show(self, text: str, major: int | None) -> str | None:
        """Return the value as `SHOW` prints it, None if the server refuses it."""
        if self.kind == "text" or (self.name == "log_connections" and (major is None or major >= 18)):
            return text
        if self.kind == "bool":
            truth = parse_bool(text)
            return None if truth is None else "on" if truth else "off"
        if self.kind == "enum":
            return self._enumerated(text, major)
        number = parse_int(text, self.unit)
        if number is None or not self.low <= number <= self.high:
            return None
        return f"{number:04o}" if self.kind == "octal" else show_int(number, self.unit)

    def _enumerated(self, text: str, major: int | None) -> str | None:
        lower = text.lower()
        if self.name == "password_encryption" and (major is None or major < 14) and lower in {"on", "true", "yes", "1"}:
            return "md5"
        lower = _HIDDEN.get(self.name, {}).get(lower, lower)
        return next((choice for choice in self.choices if choice.lower() == lower), None)


def _bool(name: str, default: str) -> Definition:
    return Definition(name, "bool", ((_EVER, default),), _BOOLEAN)


def _enum(name: str, choices: tuple[str, ...], *defaults: tuple[int, str]) -> Definition:
    return Definition(name, "enum", defaults, choices)


def _int(name: str, default: str, unit: str = "", low: int = 0, high: int = 2**31 - 1) -> Definition:
    return Definition(name, "int", ((_EVER, default),), (), Unit(unit), low, high)


def _text(name: str, default: str) -> Definition:
    return Definition(name, "text", ((_EVER, default),))


_ALL = (
    _bool("ssl", "off"),
    _bool("ssl_prefer_server_ciphers", "on"),
    _bool("log_connections", "off"),  # from 18 on an empty list, which is shown as "" and means the same
    _bool("log_disconnections", "off"),
    _bool("log_duration", "off"),
    _bool("log_replication_commands", "off"),
    _bool("logging_collector", "off"),
    _bool("log_truncate_on_rotation", "off"),
    _bool("fsync", "on"),
    _bool("full_page_writes", "on"),
    _bool("zero_damaged_pages", "off"),
    _bool("ignore_checksum_failure", "off"),
    _bool("ignore_invalid_pages", "off"),
    _bool("allow_system_table_mods", "off"),
    _bool("hot_standby", "on"),
    _enum("password_encryption", ("md5", "scram-sha-256"), (_EVER, "md5"), (14, "scram-sha-256")),
    _enum("ssl_min_protocol_version", _PROTOCOLS, (12, "TLSv1"), (13, "TLSv1.2")),
    _enum("ssl_max_protocol_version", ("", *_PROTOCOLS), (12, "")),
    _enum("log_statement", ("none", "ddl", "mod", "all"), (_EVER, "none")),
    _enum("log_min_messages", _MESSAGES, (_EVER, "warning")),
    _enum("wal_level", ("minimal", "replica", "logical"), (_EVER, "minimal"), (10, "replica")),
    _enum("synchronous_commit", ("local", "remote_write", "remote_apply", "on", "off"), (_EVER, "on")),
    _enum("archive_mode", ("always", "on", "off"), (_EVER, "off")),
    Definition("log_file_mode", "octal", ((_EVER, "0600"),), low=0, high=0o777),
    Definition("unix_socket_permissions", "octal", ((_EVER, "0777"),), low=0, high=0o777),
    _int("port", "5432", low=1, high=65535),
    Definition("max_wal_senders", "int", ((_EVER, "0"), (10, "10")), low=0, high=262143),
    _int("idle_in_transaction_session_timeout", "0", "ms"),
    _int("idle_session_timeout", "0", "ms"),
    _int("statement_timeout", "0", "ms"),
    _int("authentication_timeout", "1min", "s", 1, 600),
    _int("log_min_duration_statement", "-1", "ms", -1),
    _int("log_rotation_age", "1d", "min", 0, 35791394),
    _int("log_rotation_size", "10MB", "kB", 0, 2097151),
    _int("tcp_keepalives_idle", "0", "s"),
    _text("listen_addresses", "localhost"),
    _text("ssl_ciphers", "HIGH:MEDIUM:+3DES:!aNULL"),
    _text("ssl_cert_file", "server.crt"),
    _text("ssl_key_file", "server.key"),
    _text("ssl_ca_file", ""),
    _text("log_destination", "stderr"),
    _text("log_filename", "postgresql-%Y-%m-%d_%H%M%S.log"),
    Definition("log_line_prefix", "text", ((_EVER, ""), (10, "%m [%p] "))),
    _text("shared_preload_libraries", ""),
    _text("session_preload_libraries", ""),
    _text("local_preload_libraries", ""),
    _text("archive_command", ""),
    _text("archive_library", ""),
    _text("synchronous_standby_names", ""),
    _text("primary_conninfo", ""),
)
DEFINITIONS: Mapping[str, Definition] = {definition.name: definition for definition in _ALL}
