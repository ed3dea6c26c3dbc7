"""Merging compose files and extended services.

Source: Compose Specification, "Merge and override" (13-merge.md) and "extends" (05-services.md). Attributes that
may be written in two forms are first brought into one.
"""

from collections.abc import Callable

from auditor.formats.tree import Mapping, Node, Scalar, Sequence

from .ports import port_key
from .text import Places, pairs
from .volumes import target_of

_REPLACED = frozenset({("command",), ("entrypoint",), ("healthcheck", "test")})
_PAIRS = ("environment", "labels", "annotations", "sysctls", "extra_hosts")
_LISTS = ("env_file", "tmpfs", "dns", "dns_search", "expose", "profiles", "security_opt", "cap_add", "cap_drop")


def normalised(service: Mapping, places: Places) -> Mapping:
    """Return a service with `environment`, `labels` and the like as mappings and single strings as lists."""
    entries: list[tuple[Scalar, Node]] = []
    for key, value in service.entries:
        node: Node = value
        if key.text in _PAIRS:
            node = pairs(value, places) or value
        elif key.text in _LISTS and isinstance(value, Scalar) and not value.is_null:
            node = Sequence([value], value.at, tag=value.tag)
        elif key.text == "build":
            node = _build(value, places)
        elif key.text == "depends_on" and isinstance(value, Sequence):
            node = Mapping([(item, Mapping([], item.at)) for item in value.scalars()], value.at, tag=value.tag)
        entries.append((key, node))
    return Mapping(entries, service.at, open_=service.open, tag=service.tag)


def _build(node: Node, places: Places) -> Node:
    if isinstance(node, Scalar) and not node.is_null:
        return Mapping([(Scalar("context", node.at), node)], node.at, tag=node.tag)
    if isinstance(node, Mapping):
        entries = [
            (key, (pairs(value, places) or value) if key.text in {"args", "labels"} else value) for key, value in node
        ]
        return Mapping(entries, node.at, open_=node.open, tag=node.tag)
    return node


def merged(base: Mapping, over: Mapping) -> Mapping:
    """Return the service (or other top-level element) `base` overridden by `over`; both are normalised."""
    return _mapping(base, over, ())


def _mapping(base: Mapping, over: Mapping, path: tuple[str, ...]) -> Mapping:
    found: dict[str, tuple[Scalar, Node]] = {key.text: (key, value) for key, value in base}
    for key, value in over:
        if _tag(value) == "!reset":
            found.pop(key.text, None)
        elif key.text in found:
            old_key, old = found[key.text]
            new = _node(old, value, (*path, key.text))
            found[key.text] = (key if new is value else old_key, new)
        else:
            found[key.text] = (key, value)
    return Mapping(list(found.values()), base.at, open_=base.open or over.open)


def _tag(node: Node) -> str:
    return node.tag if isinstance(node, Mapping | Sequence | Scalar) else ""


def _node(base: Node, over: Node, path: tuple[str, ...]) -> Node:
    if _tag(over) == "!override" or path in _REPLACED:
        return over
    if isinstance(base, Mapping) and isinstance(over, Mapping):
        return _mapping(base, over, path)
    if isinstance(base, Sequence) and isinstance(over, Sequence):
        key = _UNIQUE.get(path)
        joined = [*base.items, *over.items]
        return Sequence(_unique(joined, key) if key else joined, over.at, open_=base.open or over.open)
    if isinstance(over, Scalar) and over.is_null and not isinstance(base, Scalar):
        return base
    return over


def _unique(nodes: list[Node], key: Callable[[Node], object]) -> list[Node]:
    """Keep one item for each key, the last one at the place of the first; items without a key stay."""
    found: dict[object, Node] = {}
    for index, node in enumerate(nodes):
        identity = key(node)
        identity = ("item", index) if identity is None else identity
        earlier = found.get(identity)
        if isinstance(earlier, Mapping) and isinstance(node, Mapping):
            node = _mapping(earlier, node, ("*",))  # noqa: PLW2901  # entries that share a key are merged
        found[identity] = node
    return list(found.values())


def _file_target(node: Node) -> object:
    """Return the target of a `configs` or `secrets` entry."""
    if isinstance(node, Mapping):
        return node.text("target") or node.text("source")
    return node.text if isinstance(node, Scalar) else None


_UNIQUE: dict[tuple[str, ...], Callable[[Node], object]] = {
    ("volumes",): target_of,
    ("ports",): port_key,
    ("configs",): _file_target,
    ("secrets",): _file_target,
}


def extends_of(service: Mapping) -> tuple[str, str | None] | None:
    """Return the name and file of the service that this one extends."""
    node = service.get("extends")
    if isinstance(node, Scalar) and not node.is_null:
        return node.text, None
    if isinstance(node, Mapping):
        name = node.text("service")
        return (name, node.text("file")) if name else None
    return None
