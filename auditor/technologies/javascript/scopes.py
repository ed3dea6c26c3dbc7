"""What names stand for: declarations, destructuring, imports and exports."""

from collections.abc import Iterable, Iterator
from dataclasses import field

from tree_sitter import Node

from auditor.records import dataclass

from .syntax import Script, arguments_of, bare, inside, pairs_of


@dataclass(frozen=True)
class Bound:
    """What a name was given: an expression, or what stands at `path` in it, or else `default`."""

    node: Node
    path: tuple[str, ...] = ()
    default: Node | None = None


@dataclass
class Scope:
    """Names of a module, class or function. `parameters` may be anything; `imported` are dotted origins.

    An origin is the module's name, `#` and the path inside it: `jsonwebtoken#sign`.
    """

    script: Script
    bound: dict[str, Bound] = field(default_factory=dict[str, Bound])
    imported: dict[str, str] = field(default_factory=dict[str, str])
    parameters: frozenset[str] = frozenset()
    members: "dict[str, tuple[Node, Scope]] | None" = None
    """Of a class: what it assigns to `this`."""
    outer: "Scope | None" = None

    def find(self, name: str) -> tuple[Bound, "Scope"] | None:
        """Return what a name was given, and in which scope."""
        if name in self.bound:
            return self.bound[name], self
        if self.outer is None or name in self.parameters:
            return None
        return self.outer.find(name)

    def origin(self, name: str) -> str | None:
        """Return where a name was imported from."""
        if name in self.imported:
            return self.imported[name]
        if self.outer is None or name in self.parameters or name in self.bound:
            return None
        return self.outer.origin(name)

    def owner(self) -> "Scope | None":
        """Return the scope of the class around."""
        scope: Scope | None = self
        while scope is not None and scope.members is None:
            scope = scope.outer
        return scope


def declare(nodes: Iterable[Node], scope: Scope) -> None:
    """Add the names that the nodes of a block declare."""
    for item in nodes:
        if item.type == "variable_declarator":
            pattern, value = item.child_by_field_name("name"), item.child_by_field_name("value")
            if pattern is not None and value is not None:
                _bind(pattern, Bound(bare(value)), scope)
        elif item.type == "import_statement":
            _import(item, scope)


def _bind(pattern: Node, value: Bound, scope: Scope) -> None:
    script = scope.script
    origin = module_of(value.node, scope)
    for name, path, default in _names(pattern, script):
        if origin is not None:
            scope.imported[name] = join(origin, *value.path, *path)
        else:
            scope.bound.setdefault(name, Bound(value.node, (*value.path, *path), default))


def _names(
    pattern: Node, script: Script, path: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...], Node | None]]:
    """Yield the names in a pattern with the path each takes its value from and its default."""
    if pattern.type in {"identifier", "shorthand_property_identifier_pattern"}:
        name = script.text(pattern)
        yield name, (*path, name) if pattern.type != "identifier" else path, None
    elif pattern.type in {"object_assignment_pattern", "assignment_pattern"}:
        left, right = pattern.child_by_field_name("left"), pattern.child_by_field_name("right")
        if left is not None:
            for name, inner, _ in _names(left, script, path):
                yield name, inner, right
    elif pattern.type == "pair_pattern":
        key = script.name(pattern.child_by_field_name("key"))
        value = pattern.child_by_field_name("value")
        if key is not None and value is not None:
            yield from _names(value, script, (*path, key))
    elif pattern.type == "object_pattern" and len(path) < 8:
        for child in pattern.named_children:
            yield from _names(child, script, path)


def parameters_of(function: Node, script: Script) -> frozenset[str]:
    """Return the names of a function's parameters."""
    listed = function.child_by_field_name("parameters") or function.child_by_field_name("parameter")
    if listed is None:
        return frozenset()
    if listed.type == "identifier":
        return frozenset({script.text(listed)})
    patterns = (child.child_by_field_name("pattern") or child for child in listed.named_children)
    return frozenset(name for pattern in patterns for name, _, _ in _names(pattern, script))


def _import(statement: Node, scope: Scope) -> None:
    script = scope.script
    source = statement.child_by_field_name("source")
    for clause in statement.named_children:
        if clause.type == "import_require_clause":
            source = clause.child_by_field_name("source")
        module = script.literal(source)
        if module is None or clause.type not in {"import_clause", "import_require_clause"}:
            continue
        for item in clause.named_children:
            if item.type == "identifier":
                scope.imported[script.text(item)] = join(module)
            elif item.type == "namespace_import" and item.named_children:
                scope.imported[script.text(item.named_children[0])] = join(module)
            elif item.type == "named_imports":
                for specifier in item.named_children:
                    name = script.name(specifier.child_by_field_name("name"))
                    local = script.name(specifier.child_by_field_name("alias")) or name
                    if name is not None and local is not None:
                        scope.imported[local] = join(module, name)


