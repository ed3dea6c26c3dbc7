"""Places of nodes."""

import ast

from auditor.model.location import Location
from auditor.model.source import Source


def place(source: Source, node: ast.expr | ast.stmt) -> Location:
    """Return a node's place; `ast` counts columns in UTF-8 bytes, places count characters."""
    lines = source.text.split("\n")
    end_line = node.end_lineno or node.lineno
    start = len(lines[node.lineno - 1].encode()[: node.col_offset].decode("utf-8", "replace"))
    end = len(lines[end_line - 1].encode()[: node.end_col_offset or 0].decode("utf-8", "replace"))
    return source.at(node.lineno, start + 1, end_line, end)
