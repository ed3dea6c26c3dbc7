"""Walk a module: which settings feed which mechanisms, what tokens carry, which secrets are compared at start."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from auditor.credentials.keys import mechanism, names_secret, setting_name
from auditor.credentials.webtoken import claim_holds

from .sinks import key_of, payload_of, purpose, salt_of, sink_of
from .symbols import Scope, Symbols, dotted, resolve, text_of

_GENERIC = frozenset({"secret", "app-secret", "signing"})


@dataclass(frozen=True)
class Use:
    """A key use at a node."""

    node: ast.expr | ast.stmt
    symbols: Symbols
    mechanism: str
    function: str
    sink: str


@dataclass(frozen=True)
class Payload:
    """Claims given to a signing call; `keys` with the nodes they stand at, `is_open` if there may be more."""

    node: ast.expr
    keys: Mapping[str, ast.expr]
    is_open: bool
    function: str

    @property
    def personal(self) -> list[tuple[str, str]]:
        """The claims that hold personal data, with what they hold."""
        return [(name, what) for name in self.keys if (what := claim_holds(name))]


@dataclass
class Findings:
    """What was found in a module."""

    uses: list[Use] = field(default_factory=list[Use])
    payloads: list[Payload] = field(default_factory=list[Payload])
    compared: list[tuple[ast.expr, frozenset[str]]] = field(default_factory=list[tuple[ast.expr, frozenset[str]]])


def read(tree: ast.Module, aliases: Mapping[str, str]) -> Findings:
    """Return what a module does with secrets."""
    found = Findings()
    scope = Scope()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for item in node.names:
                local = item.asname or item.name.partition(".")[0]
                scope.imported[local] = item.name if item.asname else local
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            scope.imported.update({a.asname or a.name: f"{base}.{a.name}".lstrip(".") for a in node.names})
    _Walker(found, aliases).block(tree.body, scope, "")
    return found


class _Walker:
    """Visits statements with the scope that their names have."""

    def __init__(self, found: Findings, aliases: Mapping[str, str]) -> None:
        self._found = found
        self._aliases = aliases

    def block(self, body: list[ast.stmt], scope: Scope, function: str) -> None:
        """Visit statements; assignments of the block are known in the whole of it."""
        for node in _own_nodes(body):
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    if isinstance(target, ast.Name):
                        scope.assigned.setdefault(target.id, node.value)
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
                scope.assigned.setdefault(node.target.id, node.value)
        for node in _own_nodes(body):
            if isinstance(node, ast.Call):
                self._call(node, scope, function, body)
            elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                for target in targets:
                    self._assignment(target, node.value, scope, function)
            elif isinstance(node, ast.Dict):
                for key, value in zip(node.keys, node.values, strict=True):
                    if key is not None and (text := text_of(key)) is not None:
                        self._alias(text, value, scope, function)
            elif isinstance(node, ast.If | ast.Assert):
                self._comparison(node, scope)
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                self.block(node.body, Scope(outer=scope), node.name)
            elif isinstance(node, ast.ClassDef):
                self.block(node.body, Scope(outer=scope), function or node.name)

    def _call(self, call: ast.Call, scope: Scope, function: str, body: list[ast.stmt]) -> None:
        found = sink_of(call, scope)
        if found is None:
            return
        name, sink = found
        key = key_of(call, sink)
        salt = salt_of(call)
        if key is not None:
            symbols = resolve(key, scope, self._aliases)
            if symbols.names:
                used_for = purpose(sink.mechanism, salt or "", function)
                separated = Symbols(symbols.names, symbols.is_separated or salt is not None)
                self._found.uses.append(Use(call, separated, used_for, function, name))
        payload = payload_of(call, sink)
        if payload is not None:
            self._payload(call, payload, scope, function, body)

    def _assignment(self, target: ast.expr, value: ast.expr, scope: Scope, function: str) -> None:
        name = target.attr if isinstance(target, ast.Attribute) else target.id if isinstance(target, ast.Name) else None
        if isinstance(target, ast.Subscript):
            name = text_of(target.slice)
        if name is not None:
            self._alias(name, value, scope, function)

    def _alias(self, name: str, value: ast.expr, scope: Scope, function: str) -> None:
        """A setting that takes the value of another one: `CSRF_SECRET = settings.jwt_secret`."""
        if not names_secret(name):
            return
        purpose_of_name = mechanism(name)
        if purpose_of_name in _GENERIC:
            return
        symbols = resolve(value, scope, self._aliases)
        others = tuple(symbol for symbol in symbols.names if symbol != setting_name(name))
        if others and mechanism(others[0]) != purpose_of_name:
            self._found.uses.append(Use(value, Symbols(others, symbols.is_separated), purpose_of_name, function, name))

    def _payload(self, call: ast.Call, node: ast.expr, scope: Scope, function: str, body: list[ast.stmt]) -> None:
        keys: dict[str, ast.expr] = {}
        is_open = False
        name = node.id if isinstance(node, ast.Name) else None
        start = scope.find(name) if name is not None else node
        is_open |= not _claims(start, keys)
        for other in _own_nodes(body) if name is not None else ():
            if isinstance(other, ast.Assign):
                for target in other.targets:
                    if isinstance(target, ast.Subscript) and _is_name(target.value, name):
                        text = text_of(target.slice)
                        is_open |= text is None
                        keys.setdefault(text or "", target)
            elif isinstance(other, ast.Call) and _is_update(other.func, name):
                for argument in other.args:
                    is_open |= not _claims(argument, keys)
                keys.update({k.arg: k.value for k in other.keywords if k.arg is not None})
                is_open |= any(k.arg is None for k in other.keywords)
        self._found.payloads.append(Payload(call, {k: v for k, v in keys.items() if k}, is_open, function))

    def _comparison(self, node: ast.If | ast.Assert, scope: Scope) -> None:
        """`if a == b: raise` and `assert a != b` keep two secrets apart."""
        wanted = ast.Eq if isinstance(node, ast.If) else ast.NotEq
        if isinstance(node, ast.If) and not any(_stops(statement, scope) for statement in node.body):
            return
        for test in ast.walk(node.test):
            if isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], wanted):
                sides = [resolve(side, scope, self._aliases).names for side in (test.left, test.comparators[0])]
                if all(sides) and sides[0][0] != sides[1][0]:
                    self._found.compared.append((test, frozenset({sides[0][0], sides[1][0]})))


def _own_nodes(body: list[ast.stmt]) -> Iterator[ast.AST]:
    """Yield the nodes of a block in source order, with functions and classes but not what is inside them."""
    waiting: list[ast.AST] = list(reversed(body))
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            waiting.extend(reversed(list(ast.iter_child_nodes(node))))


def _claims(node: ast.expr | None, keys: dict[str, ast.expr]) -> bool:
    """Collect the keys of a dictionary; return whether all of them are known."""
    if isinstance(node, ast.Dict):
        closed = True
        for key, value in zip(node.keys, node.values, strict=True):
            text = text_of(key)
            if text is None:
                closed = False
            else:
                keys.setdefault(text, value)
        return closed
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "dict" and not node.args:
        keys.update({keyword.arg: keyword.value for keyword in node.keywords if keyword.arg is not None})
        return all(keyword.arg is not None for keyword in node.keywords)
    return False


def _is_name(node: ast.expr, name: str | None) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _is_update(function: ast.expr, name: str | None) -> bool:
    return isinstance(function, ast.Attribute) and function.attr == "update" and _is_name(function.value, name)


def _stops(statement: ast.stmt, scope: Scope) -> bool:
    if isinstance(statement, ast.Raise):
        return True
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        return dotted(statement.value.func, scope) in {"sys.exit", "exit", "os._exit", "quit"}
    return False
