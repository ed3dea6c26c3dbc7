r"""Java property files with a place for every character, read as `java.util.Properties.load` does (JDK 17).

A key ends at the first `=`, `:` or blank that no backslash stands before; blanks around the separator are dropped,
blanks at the end of a value are kept. `#` and `!` begin a comment only where a line begins. A backslash at a line's
end continues it, without the blanks that the next line begins with. The last assignment of a key counts.

Left out: the empty key that Java makes of a file's last line if it is a lone backslash.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import field

from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.patterns import lazy
from auditor.records import dataclass

_BLANK = " \t\f"
_SEPARATOR = "=:"
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "f": "\f"}
_LINE_FEED = lazy("\n")
_LINE_END = lazy("[\n\r]")
_UNICODE = lazy(r"[0-9a-fA-F]{4}")


class Lines:
    """Where the lines of a text begin, so that many places are found in little time."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column, counted from 1, of the character at `offset`."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


@dataclass(frozen=True)
class Property:
    """One assignment. `start` and `end` (exclusive) are its offsets in the source's text."""

    key: str
    value: str = field(repr=False)
    source: Source = field(repr=False)
    lines: Lines = field(repr=False, compare=False)
    start: int
    end: int
    value_start: int
    spans: tuple[tuple[int, int], ...] | None = field(default=None, repr=False)
    """For each character of the value the offsets where it begins and ends, None if it is written as it is."""

    @property
    def line(self) -> int:
        """The line, counted from 1, on which it begins in the source's text."""
        return self.lines.place(self.start)[0]

    @property
    def at(self) -> Location:
        """The place of key and value."""
        return self._location(self.start, self.end)

    @property
    def value_at(self) -> Location:
        """The place of the value's characters as written."""
        return self.part(0, len(self.value))

    def part(self, start: int, end: int) -> Location:
        """Return the place of the value's characters from `start` up to but without `end`."""
        if start >= end:
            offset = self.span(start)[0] if start < len(self.value) else self.end
            return self.source.at(*self.lines.place(offset))
        return self._location(self.span(start)[0], self.span(end - 1)[1])

    def span(self, index: int) -> tuple[int, int]:
        """Return the offsets where a character of the value begins and ends as written."""
        if self.spans is None:
            return self.value_start + index, self.value_start + index + 1
        return self.spans[index]

    def _location(self, start: int, end: int) -> Location:
        return self.source.at(*self.lines.place(start), *self.lines.place(max(end - 1, start)))


def parse(source: Source, text: str | None = None) -> tuple[tuple[Property, ...], tuple[Problem, ...]]:
    r"""Read a property file; `text`, as long as the source's, is read in its stead (a template with holes).

    Returns:
        The assignments in file order, and the places that `load` would throw on: `\u` without four hexadecimal digits.
    """
    content = source.text if text is None else text
    found: list[Property] = []
    problems: list[Problem] = []
    lines = Lines(content)
    for offsets in _logical_lines(content):
        key_end, value_start = _separate(content, offsets)
        try:
            key = "".join(character for character, _ in _unescaped(content, offsets[:key_end]))
            value = list(_unescaped(content, offsets[value_start:]))
        except _MalformedError as error:
            at = source.at(*lines.place(error.offset))
            problems.append(Problem(at=at, message="expected four hexadecimal digits behind \\u"))
            continue
        text_of_value = "".join(character for character, _ in value)
        start, end = offsets[0], offsets[-1] + 1
        value_start = offsets[value_start] if value_start < len(offsets) else end
        as_written = content[value_start:end] == text_of_value
        spans = None if as_written else tuple(span for _, span in value)
        found.append(Property(key, text_of_value, source, lines, start, end, value_start, spans))
    return tuple(found), tuple(problems)


def _logical_lines(text: str) -> Iterator[list[int]]:
    """Yield for each line that says something the offsets of its characters, continuation lines joined."""
    offsets: list[int] = []
    start = 0
    ending = _LINE_END if "\r" in text else _LINE_FEED
    while start < len(text):
        found = ending.search(text, start)
        end = found.start() if found is not None else len(text)
        first = start
        while first < end and text[first] in _BLANK:
            first += 1
        if offsets or (first < end and text[first] not in "#!"):
            offsets.extend(range(first, end))
            if _ends_in_odd_backslashes(text, first, end):
                offsets.pop()
            elif offsets:
                yield offsets
                offsets = []
        start = end + (2 if text.startswith("\r\n", end) else 1)
    if offsets:
        yield offsets


def _ends_in_odd_backslashes(text: str, start: int, end: int) -> bool:
    place = end
    while place > start and text[place - 1] == "\\":
        place -= 1
    return (end - place) % 2 == 1


def _separate(text: str, offsets: Sequence[int]) -> tuple[int, int]:
    """Return the indices in `offsets` where the key ends and where the value begins."""
    key_end, escaped = 0, False
    while key_end < len(offsets):
        character = text[offsets[key_end]]
        if not escaped and (character in _SEPARATOR or character in _BLANK):
            break
        escaped = character == "\\" and not escaped
        key_end += 1
    value_start, separated = key_end, False
    while value_start < len(offsets):
        character = text[offsets[value_start]]
        if character in _SEPARATOR and not separated:
            separated = True
        elif character not in _BLANK:
            break
        value_start += 1
    return key_end, value_start


class _MalformedError(Exception):
    r"""A `\u` at `offset` without four hexadecimal digits."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


def _unescaped(text: str, offsets: Sequence[int]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield each character that the written ones stand for, with the offsets where it begins and ends."""
    index = 0
    while index < len(offsets):
        start = offsets[index]
        character = text[start]
        index += 1
        if character == "\\" and index < len(offsets):
            character = text[offsets[index]]
            index += 1
            if character == "u":
                digits = "".join(text[offset] for offset in offsets[index : index + 4])
                if not _UNICODE.fullmatch(digits):
                    raise _MalformedError(start)
                character = chr(int(digits, 16))
                index += 4
            else:
                character = _ESCAPES.get(character, character)
        elif character == "\\":
            return  # a lone backslash at the very end stands for nothing
        yield character, (start, offsets[index - 1] + 1)
