"""The assignments of Solr's include scripts, solr.in.sh and solr.in.cmd, as the shell makes them.

Read as `bin/solr` 9.9 sources it: quotes, continued lines and `$NAME`, `${NAME}`, `${NAME:-text}` of earlier
assignments and the environment are resolved; what a command supplies is not known, and neither is an assignment inside
`if`, `case`, a loop or a function.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import field

from auditor.formats.properties import Lines
from auditor.formats.template import conditional_lines, is_templated, mask
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown
from auditor.patterns import lazy
from auditor.records import dataclass

_ASSIGNMENT = lazy(r"[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)(\+?=)")
_OPENS = lazy(r"[ \t]*(?:if|case|for|while|until)\b|[ \t]*(?:function[ \t]+)?\w+[ \t]*\(\)[ \t]*\{")
_CLOSES = lazy(r"[ \t]*(?:fi|esac|done)\b|[ \t]*\}")
_VARIABLE = lazy(r"\$(?:(\w+)|\{(\w+)(?:(:?[-+])([^}\n]{0,120}))?\})")
_BATCH = lazy(r"[ \t]*@?set[ \t]+(\")?([A-Za-z_]\w*)=", re.IGNORECASE)
_BATCH_VARIABLE = lazy(r"%(\w+)%")
_BATCH_OPENS = lazy(r"[ \t]*(?:if|for)\b", re.IGNORECASE)
_LONGEST = 4096
"""Characters that expansions may add up to; real options stay below a thousand, doubled ones grow without bound."""
_CONDITION = Unknown("a condition of the script decides it")
_SUPPLIED = Unknown("something outside the script supplies a part of it")


@dataclass(frozen=True)
class Assigned:
    """An assignment. `places` are, for each character of the text, its offset in the file, -1 for an expanded one."""

    name: str
    text: str = field(repr=False)
    places: tuple[int, ...] = field(repr=False)
    at: Location
    source: Source = field(repr=False)
    lines: Lines = field(repr=False, compare=False)
    conditional: bool = False

    @property
    def value(self) -> str | Unknown:
        if self.conditional:
            return _CONDITION
        return _SUPPLIED if HOLE in self.text else self.text

    def part(self, start: int, end: int) -> Location:
        """Return the place of the characters from `start` up to `end` (exclusive), of all where they are not here."""
        offsets = self.places[start:end]
        if not offsets or min(offsets) < 0:
            return self.at
        return self.source.at(*self.lines.place(offsets[0]), *self.lines.place(offsets[-1]))


def assignments(source: Source, environment: Mapping[str, str | Unknown]) -> Iterator[Assigned]:
    """Yield the script's assignments in order; `environment` is what is set before it runs."""
    text = mask(source.text)[0] if is_templated(source.text) else source.text
    is_batch = ".cmd" in source.file_name.lower()
    return _Reader(source, text, dict(environment)).run(is_batch=is_batch)


class _Reader:
    def __init__(self, source: Source, text: str, known: dict[str, str | Unknown]) -> None:
        self.source = source
        self.text = text
        self.known = known
        self.lines = Lines(text)
        self.conditional = conditional_lines(source.text)
        self.out: list[str] = []
        self.places: list[int] = []

    def run(self, *, is_batch: bool) -> Iterator[Assigned]:
        start = depth = 0
        while start < len(self.text):
            end = self._line_end(start)
            if is_batch:
                depth += bool(_BATCH_OPENS.match(self.text, start, end)) and "(" in self.text[start:end]
                depth -= self.text[start:end].lstrip().startswith(")")
                found = self._batch(start, end)
            else:
                depth += bool(_OPENS.match(self.text, start, end))
                depth = max(0, depth - bool(_CLOSES.match(self.text, start, end)))
                found, end = self._shell(start, end)
            if found is not None:
                name, first, last = found
                at = self.source.at(*self.lines.place(first), *self.lines.place(max(last - 1, first)))
                doubtful = depth > 0 or self.lines.place(start)[0] in self.conditional
                text, places = "".join(self.out), tuple(self.places)
                assigned = Assigned(name, text, places, at, self.source, self.lines, doubtful)
                self.known[name] = assigned.value
                yield assigned
            start = end + 1

    def _line_end(self, start: int) -> int:
        found = self.text.find("\n", start)
        return found if found >= 0 else len(self.text)

    def _add(self, text: str, place: int = -1) -> None:
        self.out.extend(text)
        self.places.extend([place] if len(text) == 1 else [-1] * len(text))

    def _expand(self, name: str, operator: str = "", word: str = "") -> None:
        value = self.known.get(name, "" if name.startswith("SOLR_") else _SUPPLIED)
        if operator.endswith("-") and (value == "" or (name not in self.known)):
            value = word
        elif operator.endswith("+") and not isinstance(value, Unknown):
            value = word if value else ""
        if isinstance(value, Unknown) or len(self.out) + len(value) > _LONGEST:
            value = HOLE
        self._add(value)

    def _batch(self, start: int, end: int) -> tuple[str, int, int] | None:
        match = _BATCH.match(self.text, start, end)
        if match is None:
            return None
        self.out, self.places = [], []
        first, place = match.end(), match.end()
        last = len(self.text[:end].rstrip('" \t\r')) if match[1] else len(self.text[:end].rstrip("\r"))
        while place < last:
            variable = _BATCH_VARIABLE.match(self.text, place, last)
            if variable is not None:
                self._expand(variable[1])
                place = variable.end()
            else:
                self._add(self.text[place], place)
                place += 1
        if not match[1] and len(self.out) > 1 and self.out[0] == self.out[-1] == '"':
            self.out, self.places, first, last = self.out[1:-1], self.places[1:-1], first + 1, last - 1
        return match[2], first, last

    def _shell(self, start: int, end: int) -> tuple[tuple[str, int, int] | None, int]:
        """Return name, first and last offset of the value that is assigned on this line, and where the line ends."""
        match = _ASSIGNMENT.match(self.text, start, end)
        if match is None:
            return None, end
        self.out, self.places = [], []
        if match[2] == "+=":
            self._expand(match[1])
        quote, place = "", match.end()
        while place < len(self.text):
            character = self.text[place]
            if not quote and character in " \t\r\n;&|":
                break
            if character == "\\" and quote != "'" and place + 1 < len(self.text):
                following = self.text[place + 1]
                if following != "\n":
                    kept = following if not quote or following in '"\\$`' else f"\\{following}"
                    self._add(kept, place + 1)
                place += 2
            elif character in "\"'" and (not quote or quote == character):
                quote = "" if quote else character
                place += 1
            elif character in "$`" and quote != "'":
                place = self._expansion(place)
            else:
                self._add(character, place)
                place += 1
        first, last = match.end(), place
        if last - first > 1 and self.text[first] in "\"'" and self.text[last - 1] == self.text[first]:
            first, last = first + 1, last - 1
        return (match[1], first, last), self._line_end(place)

    def _expansion(self, place: int) -> int:
        variable = _VARIABLE.match(self.text, place)
        if variable is not None:
            self._expand(variable[1] or variable[2], variable[3] or "", variable[4] or "")
            return variable.end()
        if self.text.startswith("$(", place) or self.text[place] == "`":
            closing = self.text.find(")" if self.text[place] == "$" else "`", place + 1)
            self._add(HOLE)
            return closing + 1 if closing >= 0 else len(self.text)
        self._add("$", place)
        return place + 1
