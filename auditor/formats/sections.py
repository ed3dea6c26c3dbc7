"""INI and TOML files line by line: sections and `key = value` with the place of every value.

Both are read alike, as far as named texts go: a section's header in brackets, a key, `=` (or `:` in INI), a value that
may be quoted, a comment behind `#` or `;`. Tables within one line are looked into; texts over several lines are passed
over. It never refuses: other lines say nothing that is named.
"""

from collections.abc import Iterator
from dataclasses import field

from auditor.model.location import Location
from auditor.model.source import Source
from auditor.patterns import lazy
from auditor.records import dataclass

from .properties import Lines

_SECTION = lazy(r"[ \t]*\[\[?[ \t]*(?P<name>[^\[\]\n]{1,200}?)[ \t]*\]\]?[ \t]*(?:[#;].*)?")
_ENTRY = lazy(
    r"[ \t]*(?:export[ \t]+)?(?P<key>\"[^\"\n]{1,200}\"|'[^'\n]{1,200}'|[^\s=:#;\[\]\"'][^=:\n]{0,200}?)[ \t]*[=:]"
    r"[ \t]*(?P<value>.*)"
)
_QUOTED = lazy(r"\"((?:[^\"\\]|\\.)*)\"|'([^']*)'")
_COMMENT = lazy(r"[ \t]+[#;].*$|[ \t]+$")
_INNER = lazy(
    r"[{,]\s*(?P<key>[\w.-]{1,200}|\"[^\"\n]{1,200}\")\s*=\s*(?:\"(?P<double>(?:[^\"\\]|\\.)*)\"|'(?P<single>[^']*)')"
)
_LONG = ('"""', "'''")


@dataclass(frozen=True)
class Entry:
    """One assignment below the keys `path`; `at` covers the value's characters without quotes."""

    path: tuple[str, ...]
    key: str
    value: str = field(repr=False)
    at: Location


def read_sections(source: Source, text: str | None = None) -> Iterator[Entry]:
    """Yield the assignments in file order; `text`, as long as the source's, is read in its stead (a template)."""
    content = source.text if text is None else text
    lines = Lines(content)
    path: tuple[str, ...] = ()
    offset = 0
    inside = ""
    for line in content.split("\n"):
        start, offset = offset, offset + len(line) + 1
        if inside:
            inside = "" if inside in line else inside
            continue
        section = _SECTION.fullmatch(line)
        if section is not None:
            path = tuple(part.strip(" \"'") for part in section["name"].split("."))
            continue
        entry = _ENTRY.match(line)
        if entry is None:
            continue
        inside = next((mark for mark in _LONG if entry["value"].startswith(mark)), "")
        if inside:
            inside = "" if entry["value"].count(inside) > 1 else inside
            continue
        key = entry["key"].strip("\"'")
        for name, first, last in _values(key, entry["value"], start + entry.start("value")):
            where = source.at(*lines.place(first), *lines.place(max(last - 1, first)))
            inner = path if name == key else (*path, key)
            yield Entry(inner, name, content[first:last], where)


def _values(key: str, written: str, start: int) -> Iterator[tuple[str, int, int]]:
    """Yield name, start and end (exclusive) of the texts in what is written behind a key."""
    if written.startswith(("{", "[{")):
        for match in _INNER.finditer(written):
            group = "double" if match["double"] is not None else "single"
            yield match["key"].strip('"'), start + match.start(group), start + match.end(group)
        return
    quoted = _QUOTED.match(written)
    if quoted is not None and not _COMMENT.sub("", written[quoted.end() :]).strip(" ,"):
        side = 1 if quoted[1] is not None else 2
        yield key, start + quoted.start(side), start + quoted.end(side)
        return
    yield key, start, start + len(_COMMENT.sub("", written))
