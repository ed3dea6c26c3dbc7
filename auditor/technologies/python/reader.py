"""Walk a module: which settings feed which mechanisms, what tokens carry, which secrets are compared at start."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from auditor.credentials.keys import CRYPTOGRAPHIC, mechanism, names_secret
from auditor.technologies.common.code import Found, Payload, Symbols, Use, purpose

from .frameworks import is_django_settings, simplejwt_signing_key, takes_framework_key
from .payloads import claims_of
from .places import Places
from .settings import is_settings_class
from .sinks import key_of, payload_of, salt_of, sink_of
from .symbols import ClassScope, Resolver, Scope, dotted, text_of

_GENERIC = frozenset({"app-secret", "signing"})
"""What the name of a setting says of a key's purpose without telling it from others."""
_MAX_PAYLOADS = 200
"""Signing calls of one module whose claims are collected from the code around."""
_Function = ast.FunctionDef | ast.AsyncFunctionDef


def read(tree: ast.Module, places: Places, aliases: Mapping[str, tuple[str, ...]]) -> Found:
    """Return what a module does with secrets; `aliases` are the settings of other modules by name."""
    scope = Scope()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for item in node.names:
                local = item.asname or item.name.partition(".")[0]
                scope.imported[local] = item.name if item.asname else local
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            scope.imported.update({a.asname or a.name: f"{base}.{a.name}".lstrip(".") for a in node.names})
    walker = _Walker(places, Resolver(aliases), is_django=is_django_settings(tree))
    walker.block(tree.body, scope, "")
    return walker.found


class _Walker:
    """Visits statements with the scope that their names have."""

    def __init__(self, places: Places, resolver: Resolver, *, is_django: bool) -> None:
        self.found = Found()
        self._places = places
        self._resolver = resolver
        self._is_django = is_django

    def block(self, body: list[ast.stmt], scope: Scope, function: str) -> None:
        """Visit statements; assignments of the block are known in the whole of it."""
        nodes = list(_own_nodes(body))
        _assign(nodes, scope)
        for node in nodes:
            match node:
                case ast.Call():
                    self._call(node, scope, function, nodes)
                case ast.Assign(targets=targets, value=value):
                    for target in targets:
                        self._assignment(target, value, scope, function)
                case ast.AnnAssign(target=target, value=ast.expr() as value):
                    self._assignment(target, value, scope, function)
                case ast.Dict(keys=keys, values=values):
                    for key, value in zip(keys, values, strict=True):
                        if (text := text_of(key)) is not None:
                            self._setting(text, value, scope, function)
                case ast.If() | ast.Assert():
                    self._comparison(node, scope)
                case ast.FunctionDef() | ast.AsyncFunctionDef():
                    self.block(node.body, Scope(outer=scope, parameters=_parameters(node)), node.name)
                case ast.ClassDef():
                    self.block(node.body, _class_scope(node, scope), function or node.name)
                case _:
                    pass

    def _call(self, call: ast.Call, scope: Scope, function: str, around: Sequence[ast.AST]) -> None:
        found = sink_of(call, scope)
        if found is None:
            return
        name, sink = found
        key = key_of(call, sink)
        salt = salt_of(call)
        at = self._places.of(call)
        if key is not None:
            symbols = self._resolver.resolve(key, scope)
            if symbols.names:
                variable = key.id if isinstance(key, ast.Name) else ""
                used_for = purpose(sink.mechanism, salt or "", function, variable, symbol=symbols.names[0])
                self.found.uses.append(
                    Use(at, symbols if salt is None else symbols.separated(), used_for, function, name)
                )
        payload = payload_of(call, sink)
        if payload is not None and len(self.found.payloads) < _MAX_PAYLOADS:
            claims, is_open = claims_of(payload, scope, around)
            self.found.payloads.append(Payload(at, claims, is_open, function))

    def _assignment(self, target: ast.expr, value: ast.expr, scope: Scope, function: str) -> None:
        match target:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.Subscript(slice=ast.Constant(value=str() as name)):
                pass
            case _:
                return
        if takes_framework_key(target, scope) or (self._is_django and name == "SECRET_KEY"):
            symbols = self._resolver.resolve(value, scope)
            self._use(value, symbols if symbols.names else Symbols(("SECRET_KEY",)), "framework", function, name)
        elif name == "SIMPLE_JWT":
            self._simplejwt(value, scope, function)
        elif name.isupper() or not isinstance(target, ast.Name) or isinstance(scope, ClassScope):
            # Any other variable is no setting, but a name for what is used further on.
            self._setting(name, value, scope, function)

    def _simplejwt(self, value: ast.expr, scope: Scope, function: str) -> None:
        key = simplejwt_signing_key(value)
        if isinstance(key, ast.expr):
            self._use(key, self._resolver.resolve(key, scope), "jwt", function, "SIGNING_KEY")
        elif key == "SECRET_KEY":
            default = scope.find(key)
            symbols = self._resolver.resolve(default, scope) if default is not None else Symbols()
            self._use(value, symbols if symbols.names else Symbols((key,)), "jwt", function, "SIMPLE_JWT")

    def _use(self, node: ast.expr, symbols: Symbols, used_for: str, function: str, sink: str) -> None:
        if symbols.names:
            self.found.uses.append(Use(self._places.of(node), symbols, used_for, function, sink))

    def _setting(self, name: str, value: ast.expr, scope: Scope, function: str) -> None:
        """A setting that takes the value of another one: `CSRF_SECRET = settings.jwt_secret`."""
        if not names_secret(name):
            return
        used_for = mechanism(name)
        if used_for in _GENERIC or used_for not in CRYPTOGRAPHIC:
            return
        symbols = self._resolver.resolve(value, scope)
        if symbols.names:
            at = self._places.of(value)
            self.found.uses.append(Use(at, symbols, used_for, function, name, is_setting=True))

    def _comparison(self, node: ast.If | ast.Assert, scope: Scope) -> None:
        """`if a == b: raise` and `assert a != b` keep two secrets apart."""
        wanted = ast.Eq if isinstance(node, ast.If) else ast.NotEq
        counts = (ast.NotEq, ast.Lt) if isinstance(node, ast.If) else (ast.Eq,)
        if isinstance(node, ast.If) and not any(_stops(statement, scope) for statement in node.body):
            return
        for test in ast.walk(node.test):
            if not (isinstance(test, ast.Compare) and len(test.ops) == 1):
                continue
            sides = [test.left, test.comparators[0]] if isinstance(test.ops[0], wanted) else []
            if isinstance(test.ops[0], counts):
                sides = _members_of_set(test.left)
            names = [found.names[0] for side in sides if (found := self._resolver.resolve(side, scope)).names]
            at = self._places.of(test)
            self.found.compared += [(at, frozenset(pair)) for pair in combinations(sorted(set(names)), 2)]


