"""Strings of HCL: escapes, interpolations, `%{ if }`, and heredocs with their indentation rules.

HCL native syntax specification, sections "Template Expressions" and "Heredoc"; the indentation rule of `<<-` is that
of hclsyntax (hcl 2.x, `flushHeredocTemplateParts`): the smallest indentation over lines that are not blank.
"""

import re
from collections.abc import Callable

import tree_sitter

from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.patterns import lazy

from .text import Text
from .tree import Expression, Literal, Opaque, Template, TemplateIf

_ESCAPE = lazy(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([nrt\"\\]))|\$\$\{|%%\{")
_SIMPLE = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_BLANKS = lazy(r"[^\S\n]*")

Read = Callable[[tree_sitter.Node], Expression]
Parts = list[str | Expression]


def unescape(text: str, *, quoted: bool) -> str:
    """Return the characters that a literal part of a template stands for; backslashes count in quoted ones only."""
    if "\\" not in text and "{" not in text:
        return text

    def replace(match: re.Match[str]) -> str:
        if match[0] in {"$${", "%%{"}:
            return match[0][1:]
        if not quoted:
            return match[0]
        if match[3]:
            return _SIMPLE[match[3]]
        code = int(match[1] or match[2], 16)
        return chr(code) if code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else "\ufffd"

    return _ESCAPE.sub(replace, text)


class TemplateReader:
    """Reads quoted strings and heredocs; `read` reads the expressions inside."""

    def __init__(self, text: Text, read: Read) -> None:
        self.text = text
        self.read = read
        self.problems: list[Problem] = []

    def quoted(self, node: tree_sitter.Node) -> Expression:
        """Read a string in double quotes."""
        at = self.text.place(node)
        (row, column), (end_row, end_column) = node.start_point, node.end_point
        text_at = self.text.span((row, column + 1), (end_row, max(end_column - 1, 0)))
        if node.type == "string_lit" or node.child_count <= 3:
            plain = next((child for child in node.children if child.type.startswith("template_")), None)
            if plain is None or plain.type == "template_literal":
                content = self.text.slice(node.start_byte + 1, max(node.end_byte - 1, node.start_byte + 1))
                self._refuse_new_lines(content, node)
                return Literal(at, unescape(content, quoted=True), text_at)
        parts = self.parts(node.children[1:-1], node.start_byte + 1, node.end_byte - 1)
        for part in parts:
            if isinstance(part, str):
                self._refuse_new_lines(part, node)
        return self._build(at, text_at, [unescape(p, quoted=True) if isinstance(p, str) else p for p in parts])

    def heredoc(self, node: tree_sitter.Node) -> Expression:
        """Read `<<EOT` or `<<-EOT`."""
        children = node.children
        markers = [child for child in children if child.type == "heredoc_identifier"]
        at = self.text.place(node)
        if len(markers) < 2:
            return Opaque(at, "a heredoc without its end")
        opening, closing = markers[0], markers[-1]
        start = self.text.data.find(b"\n", opening.end_byte) + 1
        end = self.text.data.rfind(b"\n", start, closing.start_byte) + 1 or start
        inner = [child for child in children if opening.end_byte <= child.start_byte < closing.start_byte]
        parts = self.parts(inner, start, end)
        flush = children[0].type == "heredoc_start" and self.text.of(children[0]) == "<<-"
        indent = 0
        if flush:
            parts, indent = _flush(parts)
        parts = [unescape(part, quoted=False) if isinstance(part, str) else part for part in parts]
        row = opening.start_point[0] + 1
        text_at = self.text.span((row, indent), (max(closing.start_point[0], row), 0))
        return self._build(at, text_at, parts, exact=True)

    def parts(self, nodes: list[tree_sitter.Node], start: int, end: int) -> Parts:
        """Return literal texts, as written, and expressions between two byte offsets.

        What no interpolation or directive covers is literal: the grammar's own literals leave out blanks.
        """
        found: Parts = []
        position = start
        strip = False

        def literal(until: int, *, strip_end: bool) -> None:
            text = self.text.slice(position, max(until, position))
            if strip:
                text = text.lstrip()
            if strip_end:
                text = text.rstrip()
            if text:
                found.append(text)

        for node in nodes:
            if node.type not in {"template_interpolation", "template_directive"}:
                continue
            opens, closes = _strips(self.text.of(node))
            literal(node.start_byte, strip_end=opens)
            found.append(self._interpolation(node) if node.type == "template_interpolation" else self._directive(node))
            position, strip = node.end_byte, closes
        literal(end, strip_end=False)
        return found

    def _interpolation(self, node: tree_sitter.Node) -> Expression:
        inner = next((child for child in node.children if child.type == "expression"), None)
        if inner is None or any(child.type == "ERROR" for child in node.children):
            return Opaque(self.text.place(node), "an interpolation with a syntax error")
        return self.read(inner)

    def _directive(self, node: tree_sitter.Node) -> Expression:
        at = self.text.place(node)
        kind = node.child(0)
        if kind.type != "template_if":
            return Opaque(at, "a `%{ for }` in a template")
        introduction = kind.child(0)
        condition = next((child for child in introduction.children if child.type == "expression"), None)
        ending = next((child for child in kind.children if child.type == "template_if_end"), None)
        middle = next((child for child in kind.children if child.type == "template_else_intro"), None)
        if condition is None or ending is None:
            return Opaque(at, "a `%{ if }` with a syntax error")
        first_end = middle or ending
        then = self._branch(kind, introduction, first_end)
        otherwise: Expression = Literal(at, "", at)
        if middle is not None:
            otherwise = self._branch(kind, middle, ending)
        return TemplateIf(at, self.read(condition), then, otherwise)

    def _branch(self, node: tree_sitter.Node, opening: tree_sitter.Node, closing: tree_sitter.Node) -> Expression:
        """Read what stands between two directives."""
        start, end = opening.end_byte, closing.start_byte
        inner = [child for child in node.children if start <= child.start_byte < end]
        parts = self.parts(inner, start, end)
        if parts and isinstance(parts[0], str) and _strips(self.text.of(opening))[1]:
            parts[0] = parts[0].lstrip()
        if parts and isinstance(parts[-1], str) and _strips(self.text.of(closing))[0]:
            parts[-1] = parts[-1].rstrip()
        at = self.text.span(opening.end_point, closing.start_point)
        return self._build(at, at, [unescape(p, quoted=False) if isinstance(p, str) else p for p in parts])

    def _build(self, at: Location, text_at: Location, parts: Parts, *, exact: bool = False) -> Expression:
        parts = [part for part in parts if part != ""]
        if not parts:
            return Literal(at, "", text_at, exact)
        if len(parts) == 1 and isinstance(parts[0], str):
            return Literal(at, parts[0], text_at, exact)
        return Template(at, tuple(parts), text_at, exact)

    def _refuse_new_lines(self, content: str, node: tree_sitter.Node) -> None:
        if "\n" in content:
            row, column = node.start_point
            at = self.text.span((row, column), (row, column + 1))
            self.problems.append(Problem(at=at, message="expected a closing quote on the same line"))


def _strips(written: str) -> tuple[bool, bool]:
    """Tell whether `${~ … ~}` or `%{~ … ~}` eats the blanks before and after it."""
    return written[2:3] == "~", written[-2:-1] == "~"


def _flush(parts: Parts) -> tuple[Parts, int]:
    """Remove the smallest indentation of the lines that are not blank; also return it, in characters."""
    smallest: int | None = None
    at_line_start = True
    for part in parts:
        if not isinstance(part, str):
            if at_line_start:
                smallest = 0
            at_line_start = False
            continue
        for line in part.splitlines(keepends=True):
            if at_line_start and (line.strip() or not line.endswith("\n")):
                indent = _BLANKS.match(line)
                width = indent.end() if indent else 0
                smallest = width if smallest is None else min(smallest, width)
            at_line_start = line.endswith("\n")
    if not smallest:
        return parts, 0
    flushed: Parts = []
    at_line_start = True
    for part in parts:
        if isinstance(part, str):
            lines: list[str] = []
            for line in part.splitlines(keepends=True):
                cut = at_line_start and (line.strip() or not line.endswith("\n"))
                lines.append(line[smallest:] if cut else line)
                at_line_start = line.endswith("\n")
            flushed.append("".join(lines))
        else:
            flushed.append(part)
            at_line_start = False
    return flushed, smallest
