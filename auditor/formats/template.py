"""Go-template and Jinja expressions in a text, replaced so that lines and columns stay where they are."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache

from auditor.model.unknown import HOLE
from auditor.patterns import lazy

_OPENING = lazy(r"\{[{%#]")
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
_WRITTEN = lazy(r"\S")
_LAST_WRITTEN = lazy(r".*\S")
CONTROL = lazy(r"\{\{-?\s*(?:/\*|if\b|else\b|end\b|range\b|with\b|define\b|block\b|\$\w+\s*:?=)|\{[%#]", re.DOTALL)

_MACRO = lazy(r"\{%[-+]?\s*(?:macro\s|(?P<end>endmacro\b))")
_BRANCH = lazy(r"(?:\{\{|\{%)-?\s*(?:(?P<end>end(?:if|for)?\b)|(?:if|for|range|with)\b)")


def is_templated(text: str) -> bool:
    """Tell whether the text holds a Go-template or Jinja expression."""
    return ("{{" in text and "}}" in text) or ("{%" in text and "%}" in text)


def mask(text: str) -> tuple[str, frozenset[int]]:
    """Replace template expressions by blanks and holes of equal length.

    Returns:
        The text, in which a control expression (`if`, `range`, `end` …) and a macro of Jinja, whose text comes
        where it is called, are blank and any other expression is a run of HOLE characters (blank if it is alone
        on its line), and the lines (from 1) on which an expression stood alone that puts out content, such as
        `{{ toYaml .Values.x | nindent 8 }}`.
    """
    content_lines: set[int] = set()
    text = _without_macros(text)
    around = Around(text)

    def replacement(start: int, end: int) -> str:
        span = text[start:end]
        if CONTROL.match(span):
            return re.sub(r"[^\n]", " ", span)
        if around.is_blank_before(start) and around.is_blank_after(end):
            content_lines.add(around.line(start))
            return re.sub(r"[^\n]", " ", span)
        return re.sub(r"[^\n]", HOLE, span)

    return replace_expressions(text, replacement), frozenset(content_lines)


def _without_macros(text: str) -> str:
    """Return the text with blanks in the place of each macro of Jinja."""
    parts: list[str] = []
    position, start = 0, -1
    for tag in _MACRO.finditer(text) if "endmacro" in text else ():
        if tag["end"] is None and start < 0 and tag.start() >= position:
            start = tag.start()
        elif tag["end"] is not None and start >= 0:
            closing = text.find("%}", tag.end())
            if closing < 0:
                break
            parts += (text[position:start], re.sub(r"[^\n]", " ", text[start : closing + 2]))
            position, start = closing + 2, -1
    return "".join((*parts, text[position:]))


def expressions(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each expression or comment starts and ends (exclusive), in time that grows with the text only."""
    position = 0
    unclosed: set[str] = set()
    while (opening := _OPENING.search(text, position)) is not None:
        kind = opening[0]
        closing = -1 if kind in unclosed else text.find(_CLOSING[kind], opening.end())
        if closing < 0:
            unclosed.add(kind)
            position = opening.start() + 1
        else:
            position = closing + 2
            yield opening.start(), position


def replace_expressions(text: str, replacement: Callable[[int, int], str]) -> str:
    """Return the text with what `replacement` makes of the start and end of each expression."""
    parts: list[str] = []
    position = 0
    for start, end in expressions(text):
        parts += (text[position:start], replacement(start, end))
        position = end
    return "".join((*parts, text[position:]))


class Around:
    """What stands on the lines of a text before and behind a place, each line looked at once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._bounds = lru_cache(1)(self._find_bounds)

    def line(self, offset: int) -> int:
        """Return the line, counted from 1, of the character at `offset`."""
        return bisect_right(self._starts, offset)

    def start(self, offset: int) -> int:
        """Return where the line begins that holds the character at `offset`."""
        return self._starts[self.line(offset) - 1]

    def is_blank_before(self, offset: int) -> bool:
        """Tell whether only blanks stand on the line before `offset`."""
        return self._bounds(self.line(offset))[0] >= offset

    def is_blank_after(self, offset: int) -> bool:
        """Tell whether only blanks stand on the line from `offset` on."""
        return self._bounds(self.line(offset))[1] <= offset

    def _find_bounds(self, line: int) -> tuple[int, int]:
        """Return where the first and behind the last character stand on a line that are no blanks."""
        start = self._starts[line - 1]
        end = self._starts[line] - 1 if line < len(self._starts) else len(self._text)
        first = _WRITTEN.search(self._text, start, end)
        last = _LAST_WRITTEN.match(self._text, start, end)
        return (first.start() if first is not None else end, last.end() if last is not None else start)


def conditional_lines(text: str) -> frozenset[int]:
    """Return the lines (from 1) from a template's `if` or loop to its end."""
    found: set[int] = set()
    depth = 0
    for number, line in enumerate(text.split("\n"), 1) if is_templated(text) else ():
        deepest = depth
        for match in _BRANCH.finditer(line):
            depth = max(0, depth - 1) if match["end"] else depth + 1
            deepest = max(deepest, depth)
        if deepest:
            found.add(number)
    return frozenset(found)
