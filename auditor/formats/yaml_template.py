"""Go-template and Jinja expressions in YAML, taken out so that a YAML parser reads what is literal.

Where an expression puts out lines of its own (`{{- toYaml .Values.x | nindent 8 }}`) the mapping or list of
that indentation is open: it may hold more than is written. Where it puts out part of a value that part is a hole.
"""

import re

from auditor.model.unknown import HOLE
from auditor.patterns import lazy
from auditor.records import dataclass

from .template import CONTROL, Around, replace_expressions

_CONDITION = lazy(r"\{\{-?[^\S\n]*(?:if|with|range)\b")
_END = lazy(r"\{\{-?[^\S\n]*end\b")
_BLOCK_HEADER = lazy(
    r"(?P<lead>[ ]*+(?:-[ ]++)*+)(?:[^\n#]*?:[ ]++|)(?:[&!]\S++[ ]++){0,2}+[|>][-+0-9]*+[ ]*+(?:#.*)?$"
)
"""Nothing is given back once it has matched, and a scalar has one tag and one anchor, so that time stays linear."""
_INDENT = lazy(r"\bn?indent\s+(?:\(\s*)?(?:int\s+)?(\d{1,4})")
_BLANK_LINE = lazy(r"^[ \t]+$", re.M)
_EXPRESSION_LINE = lazy(r"[ \t]*(?:\{\{|\{[%#])")


@dataclass
class _Block:
    """A block scalar: the column its content is right of, and the one it starts in (0: nothing is written)."""

    key_column: int
    column: int = 0


@dataclass(frozen=True)
class Insertion:
    """Lines that an expression puts out at `line` (from 1), indented by `indent` columns; None if not known."""

    line: int
    indent: int | None


def mask_yaml(text: str) -> tuple[str, tuple[Insertion, ...]]:
    """Replace template expressions by blanks and holes; lines and the columns of all other text stay.

    A line that only held expressions becomes empty: YAML takes a line of many blanks at the start of a block
    scalar, and tabs at the start of a line, for mistakes.

    In a block scalar an expression that is alone on its line becomes holes, so that the reader of the scalar's
    text sees that something stands there.
    """
    if "{{" in text:
        text = "\n".join(_without_inline_condition(line) for line in text.split("\n"))
    around = Around(text)
    blocks = _block_lines(text)
    insertions: list[Insertion] = []
    holes: dict[int, int] = {}

    def replacement(start: int, end: int) -> str:
        span = text[start:end]
        if CONTROL.match(span):
            return _blank(span)
        line = around.line(start)
        width = _INDENT.search(span)
        indent = int(width[1]) if width else None if span.startswith("{{-") else start - around.start(start)
        is_last = around.is_blank_after(end)
        if is_last and around.is_blank_before(start):
            block = blocks.get(line)
            if block is not None and (indent is None or indent > block.key_column):
                holes[line] = block.column or block.key_column + 1
                return _blank(span)
            insertions.append(Insertion(line, indent))
            return _blank(span)
        if is_last and "nindent" in span and width and text[around.start(start) : start].rstrip().endswith(":"):
            insertions.append(Insertion(line, indent))
            return _blank(span)
        head, newline, rest = span.partition("\n")
        return HOLE * len(head) + newline + _blank(rest)

    masked = replace_expressions(text, replacement)
    if holes:
        lines = masked.split("\n")
        for line, column in holes.items():
            # All holes start in the block's column: the first line of a block decides on its indentation.
            lines[line - 1] = " " * column + HOLE * max(1, len(lines[line - 1]) - column)
        masked = "\n".join(lines)
    return _BLANK_LINE.sub("", masked), tuple(insertions)


def _blank(span: str) -> str:
    return re.sub(r"[^\n]", " ", span)


def _without_inline_condition(line: str) -> str:
    """Return holes for `{{ if … }}a{{ else }}b{{ end }}` after a key or a dash; leave a line of its own alone."""
    condition = _CONDITION.search(line)
    if condition is None:
        return line
    before = line[: condition.start()].strip()
    closed = line.find("}}", condition.end())
    if not before or before[:1] == "#" or closed < 0:
        return line
    last = line.rfind("}}")
    ends = [end.end() for end in _END.finditer(line, closed + 2) if end.end() <= last]
    if not ends:
        return line
    end = line.find("}}", ends[-1]) + 2
    return line[: condition.start()] + HOLE * (end - condition.start()) + line[end:]


def _block_lines(text: str) -> dict[int, _Block]:
    """Return the lines (from 1) that stand in a block scalar."""
    lines: dict[int, _Block] = {}
    block: _Block | None = None
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.strip()
        if block is not None:
            indent = len(line) - len(line.lstrip(" "))
            is_expression = _EXPRESSION_LINE.match(line) is not None
            if not stripped or indent > block.key_column or is_expression:
                lines[number] = block
                if stripped and not is_expression and not block.column:
                    block.column = indent
                continue
            block = None
        if stripped[:1] not in {"", "#"} and (header := _BLOCK_HEADER.match(line)) is not None:
            lead = header["lead"]
            # The content of `- |` stands right of the dash, that of `- key: |` right of the key.
            block = _Block(len(lead) if ":" in line else max(len(lead.rstrip()) - 1, 0))
    return lines
