"""The tree that YAML, JSON and similar data formats are read into."""

import struct
from collections.abc import Iterator

from auditor.model.location import Location
from auditor.model.unknown import HOLE, Unknown
from auditor.patterns import lazy

_TEMPLATE = "a template expression"
_TRUE = {"true", "True", "TRUE"}
_FALSE = {"false", "False", "FALSE"}
_NULL = {"", "~", "null", "Null", "NULL"}
_PLACE = struct.Struct("4I")
"""Line, column, end line and end column of a key."""
_FEW = 32
"""Keys up to which a mapping is searched from one end to the other; most have fewer than ten."""
_INT = lazy(r"[-+]?(0|[1-9](?:_*[0-9]){0,17}_*)")


class Node:
    """Base of the three node types. `at` covers the node, end inclusive."""

    __slots__ = ("at",)

    def __init__(self, at: Location) -> None:
        self.at = at


class Scalar(Node):
    """A text as written, unquoted and unescaped. `plain` is False if it was quoted or a block scalar.

    `text` may contain HOLE where a template expression stands; `value` is Unknown then.
    """

    __slots__ = ("plain", "text")

    def __init__(self, text: str, at: Location, *, plain: bool = True) -> None:
        super().__init__(at)
        self.text = text
        self.plain = plain

    @property
    def tag(self) -> str:
        """A custom tag such as `!vault`, "" if there is none."""
        return ""

    @property
    def exact(self) -> bool:
        """Whether the text stands in the file line by line (a literal block scalar)."""
        return False

    @property
    def text_at(self) -> Location:
        """Where the text's first character stands."""
        return self.at

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
        """Return the decimal integer of up to 18 digits this plain scalar stands for, None for something else."""
        if HOLE in self.text:
            return Unknown(_TEMPLATE)
        if self.plain and _INT.fullmatch(self.text):
            return int(self.text.replace("_", ""))
        return None

    def __repr__(self) -> str:
        return f"<scalar at {self.at}>"


class MarkedScalar(Scalar):
    """A scalar with a custom tag, or a literal block scalar (few are, and trees are large)."""

    __slots__ = ("_exact", "_tag", "_text_at")

    def __init__(
        self, text: str, at: Location, *, plain: bool, tag: str, exact: bool, text_at: Location | None
    ) -> None:
        super().__init__(text, at, plain=plain)
        self._tag = tag
        self._exact = exact
        self._text_at = text_at or at

    @property
    def tag(self) -> str:
        return self._tag

    @property
    def exact(self) -> bool:
        return self._exact

    @property
    def text_at(self) -> Location:
        return self._text_at


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
    """A mapping in file order, duplicates kept. `open` is True if a template expression may add keys.

    Keys are kept as texts and packed places, and become nodes when they are asked for: most never are.
    """

    __slots__ = ("_indices", "_keys", "_places", "_values", "open", "tag")

    def __init__(self, entries: list[tuple[Scalar, Node]], at: Location, *, open_: bool = False, tag: str = "") -> None:
        super().__init__(at)
        self._keys = tuple(key.text for key, _ in entries)
        self._indices: dict[str, int] | None = None
        self._values = tuple(value for _, value in entries)
        self._places = _pack([key.at for key, _ in entries], at.path)
        self.open = open_
        self.tag = tag

    @property
    def entries(self) -> list[tuple[Scalar, Node]]:
        """Keys and values in file order."""
        return list(self)

    def __iter__(self) -> Iterator[tuple[Scalar, Node]]:
        return ((self._key_at(index), value) for index, value in enumerate(self._values))

    def __len__(self) -> int:
        return len(self._keys)

    def __contains__(self, key: str) -> bool:
        return self._last(key) is not None

    def _key_at(self, index: int) -> Scalar:
        if isinstance(self._places, bytes):
            at = Location(self.at.path, *_PLACE.unpack_from(self._places, index * _PLACE.size))
        else:
            at = self._places[index]
        return Scalar(self._keys[index], at)

    def _last(self, key: str) -> int | None:
        """Return the index of the last entry of `key`."""
        if len(self._keys) > _FEW:
            if self._indices is None:
                self._indices = {name: index for index, name in enumerate(self._keys)}
            return self._indices.get(key)
        if key not in self._keys:
            return None
        return len(self._keys) - 1 - self._keys[::-1].index(key)

    def keys(self) -> list[str]:
        return list(self._keys)

    def get(self, *path: str) -> Node | None:
        """Return the node under the nested keys `path` (last duplicate wins), None if there is none."""
        node: Node | None = self
        for name in path:
            if not isinstance(node, Mapping):
                return None
            index = node._last(name)  # noqa: SLF001  # another node of this class
            node = node._values[index] if index is not None else None  # noqa: SLF001  # the same
        return node

    def key(self, name: str) -> Scalar | None:
        """Return the key's own node (its place), last duplicate."""
        index = self._last(name)
        return self._key_at(index) if index is not None else None

    def duplicates(self) -> Iterator[Scalar]:
        """Yield every key that repeats an earlier one."""
        seen: set[str] = set()
        for index, key in enumerate(self._keys):
            if key in seen:
                yield self._key_at(index)
            seen.add(key)

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


def _pack(places: list[Location], path: str) -> bytes | tuple[Location, ...]:
    """Pack places of one file into bytes; keys merged from several files keep their own."""
    if any(place.path != path for place in places):
        return tuple(places)
    return b"".join(_PLACE.pack(place.line, place.column, place.end_line, place.end_column) for place in places)
