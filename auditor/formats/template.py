"""Go-template and Jinja expressions in a text, replaced so that lines and columns stay where they are."""

import re

from auditor.model.unknown import HOLE

EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
CONTROL = re.compile(
    r"\{\{-?\s*(?:/\*|if\b|else\b|end\b|range\b|with\b|define\b|block\b|\$\w+\s*:?=)|\{[%#]", re.DOTALL
)

_MACRO = re.compile(r"\{%[-+]?\s*macro\s.*?\{%[-+]?\s*endmacro\b.*?%\}", re.DOTALL)
_BRANCH = re.compile(r"(?:\{\{|\{%)-?\s*(?:(?P<end>end(?:if|for)?\b)|(?:if|for|range|with)\b)")


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

    def replace(match: re.Match[str]) -> str:
        span = match[0]
        if CONTROL.match(span):
            return re.sub(r"[^\n]", " ", span)
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.end())
        before = text[start : match.start()]
        after = text[match.end() : end if end >= 0 else len(text)]
        if not before.strip() and not after.strip():
            content_lines.add(text.count("\n", 0, match.start()) + 1)
            return re.sub(r"[^\n]", " ", span)
        return re.sub(r"[^\n]", HOLE, span)

    text = _MACRO.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text) if "endmacro" in text else text
    return EXPRESSION.sub(replace, text), frozenset(content_lines)


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
