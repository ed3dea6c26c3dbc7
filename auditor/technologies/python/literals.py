"""Literals that code binds to secret-like names, and the defaults it falls back on."""

import ast
from collections.abc import Iterator

from auditor.credentials.keys import names_secret
from auditor.technologies.common.code import is_secret_like
from auditor.technologies.document import Assignment

from .places import Places
from .symbols import called, text_of

_READERS = frozenset({"getenv", "get", "config", "env", "str"})


def assignments_of(tree: ast.Module, places: Places) -> Iterator[Assignment]:
    """Yield what may be secrets, in the order of `ast.walk`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                yield from _bound(_name(target), node.value, places)
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            yield from _bound(_name(node.target), node.value, places)
        elif isinstance(node, ast.Call):
            for keyword in node.keywords:
                yield from _bound(keyword.arg, keyword.value, places)
            yield from _default(node, places)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            arguments = node.args
            positional = (
                [*arguments.posonlyargs, *arguments.args][-len(arguments.defaults) :] if arguments.defaults else []
            )
            for argument, value in zip(positional, arguments.defaults, strict=True):
                yield from _bound(argument.arg, value, places)
            for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
                if default is not None:
                    yield from _bound(argument.arg, default, places)
        elif isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or):
            yield from _fallback(_name_read(node.values[0]), node.values[-1], places)
        elif isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                yield from _bound(text_of(key), value, places)


def _name(target: ast.expr) -> str | None:
    if isinstance(target, ast.Name):
        return target.id
    if isinstance(target, ast.Attribute):
        return target.attr
    return text_of(target.slice) if isinstance(target, ast.Subscript) else None


def _bound(name: str | None, value: ast.expr, places: Places) -> Iterator[Assignment]:
    if isinstance(value, ast.Call) and called(value) in {"Field", "SecretStr"}:
        default = next((k.value for k in value.keywords if k.arg == "default"), value.args[0] if value.args else None)
        if default is not None:
            yield from _bound(name, default, places)
        return
    text = text_of(value)
    if name is None or text is None or not (names_secret(name) or "://" in text):
        return
    if "://" in text or is_secret_like(name, text):
        yield _assignment(name, text, value, places)


def _default(call: ast.Call, places: Places) -> Iterator[Assignment]:
    """`getenv("JWT_SECRET", "…")`: what the program runs with where nobody sets the variable."""
    value = call.args[1] if len(call.args) > 1 else next((k.value for k in call.keywords if k.arg == "default"), None)
    if value is not None:
        yield from _fallback(_name_read(call), value, places)


def _name_read(node: ast.expr) -> str | None:
    """Return the name of the variable that an expression reads."""
    if isinstance(node, ast.Call):
        return text_of(node.args[0]) if node.args and called(node) in _READERS else None
    return _name(node)


def _fallback(name: str | None, value: ast.expr, places: Places) -> Iterator[Assignment]:
    text = text_of(value)
    if name is not None and name.isupper() and names_secret(name) and text:
        yield _assignment(name, text, value, places)


def _assignment(name: str, text: str, node: ast.expr, places: Places) -> Assignment:
    return Assignment(key=name, value=text, at=places.of_text(node), container="code")
