"""Apply pgbouncer.ini with its includes in place, as PgBouncer does, and say what it would refuse.

Sources: `load_handler`, `fill_defaults` and the setters of libusual's cfparser; `parse_database`, `parse_user` of
loader.c; `sbuf_tls_setup`, `pooler_setup`; PgBouncer 1.12 to 1.25. Tried: 1.18.0.
"""

import re
from collections.abc import Iterable
from dataclasses import field, replace

from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.secret import seal
from auditor.model.setting import Origin, Setting, Settings
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.common.versions import Range
from auditor.technologies.document import FileView

from . import names
from .connection import Pair, RefusedError, pairs
from .ini import Entry, Include, Item, Section, known_part, parse_ini
from .service import Database, Reset, protocols_of, whole_number

_TIME = lazy(r"\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")
_MAX_INCLUDE = 10


@dataclass
class Configuration:
    """What the files set so far. `section` is the one that the next entry belongs to."""

    versions: Range
    view: FileView
    settings: Settings = field(default_factory=Settings)
    databases: dict[str, Database] = field(default_factory=dict[str, Database])
    problems: list[Problem] = field(default_factory=list[Problem])
    unrecognised: list[Problem] = field(default_factory=list[Problem])
    consumed: set[str] = field(default_factory=set[str])
    incomplete: str = ""
    section: str | None = None
    _starts: list[tuple[Location, frozenset[str]]] = field(
        default_factory=list[tuple[Location, frozenset[str]]], init=False
    )
    _has_main: bool = field(default=False, init=False)

    def load(self, source: Source) -> None:
        """Apply a file and what it includes, then say what is wrong with the whole."""
        self._defaults()
        self._file(source, 0)
        if not self.problems:
            self._finish(source.at())

    def take(self, parts: Iterable[tuple[Iterable[Entry], Origin]], at: Location) -> None:
        """Apply parameters that no scanned file holds (an image's own, and variables), then check the whole."""
        self._defaults()
        for entries, origin in parts:
            for entry in entries:
                self._parameter(entry, origin)
        if not self.problems:
            self._together(at)

    @property
    def resets(self) -> tuple[Reset, ...]:
        """The further [pgbouncer] lines that set back what nothing sets again."""
        found = [
            Reset(at, tuple(sorted(name for name in lost if not self.settings.is_explicit(name))))
            for at, lost in self._starts
        ]
        return tuple(reset for reset in found if reset.lost)

    def _defaults(self) -> None:
        for name, value in names.DEFAULTS.items():
            self.settings.set(Setting(name, value, Origin.DEFAULT, source="PgBouncer manual, the same in 1.14 to 1.25"))
        mode: str | Unknown = Unknown("the default of server_tls_sslmode depends on the version, which is not known")
        if self.versions.is_below(1, 20):
            mode = "disable"
        elif self.versions.is_at_least(1, 20):
            mode = "prefer"
        source = "PgBouncer manual (disable before 1.20, prefer from then on)"
        self.settings.set(Setting("server_tls_sslmode", mode, Origin.DEFAULT, source=source))

    def _file(self, source: Source, depth: int) -> None:
        self.consumed.add(source.key)
        text = parse_ini(source)
        if text.holes:
            self.incomplete = "template expressions may add parameters"
        for item in text.items:
            self._item(item, depth)
            if self.problems:
                return

    def _item(self, item: Item, depth: int) -> None:
        if isinstance(item, Problem):
            self.problems.append(item)
        elif isinstance(item, Include):
            self._include(item, depth)
        elif isinstance(item, Section):
            self._start(item)
        elif item.is_quoted and self.versions.is_below(1, 25):
            self._refuse(item.at, "expected a key without quotes, which are possible from version 1.25 on")
        elif self.section is None:
            self.problems.append(Problem(at=item.at, message="expected a section before the first parameter"))
        elif self.section == "pgbouncer":
            self._parameter(item, Origin.INCLUDE if depth else Origin.FILE)
        elif self.section == "databases":
            self._database(item)
        elif self.section == "users":
            self._pairs(item, names.USER_KEYS)

    def _include(self, item: Include, depth: int) -> None:
        if depth >= _MAX_INCLUDE:
            self.problems.append(
                Problem(at=item.at, message=f"expected at most {_MAX_INCLUDE} files inside each other")
            )
            return
        found = self.view.open(item.path) if isinstance(item.path, str) else item.path
        if isinstance(found, Source):
            self._file(found, depth + 1)
            return
        self.incomplete = found.reason if isinstance(found, Unknown) else "an included file is not in the scanned files"
        self.section = self.section or "pgbouncer"

    def _start(self, item: Section) -> None:
        since = names.SECTIONS.get(item.name)
        if since is None or self.versions.is_below(*since):
            self.problems.append(Problem(at=item.at, message="expected a section that PgBouncer has"))
            return
        self.section = item.name
        if item.name != "pgbouncer":
            return
        lost = {name for name in self.settings if self.settings.is_explicit(name) and name not in names.KEPT}
        if self._has_main and lost:
            self._starts.append((item.at, frozenset(lost)))
            kept = [self.settings[name] for name in names.KEPT if self.settings.is_explicit(name)]
            self.settings = Settings()
            self._defaults()
            for setting in kept:
                self.settings.set(setting)
        self._has_main = True

    def _parameter(self, entry: Entry, origin: Origin) -> None:
        name, value = entry.key, entry.value
        if name not in names.ALL or self.versions.is_below(*names.SINCE.get(name, (0,))):
            problem = Problem(at=entry.at, message="expected a parameter that PgBouncer has, in lower case")
            newer = not self.versions.is_below(names.NEWEST[0], names.NEWEST[1] + 1)
            if newer and name.lower() not in names.ALL:
                self.unrecognised.append(problem)
            else:
                self.problems.append(problem)
            return
        if isinstance(value, str) and not _is_valid(name, value, self.versions):
            self.problems.append(Problem(at=entry.at, message=f"expected {_EXPECTED[_kind(name)]} for {name}"))
        sealed = seal(value) if name in names.SECRETS and isinstance(value, str) and value else value
        self.settings.set(Setting(name, sealed, origin, entry.at))

    def _database(self, entry: Entry) -> None:
        if entry.key == "pgbouncer":
            self.problems.append(Problem(at=entry.at, message="the database name pgbouncer is that of the console"))
            return
        found = self._pairs(entry, names.DATABASE_KEYS)
        if found is None:
            return
        database = make_database(entry, found)
        before = self.databases.get(entry.key)
        if before is not None and database.user == "" and before.user != "":
            # PgBouncer cannot let go of a user: it warns and keeps the old one (parse_database).
            database = replace(database, user=before.user, user_at=before.user_at)
        self.databases[entry.key] = database

    def _pairs(self, entry: Entry, known: "names.Keys") -> list[Pair] | None:
        """Return the pairs of an entry, None where they are not known or refused; `*` is only read at a log-in."""
        text = entry.written if isinstance(entry.value, Unknown) else entry.value
        try:
            found = list(pairs(text))
        except RefusedError:
            found = None
        if isinstance(entry.value, Unknown):
            return found or []
        is_late = entry.key == "*" and self.section == "databases"
        if found is None or any(self._is_wrong(pair, known) for pair in found):
            if not is_late:
                self.problems.append(Problem(at=entry.at, message=f"expected key=value pairs of [{self.section}]"))
                return None
            found = found or []
        return found

    def _is_wrong(self, pair: Pair, known: "names.Keys") -> bool:
        if pair.key == "pool_mode" and pair.value.lower() not in names.CHOICES["pool_mode"]:
            return True
        if pair.key == "port" and not re.match(r"\s*[+-]?0*[1-9]", pair.value):
            return True
        since = known.get(pair.key)
        if since is None:
            return self.versions.is_below(names.NEWEST[0], names.NEWEST[1] + 1)
        return self.versions.is_below(*since)

    def _finish(self, at: Location) -> None:
        if not self._has_main and not self.incomplete:
            self.problems.append(Problem(at=at, message="expected a section [pgbouncer]"))
            return
        self._together(at)

    def _value(self, name: str) -> str | Unknown:
        if self.incomplete and not self.settings.is_explicit(name):
            return Unknown(self.incomplete)
        setting = self.settings.get(name)
        if setting is None:
            return "/tmp" if name == "unix_socket_dir" else ""  # noqa: S108  # PgBouncer's default, not a file of ours
        return setting.value if isinstance(setting.value, str | Unknown) else ""

    def _together(self, at: Location) -> None:
        """Add what keeps it from starting although every value is valid by itself."""
        mode, kind = self._value("client_tls_sslmode"), self._value("auth_type")
        place = self._place("client_tls_sslmode", at)
        files = [self._value(f"client_tls_{part}_file") for part in ("key", "cert")]
        if isinstance(mode, str) and mode.lower() != "disable" and "" in files:
            self._refuse(place, "TLS for clients needs client_tls_key_file and client_tls_cert_file")
        authority = self._value("client_tls_ca_file")
        if isinstance(kind, str) and kind.lower() == "cert":
            if isinstance(mode, str) and mode.lower() != "verify-full":
                self._refuse(self._place("auth_type", at), "auth_type = cert needs client_tls_sslmode = verify-full")
            elif authority == "":
                self._refuse(self._place("auth_type", at), "auth_type = cert needs client_tls_ca_file")
        elif isinstance(mode, str) and mode.lower() == "verify-full" and authority == "":
            self._refuse(place, "client_tls_sslmode = verify-full needs client_tls_ca_file")
        for side in ("client", "server"):
            side_mode, listed = self._value(f"{side}_tls_sslmode"), self._value(f"{side}_tls_protocols")
            in_use = isinstance(side_mode, str) and side_mode.lower() != "disable"
            if in_use and isinstance(listed, str) and listed and protocols_of(listed) is None:
                name = f"{side}_tls_protocols"
                self._refuse(self._place(name, at), f"expected versions of TLS for {name}")
        if self._value("listen_addr") == "" and self._value("unix_socket_dir") == "":
            self._refuse(self._place("listen_addr", at), "expected an address or a folder for a socket to listen on")

    def _place(self, name: str, at: Location) -> Location:
        setting = self.settings.get(name)
        return setting.at if setting is not None and setting.at is not None else at

    def _refuse(self, at: Location, message: str) -> None:
        self.problems.append(Problem(at=at, message=message))


