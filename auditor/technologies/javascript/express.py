"""Calls by which code configures Express: sessions, cross-origin requests, proxies, directory listings.

Read of express-session 1.18, cookie-session 2.1, cors 2.8, serve-index 1.9 (READMEs), Express 5 (API, app.set).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import Final, cast

from tree_sitter import Node

from auditor.model.fact import Fact
from auditor.model.unknown import Unknown
from auditor.records import dataclass

from .scopes import Scope, declare, dotted, parameters_of
from .syntax import FUNCTIONS, Script, arguments_of, bare, inside
from .values import OPEN, value_of

_CALLS: Final = frozenset({"cookie-session", "cors", "express-session", "serve-index"})
_TRUST = "trust proxy"
_MAX_NESTING = 100


@dataclass(frozen=True, kw_only=True)
class ExpressCall(Fact):
    """A call of what the package `name` exports, or a setting of the application (`trust proxy`).

    `options` is what it is given as its options, a text, number or dictionary; an Unknown where that is not decided.
    """

    name: str
    options: object = field(default=None, repr=False)
    changed: frozenset[str] = frozenset()
    """Options that code sets afterwards: `cookie.secure`."""

    def option(self, *path: str) -> object:
        """Return the option at a path, None where it is not given, an Unknown where that is not decided."""
        if any(".".join(path).startswith(name) or name.startswith(".".join(path)) for name in self.changed):
            return Unknown("code sets it afterwards")
        value = self.options
        for key in path:
            if not isinstance(value, dict):
                return value if isinstance(value, Unknown) else None
            entries = cast("Mapping[str, object]", value)
            value = entries[key] if key in entries else entries.get(OPEN)
        return value


def calls_in(script: Script, scope: Scope) -> Iterator[ExpressCall]:
    """Yield the calls of a module, in source order."""
    if _TRUST in script.source.text or any(name in script.source.text for name in _CALLS):
        yield from _block(list(inside(script.root)), scope, 0)


def _block(nodes: Sequence[Node], scope: Scope, depth: int) -> Iterator[ExpressCall]:
    if depth > _MAX_NESTING:
        return
    for node in nodes:
        if node.type == "call_expression":
            yield from _call(node, scope)
        elif node.type in FUNCTIONS:
            inner = Scope(scope.script, parameters=parameters_of(node, scope.script), outer=scope)
            below = list(inside(node))
            declare(below, inner)
            yield from _block(below, inner, depth + 1)
        elif node.type.startswith(("class", "abstract_class")) and node.type != "class_body":
            yield from _block(list(inside(node)), scope, depth + 1)


def _call(node: Node, scope: Scope) -> Iterator[ExpressCall]:
    function = node.child_by_field_name("function")
    if function is None:
        return
    arguments = arguments_of(node)
    name = _package(function, scope)
    if name in _CALLS:
        at = -1 if name == "serve-index" else 0
        given = arguments[at] if arguments else None
        options = None if given is None else value_of(given, scope)
        changed = (
            _changes(scope.script.text(given), scope.script) if given is not None and given.type == "identifier" else ()
        )
        yield _fact(node, scope, name, options, frozenset(changed))
    elif function.type == "member_expression" and arguments and scope.script.literal(arguments[0]) == _TRUST:
        method = scope.script.name(function.child_by_field_name("property"))
        if method == "enable" and len(arguments) == 1:
            yield _fact(node, scope, _TRUST, True)
        elif method == "set" and len(arguments) == 2:
            yield _fact(node, scope, _TRUST, value_of(arguments[1], scope))


def _package(function: Node, scope: Scope) -> str:
    """Return the package whose own export an expression is, "" if it is something else."""
    function = bare(function)
    if function.type == "identifier":
        origin = scope.origin(scope.script.text(function))
    else:
        origin = dotted(function, scope) if function.type == "call_expression" else None
    return (origin or "").removesuffix("#")


def _changes(name: str, script: Script) -> Iterator[str]:
    """Yield the members of an object that assignments set: `cookie.secure` of `options.cookie.secure = true`."""
    waiting = [script.root]
    while waiting:
        node = waiting.pop()
        waiting.extend(node.named_children)
        left = node.child_by_field_name("left") if node.type == "assignment_expression" else None
        if left is not None and bare(left).type in {"member_expression", "subscript_expression"}:
            holder, _, path = script.text(left).partition(".")
            if holder.partition("[")[0] == name:
                yield path


def _fact(node: Node, scope: Scope, name: str, options: object, changed: frozenset[str] = frozenset()) -> ExpressCall:
    return ExpressCall(
        component=scope.script.source.path,
        technology="express",
        at=scope.script.place(node),
        name=name,
        options=_without_secrets(options),
        changed=changed,
    )


def _without_secrets(options: object) -> object:
    """Return options without what signs the cookies."""
    if not isinstance(options, dict):
        return options if isinstance(options, bool | int | Unknown) or options == "*" else None
    entries = cast("Mapping[str, object]", options)
    return {key: value for key, value in entries.items() if key not in {"secret", "keys", "store", "genid"}}
