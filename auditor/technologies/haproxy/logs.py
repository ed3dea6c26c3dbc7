"""Where a proxy's log goes (`log`, configuration manual 2.6, sections 3.1, 4.2 and 8)."""

from collections.abc import Iterable

from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.records import dataclass

from .proxies import Proxy
from .sections import Line, Section, each

_LEVELS = ("emerg", "alert", "crit", "err", "warning", "notice", "info", "debug")
_REQUESTS = _LEVELS.index("info")
"""Requests are logged with the level info."""
_VALUED = frozenset({"len", "format", "sample", "profile"})


@dataclass(frozen=True)
class Target:
    """A destination of the log. `least` is the place in the list of levels of the least urgent one it takes."""

    address: str
    at: Location
    least: int

    @property
    def takes_requests(self) -> bool:
        return self.least >= _REQUESTS


def targets_of(proxy: Proxy, sections: Iterable[Section]) -> tuple[Target, ...] | Unknown:
    """Return the destinations of a proxy's log: inherited ones and its own; `no log` empties the list."""
    found: list[Target] = []
    general = False
    for line in proxy.lines:
        if not (line.name == "log" or line.starts("no", "log")):
            continue
        if line.doubt or line.is_open:
            return Unknown(line.doubt or "a variable or a template fills in where the log goes")
        if line.name == "no":
            found, general = [], False
        elif line.words[1:] == ("global",):
            general = True
        else:
            found.append(_target(line))
    if general:
        outside = _general(sections)
        if isinstance(outside, Unknown):
            return outside
        found += outside
    return Unknown(proxy.open) if not found and proxy.open else tuple(found)


def _general(sections: Iterable[Section]) -> list[Target] | Unknown:
    found: list[Target] = []
    sections = list(each(sections, "global"))
    for section in sections:
        for line in section.lines:
            if line.name == "log" and (line.doubt or line.is_open):
                return Unknown(line.doubt or "a variable or a template fills in where the log goes")
            if line.name == "log":
                found.append(_target(line))
        if section.open and not found:
            return Unknown(section.open)
    return found


def _target(line: Line) -> Target:
    words = list(line.words[2:])
    while len(words) > 1 and words[0] in _VALUED:
        del words[:2]
    level = words[1] if len(words) > 1 and words[1] in _LEVELS else "debug"
    return Target(line.words[1] if len(line.words) > 1 else "", line.at, _LEVELS.index(level))
