"""A configuration as Traefik takes it together: from a file, flags, variables or labels, all in one kind of tree.

Sources: traefik/paerser 0.2 (file/raw_node.go: null is passed over; parser/nodes_metadata.go: names in any case, a part
with the value `false` is off whatever stands below it; flag/flagparser.go: a repeated list is joined with commas;
env/env.go: `_` is `.`).
"""

from collections.abc import Iterable, Iterator
from typing import Final

from auditor.formats.tree import Mapping as Tree
from auditor.formats.tree import Node, Scalar, Sequence
from auditor.model.location import Location
from auditor.model.unknown import HOLE, Unknown
from auditor.patterns import lazy

TEMPLATE: Final = "template expressions may set it"
_INDEX = lazy(r"\[(\d{1,4})\]")
_MAX_DEPTH: Final = 20
"""Deepest name of a flag or label that is read; Traefik's options end at ten."""
_TRUE: Final = frozenset({"true", "t", "1"})
"""What Go's strconv.ParseBool takes for true, in lower case."""


class Part:
    """A value with its place, or a mapping of parts by lower-case names. `open` is why absent parts may be set."""

    __slots__ = ("at", "name", "open", "parts", "value")

    def __init__(self, at: Location, name: str = "", value: "str | Unknown" = "") -> None:
        self.at = at
        self.name = name
        self.value = value
        self.parts: dict[str, Part] = {}
        self.open = ""

    def add(self, name: str, at: Location) -> "Part":
        """Return the part `name`, which is made where there is none."""
        return self.parts.setdefault(name.lower(), Part(at, name))

    def find(self, *path: str) -> "Part | Unknown | None":
        """Return what stands at `path` and is on; None if nothing does."""
        part = self
        for name in path:
            following = part.parts.get(name)
            if following is None:
                return Unknown(part.open) if part.open else None
            on = following.is_kept
            if isinstance(on, Unknown) or not on:
                return on if isinstance(on, Unknown) else None
            part = following
        return part

    @property
    def is_kept(self) -> "bool | Unknown":
        """Whether the part has not been switched off by the value `false` beside what stands below it."""
        if isinstance(self.value, Unknown):
            return self.value if self.parts else True
        return not self.parts or self.value == "" or self.value.lower() in _TRUE

    def has(self, *path: str) -> "bool | Unknown":
        """Return whether an element that may be empty (`tls`, `accessLog`) is there and not switched off."""
        part = self.find(*path)
        if part is None or isinstance(part, Unknown):
            return part if isinstance(part, Unknown) else False
        if isinstance(part.value, Unknown):
            return part.value
        return part.value == "" or part.value.lower() in _TRUE

    def text(self, *path: str) -> "str | Unknown | None":
        """Return the value at `path`, None if it is not set."""
        part = self.find(*path)
        return part if part is None or isinstance(part, Unknown) else part.value

    def is_on(self, *path: str) -> "bool | Unknown":
        """Return whether a switch is on; one that is not set is off."""
        value = self.text(*path)
        return value if isinstance(value, Unknown) else (value or "").lower() in _TRUE

    def words(self, *path: str) -> "tuple[str, ...] | Unknown":
        """Return the items of a list."""
        value = self.text(*path)
        if isinstance(value, Unknown):
            return value
        found = self.find(*path)
        listed = [value] if value else []
        if isinstance(found, Part):
            for part in found.parts.values():
                if isinstance(part.value, Unknown):
                    return part.value
                listed.append(part.value)
        return tuple(word.strip() for text in listed for word in text.split(",") if word.strip())

    def each(self, *path: str) -> "Iterator[Part]":
        """Yield the parts below `path`."""
        found = self.find(*path)
        if isinstance(found, Part):
            yield from found.parts.values()

    def gap(self, *path: str) -> str:
        """Return why there may be more parts at or below `path`, "" if there are none."""
        found = self.find(*path)
        if isinstance(found, Unknown):
            return found.reason
        return found.open if found is not None else ""

    def where(self, *path: str) -> Location:
        """Return the place of what stands at `path`, else of the nearest part above it."""
        part = self
        for name in path:
            if name not in part.parts:
                break
            part = part.parts[name]
        return part.at

    def put(self, path: Iterable[str], value: "str | Unknown", at: Location) -> None:
        """Set a value, as flags, variables and labels do."""
        part = self
        for name in path:
            part = part.add(name, at)
        part.value, part.at = value, at

    def values(self, path: tuple[str, ...] = ()) -> "Iterator[tuple[tuple[str, ...], Part]]":
        """Yield every part that has a value, or is empty, with its names as written."""
        if not self.parts or isinstance(self.value, Unknown) or self.value:
            yield path, self
        for part in self.parts.values():
            yield from part.values((*path, part.name))


def dotted(name: str) -> tuple[str, ...]:
    """Return the names of a flag or label: `servers[0].url` is ("servers", "0", "url")."""
    return tuple(part for part in _INDEX.sub(r".\1", name).split(".", _MAX_DEPTH) if part)


def of_tree(tree: Tree) -> Part:
    """Return a file's tree."""
    root = Part(tree.at)
    fill(root, tree)
    return root


def fill(part: Part, node: Node) -> None:
    """Put what a file has at a node into a part."""
    if isinstance(node, Scalar):
        part.value = Unknown("a template expression") if HOLE in node.text else node.text
    elif isinstance(node, Sequence):
        if node.open:
            part.open = TEMPLATE
        for index, item in enumerate(node):
            fill(part.add(str(index), item.at), item)
    elif isinstance(node, Tree):
        if node.open:
            part.open = TEMPLATE
        for key, value in node:
            if HOLE in key.text:
                part.open = TEMPLATE
            elif not isinstance(value, Scalar) or not value.is_null:
                at = value.at if isinstance(value, Scalar) else key.at
                fill(part.add(key.text, at), value)
