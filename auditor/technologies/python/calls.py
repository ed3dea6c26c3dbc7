"""Calls by which code configures Flask, FastAPI and Starlette: middleware, the application, its start.

Flask 3.1 (Flask.run), Flask-CORS 6 (CORS), FastAPI 0.115 (FastAPI), Starlette 0.46 (Middleware), Uvicorn 0.34
(uvicorn.run, ProxyHeadersMiddleware).
"""

import ast
import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Final

from auditor.model.fact import Fact
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload
from auditor.records import dataclass

from .evaluation import Evaluator
from .namespaces import Namespaces
from .places import Places
from .statements import Namespace
from .values import UNDECIDED, Value

_CALLS: Final[Mapping[str, tuple[str, ...]]] = {
    "CORS": ("flask_cors",),
    "CORSMiddleware": ("starlette", "fastapi"),
    "cross_origin": ("flask_cors",),
    "FastAPI": ("fastapi",),
    "Flask": ("flask",),
    "ProxyHeadersMiddleware": ("uvicorn",),
    "SessionMiddleware": ("starlette", "fastapi"),
    "Starlette": ("starlette",),
    "TrustedHostMiddleware": ("starlette", "fastapi"),
}
"""What is configured by a call, and the packages it is imported from."""
_ADDING = frozenset({"add_middleware", "Middleware"})
_POSITIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "CORSMiddleware": ("allow_origins", "allow_methods", "allow_headers", "allow_credentials", "allow_origin_regex"),
    "Flask.run": ("host", "port", "debug"),
    "ProxyHeadersMiddleware": ("trusted_hosts",),
    "SessionMiddleware": ("secret_key", "session_cookie", "max_age", "path", "same_site", "https_only"),
    "Starlette": ("debug",),
    "TrustedHostMiddleware": ("allowed_hosts",),
}
"""Names of arguments that are given by position; a class of middleware takes the application before them."""
FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


@dataclass(frozen=True, kw_only=True)
class FrameworkCall(Fact):
    """A call of `name` with its named arguments; `Flask.run` is that of a Flask application.

    `undecided` is why an argument that is not named may have any value (`**options`). `is_script` tells that it stands
    behind `if __name__ == "__main__"`; `is_run` whether a container starts the module as a script.
    """

    name: str
    arguments: Mapping[str, Value] = field(default_factory=dict[str, Value], repr=False)
    undecided: str | None = None
    is_script: bool = False
    is_run: bool = False

    def argument(self, name: str, default: object) -> object:
        """Return an argument's value, `default` where it is not named, an Unknown where that is not decided."""
        if name in self.arguments:
            return self.arguments[name].value
        return default if self.undecided is None else Unknown(self.undecided)

    def truth(self, name: str, *, default: bool) -> bool | Unknown:
        """Tell whether Python takes an argument for true."""
        value = self.argument(name, default)
        return value if isinstance(value, Unknown) else bool(value)

    def unless(self, name: str) -> str:
        """Return the end of a sentence that names the variables on whose absence an argument stands."""
        variables = list(dict.fromkeys(self.arguments[name].variables)) if name in self.arguments else []
        return f" unless {' or '.join(variables)} is set" if variables else ""


def calls_in(
    tree: ast.Module, source: Source, namespaces: Namespaces, workloads: Sequence[Workload]
) -> Iterator[FrameworkCall]:
    """Yield the calls of a module, in source order."""
    imported = _imports(tree)
    if not any(name in _CALLS for name in imported.values()):
        return
    namespace = namespaces.of(source.path)
    if namespace is None:
        return
    finder = _Finder(source, imported, namespace, namespaces, is_run=_is_run(source.path, workloads))
    finder.block(tree.body, frozenset(), is_script=False)
    yield from finder.found


def _imports(tree: ast.Module) -> dict[str, str]:
    """Return the classes that are imported from the frameworks, by local name."""
    return {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name in _CALLS and (node.module or "").partition(".")[0] in _CALLS[alias.name]
    }


def _is_run(path: str, workloads: Iterable[Workload]) -> bool:
    """Tell whether a container starts a script of the file's name with Python."""
    name = posixpath.basename(path)
    for workload in workloads:
        words = [word for text in workload.arguments if isinstance(text.value, str) for word in text.value.split()]
        is_python = any(posixpath.basename(word).startswith("python") for word in words)
        if is_python and any(posixpath.basename(word) == name for word in words):
            return True
    return False


