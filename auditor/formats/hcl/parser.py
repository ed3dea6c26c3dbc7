"""HCL native syntax by tree-sitter: exact places, and the rest of the file is read where a part is broken."""

import re
from functools import cache

import tree_sitter
import tree_sitter_hcl

from auditor.formats.errors import FormatError
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.source import Source

from .explain import first_error
from .expressions import ExpressionReader
from .text import MAX_DEPTH, Text
from .tree import Attribute, Block, Body, HclFile, Opaque

MAX_PROBLEMS = 20
"""Broken places reported for one file; after the first few they are echoes of one mistake."""

_INTEGER_WITH_EXPONENT = re.compile(rb"(?<![\w.-])\d+[eE][+-]?\d+(?!\w)")


@cache
def language() -> tree_sitter.Language:
    """Return the grammar."""
    return tree_sitter.Language(tree_sitter_hcl.language())


def parse(source: Source) -> HclFile:
    """Read HCL text; what is broken becomes a problem, the rest is in the body.

    Raises:
        FormatError: blocks or expressions nest deeper than MAX_DEPTH.
    """
    text = Text(source)
    root = syntax_tree(text.data)
    return _FileReader(text).read(root)


def syntax_tree(data: bytes) -> tree_sitter.Node:
    """Return the root of the syntax tree.

    tree-sitter-hcl 1.2 does not know integers with an exponent (`1e5`, `36e+08`). Where it stumbles the numbers
    are replaced by digits of the same length, so that the places in the tree are those of `data`.
    """
    parser = tree_sitter.Parser(language())
    root = parser.parse(data).root_node
    if root.has_error and _INTEGER_WITH_EXPONENT.search(data):
        digits = _INTEGER_WITH_EXPONENT.sub(lambda match: b"1" * len(match[0]), data)
        root = parser.parse(digits).root_node
    return root


class _FileReader:
    def __init__(self, text: Text) -> None:
        self.text = text
        self.expressions = ExpressionReader(text)
        self.problems: list[Problem] = []

    def read(self, root: tree_sitter.Node) -> HclFile:
        body = self.body(root, 0)
        broken_lines = self.problems
        if root.has_error:
            # tree-sitter says where it gave up; the reference grammar says what it expected there.
            explained = first_error(self.text.source)
            if explained is not None:
                broken_lines = [explained, *(p for p in self.problems if p.at.line != explained.at.line)]
            elif not broken_lines:
                expected = "expected HCL; the expression on or near this line is not read"
                broken_lines = [Problem(at=self.first_broken(root), message=expected)]
        problems = sorted([*broken_lines, *self.expressions.problems], key=lambda problem: problem.at)
        return HclFile(body, tuple(problems[:MAX_PROBLEMS]))

    def first_broken(self, node: tree_sitter.Node) -> Location:
        while True:
            below = next((child for child in node.children if child.has_error or child.is_missing), None)
            if below is None:
                return self.text.place(node)
            node = below

    def body(self, node: tree_sitter.Node, depth: int) -> Body:
        """Read the attributes and blocks below `node` (a config_file or body)."""
        if depth > MAX_DEPTH:
            raise FormatError(self.text.place(node), f"expected at most {MAX_DEPTH} levels of blocks")
        attributes: list[Attribute] = []
        blocks: list[Block] = []
        broken = False
        last_row = -1
        for child in self.members(node):
            kind = child.type
            # An error anywhere inside may have swallowed what follows it here.
            broken = broken or child.has_error or child.is_missing
            if kind == "attribute" or kind == "block":  # noqa: PLR1714  # a set costs more than two comparisons here
                if child.start_point[0] == last_row:
                    self.problem(child, "expected one attribute or block per line")
                last_row = child.end_point[0]
                if kind == "attribute":
                    attribute = self.attribute(child)
                    if attribute is not None:
                        attributes.append(attribute)
                else:
                    blocks.append(self.block(child, depth))
            elif kind == "ERROR":
                self.problem(child, "expected `name = value` or a block")
        return Body(tuple(attributes), tuple(blocks), broken)

    def members(self, node: tree_sitter.Node) -> list[tree_sitter.Node]:
        """Return the attributes, blocks and errors of a body, wherever recovery put them."""
        found: list[tree_sitter.Node] = []
        for child in node.children:
            if child.type == "body":
                found.extend(child.children)
            elif child.type != "comment":
                found.append(child)
        return found

    def attribute(self, node: tree_sitter.Node) -> Attribute | None:
        children = node.children
        if len(children) < 3 or children[-1].type != "expression":
            self.problem(node, "expected a value after `=`")
            return None
        name, at = self.text.of(children[0]), self.text.place(node)
        if node.has_error:
            # What recovery makes of the pieces may be another value than the one meant.
            return Attribute(name, Opaque(at, "an expression with a syntax error"), at)
        return Attribute(name, self.expressions.read(children[-1]), at)

    def block(self, node: tree_sitter.Node, depth: int) -> Block:
        labels: list[str] = []
        kind = ""
        opening = node
        inner: list[Body] = []
        broken = False
        for child in node.children:
            match child.type:
                case "identifier" if not kind:
                    kind = self.text.of(child)
                    opening = child
                case "identifier":
                    labels.append(self.text.of(child))
                    opening = child
                case "string_lit":
                    labels.append(self.expressions.label(child))
                    opening = child
                case "block_start":
                    opening = child
                case "body":
                    inner.append(self.body(child, depth + 1))
                case "ERROR":
                    broken = True
                    self.problem(child, "expected `name = value` or a block")
                case _:
                    pass
        body = Body(
            tuple(attribute for part in inner for attribute in part.attributes),
            tuple(block for part in inner for block in part.blocks),
            broken or any(part.broken for part in inner),
        )
        at = self.text.span(node.start_point, opening.end_point)
        return Block(kind, tuple(labels), body, at, self.text.line(node.end_point[0]))

    def problem(self, node: tree_sitter.Node, expected: str) -> None:
        start = node.start_point
        self.problems.append(Problem(at=self.text.span(start, (start[0], start[1] + 1)), message=expected))
