"""What one family of daemons makes of its files, as `org.apache.hadoop.conf.Configuration` does.

Files are loaded in a fixed order, each site file behind the defaults of its own kind: core-default, core-site,
hdfs-default, hdfs-site for HDFS. A later value replaces an earlier one, in one file too, unless the earlier is final;
so a `dfs.` property in core-site.xml loses against the default in hdfs-default.xml. `${name}` is replaced by a system
property, else by another property. Source: `loadResource`, `loadProperty` and `substituteVars` of Hadoop's
`Configuration`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field

from auditor.model.location import Location
from auditor.model.secret import seal
from auditor.model.setting import Origin, Setting
from auditor.model.unknown import HOLE, Unknown
from auditor.model.value import PartlyKnown
from auditor.patterns import lazy
from auditor.records import dataclass

from .defaults import DEFAULTS, RENAMED, SOURCES, home_of
from .document import Gap, Property, is_secret

_VARIABLE = lazy(r"\$\{[^}$ ]+\}")
_MAX_SUBSTITUTIONS = 20
_VALUES = lazy(r"(?P<name>[\w.]+)(?P<how>:?-)?(?P<default>.*)", re.DOTALL)
_AGREED = frozenset({"hadoop.security.authentication", "hadoop.rpc.protection", "fs.defaultFS"})
"""Properties in which a client agrees with its servers, or is not served."""
_SUPPLIED = "a variable of the process supplies a part of it"
_ENVIRONMENT = "env."


@dataclass(frozen=True, kw_only=True)
class Layer:
    """One loaded file: its kind, what stands in it, why that is not known ("" if it is), and where it begins."""

    kind: str
    items: tuple[Property | Gap, ...] = ()
    missing: str = ""
    at: Location | None = None
    is_command_line: bool = False


@dataclass(frozen=True)
class _Entry:
    value: str | Unknown = field(repr=False)
    at: Location | None
    origin: Origin
    order: int
    is_final: bool
    source: str = ""


@dataclass(frozen=True)
class _Doubt:
    """From the place `order` on, properties of `kind` ("": any) may have been set that are not known."""

    order: int
    kind: str
    reason: str


@dataclass(frozen=True)
class Scope:
    """The properties in force for one family of daemons."""

    title: str
    entries: Mapping[str, _Entry] = field(repr=False)
    doubts: tuple[_Doubt, ...] = field(repr=False)
    variables: Mapping[str, str | Unknown] = field(repr=False)
    """Environment variables of the process, as far as they are known."""
    at: Location = field(repr=False)
    places: Mapping[str, Location] = field(repr=False)
    """Where each site file begins, by its kind."""
    incomplete: str = ""
    """Why what the files leave to a default may be set where the daemons run (they may be the files of a client)."""

    def text(self, name: str) -> str | Unknown:
        """Return a property without the blanks around it, "" if it is not set."""
        raw = self._raw(name)
        if raw is None or isinstance(raw, Unknown):
            return raw if raw is not None else ""
        text = self._substituted(raw).strip()
        return PartlyKnown(_SUPPLIED, text) if HOLE in text else text

    def flag(self, name: str) -> bool | Unknown:
        """Return a true/false property; a value that is neither counts as the default."""
        value = self.text(name)
        if isinstance(value, Unknown):
            return value
        if value.lower() not in {"true", "false"}:
            value = DEFAULTS[home_of(name)].get(name, "false")
        return value.lower() == "true"

    def words(self, name: str) -> tuple[str, ...] | Unknown:
        """Return the items of a list, without blanks around them."""
        value = self.text(name)
        if isinstance(value, Unknown):
            return value
        return tuple(item.strip() for item in value.split(",") if item.strip())

    def where(self, name: str) -> Location:
        """Return the place that sets a property, or the file that would set it, or the configuration's place."""
        entry = self.entries.get(name)
        if entry is not None and entry.at is not None:
            return entry.at
        return self.places.get(home_of(name), self.at)

    def is_explicit(self, name: str) -> bool:
        """Tell whether a file or variable sets the property."""
        entry = self.entries.get(name)
        return entry is not None and entry.origin is not Origin.DEFAULT

    def names(self, prefix: str) -> Iterator[str]:
        """Yield the names of properties that begin with `prefix`."""
        return (name for name in self.entries if name.startswith(prefix))

    def settings(self) -> Iterator[Setting]:
        """Yield every property in force, secrets sealed."""
        for name, entry in self.entries.items():
            value = self.text(name)
            sealed = seal(value) if is_secret(name) and isinstance(value, str) else value
            yield Setting(name=name, value=sealed, origin=entry.origin, at=entry.at, source=entry.source)

    @property
    def uses_kerberos(self) -> bool | Unknown:
        """Whether a client must prove who it is; the word is taken in any case."""
        value = self.text("hadoop.security.authentication")
        return value if isinstance(value, Unknown) else value.lower().startswith("kerberos")

    def _raw(self, name: str) -> str | Unknown | None:
        entry = self.entries.get(name)
        if self.incomplete and name not in _AGREED and (entry is None or entry.origin is Origin.DEFAULT):
            return Unknown(self.incomplete)
        if entry is not None and entry.is_final and entry.origin is not Origin.DEFAULT:
            return entry.value
        for doubt in self.doubts:
            if doubt.kind in {"", home_of(name)} and (entry is None or entry.order < doubt.order):
                return Unknown(doubt.reason)
        return None if entry is None else entry.value

    def _substituted(self, text: str) -> str:
        for _ in range(_MAX_SUBSTITUTIONS):
            match = _VARIABLE.search(text)
            if match is None:
                return text
            text = text[: match.start()] + self._variable(match[0][2:-1]) + text[match.end() :]
        return HOLE

    def _variable(self, name: str) -> str:
        if name == "java.io.tmpdir":
            return "/tmp"  # noqa: S108  # Java's default on Linux
        if name.startswith(_ENVIRONMENT):
            match = _VALUES.fullmatch(name.removeprefix(_ENVIRONMENT))
            found = self.variables.get(match["name"]) if match is not None else None
            if match is not None and isinstance(found, str) and (found or match["how"] != ":-"):
                return found
            return HOLE
        raw = self._raw(name)
        return raw if isinstance(raw, str) else HOLE


