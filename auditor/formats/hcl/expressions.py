"""Expressions of the syntax tree as the small tree of ours."""

from collections.abc import Callable

import tree_sitter

from auditor.formats.errors import FormatError
from auditor.model.fact import Problem

from .templates import TemplateReader
from .text import MAX_DEPTH, Text
from .tree import (
    Binary,
    Call,
    Conditional,
    Expression,
    For,
    Literal,
    Name,
    ObjectExpr,
    Opaque,
    Splat,
    Step,
    Traversal,
    TupleExpr,
    Unary,
)

_UNREAD = "an expression with a syntax error"
_STEPS = frozenset({"get_attr", "index", "splat"})


class ExpressionReader:
    """Turns `expression` nodes into expressions; `problems` collects what Terraform would refuse in strings."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.templates = TemplateReader(text, self.read)
        self._depth = 0
        self._readers: dict[str, Callable[[tree_sitter.Node], Expression]] = {
            "literal_value": self._inner,
            "template_expr": self._inner,
            "collection_value": self._inner,
            "for_expr": self._inner,
            "operation": self._inner,
            "string_lit": self.templates.quoted,
            "quoted_template": self.templates.quoted,
            "heredoc_template": self.templates.heredoc,
            "numeric_lit": self._number,
            "bool_lit": self._word,
            "null_lit": self._word,
            "variable_expr": self._name,
            "function_call": self._call,
            "conditional": self._conditional,
            "tuple": self._tuple,
            "object": self._object,
            "unary_operation": self._unary,
            "binary_operation": self._binary,
            "for_tuple_expr": self._for,
            "for_object_expr": self._for,
            "expression": self._expression,
        }

    @property
    def problems(self) -> list[Problem]:
        return self.templates.problems

    def read(self, node: tree_sitter.Node) -> Expression:
        """Read one node that stands for a value.

        Raises:
            FormatError: expressions nest too deeply.
        """
        reader = self._readers.get(node.type)
        if reader is None:
            return self._opaque(node)
        self._depth += 1
        if self._depth > 3 * MAX_DEPTH:  # the grammar wraps each level in three nodes
            raise FormatError(self.text.place(node), f"expected at most {MAX_DEPTH} levels of expressions")
        try:
            return reader(node)
        finally:
            self._depth -= 1

    def label(self, node: tree_sitter.Node) -> str:
        """Return the text of a block's quoted label."""
        literal = self.templates.quoted(node)
        return literal.value if isinstance(literal, Literal) and isinstance(literal.value, str) else ""

    def _opaque(self, node: tree_sitter.Node) -> Expression:
        return Opaque(self.text.place(node), _UNREAD)

    def _inner(self, node: tree_sitter.Node) -> Expression:
        return self.read(node.child(0)) if node.child_count else self._opaque(node)

    def _expression(self, node: tree_sitter.Node) -> Expression:
        """Read an `expression`: a value with traversal steps after it, or one in parentheses."""
        if node.child_count == 1:
            return self.read(node.child(0))
        root: tree_sitter.Node | None = None
        steps: list[tree_sitter.Node] = []
        for child in node.children:
            if child.type in _STEPS:
                steps.append(child)
            elif child.type == "ERROR" or child.is_missing:
                return self._opaque(node)
            elif child.is_named and child.type != "comment" and root is None:
                root = child
        if root is None:
            return self._opaque(node)
        return self._traversal(node, self.read(root), steps)

    def _traversal(self, node: tree_sitter.Node, root: Expression, steps: list[tree_sitter.Node]) -> Expression:
        if not steps:
            return root
        read = [self._step(step) for step in steps]
        if any(step is None for step in read):
            return self._opaque(node)
        return Traversal(self.text.place(node), root, tuple(step for step in read if step is not None))

    def _step(self, node: tree_sitter.Node) -> Step | None:
        if node.type == "get_attr":
            return self.text.of(node.child(node.child_count - 1))
        if node.type == "splat":
            kind = node.child(0)
            inner = [self._step(child) for child in kind.children if child.type in _STEPS]
            steps = tuple(step for step in inner if step is not None)
            return Splat(self.text.place(node), steps)
        kind = node.child(0)
        if kind.type == "legacy_index":
            number = self.text.of(kind).lstrip(".")
            at = self.text.place(kind)
            return Literal(at, int(number), at) if number.isdecimal() and len(number) < 10 else None
        key = next((child for child in kind.children if child.type == "expression"), None)
        return self.read(key) if key is not None else None

    def _number(self, node: tree_sitter.Node) -> Expression:
        at = self.text.place(node)
        written = self.text.of(node)
        if written.isdecimal():
            # Terraform computes in 512-bit floats; longer digits are nobody's setting.
            return Literal(at, int(written), at) if len(written) <= 150 else Opaque(at, "a number too long to read")
        try:
            value = float(written)
        except ValueError:
            return Opaque(at, _UNREAD)
        if value in {float("inf"), float("-inf")}:
            return Opaque(at, "a number too large to compute with")
        return Literal(at, int(value) if value.is_integer() and abs(value) < 2**53 else value, at)

    def _word(self, node: tree_sitter.Node) -> Expression:
        at = self.text.place(node)
        return Literal(at, {"true": True, "false": False}.get(self.text.of(node)), at)

    def _name(self, node: tree_sitter.Node) -> Expression:
        return Name(self.text.place(node), self.text.of(node))

    def _call(self, node: tree_sitter.Node) -> Expression:
        name = ""
        arguments: list[Expression] = []
        expand = False
        for child in node.children:
            if child.type == "identifier":
                name = f"{name}::{self.text.of(child)}" if name else self.text.of(child)
            elif child.type == "function_arguments":
                arguments = [self.read(part) for part in child.children if part.type == "expression"]
                expand = any(part.type == "ellipsis" for part in child.children)
            elif child.type == "ERROR":
                return self._opaque(node)
        return Call(self.text.place(node), name, tuple(arguments), expand)

    def _conditional(self, node: tree_sitter.Node) -> Expression:
        parts = [child for child in node.children if child.is_named and child.type != "comment"]
        if len(parts) != 3:
            return self._opaque(node)
        condition, then, otherwise = (self.read(part) for part in parts)
        return Conditional(self.text.place(node), condition, then, otherwise)

    def _tuple(self, node: tree_sitter.Node) -> Expression:
        if any(child.type == "ERROR" for child in node.children):
            return self._opaque(node)
        items = tuple(self.read(child) for child in node.children if child.type == "expression")
        return TupleExpr(self.text.place(node), items)

    def _object(self, node: tree_sitter.Node) -> Expression:
        entries: list[tuple[Expression, Expression]] = []
        for child in node.children:
            if child.type == "ERROR":
                return self._opaque(node)
            if child.type == "object_elem":
                key = child.child_by_field_name("key")
                value = child.child_by_field_name("val")
                if key is not None and value is not None:
                    entries.append((self._key(key), self.read(value)))
        return ObjectExpr(self.text.place(node), tuple(entries))

    def _key(self, node: tree_sitter.Node) -> Expression:
        """Read an object's key: a bare word is its own text; parentheses or more make it an expression."""
        if node.child_count == 1 and node.child(0).type == "variable_expr":
            at = self.text.place(node)
            return Literal(at, self.text.of(node), at)
        return self.read(node)

    def _unary(self, node: tree_sitter.Node) -> Expression:
        operand = self._operand(node.children[1:])
        if operand is None:
            return self._opaque(node)
        return Unary(self.text.place(node), self.text.of(node.child(0)), operand)

    def _operand(self, children: list[tree_sitter.Node]) -> Expression | None:
        """Read one side of an operation: the grammar puts a value and its traversal steps side by side."""
        kept = [child for child in children if child.type != "comment"]
        if not kept or any(child.type == "ERROR" for child in kept):
            return None
        values = [child for child in kept if child.is_named] if kept[0].type == "(" else kept
        if not values:
            return None
        steps = [child for child in values[1:] if child.type in _STEPS]
        root = self.read(values[0])
        if not steps:
            return root
        start, end = kept[0].start_point, kept[-1].end_point
        read = [self._step(step) for step in steps]
        if any(step is None for step in read):
            return None
        return Traversal(self.text.span(start, end), root, tuple(step for step in read if step is not None))

    def _binary(self, node: tree_sitter.Node) -> Expression:
        """Read a binary operation; long chains nest to the left, so they are followed in a loop."""
        chain: list[tuple[tree_sitter.Node, str, list[tree_sitter.Node]]] = []
        current = node
        while True:
            children = current.children
            position = next((i for i, child in enumerate(children) if i and child.type in _OPERATORS), None)
            if position is None:
                return self._opaque(node)
            chain.append((current, children[position].type, children[position + 1 :]))
            first = children[0]
            if position == 1 and first.type == "operation" and first.child(0).type == "binary_operation":
                current = first.child(0)
                continue
            left = self._operand(children[:position])
            break
        for operation, operator, right_nodes in reversed(chain):
            right = self._operand(right_nodes)
            if left is None or right is None:
                return self._opaque(node)
            left = Binary(self.text.place(operation), operator, left, right)
        return left if left is not None else self._opaque(node)

    def _for(self, node: tree_sitter.Node) -> Expression:
        names: list[str] = []
        collection: Expression | None = None
        values: list[Expression] = []
        condition: Expression | None = None
        group = False
        for child in node.children:
            match child.type:
                case "for_intro":
                    names = [self.text.of(part) for part in child.children if part.type == "identifier"]
                    source = next((part for part in child.children if part.type == "expression"), None)
                    collection = self.read(source) if source is not None else None
                case "expression":
                    values.append(self.read(child))
                case "for_cond":
                    test = next((part for part in child.children if part.type == "expression"), None)
                    condition = self.read(test) if test is not None else None
                case "ellipsis":
                    group = True
                case _:
                    pass
        is_object = node.type == "for_object_expr"
        if collection is None or not names or len(values) != (2 if is_object else 1):
            return self._opaque(node)
        return For(
            self.text.place(node),
            names[0] if len(names) > 1 else None,
            names[-1],
            collection,
            values[0] if is_object else None,
            values[-1],
            condition,
            group,
        )


_OPERATORS = frozenset({"+", "-", "*", "/", "%", "==", "!=", "<", ">", "<=", ">=", "&&", "||"})
