"""Bytes of a file with their places in characters."""

import tree_sitter

from auditor.model.location import Location
from auditor.model.source import Source

MAX_DEPTH = 50
"""Deepest nesting of blocks or expressions read; real configurations stay below 20."""

_CONTINUATION = bytes(range(0x80, 0xC0))
"""The bytes of UTF-8 that do not begin a character."""

Point = tuple[int, int] | tree_sitter.Point
"""Row and column in bytes, both from 0, as tree-sitter counts."""


class Text:
    """A source's text as bytes, which the grammar reads, with the way back to lines and columns in characters."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.data = source.text.encode("utf-8", "surrogatepass")
        self._ascii = len(self.data) == len(source.text)
        self._rows: list[bytes] | None = None
        self._plain = source.line == 1 and source.column == 1 and source.exact

    def of(self, node: tree_sitter.Node) -> str:
        """Return the text a node covers."""
        return self.slice(node.start_byte, node.end_byte)

    def slice(self, start: int, end: int) -> str:
        """Return the text between two byte offsets."""
        return self.data[start:end].decode("utf-8", "surrogatepass")

    def place(self, node: tree_sitter.Node) -> Location:
        """Return the place a node covers."""
        return self.span(node.start_point, node.end_point)

    def span(self, start: Point, end: Point) -> Location:
        """Return the place from `start` up to, not including, `end`."""
        row, column = start
        end_row, end_column = end
        if not self._ascii:
            column = self._characters(row, column)
            end_column = self._characters(end_row, end_column)
        if self._plain:
            return Location(self.source.path, row + 1, column + 1, end_row + 1, end_column)
        return self.source.at(row + 1, column + 1, end_row + 1, end_column)

    def line(self, row: int) -> int:
        """Return the file's line number of a row."""
        return self.source.at(row + 1).line

    def _characters(self, row: int, column: int) -> int:
        if self._rows is None:
            self._rows = self.data.split(b"\n")
        if row >= len(self._rows):
            return column
        return len(self._rows[row][:column].translate(None, _CONTINUATION))
