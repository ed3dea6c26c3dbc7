"""Calls by which code configures Express: sessions, cross-origin requests, proxies, directory listings.

Read of express-session 1.18, cookie-session 2.1, cors 2.8, serve-index 1.9 (READMEs), Express 5 (API, app.set).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import Final, cast

from tree_sitter import Node

from auditor.model.application_values import takes_any_origin
from auditor.model.fact import Fact
from auditor.model.unknown import Unknown
from auditor.patterns import lazy
from auditor.records import dataclass

from .changes import changes_in
from .scopes import Scope, declare, dotted, parameters_of
from .syntax import FUNCTIONS, Script, arguments_of, bare, inside, pairs_of
from .values import OPEN, value_of

_CALLS: Final = frozenset({"cookie-session", "cors", "express-session", "serve-index"})
_TRUST = "trust proxy"
_NEST = "enableCors"
HEADER: Final = "Access-Control-Allow-Origin"
"""The name of a call by which code itself sets the header; its options are the value, True for the caller's origin."""
_HEADER_METHODS = frozenset({"append", "header", "set", "setHeader"})
_ECHO = lazy(r"req(?:uest)?\.(?:headers\.origin|headers\[['\"]origin['\"]\]|(?:get|header)\(['\"][Oo]rigin['\"]\))")
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

    def gives(self, name: str) -> bool:
        """Tell whether an option is given, be it as `undefined`."""
        options = self.options
        return isinstance(options, dict) and name in cast("Mapping[str, object]", options)

    def option(self, *path: str) -> object:
        """Return the option at a path, None where it is not given, an Unknown where that is not decided."""
        if any(_overlap(".".join(path), name) for name in self.changed):
            return Unknown("code sets it afterwards")
        value = self.options
        for key in path:
            if not isinstance(value, dict):
                return value if isinstance(value, Unknown) else None
            entries = cast("Mapping[str, object]", value)
            value = entries[key] if key in entries else entries.get(OPEN)
        return value


def _overlap(path: str, changed: str) -> bool:
    """Tell whether what stands at a path is, or is part of, what code sets, or holds it."""
    return not changed or f"{path}.".startswith(f"{changed}.") or f"{changed}.".startswith(f"{path}.")


def calls_in(script: Script, scope: Scope) -> Iterator[ExpressCall]:
    """Yield the calls of a module, in source order."""
    text = script.source.text
    if any(word in text for word in (_TRUST, _NEST, HEADER, *_CALLS)):
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
    if function.type == "member_expression" and scope.script.name(function.child_by_field_name("property")) == _NEST:
        name = "cors"  # NestJS 11 hands the options to the middleware
    if name in _CALLS:
        at = -1 if name == "serve-index" else 0
        given = arguments[at] if arguments else None
        options = None if given is None else value_of(given, scope)
        changed: frozenset[str] = frozenset()
        if given is not None and given.type == "identifier":
            options, changed = _named_options(given, scope)
        if name == "cors" and given is not None and given.type == "object" and isinstance(options, dict):
            takes_all = any(_takes_all(key, value, scope.script) for key, value in pairs_of(given))
            options = {**cast("dict[str, object]", options), **({"origin": True} if takes_all else {})}
        yield _fact(node, scope, name, options, changed)
    elif function.type == "member_expression" and arguments:
        method = scope.script.name(function.child_by_field_name("property"))
        word = scope.script.literal(arguments[0]) or ""
        if word == _TRUST and method == "enable" and len(arguments) == 1:
            yield _fact(node, scope, _TRUST, True)
        elif word == _TRUST and method == "set" and len(arguments) == 2:
            yield _fact(node, scope, _TRUST, value_of(arguments[1], scope))
        elif word.lower() == HEADER.lower() and method in _HEADER_METHODS and len(arguments) == 2:
            echoes = _ECHO.fullmatch(scope.script.text(arguments[1])) is not None
            yield _fact(node, scope, HEADER, True if echoes else value_of(arguments[1], scope))


def _takes_all(key: Node, value: Node, script: Script) -> bool:
    """Tell whether an `origin` is an expression or a function that takes every origin."""
    if script.name(key) != "origin":
        return False
    if value.type == "regex":
        return takes_any_origin(script.text(value).strip("/"))
    listed = value.child_by_field_name("parameters") if value.type in FUNCTIONS else None
    body = value.child_by_field_name("body")
    if listed is None or body is None or len(listed.named_children) != 2:
        return False
    answer = script.text(listed.named_children[1]).partition(":")[0].strip()
    said = re.sub(r"\s+|;|\breturn\b", "", script.text(body).strip().strip("{}"))
    return said == f"{answer}(null,true)"


def _package(function: Node, scope: Scope) -> str:
    """Return the package whose own export an expression is, "" if it is something else."""
    function = bare(function)
    if function.type == "identifier":
        origin = scope.origin(scope.script.text(function))
    else:
        origin = dotted(function, scope) if function.type == "call_expression" else None
    return (origin or "").removesuffix("#")


def _named_options(name: Node, scope: Scope) -> tuple[object, frozenset[str]]:
    """Return the object that a name was given, and which of its members are set elsewhere."""
    word = scope.script.text(name)
    changed = changes_in(scope.script).get(word, frozenset())
    bound = scope.find(word)
    if bound is None or bound[0].path or bound[0].node.type != "object":
        return value_of(name, scope), changed
    return value_of(bound[0].node, bound[1]), changed


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
