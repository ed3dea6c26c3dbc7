"""Walk a module: which settings feed which mechanisms, what tokens carry, which secrets are compared at start."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from tree_sitter import Node

from auditor.credentials.keys import CRYPTOGRAPHIC, mechanism, names_secret
from auditor.technologies.common.code import Found, Payload, Use, purpose

from .payloads import claims_of, expires
from .scopes import Scope, class_members, declare, parameters_of
from .sinks import OPTIONS, call_of, keys_of
from .symbols import Resolver
from .syntax import CLASSES, FUNCTIONS, Script, arguments_of, bare, inside, pairs_of

_GENERIC = frozenset({"app-secret", "signing"})
"""What the name of a setting says of a key's purpose without telling it from others."""
_MAX_NESTING = 100
"""Functions within functions that are read."""
_MAX_PAYLOADS = 200
"""Signing calls of one module whose claims are collected from the code around."""
_STOPS = ("process.exit", "process.abort")


def module_scope(script: Script) -> Scope:
    """Return the names that a module declares and imports."""
    scope = Scope(script)
    declare(inside(script.root), scope)
    return scope


def read(script: Script, scope: Scope, resolver: Resolver) -> Found:
    """Return what a module does with secrets."""
    walker = _Walker(script, resolver)
    walker.block(list(inside(script.root)), scope, "", 0)
    return walker.found


