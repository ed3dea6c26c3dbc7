"""Lines, fields and tokens of pg_hba.conf and pg_ident.conf, split as the server splits them.

Source of the rules: PostgreSQL manual, "The pg_hba.conf File", and `next_token` in hba.c of versions 15 and 16.
"""

from collections.abc import Iterator
from dataclasses import field

from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE
from auditor.patterns import lazy
from auditor.records import dataclass

_BLANK = " \t\r"
_INITDB_LINE = lazy(r"@(?:authcomment|remove-line-for-nolocal)@")
_INITDB_METHOD = lazy(r"@authmethod(?:host|local)@")


@dataclass(frozen=True)
class Token:
    """One word. `quoted` takes the special meaning of keywords away; `at` covers it as written."""

    text: str = field(repr=False)
    quoted: bool
    at: Location

    @property
    def is_known(self) -> bool:
        return HOLE not in self.text

    def is_keyword(self, word: str) -> bool:
        return not self.quoted and self.text == word

    @property
    def included_file(self) -> str | None:
        """The name in `@name`, whose words stand in the token's place."""
        return self.text[1:] if not self.quoted and len(self.text) > 1 and self.text.startswith("@") else None


Field = tuple[Token, ...]


@dataclass(frozen=True)
class Record:
    """One logical line that is not empty: its fields, each a list of words that commas joined."""

    fields: tuple[Field, ...]
    at: Location


def without_placeholders(text: str) -> str:
    """Blank out what initdb replaces in the shipped sample: comments go, the two methods become unknown.

    The sample holds `@authcomment@` (a comment), `@remove-line-for-nolocal@` (nothing where Unix sockets exist) and
    the methods `@authmethodlocal@` and `@authmethodhost@`, which `initdb --auth` decides.
    """
    if "@authmethod" not in text:
        return text
    text = _INITDB_LINE.sub(lambda match: " " * len(match[0]), text)
    return _INITDB_METHOD.sub(lambda match: HOLE * len(match[0]), text)


def records(source: Source, text: str, *, continuation: bool = True) -> Iterator[Record]:
    """Yield the records of `text`, which stands at `source`.

    `continuation` tells whether a backslash at the end of a line joins the next one (version 14 and later).
    """
    for characters, places in _logical_lines(text, continuation=continuation):
        fields = tuple(_fields(source, characters, places))
        if fields:
            first, last = fields[0][0].at, fields[-1][-1].at
            yield Record(fields, Location(first.path, first.line, first.column, last.end_line, last.end_column))


def _logical_lines(text: str, *, continuation: bool) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Yield each line with the line and column of every character, continued lines joined."""
    joined = ""
    places: list[tuple[int, int]] = []
    joined_to = 0
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.rstrip("\r")
        joined += line
        places += [(number, column) for column in range(1, len(line) + 1)]
        if continuation and len(joined) > joined_to and joined.endswith("\\"):
            joined = joined[:-1]
            places.pop()
            joined_to = len(joined)
            continue
        yield joined, places
        joined, places, joined_to = "", [], 0
    if joined:
        yield joined, places


def _fields(source: Source, text: str, places: list[tuple[int, int]]) -> Iterator[Field]:
    position = 0
    field: list[Token] = []
    while True:
        token, position, comma = _token(source, text, places, position)
        if token is not None:
            field.append(token)
        if (token is None or not comma) and field:
            yield tuple(field)
            field = []
        if token is None:
            return


def _token(source: Source, text: str, places: list[tuple[int, int]], position: int) -> tuple[Token | None, int, bool]:
    """Read one token: itself (None at the end of the line), the place after it, whether a comma follows."""
    end = len(text)
    while position < end and (text[position] in _BLANK or text[position] == ","):
        position += 1
    start = position
    word: list[str] = []
    in_quote = was_quote = saw_quote = initial_quote = False
    while position < end:
        char = text[position]
        if not in_quote and (char in _BLANK or char in ",#"):
            break
        if char != '"' or was_quote:
            word.append(char)
        was_quote = not was_quote if in_quote and char == '"' else False
        if char == '"':
            in_quote = not in_quote
            saw_quote = True
            initial_quote = initial_quote or not word
        position += 1
    stop = position
    comma = position < end and text[position] == ","
    if position < end and text[position] == "#":
        position = end
    elif comma:
        position += 1
    if not word and not saw_quote:
        return None, position, False
    line, column = places[start]
    end_line, end_column = places[stop - 1]
    return Token("".join(word), initial_quote, source.at(line, column, end_line, end_column)), position, comma