def _members_of_set(node: ast.expr) -> list[ast.expr]:
    """Return what is counted by `len({a, b})` or `len(set([a, b]))`."""
    match node:
        case ast.Call(func=ast.Name(id="len"), args=[ast.Set(elts=members)]):
            return members
        case ast.Call(
            func=ast.Name(id="len"),
            args=[ast.Call(func=ast.Name(id="set"), args=[ast.List(elts=members) | ast.Tuple(elts=members)])],
        ):
            return members
        case _:
            return []


def _assign(nodes: Sequence[ast.AST], scope: Scope) -> None:
    for node in nodes:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    scope.assigned.setdefault(target.id, node.value)
        elif isinstance(node, ast.AnnAssign | ast.NamedExpr) and isinstance(node.target, ast.Name) and node.value:
            scope.assigned.setdefault(node.target.id, node.value)


def _parameters(function: _Function) -> frozenset[str]:
    arguments = function.args
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    return frozenset(argument.arg for argument in named if argument is not None)


def _class_scope(node: ast.ClassDef, outer: Scope) -> ClassScope:
    declared = (
        item.target.id
        for item in node.body
        if isinstance(item, ast.AnnAssign) and item.value is None and isinstance(item.target, ast.Name)
    )
    scope = ClassScope(outer=outer, fields=frozenset() if is_settings_class(node) else frozenset(declared))
    for method in node.body:
        if not isinstance(method, _Function):
            continue
        inner = Scope(outer=scope, parameters=_parameters(method))
        nodes = list(_own_nodes(method.body))
        _assign(nodes, inner)
        for item in nodes:
            if isinstance(item, ast.Assign | ast.AnnAssign) and item.value is not None:
                for target in item.targets if isinstance(item, ast.Assign) else [item.target]:
                    match target:
                        case ast.Attribute(value=ast.Name(id="self"), attr=name):
                            scope.members.setdefault(name, (item.value, inner))
                        case _:
                            pass
    return scope


def _own_nodes(body: list[ast.stmt]) -> Iterator[ast.AST]:
    """Yield the nodes of a block in source order, with functions and classes but not what is inside them."""
    waiting: list[ast.AST] = list(reversed(body))
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, _Function | ast.ClassDef | ast.Lambda):
            waiting.extend(reversed(list(ast.iter_child_nodes(node))))


def _stops(statement: ast.stmt, scope: Scope) -> bool:
    if isinstance(statement, ast.Raise):
        return True
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        return dotted(statement.value.func, scope) in {"sys.exit", "exit", "os._exit", "quit"}
    return False
