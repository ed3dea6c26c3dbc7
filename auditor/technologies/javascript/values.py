"""Values of constant expressions: literals, arithmetic on numbers, objects and lists, names of constants."""

from typing import cast

from tree_sitter import Node

from auditor.model.unknown import Unknown

from .changes import changes_in
from .scopes import Scope
from .syntax import Script, bare, pairs_in

_MAX_DEPTH = 12
_UNDECIDED = Unknown("code decides it")
_ARITHMETIC = frozenset({"*", "/", "+", "-"})
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
            return _object(node, scope, depth)
        case "unary_expression" if script.text(node).startswith("!"):
            held = value_of(node.named_children[-1], scope, depth + 1)
            return held if isinstance(held, Unknown) else not held
        case "binary_expression":
            return _product(node, scope, depth)
        case "identifier" | "shorthand_property_identifier":
            name = script.text(node)
            if name == "undefined":
                return None
            bound = scope.find(name)
            if bound is None or bound[0].path or not _is_constant(name, bound[0].node, script):
                return _UNDECIDED
            return value_of(bound[0].node, bound[1], depth + 1)
        case _:
            return _UNDECIDED


def _object(node: Node, scope: Scope, depth: int) -> dict[str, object]:
    """Return what an object holds; of one name the last member counts, and what is spread counts where it stands."""
    found: dict[str, object] = {}
    for child in node.named_children:
        if child.type == "spread_element":
            others = value_of(child.named_children[0], scope, depth + 1) if child.named_children else None
            if isinstance(others, dict):
                found.update(cast("dict[str, object]", others))
            else:
                found = {**dict.fromkeys(found, _UNDECIDED), OPEN: _UNDECIDED}
            continue
        for key, value in pairs_in(child):
            name = scope.script.name(key)
            if name is None:
                found = {**dict.fromkeys(found, _UNDECIDED), OPEN: _UNDECIDED}
            else:
                found[name] = value_of(value, scope, depth + 1)
    return found


def _is_constant(name: str, node: Node, script: Script) -> bool:
    """Tell whether an expression is what a name stands for wherever it is used."""
    declarator = node.parent
    while declarator is not None and declarator.type != "variable_declarator":
        declarator = declarator.parent
    declaration = declarator.parent if declarator is not None else None
    if declaration is None or declaration.type not in {"lexical_declaration", "variable_declaration"}:
        return False
    kind = declaration.child_by_field_name("kind")
    is_const = kind is not None and kind.type == "const"
    changed = changes_in(script)
    return (is_const or "" not in changed.get(name, ())) and (node.type != "object" or name not in changed)


def _number(text: str) -> object:
    digits = text.replace("_", "")
    try:
        number = float(digits)
    except ValueError:
        return _UNDECIDED
    return _whole(number)


def _product(node: Node, scope: Scope, depth: int) -> object:
    operator, left, right = (node.child_by_field_name(name) for name in ("operator", "left", "right"))
    if operator is None or left is None or right is None or operator.type not in _ARITHMETIC:
        return _UNDECIDED
    one, two = value_of(left, scope, depth + 1), value_of(right, scope, depth + 1)
    if not isinstance(one, int | float) or not isinstance(two, int | float) or max(abs(one), abs(two)) > 10**12:
        return _UNDECIDED
    match operator.type:
        case "*":
            return _whole(one * two)
        case "/" if two:
            return _whole(one / two)
        case "-":
            return _whole(one - two)
        case "+":
            return _whole(one + two)
        case _:
            return _UNDECIDED


def _whole(number: float) -> int | float:
    """JavaScript has one type of number."""
    return int(number) if float(number).is_integer() and abs(number) < 1e15 else number
