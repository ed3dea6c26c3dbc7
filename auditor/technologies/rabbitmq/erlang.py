"""Erlang terms with places, as far as RabbitMQ's classic configuration uses them.

Source: Erlang/OTP reference manual, "Data Types" (a file for `file:consult/1`: terms that end with a full stop).
"""

import re
from dataclasses import field
from typing import Final

from auditor.formats.errors import FormatError
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.patterns import lazy
from auditor.records import dataclass

MAX_DEPTH: Final = 60
"""Deepest nesting read; real files stay below ten."""
_SKIP = lazy(r"(?:[\s]+|%[^\n]*)*")
_ATOM = lazy(r"[a-z][A-Za-z0-9_@]*")
_NUMBER = lazy(r"[+-]?\d+(?:\.\d+(?:[eE][+-]?\d+)?)?(?:#[0-9A-Za-z]+)?")
_STRING = lazy(r'"((?:[^"\\]|\\.)*)"', re.S)
_QUOTED_ATOM = lazy(r"'((?:[^'\\]|\\.)*)'", re.S)
_ESCAPE = lazy(r"\\(.)", re.S)


@dataclass(frozen=True)
class Term:
    """One term. `kind` is atom, number, string, list or tuple; `text` is its text, `items` what it holds."""

    kind: str
    at: Location
    text: str = field(default="", repr=False)
    items: tuple["Term", ...] = ()

    @property
    def pairs(self) -> tuple[tuple[str, "Term"], ...]:
        """The key and value of each two-element tuple in a list; a bare atom stands for `{atom, true}`."""
        found: list[tuple[str, Term]] = []
        for item in self.items:
            if item.kind == "tuple" and len(item.items) == 2 and item.items[0].kind in {"atom", "string"}:
                found.append((item.items[0].text, item.items[1]))
            elif item.kind == "atom":
                found.append((item.text, Term("atom", item.at, "true")))
        return tuple(found)


class _Reader:
    def __init__(self, source: Source, text: str) -> None:
        self.source = source
        self.text = text
        self.place = 0

    def at(self, start: int, end: int) -> Location:
        """Return the place of the characters from `start` up to `end`."""
        line = self.text.count("\n", 0, start) + 1
        end_line = line + self.text.count("\n", start, end)
        column = start - self.text.rfind("\n", 0, start)
        return self.source.at(line, column, end_line, end - 1 - self.text.rfind("\n", 0, end - 1))

    def fail(self, expected: str) -> FormatError:
        start = min(self.place, max(len(self.text) - 1, 0))
        return FormatError(self.at(start, start + 1), expected)

    def skip(self) -> str:
        """Pass blanks and comments; return the next character, "" at the end."""
        match = _SKIP.match(self.text, self.place)
        self.place = match.end() if match else self.place
        return self.text[self.place : self.place + 1]

    def term(self, depth: int = 0) -> Term:
        if depth > MAX_DEPTH:
            raise self.fail(f"expected at most {MAX_DEPTH} levels")
        character = self.skip()
        start = self.place
        if character == "[":
            return self._items("]", "list", depth)
        if character == "{":
            return self._items("}", "tuple", depth)
        if self.text.startswith("<<", start):
            return self._binary()
        if character == '"':
            return self._match(_STRING, "string", inner=True)
        if character == "'":
            return self._match(_QUOTED_ATOM, "atom", inner=True)
        if character and (character in "+-" or character.isdigit()):
            return self._match(_NUMBER, "number")
        return self._match(_ATOM, "atom")

    def _match(self, pattern: re.Pattern[str], kind: str, *, inner: bool = False) -> Term:
        match = pattern.match(self.text, self.place)
        if match is None:
            raise self.fail("expected an Erlang term")
        self.place = match.end()
        if not inner:
            return Term(kind, self.at(match.start(), match.end()), match[0])
        start, end = match.span(1)
        at = self.at(start, end) if end > start else self.at(match.start(), match.end())
        return Term(kind, at, _ESCAPE.sub(r"\1", match[1]))

    def _binary(self) -> Term:
        self.place += 2
        found = Term("string", self.at(self.place - 2, self.place))
        if self.skip() == '"':
            found = self._match(_STRING, "string", inner=True)
            if self.skip() == "/":  # <<"text"/utf8>>
                self.place += 1
                self._match(_ATOM, "atom")
        self.skip()
        if not self.text.startswith(">>", self.place):
            raise self.fail("expected >>")
        self.place += 2
        return found

    def _items(self, closing: str, kind: str, depth: int) -> Term:
        start = self.place
        self.place += 1
        items: list[Term] = []
        if self.skip() == closing:
            self.place += 1
            return Term(kind, self.at(start, self.place), items=())
        while True:
            items.append(self.term(depth + 1))
            character = self.skip()
            self.place += 1
            if character == closing:
                return Term(kind, self.at(start, self.place), items=tuple(items))
            if character != ",":
                self.place -= 1
                raise self.fail(f"expected a comma or {closing}")


def parse(source: Source, text: str) -> Term:
    """Read the one term of a file.

    Raises:
        FormatError: it is not one Erlang term with a full stop behind it.
    """
    reader = _Reader(source, text)
    term = reader.term()
    if reader.skip() != ".":
        raise reader.fail("expected a full stop behind the term")
    reader.place += 1
    if reader.skip():
        raise reader.fail("expected nothing behind the full stop")
    return term