class _Finder:
    """Walks functions with the names that are their own, whose values are not followed."""

    def __init__(
        self, source: Source, imported: Mapping[str, str], namespace: Namespace, namespaces: Namespaces, *, is_run: bool
    ) -> None:
        self.found: list[FrameworkCall] = []
        self._source = source
        self._places = Places(source)
        self._imported = imported
        self._namespace = namespace
        self._namespaces = namespaces
        self._is_run = is_run
        self._apps: set[str] = set()

    def block(self, body: Iterable[ast.AST], local: frozenset[str], *, is_script: bool) -> None:
        """Look at nodes and all below them."""
        waiting = list(reversed(list(body)))
        while waiting:
            node = waiting.pop()
            if isinstance(node, FUNCTIONS):
                inner = node.body if isinstance(node.body, list) else [node.body]
                if not isinstance(node, ast.Lambda):
                    self.block(node.decorator_list, local, is_script=is_script)
                self.block(inner, local | locals_of(node), is_script=is_script)
                continue
            if isinstance(node, ast.If) and _is_main(node.test):
                self.block(node.body, local, is_script=True)
                continue
            if isinstance(node, ast.Assign):
                self._remember(node)
            if isinstance(node, ast.Call):
                self._call(node, local, is_script=is_script)
            waiting.extend(reversed(list(ast.iter_child_nodes(node))))

    def _remember(self, node: ast.Assign) -> None:
        """Keep the names of Flask applications."""
        if isinstance(node.value, ast.Call) and self._name(node.value.func) == "Flask":
            self._apps |= {target.id for target in node.targets if isinstance(target, ast.Name)}

    def _name(self, node: ast.expr) -> str | None:
        return self._imported.get(node.id) if isinstance(node, ast.Name) else None

    def _call(self, call: ast.Call, local: frozenset[str], *, is_script: bool) -> None:
        function = call.func
        name = self._name(function)
        last = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        if last in _ADDING and call.args:
            name = self._name(call.args[0])
        elif last == "run" and isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
            name = "Flask.run" if function.value.id in self._apps else None
        if name is None:
            return

        def find(word: str) -> Value | None:
            bound = self._namespace.names.get(word)
            return UNDECIDED if word in local or bound is None else bound.value

        evaluator = Evaluator(find, self._namespaces.set_elsewhere)
        # CORSMiddleware(app, […]) and add_middleware(CORSMiddleware, […]): something stands before.
        given = call.args[1:] if last in _ADDING or name.endswith("Middleware") else call.args
        given = [] if any(isinstance(argument, ast.Starred) for argument in given) else given
        named = {word: evaluator.value(value) for word, value in zip(_POSITIONS.get(name, ()), given, strict=False)}
        named |= {keyword.arg: evaluator.value(keyword.value) for keyword in call.keywords if keyword.arg is not None}
        is_open = any(keyword.arg is None for keyword in call.keywords) or any(
            isinstance(argument, ast.Starred) for argument in call.args
        )
        self.found.append(
            FrameworkCall(
                component=self._source.path,
                technology="pythonweb",
                at=self._places.of(call),
                name=name,
                arguments=named,
                undecided="arguments that code puts together may set it" if is_open else self._elsewhere(name, call),
                is_script=is_script,
                is_run=self._is_run,
            )
        )

    def _elsewhere(self, name: str, call: ast.Call) -> str | None:
        """Return what else sets the arguments that a call leaves out."""
        if name == "CORS" and not call.args and "app" not in {keyword.arg for keyword in call.keywords}:
            return "init_app may set it"
        # Flask-CORS 6: app.config's CORS_ORIGINS stands below arguments and above the defaults.
        is_named = name in {"CORS", "cross_origin"} and any("CORS_ORIGINS" in text for text in self._namespaces.texts())
        return "CORS_ORIGINS in the application's configuration may set it" if is_named else None


def locals_of(function: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> frozenset[str]:
    """Return the names that a function binds: parameters and assignments."""
    arguments = function.args
    parameters = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    assigned = {
        node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    return frozenset(assigned | {parameter.arg for parameter in parameters if parameter is not None})


def _is_main(test: ast.expr) -> bool:
    match test:
        case ast.Compare(left=ast.Name(id="__name__"), ops=[ast.Eq()], comparators=[ast.Constant(value="__main__")]):
            return True
        case _:
            return False
