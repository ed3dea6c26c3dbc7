"""Which setting an expression stands for."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import field

from auditor.credentials.keys import names_secret, setting_name
from auditor.records import dataclass
from auditor.technologies.common.code import NOTHING, Symbols, is_configuration, joined, symbol_of

_READERS = frozenset({"getenv", "get", "config", "env", "str", "getattr", "get_secret", "pop", "setdefault", "require"})
"""What takes a setting's name: os.getenv, environ.get, decouple's config, environs' env.str."""
_UNWRAPPING_METHODS = frozenset({"get_secret_value", "encode", "decode", "strip", "hex"})
_UNWRAPPING = frozenset(
    "bytes bytearray str b64decode b64encode urlsafe_b64decode urlsafe_b64encode a2b_hex unhexlify fromhex SecretStr "
    "SecretBytes Secret cast force_bytes force_str smart_bytes to_bytes OctKey".split()
)
_DERIVING = frozenset(
    "derive digest hexdigest new md5 sha1 sha256 sha384 sha512 sha3_256 blake2b HKDF HKDFExpand PBKDF2HMAC pbkdf2_hmac "
    "scrypt salted_hmac".split()
)
_MAX_DEPTH = 8
_MAX_STEPS = 500
"""Expressions looked at for one key: names that stand for expressions of names multiply."""
_SELF = frozenset({"self", "cls"})


@dataclass
class Scope:
    """Names assigned in a module, class or function, and the module's imports by local name.

    `parameters` may be anything.
    """

    assigned: dict[str, ast.expr] = field(default_factory=dict[str, ast.expr])
    imported: dict[str, str] = field(default_factory=dict[str, str])
    parameters: frozenset[str] = frozenset()
    outer: "Scope | None" = None

    def find(self, name: str) -> ast.expr | None:
        """Return what a name was assigned, in this scope or the one around it."""
        if name in self.assigned:
            return self.assigned[name]
        if self.outer is None or name in self.parameters:
            return None
        return self.outer.find(name)

    def origin(self, name: str) -> str | None:
        """Return the dotted name that a local name was imported from."""
        if name in self.imported:
            return self.imported[name]
        return self.outer.origin(name) if self.outer is not None and name not in self.parameters else None

    def owner(self) -> "ClassScope | None":
        """Return the scope of the class around."""
        scope: Scope | None = self
        while scope is not None and not isinstance(scope, ClassScope):
            scope = scope.outer
        return scope


@dataclass
class ClassScope(Scope):
    """A class: what its methods assign to `self`, and fields declared without a value, which its makers fill."""

    members: dict[str, tuple[ast.expr, Scope]] = field(default_factory=dict[str, tuple[ast.expr, Scope]])
    fields: frozenset[str] = frozenset()


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


