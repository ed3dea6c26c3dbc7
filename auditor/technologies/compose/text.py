"""Scalars of a compose file after interpolation, and where a part of a scalar's text stands in the file."""

import re
from collections.abc import Callable
from collections.abc import Mapping as MappingOf

from auditor.formats.interpolation import Interpolated, Lookup, interpolate
from auditor.formats.tree import Mapping, MarkedScalar, Node, Scalar, Sequence
from auditor.model.location import Location
from auditor.model.unknown import HOLE, Unknown
from auditor.model.workload import Located
from auditor.patterns import lazy

_PROPERTIES = lazy(r"(?:[&!]\S*\s+)+")
_TRUE = frozenset({"true", "yes", "on", "y", "1"})
_FALSE = frozenset({"false", "no", "off", "n", "0"})


class Text(MarkedScalar):
    """A scalar with its variables replaced; `raw` is the scalar as written."""

    __slots__ = ("raw", "result")

    def __init__(self, raw: Scalar, result: Interpolated, at: Location | None = None) -> None:
        super().__init__(result.text, at or raw.at, plain=raw.plain, tag=raw.tag, exact=raw.exact, text_at=raw.text_at)
        self.raw = raw
        self.result = result

    @property
    def value(self) -> str | Unknown:
        return Unknown(self.reason) if HOLE in self.text else self.text

    @property
    def is_null(self) -> bool:
        """Whether the value was written as null; a variable that is empty gives an empty text."""
        return self.raw.is_null

    @property
    def reason(self) -> str:
        """Why the text is not known, if it is not."""
        if self.result.missing:
            return f"the variable {self.result.missing[0]} is not set in the scanned files"
        return "a template expression"


def interpolated(node: Node, lookup: Lookup) -> Node:
    """Return the tree below `node` with the variables of every value replaced (keys stay as they are)."""
    if isinstance(node, Mapping):
        entries = [(key, interpolated(value, lookup)) for key, value in node.entries]
        return Mapping(entries, node.at, open_=node.open, tag=node.tag)
    if isinstance(node, Sequence):
        return Sequence([interpolated(item, lookup) for item in node.items], node.at, open_=node.open, tag=node.tag)
    assert isinstance(node, Scalar)
    return Text(node, interpolate(node.text, lookup))


def text(node: Node | None) -> Located[str] | None:
    """Return a scalar's text with its place, None if there is none or a variable leaves it empty."""
    if not isinstance(node, Scalar) or node.is_null or not node.text.strip():
        return None
    return Located(value=node.value, at=node.at)


def boolean(node: Node | None) -> Located[bool] | None:
    """Return a boolean, written plainly, quoted or by a variable."""
    found = text(node)
    if found is None:
        return None
    if isinstance(found.value, Unknown):
        return Located[bool](value=found.value, at=found.at)
    word = found.value.lower()
    if word in _TRUE or word in _FALSE:
        return Located(value=word in _TRUE, at=found.at)
    return None


def integer(node: Node | None) -> Located[int] | None:
    """Return an integer, written plainly, quoted or by a variable."""
    found = text(node)
    if found is None:
        return None
    if isinstance(found.value, Unknown):
        return Located[int](value=found.value, at=found.at)
    return Located(value=int(found.value), at=found.at) if re.fullmatch(r"\d{1,9}", found.value) else None


def items(node: Node | None) -> list[Node]:
    """Return the items of a sequence, or a lone scalar as the one item."""
    if isinstance(node, Sequence):
        return list(node.items)
    return [node] if isinstance(node, Scalar) and not node.is_null else []


class Places:
    """Finds the place of a part of a scalar, whatever its style: it aligns the characters that are not blank."""

    def __init__(self, lines: Callable[[str], list[str]]) -> None:
        self._lines = lines
        self._aligned: dict[int, tuple[Scalar, list[tuple[int, int]] | None]] = {}

    def part(self, scalar: Scalar, start: int, end: int) -> Location:
        """Return the place of the characters from `start` up to `end` of the (interpolated) text of `scalar`.

        It is the place of the whole scalar where escapes or template expressions hide the part's place.
        """
        raw = scalar
        if isinstance(scalar, Text):
            start, end = scalar.result.raw_index(start), scalar.result.raw_index(end, end=True)
            raw = scalar.raw
        found = self._align(raw)
        if found is None or not found:
            return scalar.at
        last = max(start, end - 1)
        if last >= len(found):
            start = last = len(found) - 1
        line, column = found[start]
        end_line, end_column = found[last]
        return Location(scalar.at.path, line, column, end_line, end_column)

    def _align(self, scalar: Scalar) -> list[tuple[int, int]] | None:
        cached = self._aligned.get(id(scalar))
        if cached is None:
            cached = (scalar, self._search(scalar))
            self._aligned[id(scalar)] = cached
        return cached[1]

    def _search(self, scalar: Scalar) -> list[tuple[int, int]] | None:
        """Return the place of every character of the scalar's text, a blank one's being its predecessor's."""
        lines = self._lines(scalar.at.path)
        line, column = scalar.at.line, scalar.at.column - 1
        if line > len(lines):
            return None
        properties = _PROPERTIES.match(lines[line - 1], column)
        column = properties.end() if properties else column
        first = lines[line - 1][column : column + 1]
        if first in {"|", ">"} and not scalar.plain:
            line, column = line + 1, 0
        elif first in {'"', "'"} and not scalar.plain:
            column += 1
        found: list[tuple[int, int]] = []
        current = lines[line - 1] if line <= len(lines) else ""
        for char in scalar.text:
            if char.isspace():
                found.append(found[-1] if found else (line, column + 1))
                continue
            while column >= len(current) or current[column].isspace():
                column += 1
                if column >= len(current):
                    line, column = line + 1, 0
                    if line > len(lines):
                        return None
                    current = lines[line - 1]
            if current[column] != char:
                return None
            found.append((line, column + 1))
            column += 1
        return found


def pairs(node: Node | None, places: Places) -> Mapping | None:
    """Return `environment`, `labels` or `args` in map form; a list's `NAME=value` items are split at the first `=`.

    A name alone gets a null value, as in the map form.
    """
    if isinstance(node, Mapping) or not isinstance(node, Sequence):
        return node if isinstance(node, Mapping) else None
    entries: list[tuple[Scalar, Node]] = []
    for item in node.scalars():
        name, equals, value = item.text.partition("=")
        if HOLE in name:
            continue
        if not equals:
            entries.append((Scalar(name, item.at), Scalar("", item.at)))
            continue
        at = places.part(item, len(name) + 1, len(item.text)) if value else item.at
        result = Interpolated(value)
        if isinstance(item, Text):
            result = Interpolated(value, names=item.result.names, missing=item.result.missing)
        raw = Scalar(value, at, plain=False)
        entries.append((Scalar(name, item.at), Text(raw, result)))
    open_ = node.open or any(HOLE in item.text.partition("=")[0] for item in node.scalars())
    return Mapping(entries, node.at, open_=open_, tag=node.tag)


def settings(node: Mapping | None) -> MappingOf[str, str]:
    """Return the known texts of a mapping of scalars."""
    if node is None:
        return {}
    return {key.text: value.text for key, value in node if isinstance(value, Scalar) and HOLE not in value.text}
