"""Where something stands in a scanned file."""

import msgspec


class Location(msgspec.Struct, frozen=True, order=True, gc=False):
    """A place in a file: `path` relative to the scanned root with `/`, lines and columns counted from 1.

    `end_line` and `end_column` are the last character's place, inclusive; 0 means "not known" (a point).
    """

    path: str
    line: int
    column: int = 1
    end_line: int = 0
    end_column: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"
