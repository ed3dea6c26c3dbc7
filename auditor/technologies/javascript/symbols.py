"""Which setting an expression stands for."""

from collections.abc import Mapping
from typing import Final

from tree_sitter import Node

from auditor.credentials.keys import names_secret, setting_name
from auditor.records import dataclass
from auditor.technologies.common.code import NOTHING, Symbols, is_configuration, joined, symbol_of

from .scopes import Bound, Scope, dotted, value_at
from .syntax import FUNCTIONS, Script, arguments_of, bare, returned_by

_READERS: Final = frozenset({"get", "getOrThrow", "require", "env", "getEnv", "getSecret", "requireEnv", "getConfig"})
"""Methods and functions that take a setting's name: ConfigService of Nest, node-config, nconf, Strapi's env."""
_UNWRAPPING_METHODS: Final = frozenset({"toString", "trim", "encode", "decode", "toLowerCase", "export"})
_UNWRAPPING: Final = frozenset(
    "Buffer.from String Uint8Array Buffer crypto#createSecretKey crypto.createSecretKey createSecretKey "
    "jose#importJWK jose#base64url.decode base64url.decode Object.freeze buffer#Buffer.from".split()
)
_DERIVING: Final = frozenset(
    "scryptSync scrypt pbkdf2Sync pbkdf2 hkdfSync hkdf createHash createHmac digest update sha256 hash SHA256 "
    "slice substring subarray padEnd repeat concat".split()
)
_MAX_DEPTH = 8
_MAX_STEPS = 500
"""Expressions looked at for one key: names that stand for expressions of names multiply."""
_MAX_MEMBERS = 64
"""Members of members that are followed."""


@dataclass(frozen=True)
class Exports:
    """What the modules of a program give to others, by their path without ending."""

    modules: Mapping[str, tuple[Mapping[str, Node], Scope]]

    def find(self, importer: str, origin: str) -> tuple[Node, Scope] | None:
        """Return what an origin of the module at the path `importer` stands for, None if it is not known."""
        module, _, path = origin.partition("#")
        if not module.startswith("."):
            return None
        found = self._module(importer, module)
        if found is None:
            return None
        exports, scope = found
        names = tuple(path.split(".")) if path else ()
        for start, rest in ((names[0], names[1:]), ("", names)) if names else (("", names),):
            if start in exports:
                node = _declared(exports[start], scope)
                value = value_at(node, rest, scope.script)
                if value is not None:
                    return value, scope
        return None

    def _module(self, importer: str, module: str) -> tuple[Mapping[str, Node], Scope] | None:
        parts = importer.split("/")[:-1]
        for part in module.split("/"):
            if part == ".." and parts:
                parts.pop()
            elif part not in {"", "."}:
                parts.append(part)
        path = "/".join(parts)
        stem = path.rsplit(".", 1)[0] if path.endswith((".js", ".mjs", ".cjs", ".ts")) else path
        return self.modules.get(stem) or self.modules.get(f"{stem}/index")


def _declared(node: Node, scope: Scope) -> Node:
    """Return what an exported name was given in its module."""
    if node.type == "identifier":
        found = scope.find(scope.script.text(node))
        if found is not None and not found[0].path:
            return found[0].node
    return node


