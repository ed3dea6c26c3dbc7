"""Text with its place in the scanned tree, whole file or embedded in another file."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import field

from auditor.records import dataclass

from .location import Location


@dataclass(frozen=True, kw_only=True)
class Source:
    """Text to parse. `path` is relative to the scanned root; for embedded text it is the outer file's.

    `line` and `column` are where the text's first character stands in the file. `exact` tells whether the
    text stands there line by line (a file, a block scalar `|`, a heredoc); if not (a quoted or folded
    scalar), every place in it maps to the one place where it starts. `name` is the file name it would have
    (a ConfigMap key), used for recognition. `escaped` are the columns of the text, by line, whose characters have a
    backslash before them in the file that is not a part of the text.
    """

    path: str
    text: str = field(repr=False)
    line: int = 1
    column: int = 1
    exact: bool = True
    name: str = ""
    escaped: Mapping[int, tuple[int, ...]] | None = field(default=None, compare=False, repr=False)

    @property
    def file_name(self) -> str:
        return self.name or self.path.rpartition("/")[2]

    @property
    def is_embedded(self) -> bool:
        return bool(self.name)

    @property
    def key(self) -> str:
        """Identify this text within a scan: the path of a file, path, name and line of embedded text."""
        return f"{self.path}#{self.name}@{self.line}" if self.name else self.path

    def at(self, line: int = 1, column: int = 1, end_line: int = 0, end_column: int = 0) -> Location:
        """Map a place in `text` (counted from 1, end inclusive) to the file."""
        if not self.exact:
            return Location(self.path, self.line, self.column)
        shift = self.column - 1
        if self.escaped:
            column += bisect_left(self.escaped.get(line, ()), column)
            end_column += bisect_right(self.escaped.get(end_line, ()), end_column) if end_column else 0
        return Location(
            self.path,
            line + self.line - 1,
            column + shift,
            end_line + self.line - 1 if end_line else 0,
            end_column + shift if end_column else 0,
        )
