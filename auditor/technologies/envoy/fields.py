"""Fields of messages as Envoy reads them from YAML and JSON.

Sources: Protocol Buffers documentation, "ProtoJSON Format" (a field has two names, `static_resources` and
`staticResources`; null is the default); Envoy 1.36 documentation, "Extension configuration" (`@type`).
"""

from collections.abc import Iterator
from typing import Final

from auditor.formats.tree import Mapping as Tree
from auditor.formats.tree import Node, Scalar, Sequence
from auditor.model.location import Location
from auditor.model.unknown import HOLE, Unknown
from auditor.patterns import lazy

Message = Tree
"""A message of the API, as the file writes it."""
TEMPLATE: Final = "template expressions may set it"
_VARIABLE: Final = lazy(r"\$\{?[A-Za-z_]\w*\}?|\{\{")


def camel(name: str) -> str:
    """Return the other name of a field."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def field_of(message: Node | None, *path: str) -> Node | None:
    """Return the node at a path of fields, None where one is absent or null."""
    node = message
    for name in path:
        if not isinstance(node, Tree):
            return None
        found = node.get(name)
        node = found if found is not None else node.get(camel(name))
    return None if isinstance(node, Scalar) and node.is_null else node


def message_at(message: Node | None, *path: str) -> Tree | None:
    """Return the message at a path of fields."""
    node = field_of(message, *path)
    return node if isinstance(node, Tree) else None


def messages(message: Node | None, *path: str) -> Iterator[Tree]:
    """Yield the messages of a repeated field."""
    node = field_of(message, *path)
    if isinstance(node, Sequence):
        yield from node.mappings()


def text_at(message: Node | None, *path: str) -> str | Unknown | None:
    """Return the text of a field, Unknown where a template or a variable supplies it."""
    node = field_of(message, *path)
    if not isinstance(node, Scalar):
        return Unknown(TEMPLATE) if node is None and is_open(message, *path) else None
    if HOLE in node.text or _VARIABLE.search(node.text):
        return Unknown("a variable supplies it")
    return node.text


def is_on(message: Node | None, *path: str) -> bool | Unknown:
    """Return whether a switch is on; the default of a bool is false."""
    value = text_at(message, *path)
    return value if isinstance(value, Unknown) else (value or "").lower() == "true"


def is_open(message: Node | None, *path: str) -> bool:
    """Tell whether a template expression may add what is absent at a path."""
    node = message
    for name in (*path, ""):
        if isinstance(node, Sequence) and node.open:
            return True
        if not isinstance(node, Tree):
            return False
        if node.open:
            return True
        if name:
            found = node.get(name)
            node = found if found is not None else node.get(camel(name))
    return False


def place_of(message: Node, *path: str) -> Location:
    """Return the place of a field, else of the nearest message above it."""
    at, node = message.at, message
    for name in path:
        if not isinstance(node, Tree):
            break
        found, key = node.get(name), node.key(name)
        if found is None:
            found, key = node.get(camel(name)), node.key(camel(name))
        if found is None or key is None:
            break
        node = found
        at = found.at if isinstance(found, Scalar) else key.at
    return at


def type_of(extension: Tree) -> str:
    """Return the message's name of an extension's `typed_config`, "" if it has none."""
    kind = text_at(extension, "typed_config", "@type")
    return kind.rpartition(".")[2] if isinstance(kind, str) else ""
