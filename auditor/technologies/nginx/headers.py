"""Which headers a response carries: `add_header` with its inheritance (ngx_http_headers_module, nginx 1.22-1.29)."""

from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.records import dataclass

from .levels import Level, Line

WITHOUT_ALWAYS = frozenset({200, 201, 204, 206, 301, 302, 303, 304, 307, 308})
"""The only statuses whose responses get a header without `always` (manual of `add_header`)."""


@dataclass(frozen=True)
class Header:
    """A header that nginx adds; an empty value adds nothing."""

    name: str
    value: str | Unknown
    always: bool
    at: Location

    def is_sent(self, status: int) -> bool:
        return self.value != "" and (self.always or status in WITHOUT_ALWAYS)


def headers_of(level: Level) -> tuple[Header, ...] | Unknown:
    """Return the headers in force: those of the innermost level that adds any, unless `add_header_inherit` merges."""
    merge = level.text("add_header_inherit", "on")
    if isinstance(merge, Unknown):
        merge = "on"
    if merge == "on":
        lines = level.in_force("add_header")
    else:
        lines = _merged(level) if merge == "merge" else level.own("add_header")
    if isinstance(lines, Unknown):
        return lines
    return tuple(_header(line) for line in lines)


def _merged(level: Level) -> list[Line] | Unknown:
    found: list[Line] = []
    step: Level | None = level
    while step is not None and step.kind != "main":
        if step.open:
            return Unknown(step.open)
        found = step.own("add_header") + found
        step = step.parent
    return found


def _header(line: Line) -> Header:
    name = line.words[0] if line.words else ""
    value = line.words[1] if len(line.words) > 1 else ""
    always = len(line.words) > 2 and line.words[2] == "always"
    return Header("" if isinstance(name, Unknown) else name.lower(), value, always, line.at)


def own_headers(level: Level) -> tuple[Header, ...]:
    """Return the headers that stand on this level itself."""
    return tuple(_header(line) for line in level.own("add_header"))