class _Walker:
    """Visits nodes with the scope that their names have."""

    def __init__(self, script: Script, resolver: Resolver) -> None:
        self.found = Found()
        self._script = script
        self._resolver = resolver

    def block(self, nodes: Sequence[Node], scope: Scope, function: str, depth: int) -> None:
        """Visit the nodes of a module, function or class, and those of the functions and classes among them."""
        if depth > _MAX_NESTING:
            return
        for node in nodes:
            kind = node.type
            if kind in {"call_expression", "new_expression"}:
                self._call(node, nodes, scope, function)
            elif kind in FUNCTIONS:
                inner = Scope(self._script, parameters=parameters_of(node, self._script), outer=scope)
                below = list(inside(node))
                declare(below, inner)
                self.block(below, inner, self._name(node) or function, depth + 1)
            elif kind in CLASSES:
                name = self._script.name(node.child_by_field_name("name")) or function
                inner = Scope(self._script, members={}, outer=scope)
                class_members(node, inner)
                self.block(list(inside(node)), inner, name, depth + 1)
            elif kind == "object":
                for key, value in pairs_of(node):
                    self._setting(self._script.name(key), value, scope, function)
            elif kind == "variable_declarator":
                variable = self._script.name(node.child_by_field_name("name"))
                if variable is not None and variable.isupper():  # any other names what is used further on
                    self._setting(variable, node.child_by_field_name("value"), scope, function)
            elif kind == "shorthand_property_identifier_pattern":
                self._destructured(node, scope, function)
            elif kind == "if_statement":
                self._comparison(node, scope)

    def _name(self, function: Node) -> str:
        """Return a function's name, or that of what it is given to."""
        name = self._script.name(function.child_by_field_name("name"))
        if name == "constructor":
            return ""
        if name is None and function.parent is not None and function.parent.type in {"variable_declarator", "pair"}:
            parent = function.parent
            name = self._script.name(parent.child_by_field_name("name") or parent.child_by_field_name("key"))
        return name or ""

    def _call(self, node: Node, around: Sequence[Node], scope: Scope, function: str) -> None:
        script = self._script
        self._assertion(node, scope)
        call = call_of(node, scope)
        if call is None:
            return
        at = script.place(node)
        for key in keys_of(call, scope):
            symbols = self._resolver.resolve(key, scope)
            if symbols.names:
                variable = (script.name(key) or "") if key.type == "identifier" else ""
                used_for = purpose(call.sink.mechanism, function, variable, symbol=symbols.names[0])
                self.found.uses.append(Use(at, symbols, used_for, function, call.name.replace("#", ".")))
        if call.payload is not None and len(self.found.payloads) < _MAX_PAYLOADS:
            claims, is_open = claims_of(call.payload, scope, around)
            self.found.payloads.append(Payload(at, claims, is_open, function, expires(call, scope)))

    def _setting(self, name: str | None, value: Node | None, scope: Scope, function: str) -> None:
        """A setting that takes the value of another one: `csrfSecret: process.env.JWT_SECRET`."""
        if name is None or value is None:
            return
        if name in OPTIONS:
            symbols = self._resolver.resolve(value, scope)
            if symbols.names:
                self.found.uses.append(Use(self._script.place(value), symbols, OPTIONS[name], function, name))
            return
        if not names_secret(name):
            return
        used_for = mechanism(name)
        if used_for in _GENERIC or used_for not in CRYPTOGRAPHIC:
            return
        symbols = self._resolver.resolve(value, scope)
        if symbols.names:
            at = self._script.place(value)
            self.found.uses.append(Use(at, symbols, used_for, function, name, is_setting=True))

    def _destructured(self, node: Node, scope: Scope, function: str) -> None:
        """`const { JWT_SECRET } = process.env`."""
        name = self._script.text(node)
        if name.isupper() and mechanism(name) in CRYPTOGRAPHIC - _GENERIC:
            symbols = self._resolver.of_name(name, scope)
            if symbols.names:
                at = self._script.place(node)
                self.found.uses.append(Use(at, symbols, mechanism(name), function, name, is_setting=True))

    def _comparison(self, node: Node, scope: Scope) -> None:
        """`if (a === b) throw` keeps two secrets apart, as does a set of them that must have its full size."""
        condition, consequence = node.child_by_field_name("condition"), node.child_by_field_name("consequence")
        if condition is None or consequence is None or not any(self._stops(n) for n in _statements(consequence)):
            return
        for test in (condition, *inside(condition)):
            if test.type == "binary_expression":
                self._compare(test, scope, {"===", "=="}, {"!==", "!=", "<"})

    def _assertion(self, node: Node, scope: Scope) -> None:
        """`assert(a !== b)`, `assert.notStrictEqual(a, b)` and zod's `.refine((env) => env.A !== env.B)`."""
        function = node.child_by_field_name("function")
        arguments = arguments_of(node)
        if function is None or not arguments:
            return
        name = self._script.text(function)
        if name in {"assert.notStrictEqual", "assert.notEqual"}:
            self._differ(node, arguments[:2], scope)
        elif name in {"assert", "assert.ok"} or name.endswith(".refine"):
            for test in (arguments[0], *inside(arguments[0])):
                if test.type == "binary_expression":
                    self._compare(test, scope, {"!==", "!="}, {"===", "=="})

    def _compare(self, test: Node, scope: Scope, equality: set[str], counts: set[str]) -> None:
        operator = test.child_by_field_name("operator")
        left, right = test.child_by_field_name("left"), test.child_by_field_name("right")
        if operator is None or left is None or right is None:
            return
        kind = self._script.text(operator)
        if kind in equality:
            self._differ(test, [left, right], scope)
        if kind in counts:
            self._differ(test, _counted(left, self._script), scope)

    def _differ(self, at: Node, sides: list[Node], scope: Scope) -> None:
        names = [found.names[0] for side in sides if (found := self._resolver.resolve(side, scope)).names]
        place = self._script.place(at)
        self.found.compared += [(place, frozenset(pair)) for pair in combinations(sorted(set(names)), 2)]

    def _stops(self, statement: Node) -> bool:
        if statement.type == "throw_statement":
            return True
        text = self._script.text(statement) if statement.type == "expression_statement" else ""
        return text.startswith(_STOPS)


def _statements(consequence: Node) -> Iterator[Node]:
    yield from consequence.named_children if consequence.type == "statement_block" else [consequence]


def _counted(node: Node, script: Script) -> list[Node]:
    """Return what `new Set([a, b]).size` counts."""
    node = bare(node)
    holder = node.child_by_field_name("object")
    if holder is None or script.name(node.child_by_field_name("property")) != "size":
        return []
    made = bare(holder)
    constructor = made.child_by_field_name("constructor")
    arguments = arguments_of(made)
    if constructor is None or script.text(constructor) != "Set" or not arguments or arguments[0].type != "array":
        return []
    return [bare(child) for child in arguments[0].named_children]
