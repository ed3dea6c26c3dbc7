"""Cut the lines of haproxy.cfg into words: quotes, escapes, comments and variables (`parse_line` of HAProxy 2.6)."""

from collections.abc import Callable
from dataclasses import field
from itertools import pairwise

from auditor.model.unknown import HOLE, Unknown
from auditor.patterns import lazy
from auditor.records import dataclass

Lookup = Callable[[str], str | Unknown | None]
"""Gives the value of an environment variable; None if it is not set."""

_BARE = lazy(r"\$\{[A-Za-z_]\w*\}|\$[A-Z_][A-Z0-9_]+\b")
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r"}
_VARIABLE = lazy(r"(?P<brace>\{)?(?P<name>\.?[A-Za-z_]\w*)(?P<each>\[\*\])?(?(brace)(?:-(?P<default>[^}]*))?\})")


@dataclass(frozen=True)
class Word:
    """A word after quotes and escapes; HOLE stands for what is not known. Columns include the quotes as written."""

    text: str = field(repr=False)
    line: int
    column: int
    end_column: int

    @property
    def is_literal(self) -> bool:
        """Whether it is written as it is read, so that columns can be counted in it."""
        return self.end_column - self.column + 1 == len(self.text)


class LineError(Exception):
    """A line that HAProxy cannot cut into words; the text says what was expected."""


@dataclass
class _Cutter:
    text: str
    number: int
    lookup: Lookup
    place: int = 0
    quote: str = ""
    start: int = -1
    found: list[str] = field(default_factory=list[str])
    words: list[Word] = field(default_factory=list[Word])

    def put(self, text: str, width: int) -> None:
        if self.start < 0:
            self.start = self.place
        self.found.append(text)
        self.place += width

    def end(self) -> None:
        if self.start >= 0:
            self.words.append(Word("".join(self.found), self.number, self.start + 1, self.place))
        self.found, self.start = [], -1

    def escape(self) -> None:
        following = self.text[self.place + 1 : self.place + 2]
        if following in _ESCAPES:
            self.put(_ESCAPES[following], 2)
        elif following == "x":
            digits = self.text[self.place + 2 : self.place + 4]
            if len(digits) < 2 or not all(digit in "0123456789abcdefABCDEF" for digit in digits):
                raise LineError("expected two hexadecimal digits behind \\x")
            self.put(chr(int(digits, 16)), 4)
        elif following and (following in " \\#'\"" or (following == "$" and self.quote == '"')):
            self.put(following, 2)
        else:
            self.put("\\", 1)

    def variable(self) -> None:
        match = _VARIABLE.match(self.text, self.place + 1)
        if match is None:
            opened = self.text[self.place + 1 : self.place + 2] == "{"
            raise LineError("expected a closing brace" if opened else "expected the name of a variable behind $")
        value = self.lookup(match["name"])
        if value is None:
            value = match["default"] or ""
        known = HOLE if isinstance(value, Unknown) else value
        width = match.end() - self.place
        if match["each"] is None or isinstance(value, Unknown):
            self.put(known, width)
            return
        first, *others = known.split() or [""]
        self.put(first, width)
        for other in others:
            self.end()
            self.start, self.found = self.place - width, [other]

    def toggle(self, mark: str) -> None:
        if self.start < 0:
            self.start = self.place
        self.quote = "" if self.quote else mark
        self.place += 1


def cut(text: str, number: int, lookup: Lookup) -> tuple[Word, ...]:
    """Return the words of a line.

    Variables are read within double quotes only; outside of them, an address may hold some, and so may a template:
    what looks like one is not known there.

    Raises:
        LineError: HAProxy would refuse the line.
    """
    text = text.rstrip("\r")
    if not any(mark in text for mark in "\\\"'#$"):
        return _plain(text, number)
    cutter = _Cutter(text, number, lookup)
    while cutter.place < len(text):
        char = text[cutter.place]
        if char == "#" and not cutter.quote:
            break
        if char in "\"'" and cutter.quote in {"", char}:
            cutter.toggle(char)
        elif char == "\\" and cutter.quote != "'":
            cutter.escape()
        elif char in " \t\v\f" and not cutter.quote:
            cutter.end()
            cutter.place += 1
        elif char == "$" and cutter.quote == '"':
            cutter.variable()
        elif char == "$" and not cutter.quote and (bare := _BARE.match(text, cutter.place)) is not None:
            cutter.put(HOLE, bare.end() - bare.start())
        else:
            cutter.put(char, 1)
    if cutter.quote:
        raise LineError("expected a closing quote")
    cutter.end()
    return tuple(cutter.words)


def _plain(text: str, number: int) -> tuple[Word, ...]:
    edges = [0, *(i + 1 for i, (a, b) in enumerate(pairwise(text)) if a.isspace() != b.isspace()), len(text)]
    return tuple(
        Word(text[start:end], number, start + 1, end)
        for start, end in pairwise(edges)
        if end > start and not text[start].isspace()
    )
