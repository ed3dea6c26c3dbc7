"""Evaluate expressions: literals, what is computed of them, and the defaults of variables that are read.

Nothing is run: the few operations here are written out, on literals of bounded size. Readers of variables as
documented by Python 3.13 (os.environ, os.getenv), django-environ 0.12, environs 14 and python-decouple 3.8.
"""

import ast
from collections.abc import Callable, Mapping

from auditor.model.unknown import Unknown

from .symbols import called
from .values import (
    MAX_ITEMS,
    UNDECIDED,
    Reader,
    Span,
    Value,
    cast_to,
    compared,
    computed,
    entries_of,
    items_of,
    truth_of,
)

_MAX_DEPTH = 40
_ROOTS = frozenset({"env", "ENV", "config", "os", "environ", "getenv", "get_env", "decouple"})
"""What an expression that reads a variable begins with."""
_CASTS = frozenset({"bool", "int", "float", "str", "list", "tuple", "json", "dict", "path", "url"})


class Evaluator:
    """Evaluates expressions with the names that `find` knows. `set_elsewhere` says who sets a variable, by its name."""

    def __init__(self, find: Callable[[str], Value | None], set_elsewhere: Mapping[str, str]) -> None:
        self._find = find
        self._set_elsewhere = set_elsewhere
        self._depth = 0

    def value(self, node: ast.expr) -> Value:
        """Return what `node` stands for; Unknown beyond a depth that people do not write."""
        self._depth += 1
        try:
            return self._value(node) if self._depth <= _MAX_DEPTH else UNDECIDED
        finally:
            self._depth -= 1

    def _value(self, node: ast.expr) -> Value:
        match node:
            case ast.Constant(value=value):
                return Value(value)
            case ast.Name(id=name):
                return self._find(name) or UNDECIDED
            case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items):
                return self._items(items)
            case ast.Dict():
                return self._dictionary(node)
            case ast.BinOp(left=left, op=op, right=right):
                return computed(self.value(left), op, self.value(right))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                truth = truth_of(self.value(operand))
                return truth if isinstance(truth.value, Unknown) else Value(not truth.value, truth.variables)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                found = self.value(operand)
                return Value(-found.value, found.variables) if isinstance(found.value, int | float) else UNDECIDED
            case ast.BoolOp(op=op, values=values):
                return self._any_or_all(values, stops_at=isinstance(op, ast.Or))
            case ast.Compare(
                left=ast.Constant(value=str() as key), ops=[ast.In() | ast.NotIn() as op], comparators=[right]
            ) if ast.unparse(right) == "os.environ":
                if key in self._set_elsewhere:
                    return self._read(key, None)
                return Value(isinstance(op, ast.NotIn), (key,))
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return compared(self.value(left), op, self.value(right))
            case ast.IfExp(test=test, body=body, orelse=orelse):
                truth = truth_of(self.value(test))
                if isinstance(truth.value, Unknown):
                    return Value(truth.value)
                chosen = self.value(body if truth.value else orelse)
                return Value(chosen.value, (*truth.variables, *chosen.variables))
            case ast.Subscript(value=holder, slice=ast.Constant(value=key)):
                if _is_reader(holder) and isinstance(key, str):
                    return self._read(key, None)
                held = self.value(holder)
                entries = entries_of(held.value)
                inner = entries.get(key) if entries is not None else None
                return UNDECIDED if inner is None else Value(inner, held.variables)
            case ast.Call():
                return self._call(node)
            case _:
                return UNDECIDED

    def _items(self, nodes: list[ast.expr]) -> Value:
        found: list[object] = []
        variables: tuple[str, ...] = ()
        for node in nodes:
            inner = self.value(node.value if isinstance(node, ast.Starred) else node)
            variables += inner.variables
            listed = items_of(inner.value) if isinstance(node, ast.Starred) else None
            if listed is not None:
                found += listed
            else:
                found.append(UNDECIDED.value if isinstance(node, ast.Starred) else inner.value)
        return Value(found[:MAX_ITEMS], variables)

    def _dictionary(self, node: ast.Dict) -> Value:
        found: dict[object, object] = {}
        variables: tuple[str, ...] = ()
        for key, item in zip(node.keys, node.values, strict=True):
            inner = self.value(item)
            variables += inner.variables
            if key is None:
                found.update(entries_of(inner.value) or {None: UNDECIDED.value})
                continue
            name = self.value(key).value
            found[name if isinstance(name, str) else None] = inner.value
        return Value(found, variables)

    def _any_or_all(self, nodes: list[ast.expr], *, stops_at: bool) -> Value:
        variables: tuple[str, ...] = ()
        found = UNDECIDED
        for node in nodes:
            found = self.value(node)
            truth = truth_of(found)
            if isinstance(truth.value, Unknown):
                return Value(truth.value)
            variables += found.variables
            if truth.value is stops_at:
                break
        return Value(found.value, variables)

    def _call(self, node: ast.Call) -> Value:
        name = called(node)
        first = node.args[0] if node.args else None
        if name in {"Env", "FileAwareEnv"}:
            return Value(Reader(self._defaults(node)))
        if isinstance(first, ast.Constant) and isinstance(first.value, str) and _is_reader(node.func):
            return self._read(first.value, node)
        if name == "timedelta":
            return self._span(node)
        if name == "dict" and not node.args:
            keys: list[ast.expr | None] = [
                None if item.arg is None else ast.Constant(item.arg) for item in node.keywords
            ]
            return self._dictionary(ast.Dict(keys=keys, values=[item.value for item in node.keywords]))
        if isinstance(node.func, ast.Attribute) and name == "total_seconds":
            held = self.value(node.func.value)
            return Value(held.value.seconds, held.variables) if isinstance(held.value, Span) else UNDECIDED
        if isinstance(node.func, ast.Attribute) and not node.args and name in {"lower", "upper", "strip", "title"}:
            held = self.value(node.func.value)
            return Value(getattr(held.value, name)(), held.variables) if isinstance(held.value, str) else UNDECIDED
        if isinstance(node.func, ast.Attribute) and name == "split":
            held = self.value(node.func.value)
            mark = self.value(first).value if first is not None else None
            if isinstance(held.value, str) and (first is None or (isinstance(mark, str) and mark)):
                return Value(held.value.split(mark if isinstance(mark, str) else None)[:MAX_ITEMS], held.variables)
            return UNDECIDED
        if isinstance(node.func, ast.Name) and first is not None and len(node.args) == 1:
            return cast_to(self.value(first), name, is_builtin=True)
        return UNDECIDED

    def _defaults(self, node: ast.Call) -> dict[str, Value]:
        """Return the defaults of `Env(DEBUG=(bool, False))`."""
        found: dict[str, Value] = {}
        for keyword in node.keywords:
            if keyword.arg is not None and isinstance(keyword.value, ast.Tuple) and len(keyword.value.elts) == 2:
                found[keyword.arg] = self.value(keyword.value.elts[1])
        return found

    def _read(self, variable: str, call: ast.Call | None) -> Value:
        """Return the default of a variable that nothing scanned sets."""
        if variable in self._set_elsewhere:
            return Value(Unknown(f"{variable} is set by {self._set_elsewhere[variable]}"))
        missing = Value(Unknown(f"{variable} is set where the application is deployed"))
        if call is None:
            return missing
        keywords = {keyword.arg: keyword.value for keyword in call.keywords}
        name = called(call)
        given = call.args[1:]
        cast = keywords.get("cast")
        if given and isinstance(given[0], ast.Name) and given[0].id in _CASTS:  # django-environ: env("DEBUG", bool)
            cast, given = given[0], given[1:]
        elif len(given) > 1 and name == "config":
            cast = given[1]
        default = keywords.get("default", given[0] if given else None)
        if default is None:
            root = call.func.value if isinstance(call.func, ast.Attribute) else call.func
            reader = self.value(root).value if isinstance(root, ast.Name) else None
            if isinstance(reader, Reader) and variable in reader.defaults:
                return Value(reader.defaults[variable].value, (variable,))
            return Value(None, (variable,)) if name in {"get", "getenv"} else missing
        found = self.value(default)
        # decouple alone converts a default; env.bool("DEBUG", "False") of the others is the text, which is true.
        if name == "config" and isinstance(cast, ast.Name):
            found = cast_to(found, cast.id, is_builtin=False)
        elif name == "config" and isinstance(cast, ast.Call):  # decouple's Csv()
            found = cast_to(found, "list" if called(cast) == "Csv" else "", is_builtin=False)
        return Value(found.value, (variable, *found.variables))

    def _span(self, node: ast.Call) -> Value:
        units = {"weeks": 604800.0, "days": 86400.0, "hours": 3600.0, "minutes": 60.0, "seconds": 1.0}
        parts = list(zip(("days", "seconds"), node.args, strict=False))
        parts += [(keyword.arg or "", keyword.value) for keyword in node.keywords]
        seconds = 0.0
        variables: tuple[str, ...] = ()
        for unit, item in parts:
            found = self.value(item)
            if unit not in units or not isinstance(found.value, int | float):
                return Value(found.value) if isinstance(found.value, Unknown) else UNDECIDED
            seconds += units[unit] * found.value
            variables += found.variables
        return Value(Span(seconds), variables)


def _is_reader(node: ast.expr) -> bool:
    """Tell whether an expression is what variables are read through: `os.environ`, `env.bool`, `config`."""
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name) or node.id not in _ROOTS:
        return False
    if node.id == "os":
        return names[-1:] in (["environ"], ["getenv"])
    return not names or names[0] in _CASTS | {"get"}
