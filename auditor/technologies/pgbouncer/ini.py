"""pgbouncer.ini as text: sections, `key = value` entries and `%include` lines, read character by character.

Source of the grammar: `parse_ini_file` of libusual, which PgBouncer 1.12 to 1.25 loads its file with, and the manual's
"Generic settings". A comment starts at `;` or `#` as the first character of a line only; anything behind a value
belongs to it. A section's name may have an entry behind it on its line.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import field

from auditor.formats.template import mask
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown
from auditor.patterns import lazy
from auditor.records import dataclass

_SPACE = lazy(r"[ \t\n\v\f\r]*")
_INCLUDE = lazy(r"%include[ \t]+([^\n]*)")
_COMMENT = lazy(r"[#;][^\n]*")
_SECTION = lazy(r"\[([^\]\n]*)\]")
_ENTRY = lazy(rf"(?:'([^']+)'|([A-Za-z0-9_.*{HOLE}-]*))[ \t]*=[ \t]*([^\n]*)")
_VARIABLE = lazy(r"\$(?:\{|[A-Z_])")


@dataclass(frozen=True)
class Section:
    """`[name]`."""

    name: str
    at: Location


@dataclass(frozen=True)
class Entry:
    """`key = value`; `at` covers the value, the whole entry where it is empty."""

    key: str
    value: str | Unknown = field(repr=False)
    at: Location
    is_quoted: bool = False
    """Whether the key stands in single quotes, which is possible from 1.25 on."""
    written: str = field(default="", repr=False)
    """The value with what is not known in it, for a connection string of which the rest may be known."""


@dataclass(frozen=True)
class Include:
    """`%include path`; a relative path starts where the server was started."""

    path: str | Unknown
    at: Location


Item = Section | Entry | Include | Problem
"""A problem is a place at which the server stops reading and refuses the file: it is the last item."""


@dataclass(frozen=True)
class IniText:
    """The items of a file in order; `holes` are places where template expressions put out lines that are not known."""

    items: tuple[Item, ...]
    holes: tuple[Location, ...]


def known_part(text: str) -> str | Unknown:
    """Return the text; `$NAME` is for a program that fills the file in, as PgBouncer itself knows no variables."""
    if HOLE in text:
        return Unknown("a template expression stands here")
    return Unknown("a variable stands here that a script replaces") if _VARIABLE.search(text) else text


def parse_ini(source: Source) -> IniText:
    """Read one file; included files are items."""
    text, content_lines = mask(source.text)
    reader = _Reader(source, text)
    return IniText(tuple(reader.items()), tuple(source.at(number) for number in sorted(content_lines)))


class _Reader:
    def __init__(self, source: Source, text: str) -> None:
        self._source = source
        self._text = text.partition("\0")[0]
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def items(self) -> Iterator[Item]:
        text, position = self._text, 0
        while True:
            match = _SPACE.match(text, position)
            position = match.end() if match else position
            if position >= len(text):
                return
            if comment := _COMMENT.match(text, position):
                position = comment.end()
            elif include := _INCLUDE.match(text, position):
                yield Include(known_part(include[1].rstrip()), self._at(include.start(1), include.end(1)))
                position = include.end()
            elif section := _SECTION.match(text, position):
                yield Section(section[1], self._at(section.start(), section.end()))
                position = section.end()
            elif entry := _ENTRY.match(text, position):
                yield self._entry(entry)
                position = entry.end()
            else:
                end = text.find("\n", position)
                yield Problem(
                    at=self._at(position, end if end >= 0 else len(text)),
                    message="expected a section, a comment or key = value",
                )
                return

    def _entry(self, match: re.Match[str]) -> Entry:
        key: str = match[1] or match[2]
        value = match[3].rstrip()
        start = match.start(3) if value else match.start()
        at = self._at(start, match.start(3) + len(value))
        unknown = Unknown("a template expression stands here")
        is_quoted = match[1] is not None
        return Entry(key, unknown if HOLE in key else known_part(value), at, is_quoted=is_quoted, written=value)

    def _at(self, start: int, end: int) -> Location:
        line, column = self._place(start)
        end_line, end_column = self._place(max(end - 1, start))
        return self._source.at(line, column, end_line, end_column)

    def _place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
