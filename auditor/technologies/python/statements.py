"""Follow the statements of one module: assignments, star imports, conditions, changes of lists.

As Python does it, as far as that is decided without running anything; everything else is Unknown.
"""

import ast
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field

from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.records import dataclass

from .evaluation import Evaluator
from .places import Places
from .symbols import called
from .values import UNDECIDED, Value, entries_of, items_of, truth_of

_MAX_NESTING = 20
_CHANGING = frozenset(
    {"append", "clear", "extend", "insert", "pop", "popitem", "remove", "reverse", "setdefault", "sort", "update"}
)
_TABLES = frozenset({"globals", "locals", "vars"})
"""What gives code the table of the module's names."""
_CONDITION = Unknown("a condition in the code decides it")
_COMPUTED = Unknown("code sets settings by computed names")
_HARMLESS = frozenset({"django.conf.global_settings", *sys.stdlib_module_names})
"""Modules whose names are no settings of a project, or Django's defaults."""


@dataclass(frozen=True)
class Bound:
    """A name's value, and where it is given."""

    value: Value
    at: Location


@dataclass
class Namespace:
    """What a module binds. `bases` are the modules it takes all names of; `open` is why it may bind more."""

    names: dict[str, Bound] = field(default_factory=dict[str, Bound])
    bases: set[str] = field(default_factory=set[str])
    open: str | None = None