def join(origin: str, *names: str) -> str:
    """Return the origin of what stands at `names` in an origin; `default` is the module itself."""
    module, _, path = origin.removeprefix("node:").partition("#")
    parts = [part for part in (*path.split("."), *names) if part and part != "default"]
    return f"{module}#{'.'.join(parts)}" if parts else module


def module_of(node: Node, scope: Scope) -> str | None:
    """Return the origin that `require("…")`, `import("…")` or a member of one stands for."""
    base, names = _chain(node, scope.script)
    if base.type != "call_expression":
        return None
    function = base.child_by_field_name("function")
    if function is None or scope.script.text(function) not in {"require", "import"}:
        return None
    arguments = arguments_of(base)
    module = scope.script.literal(arguments[0]) if arguments else None
    return join(module, *names) if module is not None else None


def dotted(node: Node, scope: Scope) -> str:
    """Return what a call calls as a dotted name with imports resolved, "" if it is no name."""
    base, names = _chain(node, scope.script)
    if base.type not in {"identifier", "this", "super"}:
        return module_of(node, scope) or ""
    first = scope.script.text(base)
    origin = scope.origin(first)
    return join(origin, *names) if origin is not None else ".".join([first, *names])


def _chain(node: Node, script: Script) -> tuple[Node, list[str]]:
    """Return the object at the start of a chain of members, and the members' names."""
    names: list[str] = []
    node = bare(node)
    while node.type == "member_expression":
        holder, name = node.child_by_field_name("object"), node.child_by_field_name("property")
        if holder is None or name is None:
            break
        names.append(script.text(name))
        node = bare(holder)
    return node, names[::-1]


def class_members(node: Node, scope: Scope) -> None:
    """Add what a class assigns to `this`, by field definitions and in its methods."""
    body = node.child_by_field_name("body")
    if body is None or scope.members is None:
        return
    script = scope.script
    for item in body.named_children:
        if item.type in {"public_field_definition", "field_definition"}:
            name = script.name(item.child_by_field_name("name") or item.child_by_field_name("property"))
            value = item.child_by_field_name("value")
            if name is not None and value is not None:
                scope.members[name] = (bare(value), scope)
        elif item.type == "method_definition":
            inner = Scope(script, parameters=parameters_of(item, script), outer=scope)
            nodes = list(inside(item))
            declare(nodes, inner)
            for assignment in nodes:
                left, right = assignment.child_by_field_name("left"), assignment.child_by_field_name("right")
                if assignment.type == "assignment_expression" and left is not None and right is not None:
                    holder, _, name = script.text(left).partition(".")
                    if holder == "this" and name.isidentifier():
                        scope.members.setdefault(name, (bare(right), inner))


def exports_of(root: Node, scope: Scope) -> dict[str, Node]:
    """Return what a module gives to others by name; "" is the default or the whole."""
    script = scope.script
    exports: dict[str, Node] = {}
    for item in root.named_children:
        if item.type == "export_statement":
            value = item.child_by_field_name("value")
            if value is not None:
                exports[""] = bare(value)
            declaration = item.child_by_field_name("declaration")
            if declaration is not None:
                for declarator in declaration.named_children:
                    name = declarator.child_by_field_name("name")
                    if declarator.type == "variable_declarator" and name is not None and name.type == "identifier":
                        exports[script.text(name)] = name
        elif item.type == "expression_statement" and item.named_children:
            assignment = item.named_children[0]
            left, right = assignment.child_by_field_name("left"), assignment.child_by_field_name("right")
            if assignment.type == "assignment_expression" and left is not None and right is not None:
                target = script.text(left)
                if target == "module.exports":
                    exports[""] = bare(right)
                elif target.startswith(("module.exports.", "exports.")):
                    exports[target.rpartition(".")[2]] = bare(right)
    for child in (child for item in root.named_children if item.type == "export_statement" for child in item.children):
        if child.type == "export_clause":
            for specifier in child.named_children:
                name = specifier.child_by_field_name("name")
                alias = script.name(specifier.child_by_field_name("alias")) or script.name(name)
                if name is not None and alias is not None:
                    exports["" if alias == "default" else alias] = name
    return exports


def value_at(node: Node, path: tuple[str, ...], script: Script) -> Node | None:
    """Return what stands at `path` in an object that is written out."""
    for name in path:
        if node.type != "object":
            return None
        node_or_none = next((value for key, value in pairs_of(node) if script.name(key) == name), None)
        if node_or_none is None:
            return None
        node = node_or_none
    return node