_EXPECTED = {
    "number": "a whole number",
    "time": "a number of seconds",
    "choice": "one of its words",
    "text": "text",
}


def _kind(name: str) -> str:
    if name in names.NUMBERS:
        return "number"
    if name in names.TIMES:
        return "time"
    return "choice" if name in names.CHOICES else "text"


def _is_valid(name: str, value: str, versions: Range) -> bool:
    kind = _kind(name)
    if kind == "number":
        return whole_number(value) is not None
    if kind == "time":
        return _TIME.fullmatch(value) is not None
    if kind == "choice":
        is_new = name == "auth_type" and value.lower() == "ldap" and versions.is_below(1, 25)
        return value.lower() in names.CHOICES[name] and not is_new
    return True


def make_database(entry: Entry, found: Iterable[Pair]) -> Database:
    """Return the database of an entry with these pairs (the last of a key counts)."""
    last = {pair.key: pair for pair in found}
    unknown = entry.value if isinstance(entry.value, Unknown) and not last else None

    def value(key: str) -> str | Unknown:
        if unknown is not None:
            return unknown
        return known_part(last[key].value) if key in last else ""

    def place(key: str) -> Location:
        pair = last.get(key)
        if pair is None or not entry.at.end_line:
            return entry.at
        at = entry.at
        return Location(
            at.path, at.line, at.column + pair.start, at.line, at.column + max(pair.end, pair.start + 1) - 1
        )

    return Database(
        name=entry.key,
        host=value("host"),
        user=value("user"),
        auth_user=value("auth_user"),
        at=entry.at,
        user_at=place("user"),
        host_at=place("host"),
    )
