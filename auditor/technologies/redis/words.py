"""Split a line of redis.conf into words as the server does (`sdssplitargs`, Redis 6.0-8.0)."""

from dataclasses import field

from auditor.model.unknown import HOLE, Unknown
from auditor.patterns import lazy
from auditor.records import dataclass

_BLANK = " \t\n\v\f\r"
_END = " \t\n\r"
"""What ends an unquoted word; a vertical tab or form feed inside one belongs to it."""
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "a": "\a"}
_HEX = lazy(r"\\x([0-9a-fA-F]{2})")
_PLACEHOLDER = lazy(r"\$\{\w[^}]*\}|\$\(\w+\)|\$[A-Z_][A-Z0-9_]*|%[A-Za-z][\w-]*%|@[A-Z_]+@|__[A-Z][A-Z_]*__")
_UNKNOWN_PART = lazy(rf"{HOLE}|{_PLACEHOLDER.pattern}")


@dataclass(frozen=True)
class Word:
    """A word after unquoting, and where it stands: columns from 1 in its line, end inclusive, quotes included."""

    value: str | Unknown = field(repr=False)
    column: int
    end_column: int
    quoted: bool = False
    prefix: str = field(default="", repr=False)
    """What stands before the part that is not known."""

    def inner(self) -> tuple[int, int]:
        """Return the first and last column without the quotes around the word."""
        if self.quoted and self.end_column > self.column + 1:
            return self.column + 1, self.end_column - 1
        return self.column, self.end_column


class UnbalancedError(Exception):
    """A quote is not closed, or something stands directly behind a closing quote. `column` counts from 1."""

    def __init__(self, column: int) -> None:
        super().__init__(column)
        self.column = column


def split(line: str) -> list[Word]:
    """Return the words of `line`; a word with a part that is not known has an Unknown value.

    Raises:
        UnbalancedError: the server would refuse the line.
    """
    words: list[Word] = []
    place = 0
    while True:
        while place < len(line) and line[place] in _BLANK:
            place += 1
        if place == len(line):
            return words
        start = place
        text, place = _word(line, place)
        quoted = line[start] in "\"'" and line[place - 1] == line[start]
        value = settle_word(text)
        prefix = _UNKNOWN_PART.split(text, maxsplit=1)[0] if isinstance(value, Unknown) else ""
        words.append(Word(value, start + 1, place, quoted, prefix))


def _word(line: str, place: int) -> tuple[str, int]:
    text: list[str] = []
    start = place
    quote = ""
    while place < len(line):
        character = line[place]
        if quote == '"' and character == "\\" and place + 1 < len(line):
            match = _HEX.match(line, place)
            if match:
                # A byte: kept as a lone surrogate until the bytes of one character are together.
                byte = int(match[1], 16)
                text.append(chr(byte) if byte < 0x80 else chr(0xDC00 + byte))
                place = match.end()
            else:
                text.append(_ESCAPES.get(line[place + 1], line[place + 1]))
                place += 2
        elif quote == "'" and line.startswith("\\'", place):
            text.append("'")
            place += 2
        elif quote:
            place += 1
            if character == quote:
                if place < len(line) and line[place] not in _BLANK:
                    raise UnbalancedError(place + 1)
                return _joined(text), place
            text.append(character)
        elif character in _END:
            break
        else:
            if character in "\"'":
                quote = character
            else:
                text.append(character)
            place += 1
    if quote:
        raise UnbalancedError(start + 1)
    return _joined(text), place


def _joined(parts: list[str]) -> str:
    text = "".join(parts)
    if any("\udc80" <= character <= "\udcff" for character in parts):
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")
    return text


def settle_word(text: str) -> str | Unknown:
    """Return the word, Unknown if a template or another program fills in a part of it."""
    if HOLE in text:
        return Unknown("the value is a template expression")
    if _PLACEHOLDER.search(text):
        return Unknown("the value is a placeholder that something else fills in")
    return text


def quote(text: str) -> str:
    """Write `text` as one quoted word that `split` reads back (what the server does with its arguments)."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    for letter, character in _ESCAPES.items():
        escaped = escaped.replace(character, "\\" + letter)
    return f'"{escaped}"'
