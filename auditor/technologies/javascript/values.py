"""Values of constant expressions: literals, arithmetic on numbers, objects and lists, names of constants."""

from tree_sitter import Node

from auditor.model.unknown import Unknown

from .scopes import Scope
from .syntax import bare, pairs_of

_MAX_DEPTH = 12
_UNDECIDED = Unknown("code decides it")
_WORDS: dict[str, object] = {"true": True, "false": False, "null": None, "undefined": None}
OPEN = "..."
"""A key of an object that takes others in: it may have any further key."""


def value_of(node: Node, scope: Scope, depth: int = 0) -> object:
    """Return a text, number, switch, None (null), list or dictionary, an Unknown where that is not decided."""
    node = bare(node)
    script = scope.script
    if depth > _MAX_DEPTH:
        return _UNDECIDED
    match node.type:
        case "string" | "template_string":
            text = script.literal(node)
            return _UNDECIDED if text is None else text
        case "number":
            return _number(script.text(node))
        case "true" | "false" | "null" | "undefined":
            return _WORDS[node.type]
        case "array":
            items = [child for child in node.named_children if child.type != "comment"]
            return [value_of(child, scope, depth + 1) for child in items]
        case "object":
            found: dict[str, object] = {}
            for key, value in pairs_of(node):
                name = script.name(key)
                if name is None:
                    found[OPEN] = _UNDECIDED
                else:
                    found[name] = value_of(value, scope, depth + 1)
            if any(child.type == "spread_element" for child in node.named_children):
                found[OPEN] = _UNDECIDED
            return found
        case "binary_expression":
            return _product(node, scope, depth)
        case "identifier" | "shorthand_property_identifier":
            bound = scope.find(script.text(node))
            if bound is None or bound[0].path or not _is_constant(bound[0].node):
                return _UNDECIDED
            return value_of(bound[0].node, bound[1], depth + 1)
        case _:
            return _UNDECIDED


def _is_constant(node: Node) -> bool:
    """Tell whether an expression is what a `const` is given."""
    declarator = node.parent
    while declarator is not None and declarator.type != "variable_declarator":
        declarator = declarator.parent
    declaration = declarator.parent if declarator is not None else None
    kind = declaration.child_by_field_name("kind") if declaration is not None else None
    return kind is not None and kind.type == "const"


def _number(text: str) -> object:
    try:
        return int(text.replace("_", ""))
    except ValueError:
        return _UNDECIDED


def _product(node: Node, scope: Scope, depth: int) -> object:
    operator, left, right = (node.child_by_field_name(name) for name in ("operator", "left", "right"))
    if operator is None or left is None or right is None or operator.type not in {"*", "+"}:
        return _UNDECIDED
    one, two = value_of(left, scope, depth + 1), value_of(right, scope, depth + 1)
    if not isinstance(one, int) or not isinstance(two, int) or max(abs(one), abs(two)) > 10**12:
        return _UNDECIDED
    return one * two if operator.type == "*" else one + two