def load(
    title: str, layers: Iterable[Layer], at: Location, variables: Mapping[str, str | Unknown], incomplete: str = ""
) -> Scope:
    """Load files in the order in which the daemons do, each behind the defaults of its kind.

    `at` is the place of the whole configuration, `variables` are those of the process.
    """
    entries: dict[str, _Entry] = {}
    closed: set[str] = set()
    doubts: list[_Doubt] = []
    places: dict[str, Location] = {}
    order = 0
    for layer in layers:
        order += 1
        if layer.at is not None:
            places[layer.kind] = layer.at
        if not layer.is_command_line:
            source = SOURCES[layer.kind]
            for name, value in DEFAULTS[layer.kind].items():
                if name not in closed:
                    entries[name] = _Entry(value, None, Origin.DEFAULT, order, is_final=False, source=source)
        order += 1
        if layer.missing:
            doubts.append(_Doubt(order, layer.kind, layer.missing))
        for item in layer.items:
            if isinstance(item, Gap):
                # What stands in the same file is taken for the author's last word on it.
                doubts.append(_Doubt(order, "", item.reason))
                continue
            name = RENAMED.get(item.name, item.name)
            if item.value is not None and (name not in closed or layer.is_command_line):
                entries[name] = _Entry(item.value, item.at, item.origin, order, is_final=item.is_final)
            if item.is_final:
                closed.add(name)
    return Scope(title, entries, tuple(doubts), variables, at, places, incomplete)
