"""postgresql.conf as text: one `name = value` per line.

Source of the grammar: PostgreSQL manual, "Setting Parameters", and guc-file.l of version 15.
"""

import re
from collections.abc import Iterator
from dataclasses import field

from auditor.formats.template import mask
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown
from auditor.patterns import lazy
from auditor.records import dataclass

_LETTER = r"A-Za-z_\u0080-\U0010ffff"
_INTEGER = lazy(r"[-+]?(?:0x[0-9a-fA-F]+|[0-9]+)[a-zA-Z]*")
_TOKEN = lazy(
    rf"(?P<blank>[ \t\r]+)|(?P<comment>\#.*)"
    rf"|(?P<hole>[{HOLE}{_LETTER}0-9._:/+-]*{HOLE}[{HOLE}{_LETTER}0-9._:/+-]*)"
    rf"|(?P<string>'(?:[^'\\\n]|\\.|'')*')"
    rf"|(?P<real>[-+]?[0-9]*\.[0-9]*(?:[Ee][-+]?[0-9]+)?)"
    rf"|(?P<integer>{_INTEGER.pattern})"
    rf"|(?P<word>[{_LETTER}][{_LETTER}0-9._:/-]*)"
    rf"|(?P<equals>=)"
)
_NAME = lazy(rf"[{_LETTER}][{_LETTER}0-9]*(?:\.[{_LETTER}][{_LETTER}0-9]*)?")
_ESCAPE = lazy(r"''|\\([0-7]{1,3}|.)")
_CONTROL = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
INCLUDES = frozenset({"include", "include_if_exists", "include_dir"})


@dataclass(frozen=True)
class Entry:
    """One assignment or include; `at` covers the value. `name` is in lower case, `spelled` as written."""

    name: str
    value: str | Unknown = field(repr=False)
    at: Location
    spelled: str = ""

    @property
    def is_include(self) -> bool:
        return self.name in INCLUDES


@dataclass(frozen=True)
class ConfText:
    """Entries in order, what the server refuses, and where template expressions put out unknown lines."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    holes: tuple[Location, ...]


def parse_conf(source: Source) -> ConfText:
    """Read one file; includes are entries."""
    text, content_lines = mask(source.text)
    entries: list[Entry] = []
    problems: list[Problem] = []
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.rstrip("\r")
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        item = _parse_line(source, line, number)
        if isinstance(item, Problem):
            problems.append(item)
        elif item is not None:
            entries.append(item)
    holes = tuple(source.at(number) for number in sorted(content_lines))
    return ConfText(tuple(entries), tuple(problems), holes)


def _parse_line(source: Source, line: str, number: int) -> Entry | Problem | None:
    tokens = list(_tokens(line))
    if not tokens:
        return None
    here = source.at(number, 1, number, max(len(line), 1))
    kind, name, start, _ = tokens[0]
    spelled = name
    if kind == "hole":
        return None
    if kind != "word" or not _NAME.fullmatch(name):
        return Problem(at=here, message="expected a line of the form name = value")
    rest = tokens[1:]
    if rest and rest[0][0] == "equals":
        rest = rest[1:]
    if not rest:
        return Problem(at=here, message="expected a value")
    kind, value, start, end = rest[0]
    at = source.at(number, start + 1, number, end)
    if any(kind == "hole" or HOLE in text for kind, text, _, _ in rest):
        return Entry(name.lower(), Unknown("a template expression stands here"), at, spelled)
    if kind not in {"string", "integer", "real", "word"} or len(rest) > 1:
        return Problem(at=at, message="expected one value, in single quotes if it has other characters than a name")
    if kind == "word" and "." in value and _NAME.fullmatch(value):
        return Problem(at=at, message="expected a value with a dot in single quotes")
    return Entry(name.lower(), unquote(value) if kind == "string" else value, at, spelled)


def _tokens(line: str) -> Iterator[tuple[str, str, int, int]]:
    """Yield (kind, text, start, end); a character that fits nothing is of the kind `error`. The longest match wins."""
    position = 0
    while position < len(line):
        match = _TOKEN.match(line, position)
        if match is None or match.end() == position:
            yield "error", line[position], position, position + 1
            return
        kind = match.lastgroup or "error"
        if kind == "real":
            integer = _INTEGER.match(line, position)
            if integer and integer.end() > match.end():
                kind, match = "integer", integer
        if kind == "comment":
            return
        if kind != "blank":
            yield kind, match[0], match.start(), match.end()
        position = match.end()


def unquote(text: str) -> str:
    r"""Return the value of a quoted string: `''` is a quote; `\b \f \n \r \t`, octal and other escapes count."""

    def replace(match: re.Match[str]) -> str:
        escape: str | None = match[1]
        if escape is None:
            return "'"
        if escape[0] in "01234567":
            return chr(int(escape, 8) & 0xFF)
        return _CONTROL.get(escape, escape)

    return _ESCAPE.sub(replace, text[1:-1])


def quote(value: str) -> str:
    """Return `value` as a quoted string of postgresql.conf."""
    return "'" + value.replace("\\", "\\\\").replace("'", "''").replace("\n", "\\n") + "'"