class Resolver:
    """Finds settings; `aliases` gives the settings of other modules' constants and of settings classes' fields."""

    def __init__(self, aliases: Mapping[str, tuple[str, ...]]) -> None:
        self._aliases = aliases
        self._steps = 0

    def resolve(self, node: ast.expr, scope: Scope, depth: int = 0) -> Symbols:
        """Return the settings that `node` stands for."""
        self._steps = self._steps + 1 if depth else 0
        if depth > _MAX_DEPTH or self._steps > _MAX_STEPS:
            return NOTHING
        inner = depth + 1
        match node:
            case ast.Name(id=name):
                return self._name(name, scope, depth)
            case ast.Attribute(value=ast.Name(id=holder), attr=name) if holder in _SELF:
                return self._member(name, scope, depth)
            case ast.Attribute(value=holder, attr=name):
                return self._reached([*_parts(holder, scope), name], holder, scope)
            case ast.Subscript(value=holder, slice=key):
                text = text_of(key)
                if text is None:
                    return self.resolve(holder, scope, inner)  # SECRET_KEY[:32]
                return self._read([*_parts(holder, scope), text])
            case ast.BoolOp(op=ast.Or(), values=values):
                return joined(self.resolve(value, scope, inner) for value in values)
            case ast.IfExp(body=body, orelse=orelse):
                return joined(self.resolve(value, scope, inner) for value in (body, orelse))
            case ast.BinOp(left=left, right=right):
                return joined(self.resolve(value, scope, inner) for value in (left, right)).separated()
            case ast.JoinedStr(values=values):
                found = joined(
                    self.resolve(value.value, scope, inner) for value in values if isinstance(value, ast.FormattedValue)
                )
                return found.separated() if len(values) > 1 else found
            case ast.Await(value=value) | ast.NamedExpr(value=value):
                return self.resolve(value, scope, inner)
            case ast.Call():
                return self._call(node, scope, depth)
            case _:
                return NOTHING

    def _name(self, name: str, scope: Scope, depth: int) -> Symbols:
        value = scope.find(name)
        if value is not None:
            found = self.resolve(value, scope, depth + 1)
            if found.names:
                return found
            return _named([name]) if text_of(value) is not None else NOTHING
        # A name from another module is that module's setting; a parameter may be anything.
        if scope.origin(name) is None:
            return NOTHING
        return self._known(name) or _named([name])

    def _member(self, name: str, scope: Scope, depth: int) -> Symbols:
        owner = scope.owner()
        if owner is None or name in owner.fields:
            return NOTHING
        if name in owner.members:
            value, where = owner.members[name]
            return self.resolve(value, where, depth + 1)
        if name in owner.assigned and not isinstance(owner.assigned[name], ast.Name):
            found = self.resolve(owner.assigned[name], owner, depth + 1)
            if found.names:
                return found
        elif name in owner.assigned and owner.outer is not None:
            return self.resolve(owner.assigned[name], owner.outer, depth + 1)
        return self._known(name) or _named(["self", name])

    def _reached(self, parts: list[str], holder: ast.expr, scope: Scope) -> Symbols:
        while isinstance(holder, ast.Attribute):
            holder = holder.value
        is_imported = isinstance(holder, ast.Name) and scope.origin(holder.id) is not None
        if is_imported or parts[-1].isupper() or any(is_configuration(part) for part in parts[:-1]):
            return self._known(parts[-1]) or _named(parts, is_trusted=True)
        return NOTHING

    def _known(self, name: str) -> Symbols | None:
        names = self._aliases.get(name)
        return Symbols(names) if names else None

    def _read(self, parts: list[str]) -> Symbols:
        """`os.environ["JWT_SECRET"]`: the name is the setting's own."""
        return _named([*parts[:-1], *parts[-1].replace(":", ".").split(".")])

    def _call(self, node: ast.Call, scope: Scope, depth: int) -> Symbols:
        function = node.func
        name = called(node)
        if name in _READERS:
            found = self._reader(node, name, scope, depth)
            if found.names:
                return found
        if name in _UNWRAPPING_METHODS and isinstance(function, ast.Attribute):
            return self.resolve(function.value, scope, depth + 1)
        if name in _UNWRAPPING and node.args:
            return self.resolve(node.args[0], scope, depth + 1)
        if name in _DERIVING:
            inner = [*node.args, *(keyword.value for keyword in node.keywords)]
            if isinstance(function, ast.Attribute):
                inner.append(function.value)
            return joined(self.resolve(argument, scope, depth + 1) for argument in inner).separated()
        return NOTHING

    def _reader(self, node: ast.Call, name: str, scope: Scope, depth: int) -> Symbols:
        holder = node.func.value if isinstance(node.func, ast.Attribute) else None
        if name == "getattr":
            holder = node.args[0] if node.args else None
        arguments = node.args[1:] if name == "getattr" else node.args
        key = text_of(arguments[0]) if arguments else None
        if key is None:
            return NOTHING
        found = self._read([*(_parts(holder, scope) if holder is not None else ()), key])
        default = arguments[1] if len(arguments) > 1 else _keyword(node, "default")
        if not found.names or default is None:
            return found
        return joined([found, self.resolve(default, scope, depth + 1)])


def called(call: ast.Call) -> str:
    """Return the last name of what a call calls."""
    match call.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
        case _:
            return ""


def _named(parts: list[str], *, is_trusted: bool = False) -> Symbols:
    symbol = symbol_of(parts, is_trusted=is_trusted)
    if symbol is None and len(parts) == 2 and parts[0] in _SELF and len(parts[1]) > len("secret_key"):
        # self.csrf_secret of a base class; self.secret is anybody's.
        symbol = setting_name(parts[1]) if names_secret(parts[1]) else None
    return Symbols((symbol,)) if symbol is not None else NOTHING


def _parts(node: ast.expr, scope: Scope, depth: int = 0) -> Iterator[str]:
    """Yield the names through which an object is reached; of a local variable, those of what it was assigned."""
    if depth > _MAX_DEPTH:
        return
    match node:
        case ast.Name(id=name):
            value = scope.find(name)
            if value is not None and not is_configuration(name):
                yield from _parts(value, scope, depth + 1)
            yield name
        case ast.Attribute(value=holder, attr=name):
            yield from _parts(holder, scope, depth + 1)
            yield name
        case ast.Subscript(value=holder, slice=key):
            yield from _parts(holder, scope, depth + 1)
            if (text := text_of(key)) is not None:
                yield text
        case ast.Call(func=function):
            yield from _parts(function, scope, depth + 1)
        case _:
            return


def _keyword(node: ast.Call, name: str) -> ast.expr | None:
    return next((keyword.value for keyword in node.keywords if keyword.arg == name), None)
