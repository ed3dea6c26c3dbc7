"""Places of nodes."""

import ast
import re
from functools import cached_property

from auditor.model.location import Location
from auditor.model.source import Source

_QUOTED = re.compile(rb"""(?:[rRuUbB]{0,2})(?P<quote>'''|\"\"\"|'|\").*(?P=quote)""", re.DOTALL)


class Places:
    """Turns nodes of one file into places; `ast` counts columns in UTF-8 bytes, places count characters."""

    def __init__(self, source: Source) -> None:
        self._source = source

    @cached_property
    def _lines(self) -> list[bytes]:
        # As `ast` does, and unlike str.splitlines, which splits at form feeds and other separators too.
        return self._source.text.encode("utf-8", "replace").split(b"\n")

    def of(self, node: ast.expr | ast.stmt) -> Location:
        """Return a node's place."""
        return self._place(node, node.col_offset, node.end_col_offset or 0)

    def of_text(self, node: ast.expr) -> Location:
        """Return the place of a literal without its quotes where it stands on one line, else of all of it."""
        start, end = node.col_offset, node.end_col_offset or 0
        if node.end_lineno == node.lineno:
            written = self._lines[node.lineno - 1][start:end]
            found = _QUOTED.fullmatch(written)
            if found is not None and found.start("quote") + 2 * len(found["quote"]) < len(written):
                start, end = start + found.end("quote"), end - len(found["quote"])
        return self._place(node, start, end)

    def _place(self, node: ast.expr | ast.stmt, start: int, end: int) -> Location:
        end_line = node.end_lineno or node.lineno
        first = len(self._lines[node.lineno - 1][:start].decode("utf-8", "replace"))
        last = len(self._lines[end_line - 1][:end].decode("utf-8", "replace"))
        return self._source.at(node.lineno, first + 1, end_line, last)
