"""Which setting an expression stands for."""

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from auditor.credentials.keys import names_secret, setting_name

_READERS = frozenset({"getenv", "get", "config", "env", "str", "getattr", "get_secret", "pop", "setdefault"})
"""What takes a setting's name: os.getenv, environ.get, decouple's config, environs' env.str."""
_UNWRAPPING_METHODS = frozenset({"get_secret_value", "encode", "decode", "strip", "hex"})
_UNWRAPPING = frozenset({"bytes", "str", "b64decode", "urlsafe_b64decode", "unhexlify", "fromhex", "SecretStr", "cast"})
_DERIVING = frozenset(
    {"derive", "digest", "hexdigest", "new", "sha256", "sha512", "blake2b", "HKDF", "pbkdf2_hmac", "scrypt"}
)
_MAX_DEPTH = 8


@dataclass(frozen=True)
class Symbols:
    """The settings an expression may stand for, the one asked first in front; `is_separated`: not used as it is."""

    names: tuple[str, ...] = ()
    is_separated: bool = False


@dataclass
class Scope:
    """Names assigned in a module or function, and the module's imports by local name."""

    assigned: dict[str, ast.expr] = field(default_factory=dict[str, ast.expr])
    imported: dict[str, str] = field(default_factory=dict[str, str])
    outer: "Scope | None" = None

    def find(self, name: str) -> ast.expr | None:
        """Return what a name was assigned, in this scope or the one around it."""
        if name in self.assigned:
            return self.assigned[name]
        return self.outer.find(name) if self.outer is not None else None

    def origin(self, name: str) -> str | None:
        """Return the dotted name that a local name was imported from."""
        if name in self.imported:
            return self.imported[name]
        return self.outer.origin(name) if self.outer is not None else None


def dotted(node: ast.expr, scope: Scope) -> str:
    """Return a call's target as a dotted name with imports resolved, "" if it is no name."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    return ".".join([scope.origin(node.id) or node.id, *reversed(parts)])


def text_of(node: ast.expr | None) -> str | None:
    """Return a literal's text, None if it is no text."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            return node.value
        if isinstance(node.value, bytes):
            return node.value.decode("utf-8", "replace")
    return None


def resolve(node: ast.expr, scope: Scope, aliases: Mapping[str, str], depth: int = 0) -> Symbols:
    """Return the settings that `node` stands for; `aliases` gives environment names of settings classes' fields."""
    if depth > _MAX_DEPTH:
        return Symbols()
    if isinstance(node, ast.Name):
        return _resolve_name(node.id, scope, aliases, depth)
    if isinstance(node, ast.Attribute):
        return _named(node.attr, aliases)
    if isinstance(node, ast.Subscript):
        key = text_of(node.slice)
        return _named(key, aliases) if key is not None else Symbols()
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or):
        return _joined([resolve(value, scope, aliases, depth + 1) for value in node.values])
    if isinstance(node, ast.IfExp):
        return _joined([resolve(value, scope, aliases, depth + 1) for value in (node.body, node.orelse)])
    if isinstance(node, ast.BinOp):
        found = _joined([resolve(value, scope, aliases, depth + 1) for value in (node.left, node.right)])
        return Symbols(found.names, is_separated=True)
    if isinstance(node, ast.JoinedStr):
        values = [value.value for value in node.values if isinstance(value, ast.FormattedValue)]
        found = _joined([resolve(value, scope, aliases, depth + 1) for value in values])
        return Symbols(found.names, is_separated=len(node.values) > 1 or found.is_separated)
    if isinstance(node, ast.Call):
        return _resolve_call(node, scope, aliases, depth)
    return Symbols()


def _named(name: str, aliases: Mapping[str, str]) -> Symbols:
    return Symbols((aliases.get(name) or setting_name(name),)) if names_secret(name) else Symbols()


def _resolve_name(name: str, scope: Scope, aliases: Mapping[str, str], depth: int) -> Symbols:
    value = scope.find(name)
    if value is not None:
        found = resolve(value, scope, aliases, depth + 1)
        if found.names:
            return found
        return _named(name, aliases) if text_of(value) is not None else Symbols()
    # A name from another module is that module's setting; a parameter may be anything.
    return _named(name, aliases) if scope.origin(name) is not None else Symbols()


def _resolve_call(node: ast.Call, scope: Scope, aliases: Mapping[str, str], depth: int) -> Symbols:
    function = node.func
    name = (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )
    if name in _READERS:
        texts = [text for argument in node.args[:2] if (text := text_of(argument)) is not None]
        key = next((text for text in texts if names_secret(text)), None)
        if key is not None:
            default = node.args[1] if len(node.args) > 1 and name != "getattr" else _keyword(node, "default")
            later = resolve(default, scope, aliases, depth + 1) if default is not None else Symbols()
            return _joined([_named(key, aliases), later])
    if name in _UNWRAPPING_METHODS and isinstance(function, ast.Attribute):
        return resolve(function.value, scope, aliases, depth + 1)
    if name in _UNWRAPPING and node.args:
        return resolve(node.args[0], scope, aliases, depth + 1)
    if name in _DERIVING:
        inner = [*node.args, *([function.value] if isinstance(function, ast.Attribute) else [])]
        found = _joined([resolve(argument, scope, aliases, depth + 1) for argument in inner])
        return Symbols(found.names, is_separated=True)
    return Symbols()


def _keyword(node: ast.Call, name: str) -> ast.expr | None:
    return next((keyword.value for keyword in node.keywords if keyword.arg == name), None)


def _joined(found: Sequence[Symbols]) -> Symbols:
    names = dict.fromkeys(name for symbols in found for name in symbols.names)
    return Symbols(tuple(names), any(symbols.is_separated for symbols in found))
