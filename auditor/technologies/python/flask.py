"""Applications of Flask: whether they keep sessions, and which settings of theirs nothing in the files names.

Flask 3.1, Configuration Handling, Builtin Configuration Values.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping

from auditor.model.fact import Fact
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.records import dataclass

from .places import Places
from .symbols import called

_SESSION_NAMES = frozenset({"flash", "session"})
_SESSION_PACKAGES = frozenset({"flask_login", "flask_wtf", "flask_security", "flask_dance", "authlib"})
"""Packages that keep something in Flask's session."""
_NAMES = ("SESSION_COOKIE_SECURE", "PERMANENT_SESSION_LIFETIME")
"""Settings whose defaults are judged; the latter is an attribute of the application as well."""
_OTHERS = (
    "flask_talisman",
    "from_pyfile",
    "from_envvar",
    "from_file",
    "from_json",
    "from_prefixed_env",
    "flask_session",
)
"""What sets the cookie's attributes out of sight."""


@dataclass(frozen=True, kw_only=True)
class FlaskApplication(Fact):
    """A call of `Flask`. `keeps_sessions` and `named` are told of all modules below the same folder.

    `named` are the settings of the session's cookie that something sets; `undecided` is why others may be set as well.
    """

    keeps_sessions: bool
    named: frozenset[str]
    undecided: str | None = None

    def leaves_default(self, name: str) -> bool | Unknown:
        """Tell whether the application keeps sessions, with a setting's default."""
        if not self.keeps_sessions or name in self.named:
            return False
        return True if self.undecided is None else Unknown(self.undecided)


def applications_in(
    modules: Mapping[str, tuple[ast.Module, Source]], set_elsewhere: Iterable[str], deployed: Iterable[str]
) -> Iterator[FlaskApplication]:
    """Yield the applications that the `deployed` modules make."""
    elsewhere = {name for variable in set_elsewhere for name in _NAMES if variable.endswith(name)}
    for path in deployed:
        tree, source = modules[path]
        made = next((node for node in ast.walk(tree) if isinstance(node, ast.Call) and called(node) == "Flask"), None)
        if made is None or "flask" not in source.text:
            continue
        folder = f"{path.partition('/')[0]}/" if "/" in path else ""
        around = [(tree, source) for other, (tree, source) in modules.items() if other.startswith(folder)]
        loading = next((word for word in _OTHERS for _, other in around if word in other.text), None)
        yield FlaskApplication(
            component=path,
            technology="pythonweb",
            at=Places(source).of(made),
            keeps_sessions=any(_keeps_sessions(other) for other, _ in around),
            named=frozenset(elsewhere | {name for name in _NAMES for _, other in around if _is_named(name, other)}),
            undecided=None if loading is None else f"{loading} may set it",
        )


def _is_named(name: str, source: Source) -> bool:
    return name in source.text or (name == _NAMES[1] and f".{name.lower()}" in source.text)


def _keeps_sessions(tree: ast.Module) -> bool:
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module is not None and not node.level:
            package = node.module.partition(".")[0]
            if package in _SESSION_PACKAGES or (
                package == "flask" and any(alias.name in _SESSION_NAMES for alias in node.names)
            ):
                return True
    return False
