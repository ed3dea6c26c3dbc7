"""Literals that code binds to secret-like names, and the defaults it falls back on."""

from collections.abc import Iterator

from tree_sitter import Node

from auditor.credentials.keys import names_secret
from auditor.technologies.common.code import is_secret_like
from auditor.technologies.document import Assignment

from .syntax import Script, arguments_of, bare

_READERS = frozenset({"get", "getOrThrow", "env", "getEnv"})
_BINDING = {
    "variable_declarator": ("name", "value"),
    "assignment_expression": ("left", "right"),
    "pair": ("key", "value"),
    "public_field_definition": ("name", "value"),
    "field_definition": ("property", "value"),
    "required_parameter": ("pattern", "value"),
    "optional_parameter": ("pattern", "value"),
    "assignment_pattern": ("left", "right"),
    "object_assignment_pattern": ("left", "right"),
    "pair_pattern": ("key", "value"),
}
"""Fields of the nodes that bind a value to a name."""


def assignments_of(script: Script) -> Iterator[Assignment]:
    """Yield what may be secrets, in source order."""
    waiting = [script.root]
    while waiting:
        node = waiting.pop()
        waiting.extend(reversed(node.named_children))
        if node.type in _BINDING:
            target, value = (node.child_by_field_name(name) for name in _BINDING[node.type])
            if target is not None and value is not None:
                if value.type == "assignment_pattern":  # const { A_SECRET: secret = "…" } = process.env
                    value = value.child_by_field_name("right") or value
                yield from _bound(_name(target, script), bare(value), script)
        elif node.type == "binary_expression":
            yield from _default(node, script)
        elif node.type == "call_expression":
            yield from _reader(node, script)


def _name(target: Node, script: Script) -> str | None:
    if target.type == "member_expression":
        return script.name(target.child_by_field_name("property"))
    if target.type == "subscript_expression":
        return script.literal(target.child_by_field_name("index"))
    return script.name(target)


def _bound(name: str | None, value: Node, script: Script) -> Iterator[Assignment]:
    text = script.literal(value)
    if name is None or text is None:
        return
    if "://" in text or (names_secret(name) and is_secret_like(name, text)):
        yield _assignment(name, text, value, script)


def _default(node: Node, script: Script) -> Iterator[Assignment]:
    """`process.env.JWT_SECRET || "…"`: what the program runs with where nobody sets the variable."""
    operator, left, right = (node.child_by_field_name(name) for name in ("operator", "left", "right"))
    if operator is None or left is None or right is None or script.text(operator) not in {"||", "??"}:
        return
    yield from _fallback(_name(bare(left), script), bare(right), script)


def _reader(call: Node, script: Script) -> Iterator[Assignment]:
    """`configService.get("JWT_SECRET", "…")`."""
    function = call.child_by_field_name("function")
    if function is None or _name(function, script) not in _READERS:
        return
    arguments = arguments_of(call)
    if len(arguments) > 1:
        yield from _fallback(script.literal(arguments[0]), arguments[1], script)


def _fallback(name: str | None, value: Node, script: Script) -> Iterator[Assignment]:
    text = script.literal(value)
    if name is not None and name.isupper() and names_secret(name) and text:
        yield _assignment(name, text, value, script)


def _assignment(name: str, text: str, node: Node, script: Script) -> Assignment:
    return Assignment(key=name, value=text, at=script.place(node), container="code")
