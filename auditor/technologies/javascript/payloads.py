"""The claims that are given to a call that signs a token, and whether the token ends."""

from collections.abc import Iterable

from tree_sitter import Node

from .scopes import Scope
from .sinks import Call, written_out
from .syntax import bare, pairs_of

_MAX_DEPTH = 2
"""Objects spread into objects that are looked into for claims."""


def claims_of(payload: Node, scope: Scope, around: Iterable[Node]) -> tuple[tuple[str, ...], bool]:
    """Return the names of the claims, and whether there may be more.

    Args:
        payload: the argument, an object or the name of one.
        scope: where the call stands.
        around: the nodes of the function, which may add claims one by one.
    """
    claims: dict[str, None] = {}
    start = written_out(payload, scope)
    if start is None:
        return (), True
    is_open = _collect(start, claims, scope)
    if payload.type == "identifier":
        name = scope.script.text(payload)
        for node in around:
            if node.type == "assignment_expression":
                is_open |= _assigned(node.child_by_field_name("left"), name, claims, scope)
    return tuple(claims), is_open


def _collect(node: Node, claims: dict[str, None], scope: Scope, depth: int = 0) -> bool:
    is_open = False
    for key, _ in pairs_of(node):
        name = scope.script.name(key)
        if name is None:
            is_open = True
        else:
            claims[name] = None
    for child in node.named_children:
        if child.type == "spread_element":
            others = written_out(bare(child.named_children[0]), scope) if child.named_children else None
            is_open |= others is None or depth > _MAX_DEPTH or _collect(others, claims, scope, depth + 1)
    return is_open


def _assigned(target: Node | None, name: str, claims: dict[str, None], scope: Scope) -> bool:
    """Add the claim that an assignment sets; return whether its name is not known."""
    if target is None or target.type not in {"member_expression", "subscript_expression"}:
        return False
    holder = target.child_by_field_name("object")
    if holder is None or scope.script.text(holder) != name:
        return False
    claim = scope.script.name(target.child_by_field_name("property"))
    claim = claim or scope.script.literal(target.child_by_field_name("index"))
    if claim is not None:
        claims[claim] = None
    return claim is None


def expires(call: Call, scope: Scope) -> bool | None:
    """Tell whether options or methods of a signing call limit the token's life, None if the code does not tell."""
    sink = call.sink
    if sink.expires_by in call.methods:
        return True
    position = 2 if sink.position == 1 else 1
    if sink.position == 0 or not sink.expires_by or len(call.arguments) <= position:
        return None if sink.expires_elsewhere else False
    options = written_out(call.arguments[position], scope)
    if options is None:
        return None
    if any(scope.script.name(key) == sink.expires_by for key, _ in pairs_of(options)):
        return True
    is_open = any(child.type == "spread_element" for child in options.named_children)
    return None if is_open or sink.expires_elsewhere else False
