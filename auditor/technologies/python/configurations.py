"""Settings that code gives to Flask and to settings classes, for the checks of all applications.

Flask 3.1, Configuration Handling: `app.config["X"] = …`, `app.config.update(X=…)`, `from_mapping`, classes for
`from_object`; pydantic-settings 2: defaults of fields.
"""

import ast
from collections.abc import Iterator, Mapping

from auditor.model.application import ApplicationSettings
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Variable
from auditor.patterns import lazy

from .evaluation import Evaluator
from .places import Places
from .settings import is_settings_class
from .symbols import called
from .values import Span, Value, items_of

_CLASS = lazy(r"(?:[A-Z]\w*)?(?:Config|Configuration|Settings)")
_WORK = lazy(r"(?:Dev|Test|Local|Debug|Staging|CI)[A-Za-z]*(?:Config|Configuration|Settings)|\w*Default\w*")
_UPDATING = frozenset({"update", "from_mapping"})
_SIGNS = ("config", "Config", "Settings")


def configurations_in(
    tree: ast.Module, source: Source, set_elsewhere: Mapping[str, str]
) -> Iterator[ApplicationSettings]:
    """Yield the settings of a module's Flask applications, and those of every class of settings that is deployed."""
    if not any(sign in source.text for sign in _SIGNS):
        return
    places = Places(source)
    evaluator = Evaluator(lambda _: None, set_elsewhere)
    direct: dict[str, Variable] = {}
    classes: dict[str, dict[str, Variable]] = {}
    bases: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Assign(
                targets=[ast.Subscript(value=ast.Attribute(attr="config"), slice=ast.Constant(value=str() as name))],
                value=value,
            ):
                _put(direct, name, value, evaluator, places)
            case ast.Call(func=ast.Attribute(value=ast.Attribute(attr="config"))) if called(node) in _UPDATING:
                for keyword in node.keywords:
                    if keyword.arg is not None:
                        _put(direct, keyword.arg, keyword.value, evaluator, places)
            case ast.ClassDef() if _CLASS.fullmatch(node.name):
                names = [base.id for base in node.bases if isinstance(base, ast.Name)]
                found = {name: item for base in names for name, item in classes.get(base, {}).items()}
                _put_fields(found, node, evaluator, places, set_elsewhere)
                classes[node.name] = found
                if not _WORK.fullmatch(node.name):
                    bases.update(names)
            case _:
                pass
    deployed = [found for name, found in classes.items() if name not in bases and not _WORK.fullmatch(name)]
    seen: set[tuple[str, int]] = set()
    for variables in (direct, *deployed):
        own = {n: v for n, v in variables.items() if (n, v.at.line) not in seen}
        seen |= {(name, variable.at.line) for name, variable in own.items()}
        if own:
            yield ApplicationSettings(
                component=source.path, technology="python", at=source.at(), variables=own, environment=""
            )


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
