"""What the directives of a service's sandbox come to, line after line.

Source: systemd.exec(5) of systemd 252 and the `config_parse_*` functions of `src/core/load-fragment.c`. A value that
cannot be read is passed over with a warning, and what stood before it stays in force.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from auditor.model.location import Location
from auditor.model.unknown import HOLE, Unknown
from auditor.patterns import lazy
from auditor.records import dataclass

from .document import TEMPLATE, in_drop_in
from .syntax import Entry

_TRUE: Final = frozenset({"1", "yes", "y", "true", "t", "on"})
_FALSE: Final = frozenset({"0", "no", "n", "false", "f", "off"})

BOOLEANS: Final = frozenset(
    "DynamicUser LockPersonality MemoryDenyWriteExecute NoNewPrivileges PrivateDevices PrivateMounts PrivateNetwork "
    "PrivateTmp PrivateUsers ProtectClock ProtectControlGroups ProtectHostname ProtectKernelLogs ProtectKernelModules "
    "ProtectKernelTunables RemoveIPC RestrictRealtime RestrictSUIDSGID".split()
)
_LATER: Final = {
    "PrivateTmp": {"disconnected"},
    "PrivateUsers": {"self", "identity", "full", "managed"},
    "ProtectControlGroups": {"private", "strict"},
    "ProtectHostname": {"private"},
}
"""Further values of later releases (systemd.exec(5) of 257)."""
WORDS: Final = {
    "ProtectSystem": {"full", "strict"},
    "ProtectHome": {"read-only", "tmpfs"},
}
"""Directives that are a boolean or one of these words."""
LISTS: Final = frozenset(
    "AmbientCapabilities CapabilityBoundingSet RestrictAddressFamilies RestrictNamespaces SystemCallFilter".split()
)
SANDBOX: Final = BOOLEANS | frozenset(WORDS) | LISTS | {"UMask", "User"}
"""The directives that are read here, by their exact names."""
NAMESPACES: Final = frozenset("cgroup ipc mnt net pid user uts".split())
_BY_LOWER: Final = {name.lower(): name for name in SANDBOX}
_MARKS: Final = lazy(r"\s[#;]")


@dataclass(frozen=True)
class Ignored:
    """A line of the sandbox that systemd passes over, and what it would have taken.

    `is_fatal` where it does not pass over it, but refuses the unit.
    """

    name: str
    at: Location
    expected: str
    is_fatal: bool = False


@dataclass(frozen=True)
class Families:
    """Socket address families: those allowed, or those forbidden where `allows` is False."""

    names: frozenset[str]
    allows: bool

    def permits(self, family: str) -> bool:
        return (family in self.names) is self.allows


class Directives:
    """The lines of one service's `[Service]` section, its drop-ins behind it, in the order in which they apply.

    `open_reason` tells why there may be more lines (the unit itself is not scanned), "" if there are not.
    """

    def __init__(self, entries: Sequence[Entry], open_reason: str = "") -> None:
        self.entries = tuple(entries)
        self.open_reason = open_reason

    def lines(self, name: str) -> list[Entry]:
        """Return the lines of one directive."""
        return [entry for entry in self.entries if entry.section == "Service" and entry.name == name]

    def in_force(self, name: str) -> list[Entry]:
        """Return the lines of a list behind the last empty one, which resets it."""
        lines = self.lines(name)
        reset = max((index + 1 for index, line in enumerate(lines) if not line.value), default=0)
        return lines[reset:]

    def where(self, name: str) -> Location | None:
        """Return the last line of a directive."""
        lines = self.lines(name)
        return lines[-1].at if lines else None

    def text(self, name: str) -> str | Unknown | None:
        """Return the last value of a directive, None where it is not set or was reset by an empty one."""
        lines = self.lines(name)
        if not lines:
            return Unknown(self.open_reason) if self.open_reason else None
        value = lines[-1].value
        if HOLE in value:
            return Unknown(TEMPLATE)
        return value or None

    def flag(self, name: str) -> bool | Unknown:
        """Return a boolean, which is off where no line can be read."""
        value: bool | Unknown = Unknown(self.open_reason) if self.open_reason else False
        for line in self.lines(name):
            read = _boolean(line)
            value = value if read is None else read
        return value

    def word(self, name: str) -> str | Unknown:
        """Return `yes`, `no` or one of the directive's own words; `no` where no line can be read."""
        value: str | Unknown = Unknown(self.open_reason) if self.open_reason else "no"
        for line in self.lines(name):
            read = _boolean(line)
            if line.value in WORDS[name]:
                value = line.value
            elif read is not None:
                value = read if isinstance(read, Unknown) else "yes" if read else "no"
        return value

    def umask(self) -> int | Unknown:
        """Return UMask; 0022 where no line sets one."""
        value: int | Unknown = Unknown(self.open_reason) if self.open_reason else 0o022
        for line in self.lines("UMask"):
            if HOLE in line.value:
                value = Unknown(TEMPLATE)
            elif re.fullmatch(r"0*[0-7]{1,4}", line.value):
                value = int(line.value, 8) & 0o7777
        return value

    def capabilities(self, name: str, every: frozenset[str]) -> frozenset[str] | Unknown:
        """Return a set of capabilities; the bounding set holds `every` one at first, the ambient set none."""
        initial = every if name == "CapabilityBoundingSet" else frozenset[str]()
        if self.open_reason:
            return Unknown(self.open_reason)
        current = initial
        for line in self.lines(name):
            if HOLE in line.value:
                return Unknown(TEMPLATE)
            removes = line.value.startswith("~")
            named = frozenset(line.value.removeprefix("~").upper().split()) & every
            if not named or current == initial:
                current = every - named if removes else named
            else:
                current = current - named if removes else current | named
        return current

    def families(self) -> Families | Unknown | None:
        """Return which address families are allowed, None if all are."""
        if self.open_reason:
            return Unknown(self.open_reason)
        current: Families | None = None
        starts = True
        for line in self.lines("RestrictAddressFamilies"):
            if HOLE in line.value:
                return Unknown(TEMPLATE)
            if line.value in {"", "none"}:  # a list behind `none` starts anew
                current, starts = Families(frozenset(), allows=True) if line.value else None, True
            else:
                removes = line.value.startswith("~")
                named = frozenset(word for word in line.value.removeprefix("~").split() if word.startswith("AF_"))
                before = Families(frozenset(), allows=not removes) if current is None or starts else current
                starts = False
                adds = before.allows is not removes
                current = Families(before.names | named if adds else before.names - named, before.allows)
        return current

    def namespaces(self) -> frozenset[str] | Unknown:
        """Return the types of namespaces that the service may create or enter."""
        if self.open_reason:
            return Unknown(self.open_reason)
        current: frozenset[str] | None = None
        for line in self.lines("RestrictNamespaces"):
            if HOLE in line.value:
                return Unknown(TEMPLATE)
            restricts = _boolean(line)
            removes = line.value.startswith("~")
            named = frozenset(line.value.removeprefix("~").split())
            if restricts is None and not named <= NAMESPACES:
                continue  # one word that is no type spoils the line
            if not line.value or restricts is not None:
                current = None if not line.value else frozenset() if restricts is True else NAMESPACES
            elif current is None:
                current = NAMESPACES - named if removes else named
            else:
                current = current - named if removes else current | named
        return NAMESPACES if current is None else current

    def has_list(self, name: str) -> bool | Unknown:
        """Tell whether a list such as SystemCallFilter holds anything."""
        lines = self.in_force(name)
        if any(line.value not in {"", "~"} for line in lines):
            return True
        return Unknown(self.open_reason) if self.open_reason else False

    def ignored(self) -> Iterator[Ignored]:
        """Yield lines that are meant for the sandbox and that systemd passes over."""
        for entry in self.entries:
            known_name = _BY_LOWER.get(entry.name.lower())
            if known_name is None:
                continue
            if entry.name != known_name:
                yield Ignored(entry.name, entry.at, f"{known_name}=, written exactly so")
            elif entry.section != "Service":
                yield Ignored(entry.name, entry.at, f"{known_name}= in the section [Service]")
            elif _is_unreadable(entry):
                yield Ignored(
                    entry.name, entry.at, _expected(entry), is_fatal=refuses(entry) and not in_drop_in(entry.source)
                )


def _boolean(line: Entry) -> bool | Unknown | None:
    """Return what a line sets, None if systemd passes over it."""
    if HOLE in line.value:
        return Unknown(TEMPLATE)
    word = line.value.lower()
    if line.value in _LATER.get(line.name, ()):
        return Unknown("which release of systemd reads it is not known")
    return True if word in _TRUE else False if word in _FALSE else None


def _expected(entry: Entry) -> str:
    if _MARKS.search(entry.value):
        return "a comment on a line of its own"
    return " or ".join(["yes", "no", *sorted(WORDS.get(entry.name, ()))])


def _is_unreadable(entry: Entry) -> bool:
    if entry.name in WORDS:
        return _boolean(entry) is None and entry.value not in WORDS[entry.name]
    return entry.name in BOOLEANS and _boolean(entry) is None


def refuses(entry: Entry) -> bool:
    """Tell whether systemd ends reading the file at this line; tried with 252: of the sandbox only DynamicUser=."""
    return entry.section == "Service" and entry.name == "DynamicUser" and _boolean(entry) is None
