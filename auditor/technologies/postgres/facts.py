"""What checks are given: the server, its pg_hba.conf and its pg_ident.conf."""

from collections.abc import Iterator
from dataclasses import replace

from auditor.model.fact import Service
from auditor.model.numbers import is_whole_number
from auditor.model.secret import Secret
from auditor.model.unknown import UndecidedError, Unknown
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.common.hba.reach import reach
from auditor.technologies.common.hba.records import HbaRecords
from auditor.technologies.common.hba.rule import Gap, HbaRule, Name, NameKind

from .definitions import DEFINITIONS
from .ident import MapLine
from .values import parse_bool, parse_int

_LIST_PART = lazy(r'"((?:[^"]|"")*)"|[^,"]+|[,"]')
NO_RECORDS = Unknown("no pg_hba.conf that goes with this pg_ident.conf is known whole")
CREATION_UNKNOWN = Unknown("the files do not tell how the cluster was created")


@dataclass(frozen=True, kw_only=True)
class Postgres(Service):
    """A PostgreSQL server with its effective settings.

    `checksums` is whether data pages carry checksums (decided when the cluster is created). `in_container` tells
    whether a container engine takes the server's standard error.
    """

    checksums: bool | Unknown = CREATION_UNKNOWN
    in_container: bool = False

    @property
    def major(self) -> int | None:
        """Major version, None if the files do not tell."""
        return major_of(self.version)

    def text(self, name: str) -> str | Unknown:
        """Return a setting as `SHOW` prints it, "" if nothing sets it; what is secret in it is not readable."""
        setting = self.settings.get(name)
        if setting is None:
            return ""
        if isinstance(setting.value, Secret):
            return Unknown(f"{name} is kept as a secret")
        return setting.value

    def on(self, name: str) -> bool | Unknown:
        """Return a boolean setting."""
        value = self.text(name)
        if isinstance(value, Unknown):
            return value
        return parse_bool(value) is True

    def number(self, name: str) -> int | Unknown:
        """Return a number in the setting's base unit (milliseconds for time-outs; see its definition)."""
        value = self.text(name)
        if isinstance(value, Unknown):
            return value
        definition = DEFINITIONS[name]
        number = parse_int(value, definition.unit)
        return Unknown(f"{name} is not a number") if number is None else number

    def is_set(self, name: str) -> bool | Unknown:
        """Tell whether a setting has a value that is not empty (a secret one counts)."""
        setting = self.settings.get(name)
        if setting is None:
            return False
        if isinstance(setting.value, Unknown):
            return setting.value
        return not setting.value.is_empty if isinstance(setting.value, Secret) else setting.value != ""

    def items(self, name: str) -> tuple[str, ...] | Unknown:
        """Return the items of a comma-separated list, unquoted."""
        value = self.text(name)
        return value if isinstance(value, Unknown) else split_list(value)

    @property
    def libraries(self) -> frozenset[str] | Unknown:
        """Names of the libraries every session has: `pgaudit` for `$libdir/pgaudit.so` too."""
        found: set[str] = set()
        for name in ("shared_preload_libraries", "session_preload_libraries"):
            items = self.items(name)
            if isinstance(items, Unknown):
                return items
            found |= {item.rpartition("/")[2].removesuffix(".so").lower() for item in items}
        return frozenset(found)

    @property
    def listens_beyond_loopback(self) -> bool | Unknown:
        """Whether `listen_addresses` names anything but loopback addresses."""
        items = self.items("listen_addresses")
        if isinstance(items, Unknown):
            return items
        return any(not is_loopback_host(item) for item in items)

    @property
    def logs_connections(self) -> bool | Unknown:
        """Whether log-ins leave a line. From 18 on the setting is a list of aspects."""
        value = self.text("log_connections")
        if isinstance(value, Unknown):
            return value
        items = {item.lower() for item in split_list(value)}
        if len(items) == 1 and (truth := parse_bool(next(iter(items)))) is not None:
            return truth
        return bool(items & {"all", "authorization", "authentication"})


@dataclass(frozen=True, kw_only=True)
class PgIdent(Service):
    """User name maps. `used` are the maps that reachable records of pg_hba.conf name."""

    maps: tuple[MapLine | Gap, ...] = ()
    used: frozenset[str] | Unknown = NO_RECORDS

    def lines(self) -> Iterator[MapLine]:
        """Yield the known lines.

        Raises:
            UndecidedError: at the end, if further lines are not known.
        """
        reason: str | None = None
        for line in self.maps:
            if isinstance(line, Gap):
                reason = line.reason
            elif not line.is_known:
                reason = "a template expression stands in a line"
            else:
                yield line
        if reason is not None:
            raise UndecidedError(reason)


@dataclass(frozen=True, kw_only=True)
class PgHba(HbaRecords):
    """The records of pg_hba.conf in the order in which the server tries them.

    `server` is the server that uses the file, None where no scanned file tells. `superuser` is the role the cluster
    was created with.
    """

    server: Postgres | None = None
    superuser: str = "postgres"

    @property
    def ssl(self) -> bool | Unknown:
        """Whether the server offers TLS; without it, hostssl records match nothing."""
        return self.server.on("ssl") if self.server else Unknown("no postgresql.conf goes with this pg_hba.conf")

    def admits(self, rule: HbaRule, user: str) -> bool:
        """Tell whether `user` can still come to `rule` (one of `reachable()`) past the rules before it."""
        earlier: list[HbaRule] = []
        gap = False
        for item in self.rules:
            if isinstance(item, Gap):
                gap = True
            elif item.at == rule.at and item.key == rule.key:
                break
            else:
                earlier.append(item)
        name = Name(NameKind.LITERAL, user)
        if rule.user_set.isdisjoint(name.covering):
            return False
        alone = replace(rule, users=(name,))
        return bool(reach(alone, earlier, self.ssl, gap=gap).live)


def split_list(text: str) -> tuple[str, ...]:
    """Split a comma-separated list with optional double quotes (`""` is a quote); empty items are left out."""
    items = [""]
    for match in _LIST_PART.finditer(text):
        if match[0] == ",":
            items.append("")
        else:
            quoted: str | None = match[1]
            items[-1] += match[0].strip() if quoted is None else quoted.replace('""', '"')
    return tuple(item for item in items if item)


def is_loopback_host(name: str) -> bool:
    """Tell whether a listen address is reachable from the server's own host only."""
    lower = name.strip("[]").lower()
    return lower in {"localhost", "::1", "ip6-localhost"} or lower.startswith("127.")


def major_of(version: str | None) -> int | None:
    """Return the major version, None for versions before 10, whose second number belongs to it."""
    if version is None:
        return None
    head = version.partition(".")[0]
    return int(head) if is_whole_number(head) and int(head) >= 8 else None
