"""Settings that code gives to Flask and to settings classes, for the checks of all applications.

Flask 3.1, Configuration Handling: `app.config["X"] = …`, `app.config.update(X=…)`, `from_mapping`, classes for
`from_object`; pydantic-settings 2: defaults of fields.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping

from auditor.model.application import ApplicationSettings
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Variable
from auditor.patterns import lazy

from .calls import FUNCTIONS, locals_of
from .evaluation import Evaluator
from .places import Places
from .settings import is_settings_class
from .statements import Namespace
from .symbols import called
from .values import Span, Value, items_of, truth_of

_CLASS = lazy(r"(?:[A-Z]\w*)?(?:Config|Configuration|Settings)")
_WORK = lazy(r"(?:Dev|Test|Local|Debug|Staging|CI)[A-Za-z]*(?:Config|Configuration|Settings)|\w*Default\w*")
_UPDATING = frozenset({"update", "from_mapping"})
_SIGNS = ("config", "Config", "Settings", ".permanent_session_lifetime")


def configurations_in(
    tree: ast.Module, source: Source, namespace: Namespace | None, set_elsewhere: Mapping[str, str]
) -> Iterator[ApplicationSettings]:
    """Yield the settings of a module's Flask applications, and those of every class of settings that is deployed."""
    if not any(sign in source.text for sign in _SIGNS):
        return
    places = Places(source)
    names = {} if namespace is None else namespace.names
    local = {name for node in ast.walk(tree) if isinstance(node, FUNCTIONS) for name in locals_of(node)}

    def find(name: str) -> Value | None:
        return names[name].value if name in names and name not in local else None

    evaluator = Evaluator(find, set_elsewhere)
    direct: dict[str, Variable] = {}
    classes: dict[str, dict[str, Variable]] = {}
    bases: set[str] = set()
    for node, is_certain in _in_order(tree.body, evaluator):
        for name, value in _given(node):
            if is_certain:
                _put(direct, name, value, evaluator, places)
            else:
                direct.pop(name, None)
        if isinstance(node, ast.ClassDef) and _CLASS.fullmatch(node.name):
            parents = [base.id for base in node.bases if isinstance(base, ast.Name)]
            found = {name: item for base in parents for name, item in classes.get(base, {}).items()}
            _put_fields(found, node, evaluator, places, set_elsewhere)
            classes[node.name] = found
            if not _WORK.fullmatch(node.name):
                bases.update(parents)
    deployed = [found for name, found in classes.items() if name not in bases and not _WORK.fullmatch(name)]
    seen: set[tuple[str, int]] = set()
    for variables in (direct, *deployed):
        own = {n: v for n, v in variables.items() if (n, v.at.line) not in seen}
        seen |= {(name, variable.at.line) for name, variable in own.items()}
        if own:
            yield ApplicationSettings(
                component=source.path, technology="python", at=source.at(), variables=own, environment=""
            )


def _in_order(body: Iterable[ast.stmt], evaluator: Evaluator) -> Iterator[tuple[ast.stmt, bool]]:
    """Yield statements in source order, those of functions too, and whether each runs whenever its function does."""
    waiting = [(node, True) for node in reversed(list(body))]
    while waiting:
        node, runs = waiting.pop()
        yield node, runs
        if isinstance(node, ast.If):
            truth = truth_of(evaluator.value(node.test))
            is_decided = isinstance(truth.value, bool) and not truth.variables
            branches = [(node.body, True), (node.orelse, False)]
            inner = [item for branch, when in branches if not is_decided or truth.value is when for item in branch]
            waiting += [(item, runs and is_decided) for item in reversed(inner)]
            continue
        always = runs and isinstance(node, FUNCTIONS | ast.ClassDef | ast.With | ast.AsyncWith)
        waiting += [(item, always) for item in reversed(list(_below(node)))]


def _below(node: ast.stmt) -> Iterator[ast.stmt]:
    for part in ("body", "handlers", "orelse", "finalbody", "cases"):
        inner: list[ast.AST] = getattr(node, part, [])
        for item in inner:
            below: list[ast.stmt] = [item] if isinstance(item, ast.stmt) else getattr(item, "body", [])
            yield from below


def _given(node: ast.stmt) -> Iterator[tuple[str, ast.expr]]:
    """Yield what a statement gives to names of an application's configuration."""
    match node:
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                match target:
                    case ast.Subscript(value=ast.Attribute(attr="config"), slice=ast.Constant(value=str() as name)):
                        yield name, value
                    case ast.Attribute(attr="permanent_session_lifetime"):
                        yield "PERMANENT_SESSION_LIFETIME", value
                    case _:
                        pass
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Attribute(attr="config"))) as call):
            if called(call) not in _UPDATING:
                return
            for argument in call.args:
                if isinstance(argument, ast.Dict):
                    for key, value in zip(argument.keys, argument.values, strict=True):
                        if isinstance(key, ast.Constant) and isinstance(key.value, str):
                            yield key.value, value
                elif isinstance(argument, ast.Call) and called(argument) == "dict":
                    yield from ((keyword.arg, keyword.value) for keyword in argument.keywords if keyword.arg)
            yield from ((keyword.arg, keyword.value) for keyword in call.keywords if keyword.arg)
        case _:
            pass


def _put_fields(
    found: dict[str, Variable],
    node: ast.ClassDef,
    evaluator: Evaluator,
    places: Places,
    set_elsewhere: Mapping[str, str],
) -> None:
    """Add a class' constants, or the fields of settings whose variables nothing sets."""
    reads = is_settings_class(node)
    for item in node.body:
        match item:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
            ):
                if not name.isupper() or (reads and name in set_elsewhere):
                    found.pop(name, None)
                else:
                    _put(found, name, value, evaluator, places)
            case _:
                pass


def _put(found: dict[str, Variable], name: str, node: ast.expr, evaluator: Evaluator, places: Places) -> None:
    """Set a variable to what code gives it; one that stands on a default or is not known is left out."""
    value = evaluator.value(node)
    text = None if value.variables else _text(value)
    if text is None:
        found.pop(name, None)
    else:
        found[name] = Variable(name=name, value=text, at=places.of(node))


def _text(found: Value) -> str | None:
    value = found.value
    items = items_of(value)
    if items is not None:
        return ",".join(str(item) for item in items) if all(isinstance(item, str) for item in items) else None
    if isinstance(value, Span):
        return f"{value.seconds:g}s"
    if isinstance(value, Unknown) or not isinstance(value, bool | int | str):
        return None
    return str(value)
