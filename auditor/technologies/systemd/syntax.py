"""The lines of a unit file with their places.

Source: systemd.syntax(7) of systemd 252, and `config_parse` and `parse_line` of `src/shared/conf-parser.c`.
"""

from collections.abc import Iterator
from dataclasses import field

from auditor.model.location import Location
from auditor.model.source import Source
from auditor.records import dataclass

_SPACE = " \t\r\n"


@dataclass(frozen=True)
class Piece:
    """A run of a value that stands in one line of the file: where it begins in the value and in the text."""

    start: int
    line: int
    column: int


@dataclass(frozen=True)
class Entry:
    """One assignment. `header` is the line of its section; `value` has continued lines joined by blanks."""

    section: str
    header: Location
    name: str
    value: str = field(repr=False)
    at: Location
    source: Source = field(repr=False)
    pieces: tuple[Piece, ...] = field(default=(), repr=False)

    def place(self, start: int, end: int) -> Location:
        """Return where the characters from `start` up to `end` of the value stand in the file."""
        piece = next((piece for piece in reversed(self.pieces) if piece.start <= start), None)
        if piece is None:
            return self.at
        column = piece.column + start - piece.start
        following = next((other for other in self.pieces if other.start > piece.start), None)
        last = end if following is None else min(end, following.start)
        return self.source.at(piece.line, column, piece.line, max(column, piece.column + last - piece.start - 1))

    @property
    def value_at(self) -> Location:
        """The place of the value, or of the line where the value is empty."""
        return self.place(0, len(self.value)) if self.value else self.at


def entries(source: Source, text: str) -> Iterator[Entry]:
    """Yield the assignments in `text`, which is the source's text or the same with templates replaced.

    A line before any section, one without `=` and comments (also between continued lines) are passed over.
    """
    section, header = "", source.at()
    for joined, pieces in _logical_lines(text):
        line = joined.strip(_SPACE)
        if line.startswith("["):
            if line.endswith("]"):
                section, header = line[1:-1], source.at(pieces[0].line)
            continue
        name, equals, value = line.partition("=")
        if not equals or not section:
            continue
        stripped = value.strip(_SPACE)
        lead = joined.index(line) + len(name) + 1 + (len(value) - len(value.lstrip(_SPACE)))
        first = pieces[0]
        shift = len(joined) - len(joined.lstrip(_SPACE))
        yield Entry(
            section=section,
            header=header,
            name=name.strip(_SPACE),
            value=stripped,
            at=source.at(first.line, first.column + shift),
            source=source,
            pieces=tuple(_moved(pieces, lead)),
        )


def _logical_lines(text: str) -> Iterator[tuple[str, list[Piece]]]:
    """Yield lines with their continuations; a backslash at the end of a line becomes a blank."""
    joined, pieces = "", list[Piece]()
    for number, line in enumerate(text.split("\n"), 1):
        line = line.rstrip("\r")  # noqa: PLW2901  # read_line() ends lines at CR LF, too
        if line.lstrip(_SPACE)[:1] in {"#", ";"}:
            continue
        pieces.append(Piece(len(joined), number, 1))
        joined += line
        if (len(joined) - len(joined.rstrip("\\"))) % 2:
            joined = joined[:-1] + " "
            continue
        yield joined, pieces
        joined, pieces = "", []
    if joined:
        yield joined, pieces


def _moved(pieces: list[Piece], lead: int) -> Iterator[Piece]:
    """Yield the pieces counted from the value, which begins `lead` characters into the line."""
    for index, piece in enumerate(pieces):
        after = pieces[index + 1].start if index + 1 < len(pieces) else None
        if after is not None and after <= lead:
            continue
        skipped = max(0, lead - piece.start)
        yield Piece(max(0, piece.start - lead), piece.line, piece.column + skipped)
