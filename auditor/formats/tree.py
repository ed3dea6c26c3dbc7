"""The tree that YAML, JSON and similar data formats are read into."""

import re
from collections.abc import Iterator

from auditor.model.location import Location
from auditor.model.unknown import HOLE, Unknown

_TEMPLATE = "a template expression"
_TRUE = {"true", "True", "TRUE"}
_FALSE = {"false", "False", "FALSE"}
_NULL = {"", "~", "null", "Null", "NULL"}
_INT = re.compile(r"[-+]?(0|[1-9][0-9_]*)")


class Node:
    """Base of the three node types. `at` covers the node, end inclusive."""

    __slots__ = ("at",)

    def __init__(self, at: Location) -> None:
        self.at = at


class Scalar(Node):
    """A text as written, unquoted and unescaped. `plain` is False if it was quoted or a block scalar.

    `text` may contain HOLE where a template expression stands; `value` is Unknown then. `exact` tells whether
    the text stands in the file line by line (a literal block scalar), `text_at` where its first character is.
    """

    __slots__ = ("exact", "plain", "tag", "text", "text_at")

    def __init__(
        self,
        text: str,
        at: Location,
        *,
        plain: bool = True,
        tag: str = "",
        exact: bool = False,
        text_at: Location | None = None,
    ) -> None:
        super().__init__(at)
        self.text = text
        self.plain = plain
        self.tag = tag
        self.exact = exact
        self.text_at = text_at or at

    @property
    def value(self) -> str | Unknown:
        return Unknown(_TEMPLATE) if HOLE in self.text else self.text

    @property
    def is_null(self) -> bool:
        return self.plain and self.text in _NULL

    def as_bool(self) -> bool | Unknown | None:
        """Return the boolean this plain scalar stands for (YAML 1.2 core), None if it is something else."""
        if HOLE in self.text:
            return Unknown(_TEMPLATE)
        if self.plain and self.text in _TRUE:
            return True
        if self.plain and self.text in _FALSE:
            return False
        return None

    def as_int(self) -> int | Unknown | None:
        """Return the decimal integer this plain scalar stands for, None if it is something else."""
        if HOLE in self.text:
            return Unknown(_TEMPLATE)
        if self.plain and _INT.fullmatch(self.text):
            return int(self.text.replace("_", ""))
        return None

    def __repr__(self) -> str:
        return f"<scalar at {self.at}>"


class Sequence(Node):
    """A list. `open` is True if a template expression may add items."""

    __slots__ = ("items", "open", "tag")

    def __init__(self, items: list[Node], at: Location, *, open_: bool = False, tag: str = "") -> None:
        super().__init__(at)
        self.items = items
        self.open = open_
        self.tag = tag

    def __iter__(self) -> Iterator[Node]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def scalars(self) -> Iterator[Scalar]:
        """Yield the items that are scalars."""
        return (item for item in self.items if isinstance(item, Scalar))

    def mappings(self) -> Iterator["Mapping"]:
        """Yield the items that are mappings."""
        return (item for item in self.items if isinstance(item, Mapping))


class Mapping(Node):
    """A mapping in file order, duplicates kept. `open` is True if a template expression may add keys."""

    __slots__ = ("entries", "open", "tag")

    def __init__(self, entries: list[tuple[Scalar, Node]], at: Location, *, open_: bool = False, tag: str = "") -> None:
        super().__init__(at)
        self.entries = entries
        self.open = open_
        self.tag = tag

    def __iter__(self) -> Iterator[tuple[Scalar, Node]]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __contains__(self, key: str) -> bool:
        return any(k.text == key for k, _ in self.entries)

    def keys(self) -> list[str]:
        return [key.text for key, _ in self.entries]

    def get(self, *path: str) -> Node | None:
        """Return the node under the nested keys `path` (last duplicate wins), None if there is none."""
        node: Node | None = self
        for name in path:
            if not isinstance(node, Mapping):
                return None
            node = next((value for key, value in reversed(node.entries) if key.text == name), None)
        return node

    def key(self, name: str) -> Scalar | None:
        """Return the key's own node (its place), last duplicate."""
        return next((key for key, _ in reversed(self.entries) if key.text == name), None)

    def duplicates(self) -> Iterator[Scalar]:
        """Yield every key that repeats an earlier one."""
        seen: set[str] = set()
        for key, _ in self.entries:
            if key.text in seen:
                yield key
            seen.add(key.text)

    def mapping(self, *path: str) -> "Mapping | None":
        """Return the mapping under `path`, None if there is none or it is something else."""
        node = self.get(*path)
        return node if isinstance(node, Mapping) else None

    def sequence(self, *path: str) -> Sequence | None:
        """Return the sequence under `path`, None if there is none or it is something else."""
        node = self.get(*path)
        return node if isinstance(node, Sequence) else None

    def scalar(self, *path: str) -> Scalar | None:
        """Return the scalar under `path`, None if there is none, it is null or it is something else."""
        node = self.get(*path)
        return node if isinstance(node, Scalar) and not node.is_null else None

    def text(self, *path: str) -> str | None:
        """Return the known text under `path`; None if absent, null, Unknown or not a scalar."""
        node = self.scalar(*path)
        return node.text if node is not None and HOLE not in node.text else None

    def is_open_at(self, *path: str) -> bool:
        """Tell whether a template expression may supply what is absent at `path`."""
        node: Node | None = self
        for name in path:
            if isinstance(node, Scalar) and HOLE in node.text:
                return True
            if not isinstance(node, Mapping):
                return False
            following = node.get(name)
            if following is None:
                return node.open
            node = following
        return isinstance(node, Scalar) and HOLE in node.text
