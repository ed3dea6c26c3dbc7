"""The claims that are given to a call that signs a token."""

import ast
from collections.abc import Iterable

from .symbols import Scope, text_of

_MAX_DEPTH = 2
"""Dictionaries within dictionaries that are looked into for claims."""


def claims_of(payload: ast.expr, scope: Scope, around: Iterable[ast.AST]) -> tuple[tuple[str, ...], bool]:
    """Return the names of the claims, and whether there may be more.

    Args:
        payload: the argument, a dictionary or the name of one.
        scope: where the call stands.
        around: the nodes of the function, which may add claims one by one.
    """
    claims: dict[str, None] = {}
    if not isinstance(payload, ast.Name):
        is_open = _collect(payload, claims, scope) or _is_open(payload)
        return tuple(claims), is_open
    start = scope.find(payload.id)
    is_open = start is None or _collect(start, claims, scope) or _is_open(start)
    for node in around:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Subscript) and _is_name(target.value, payload.id):
                    is_open |= not _add(text_of(target.slice), claims)
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and _is_name(node.func.value, payload.id)
        ):
            if node.func.attr == "update":
                for argument in node.args:
                    is_open |= _collect(argument, claims, scope) or _is_open(argument)
                for keyword in node.keywords:
                    is_open |= not _add(keyword.arg, claims)
            elif node.func.attr == "setdefault" and node.args:
                is_open |= not _add(text_of(node.args[0]), claims)
    return tuple(claims), is_open


def _collect(node: ast.expr, claims: dict[str, None], scope: Scope, depth: int = 0) -> bool:
    """Add the keys of a dictionary; return whether it takes in others that are not known."""
    is_open = False
    match node:
        case ast.Dict(keys=keys, values=values):
            for key, value in zip(keys, values, strict=True):
                if key is None:  # **others
                    others = scope.find(value.id) if isinstance(value, ast.Name) else value
                    is_open |= (
                        others is None or depth > 2 or _is_open(others) or _collect(others, claims, scope, depth + 1)
                    )
                else:
                    is_open |= not _add(text_of(key), claims)
        case ast.Call(func=ast.Name(id="dict"), args=arguments, keywords=keywords):
            is_open = bool(arguments)
            for keyword in keywords:
                is_open |= not _add(keyword.arg, claims)
        case ast.BinOp(op=ast.BitOr(), left=left, right=right) if depth <= _MAX_DEPTH:
            for side in (left, right):
                is_open |= _is_open(side) or _collect(side, claims, scope, depth + 1)
        case _:
            pass
    return is_open


def _is_open(node: ast.expr) -> bool:
    """Tell whether a node is anything but a dictionary that is written out."""
    if isinstance(node, ast.BinOp):
        return not isinstance(node.op, ast.BitOr)
    return not (
        isinstance(node, ast.Dict)
        or (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "dict")
    )


def _add(name: str | None, claims: dict[str, None]) -> bool:
    if name is not None:
        claims[name] = None
    return name is not None


def _is_name(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name