class Runner:
    """Follows the statements of one module."""

    def __init__(
        self,
        namespace: Namespace,
        places: Places,
        find: Callable[[ast.ImportFrom], tuple[str, Namespace] | None],
        set_elsewhere: Mapping[str, str],
    ) -> None:
        self._namespace = namespace
        self._places = places
        self._find = find
        self._set_elsewhere = set_elsewhere
        self._guards = 0

    def block(self, body: Iterable[ast.stmt], depth: int = 0) -> None:
        """Follow statements in order."""
        for statement in body:
            self._statement(statement, depth)

    def _value(self, node: ast.expr) -> Value:
        return Evaluator(self._found, self._set_elsewhere).value(node)

    def _found(self, name: str) -> Value | None:
        bound = self._namespace.names.get(name)
        return None if bound is None else bound.value

    def _bind(self, name: str, value: Value, node: ast.expr | ast.stmt) -> None:
        self._namespace.names[name] = Bound(value, self._places.of(node))

    def _statement(self, node: ast.stmt, depth: int) -> None:
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    self._assign(target, value)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self._assign(target, value)
            case ast.AugAssign(target=ast.Name(id=name), value=value):
                joined = ast.BinOp(left=ast.Name(id=name, ctx=ast.Load()), op=node.op, right=value)
                held, result = self._found(name), self._value(joined)
                if held is not None and (items_of(held.value) is not None or entries_of(held.value) is not None):
                    self._mutate(held.value, result)
                else:
                    self._bind(name, result, node)
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=method)) as call) if (
                name in self._namespace.names
            ):
                self._changed(name, method, call)
            case ast.Expr():
                self._undecided([node])
            case ast.Delete(targets=targets):
                for target in targets:
                    self._delete(target)
            case ast.ImportFrom():
                self._import(node)
            case ast.If(test=test, body=body, orelse=orelse) if depth < _MAX_NESTING:
                self._if(test, body, orelse, depth)
            case ast.Try(body=body, handlers=handlers, orelse=orelse, finalbody=final) if depth < _MAX_NESTING:
                self._guards += 1
                self.block(body, depth + 1)
                self._guards -= 1
                for handler in handlers:
                    self._undecided(handler.body)
                self.block([*orelse, *final], depth + 1)
            case ast.With(body=body) if depth < _MAX_NESTING:
                self.block(body, depth + 1)
            case ast.FunctionDef():
                for inner in ast.walk(node):
                    for name in inner.names if isinstance(inner, ast.Global) else ():
                        self._bind(name, UNDECIDED, node)  # whoever calls it
            case ast.For() | ast.While() | ast.Match() | ast.If() | ast.Try() | ast.With():
                self._undecided([node])
            case _:
                pass

    def _assign(self, target: ast.expr, value: ast.expr) -> None:
        match target:
            case ast.Name(id=name):
                self._bind(name, self._value(value), value)
            case ast.Tuple(elts=targets) | ast.List(elts=targets):
                self._unpack(targets, value)
            case ast.Subscript(value=ast.Call() as call, slice=key) if called(call) in _TABLES and not call.args:
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    self._bind(key.value, self._value(value), value)
                else:
                    self._lose_all()
            case ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=str() as key)):
                held = self._namespace.names.get(name)
                entries = entries_of(held.value.value) if held is not None else None
                if held is not None and entries is not None:
                    given = self._value(value)
                    self._mutate(held.value.value, Value({**entries, key: given.value}, held.value.variables))
            case ast.Subscript():
                self._forget(target)
            case _:
                pass

    def _unpack(self, targets: list[ast.expr], value: ast.expr) -> None:
        parts = value.elts if isinstance(value, ast.Tuple | ast.List) else []
        is_plain = len(parts) == len(targets) and not any(isinstance(i, ast.Starred) for i in (*parts, *targets))
        values = [self._value(part) for part in parts] if is_plain else [UNDECIDED] * len(targets)
        for target, found in zip(targets, values, strict=True):
            name = target.value if isinstance(target, ast.Starred) else target
            if isinstance(name, ast.Name):
                self._bind(name.id, found, value)

    def _delete(self, target: ast.expr) -> None:
        if isinstance(target, ast.Name):
            self._namespace.names.pop(target.id, None)
        elif isinstance(target, ast.Subscript) and isinstance(target.value, ast.Call):
            self._lose_all()
        else:
            self._forget(target)

    def _lose_all(self, reason: Unknown = _COMPUTED) -> None:
        """Nothing that is bound so far is known any more, nor whether there is more."""
        for name, bound in self._namespace.names.items():
            if name.isupper():
                self._namespace.names[name] = Bound(Value(reason), bound.at)
        self._namespace.open = reason.reason

    def _forget(self, target: ast.expr) -> None:
        """An item deep in a value is set: the value is no longer known."""
        node = target
        while isinstance(node, ast.Subscript | ast.Attribute):
            node = node.value
        if isinstance(node, ast.Call) and called(node) in _TABLES:
            self._lose_all()
        elif isinstance(node, ast.Name) and node.id in self._namespace.names:
            self._bind(node.id, UNDECIDED, target)

    def _changed(self, name: str, method: str, call: ast.Call) -> None:
        held = self._namespace.names.get(name)
        if held is None:
            return
        value = held.value
        given = self._value(call.args[-1]) if call.args else UNDECIDED
        variables = value.variables + given.variables
        items, entries = items_of(value.value), entries_of(value.value)
        if method not in _CHANGING or (items is None and entries is None):
            return
        result = UNDECIDED
        if items is not None and method == "append":
            result = Value([*items, given.value], variables)
        elif items is not None and method == "insert" and len(call.args) == 2:
            position = self._value(call.args[0]).value
            at = position if isinstance(position, int) else len(items)
            result = Value([*items[:at], given.value, *items[at:]], variables)
        elif items is not None and method == "extend" and (more := items_of(given.value)) is not None:
            result = Value([*items, *more], variables)
        elif items is not None and method == "remove" and not isinstance(given.value, Unknown):
            at = items.index(given.value) if given.value in items else len(items)
            result = Value([*items[:at], *items[at + 1 :]], variables)
        elif entries is not None and method == "update" and (others := entries_of(given.value)) is not None:
            result = Value({**entries, **others}, variables)
        self._mutate(value.value, result)

    def _mutate(self, changed: object, result: Value) -> None:
        """Give every name that stands for a changed list or dictionary the new content."""
        for name, bound in self._namespace.names.items():
            if bound.value.value is changed:
                self._namespace.names[name] = Bound(result, bound.at)

    def _import(self, node: ast.ImportFrom) -> None:
        found = self._find(node)
        is_star = any(alias.name == "*" for alias in node.names)
        if found is None:
            module = "." * node.level + (node.module or "")
            if is_star and module in _HARMLESS:
                return
            if is_star:
                reason = f"{module}, which could not be read, may set it"
                if self._guards:  # it starts without the module, too: a developer's own
                    self._namespace.open = reason
                else:
                    self._lose_all(Unknown(reason))
            else:
                for alias in node.names:
                    self._namespace.names.pop(alias.asname or alias.name, None)
            return
        path, other = found
        if is_star:
            self._namespace.names |= {name: b for name, b in other.names.items() if not name.startswith("_")}
            self._namespace.bases |= {path, *other.bases}
            self._namespace.open = self._namespace.open or other.open
            return
        for alias in node.names:
            if alias.name in other.names:
                self._namespace.names[alias.asname or alias.name] = other.names[alias.name]

    def _if(self, test: ast.expr, body: list[ast.stmt], orelse: list[ast.stmt], depth: int) -> None:
        if isinstance(test, ast.NamedExpr):
            self._bind(test.target.id, self._value(test.value), test)
            test = test.target
        truth = truth_of(self._value(test))
        if not isinstance(truth.value, Unknown) and not truth.variables:
            self.block(body if truth.value else orelse, depth + 1)
            return
        if not isinstance(truth.value, Unknown):
            # The default decides: what is set below stands on it, too.
            before = dict(self._namespace.names)
            self.block(body if truth.value else orelse, depth + 1)
            for name, bound in self._namespace.names.items():
                if before.get(name) is not bound:
                    value = Value(bound.value.value, (*truth.variables, *bound.value.variables))
                    self._namespace.names[name] = Bound(value, bound.at)
            return
        self._undecided([*body, *orelse], truth.value)

    def _undecided(self, body: Iterable[ast.stmt], reason: Unknown = _CONDITION) -> None:
        """Names that statements may bind are not known from here on."""
        for statement in body:
            for node in ast.walk(statement):
                match node:
                    case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                        self._bind(name, Value(reason), node)
                    case ast.Subscript(ctx=ast.Store() | ast.Del()):
                        self._forget(node)
                    case ast.Call(func=ast.Attribute(value=ast.Name(id=name))) if name in self._namespace.names:
                        held = self._namespace.names[name].value.value
                        if isinstance(held, list | dict) and called(node) in _CHANGING:
                            self._bind(name, Value(reason), node)
                    case ast.Call() if _changes_all(node):
                        self._lose_all()
                    case ast.ImportFrom(names=names) if any(alias.name == "*" for alias in names):
                        self._namespace.open = "modules that are imported under a condition may set it"
                    case _:
                        pass


def _changes_all(call: ast.Call) -> bool:
    """Tell whether a call may bind any name: it is given the table of names, changes it, or runs text."""
    function = call.func
    if isinstance(function, ast.Name) and function.id in {"exec", "execfile"}:
        return True
    if isinstance(function, ast.Name) and function.id == "setattr" and call.args:
        return "modules" in ast.unparse(call.args[0])
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Call):
        return called(function.value) in _TABLES and function.attr in _CHANGING
    given = (*call.args, *(keyword.value for keyword in call.keywords))
    return any(
        isinstance(item, ast.Call) and called(item) in _TABLES and not item.args and isinstance(item.func, ast.Name)
        for item in given
    ) and called(call) not in {"dict", "len", "list", "print", "set", "sorted"}