class Resolver:
    """Finds settings in the modules of one program."""

    def __init__(self, exports: Exports) -> None:
        self._exports = exports
        self._steps = 0

    def resolve(self, node: Node, scope: Scope, depth: int = 0) -> Symbols:
        """Return the settings that `node` stands for."""
        self._steps = self._steps + 1 if depth else 0
        if depth > _MAX_DEPTH or self._steps > _MAX_STEPS:
            return NOTHING
        node = bare(node)
        match node.type:
            case "identifier" | "shorthand_property_identifier":
                return self.of_name(scope.script.text(node), scope, depth)
            case "member_expression" | "subscript_expression":
                return self._member(node, scope, depth)
            case "binary_expression":
                return self._binary(node, scope, depth)
            case "ternary_expression":
                sides = (node.child_by_field_name("consequence"), node.child_by_field_name("alternative"))
                return joined(self.resolve(side, scope, depth + 1) for side in sides if side is not None)
            case "template_string":
                return self._template(node, scope, depth)
            case "call_expression" | "new_expression":
                return self._call(node, scope, depth)
            case kind if kind in FUNCTIONS:
                value = returned_by(node)
                return self.resolve(value, scope, depth + 1) if value is not None else NOTHING
            case _:
                return NOTHING

    def of_name(self, name: str, scope: Scope, depth: int = 0) -> Symbols:
        """Return the settings that a name stands for."""
        found = scope.find(name)
        if found is not None:
            return self._bound(name, *found, depth)
        origin = scope.origin(name)
        return self._imported(origin, scope, depth) if origin is not None else NOTHING

    def _bound(self, name: str, bound: Bound, scope: Scope, depth: int) -> Symbols:
        if not bound.path:
            symbols = self.resolve(bound.node, scope, depth + 1)
            return symbols if symbols.names or scope.script.literal(bound.node) is None else _named([name])
        value = value_at(bound.node, bound.path, scope.script)
        if value is not None:
            return self.resolve(value, scope, depth + 1)
        symbols = _named([*_reached(bound.node, scope), *bound.path])
        if bound.default is None or not symbols.names:
            return symbols
        return joined([symbols, self.resolve(bound.default, scope, depth + 1)])

    def _imported(self, origin: str, scope: Scope, depth: int) -> Symbols:
        found = self._exports.find(scope.script.source.path, origin)
        if found is not None:
            symbols = self.resolve(*found, depth + 2)
            if symbols.names:
                return symbols
        module, _, path = origin.partition("#")
        return _named([module.rpartition("/")[2], *path.split(".")], is_trusted=True) if path else NOTHING

    def _member(self, node: Node, scope: Scope, depth: int) -> Symbols:
        parts = _parts(node, scope.script)
        if parts[:1] == ["this"]:
            owner = scope.owner()
            if owner is not None and owner.members is not None and len(parts) > 1 and parts[1] in owner.members:
                value, where = owner.members[parts[1]]
                if len(parts) == 2:
                    return self.resolve(value, where, depth + 1)
                member = value_at(value, tuple(parts[2:]), where.script)
                return _named(parts) if member is None else self.resolve(member, where, depth + 1)
            if len(parts) == 2:
                return NOTHING
        name = dotted(node, scope)
        if "#" in name:
            return self._imported(name, scope, depth)
        found = scope.find(parts[0]) if parts else None
        if found is not None and not found[0].path and len(parts) > 1:
            bound, where = found
            entry = value_at(bound.node, tuple(parts[1:]), where.script)
            if entry is not None:
                symbols = self.resolve(entry, where, depth + 1)
                return symbols if symbols.names or where.script.literal(entry) is None else _named(parts)
        return _named(_reached(node, scope))

    def _binary(self, node: Node, scope: Scope, depth: int) -> Symbols:
        operator = node.child_by_field_name("operator")
        sides = (node.child_by_field_name("left"), node.child_by_field_name("right"))
        found = joined(self.resolve(side, scope, depth + 1) for side in sides if side is not None)
        kind = scope.script.text(operator) if operator is not None else ""
        if kind in {"||", "??"}:
            return found
        return found.separated() if kind == "+" else NOTHING

    def _template(self, node: Node, scope: Scope, depth: int) -> Symbols:
        filled = [child for child in node.children if child.type == "template_substitution" and child.named_children]
        found = joined(self.resolve(child.named_children[0], scope, depth + 1) for child in filled)
        is_whole = len(filled) == 1 and filled[0].end_byte - filled[0].start_byte + 2 == node.end_byte - node.start_byte
        return found if is_whole else found.separated()

    def _call(self, node: Node, scope: Scope, depth: int) -> Symbols:
        function = node.child_by_field_name("function") or node.child_by_field_name("constructor")
        if function is None:
            return NOTHING
        arguments = arguments_of(node)
        name = dotted(function, scope)
        last = name.replace("#", ".").rpartition(".")[2]
        holder = function.child_by_field_name("object") if function.type == "member_expression" else None
        if holder is not None and not last:
            last = scope.script.name(function.child_by_field_name("property")) or ""
        if last in _READERS and arguments and (key := scope.script.literal(arguments[0])) is not None:
            return self._reader(key, holder, arguments, scope, depth)
        if name in _UNWRAPPING and arguments:
            return self.resolve(arguments[0], scope, depth + 1)
        if last == "encode" and arguments:  # new TextEncoder().encode(secret), base64url.encode(secret)
            return self.resolve(arguments[0], scope, depth + 1)
        if last in _UNWRAPPING_METHODS and holder is not None:
            return self.resolve(holder, scope, depth + 1)
        if last in _DERIVING:
            inner = [*arguments, *([holder] if holder is not None else [])]
            return joined(self.resolve(argument, scope, depth + 1) for argument in inner).separated()
        return NOTHING

    def _reader(self, key: str, holder: Node | None, arguments: list[Node], scope: Scope, depth: int) -> Symbols:
        holders = _reached(holder, scope) if holder is not None else []
        names = key.replace(":", ".").split(".")  # nconf separates with colons
        found = _named([*holders, *names], is_trusted=len(names) > 1)
        if not found.names or len(arguments) < 2:
            return found
        return joined([found, self.resolve(arguments[1], scope, depth + 1)])


def _parts(node: Node, script: Script) -> list[str]:
    """Return the names through which a value is reached, from the outermost object on."""
    names: list[str] = []
    for _ in range(_MAX_MEMBERS):
        node = bare(node)
        name: str | None = None
        holder: Node | None = None
        if node.type == "member_expression":
            name, holder = script.name(node.child_by_field_name("property")), node.child_by_field_name("object")
        elif node.type == "subscript_expression":
            name, holder = script.literal(node.child_by_field_name("index")), node.child_by_field_name("object")
        elif node.type == "call_expression":
            holder = node.child_by_field_name("function")
        elif node.type in {"identifier", "this"}:
            name = script.text(node)
        if name is not None:
            names.append(name)
        if holder is None:
            break
        node = holder
    return names[::-1]


def _reached(node: Node, scope: Scope) -> list[str]:
    """Return the names through which a value is reached; of a local variable, those of what it was given as well."""
    parts = _parts(node, scope.script)
    found = scope.find(parts[0]) if parts and not is_configuration(parts[0]) else None
    if found is None or found[0].node.type == "object":
        return parts
    return [*_parts(found[0].node, found[1].script), *parts]


def _named(parts: list[str], *, is_trusted: bool = False) -> Symbols:
    symbol = symbol_of(parts, is_trusted=is_trusted) if parts else None
    if symbol is None and len(parts) > 1 and parts[-1].isupper() and names_secret(parts[-1]):
        symbol = setting_name(parts[-1])
    return Symbols((symbol,)) if symbol is not None else NOTHING
