"""TOML with the place of every value: the standard library reads it, and a walk over the text finds the places."""

import re
import tomllib
from collections.abc import Iterator
from typing import Final, cast

from auditor.formats.errors import FormatError
from auditor.formats.template import is_templated, mask
from auditor.formats.tree import Mapping, Node, Scalar, Sequence
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE
from auditor.patterns import lazy

_STRING = r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}|\'\'\'(?:[^\']|\'(?!\'\'))*\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\''
_TOKEN = lazy(
    rf"(?P<text>{_STRING})|#[^\n]*|(?P<mark>\[\[|\]\]|[\[\]{{}},=.])|(?P<line>\n)|(?P<word>[^\s\[\]{{}},=#\"'.]+)", re.S
)
_PROBLEM = lazy(r"\(at line (\d+), column (\d+)\)")
_BARE = lazy(rf"(?<==[ ]){HOLE}{{3,}}(?=[ \t\r]*(?:#[^\n]*)?$)", re.M)
"""A template expression that stands for a whole value, as wide as it was written."""
MAX_DEPTH: Final = 50
"""Deepest nesting of arrays and tables in a value."""
Path = tuple[str, ...]


def parse(source: Source) -> Mapping:
    """Read a TOML file.

    Of a template that is no TOML without its expressions nothing is known: anything may stand there.

    Raises:
        FormatError: the text is not TOML.
    """
    text = source.text
    templated = is_templated(text)
    if templated:
        text = _BARE.sub(lambda match: f'"{match[0][2:]}"', mask(text)[0])
    try:
        loaded = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        if templated:
            return Mapping([], source.at(), open_=True)
        found = _PROBLEM.search(str(error))
        at = source.at(int(found[1]), int(found[2])) if found else source.at()
        raise FormatError(at, "expected TOML in which each key is written once") from None
    except (RecursionError, ValueError):
        raise FormatError(source.at(), "expected TOML without deep nesting") from None
    places = _Places(source, text)
    return cast("Mapping", _node(loaded, (), places, source.at(), 0))


class _Places:
    """Places of keys and headers by path, and of the scalars of each assignment, in order."""

    def __init__(self, source: Source, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._source = source
        self.keys: dict[Path, Location] = {}
        self.scalars: dict[Path, list[Location]] = {}
        self._walk(text)
        self.above = {key[:length] for key in self.keys for length in range(1, len(key))}
        """Paths of which only parts below are written (`[a.b.c]` makes `a` and `a.b`)."""

    def _at(self, start: int, end: int) -> Location:
        line, last = self._line(start), self._line(end - 1)
        return self._source.at(line + 1, start - self._starts[line] + 1, last + 1, end - self._starts[last])

    def _line(self, offset: int) -> int:
        low, high = 0, len(self._starts)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._starts[middle] <= offset else (low, middle)
        return low

    def _walk(self, text: str) -> None:
        section: Path = ()
        counts: dict[Path, int] = {}
        rows = _rows(text)
        for row in rows:
            kind = row[0].group()
            if kind in {"[", "[["}:
                name = _resolved(_key(row[1:]), counts)
                if kind == "[[":
                    counts[name] = counts.get(name, -1) + 1
                    name = (*name, str(counts[name]))
                section = name
                self.keys.setdefault(name, self._at(row[0].start(), row[-1].end()))
                continue
            equals = next((index for index, token in enumerate(row) if token["mark"] == "="), None)
            if equals is None:
                continue
            path = (*section, *_key(row[:equals]))
            self.keys[path] = self._at(row[0].start(), row[equals - 1].end())
            self.scalars[path] = [self._at(*span) for span in _spans(row[equals + 1 :])]


def _rows(text: str) -> Iterator[list[re.Match[str]]]:
    """Yield the tokens of each header and assignment."""
    row: list[re.Match[str]] = []
    depth = 0
    is_header = False
    for token in _TOKEN.finditer(text):
        mark = token["mark"]
        if token["line"] is not None and (depth <= 0 or is_header):
            if row:
                yield row
            row, depth, is_header = [], 0, False
        elif mark is not None or token["text"] is not None or token["word"] is not None:
            is_header = is_header or (not row and mark in {"[", "[["})
            row.append(token)
            depth += {"[": 1, "{": 1, "[[": 2, "]": -1, "}": -1, "]]": -2}.get(mark or "", 0)
    if row:
        yield row


def _key(tokens: list[re.Match[str]]) -> Path:
    return tuple(_unquoted(token) for token in tokens if token["text"] is not None or token["word"] is not None)


def _unquoted(token: re.Match[str]) -> str:
    return token.group()[1:-1] if token["text"] is not None else token.group()


def _resolved(name: Path, counts: dict[Path, int]) -> Path:
    """Return a header's path with the index of the last element of each array of tables above it."""
    found: Path = ()
    for index, part in enumerate(name):
        found = (*found, part)
        if found in counts and index < len(name) - 1:
            found = (*found, str(counts[found]))
    return found


def _spans(tokens: list[re.Match[str]]) -> list[tuple[int, int]]:
    """Return where the scalars of a value stand, without quotes; names in inline tables are none."""
    spans: list[tuple[int, int]] = []
    joined = False
    for index, token in enumerate(tokens):
        following = tokens[index + 1]["mark"] if index + 1 < len(tokens) else None
        if token["text"] is not None:
            if following not in {"=", "."}:
                inner = 3 if token.group()[:3] in {'"""', "'''"} else 1
                spans.append((token.start() + inner, max(token.end() - inner, token.start() + inner + 1)))
        elif token["word"] is not None:
            if joined and spans:
                spans[-1] = (spans[-1][0], token.end())
            elif following != "=" and not (following == "." and _is_name(tokens, index)):
                spans.append((token.start(), token.end()))
        joined = token["mark"] == "." and bool(spans) and spans[-1][1] == token.start()
    return spans


def _is_name(tokens: list[re.Match[str]], index: int) -> bool:
    """Tell whether a dotted word is a key of an inline table: an `=` follows before anything else does."""
    for token in tokens[index + 1 :]:
        if token["mark"] == "=":
            return True
        if token["mark"] not in {None, "."}:
            return False
    return False


def _node(value: object, path: Path, places: _Places, above: Location, depth: int) -> Node:
    at = places.keys.get(path, above)
    spans = iter(places.scalars.get(path, ()))
    whole = value
    if isinstance(value, dict):
        if depth > MAX_DEPTH:
            raise FormatError(at, "expected TOML without deep nesting")
        entries: list[tuple[Scalar, Node]] = []
        for name, item in cast("dict[str, object]", value).items():
            inner = (*path, name)
            key = Scalar(name, places.keys.get(inner, at))
            written = inner in places.keys or inner in places.above
            entries.append((key, _node(item, inner, places, at, depth + 1) if written else _inline(item, spans, at, 0)))
        return Mapping(entries, at)
    items = cast("list[object]", value) if isinstance(value, list) else []
    if items and path not in places.scalars:
        return Sequence([_node(item, (*path, str(i)), places, at, depth + 1) for i, item in enumerate(items)], at)
    return _inline(whole, spans, at, 0)


def _inline(value: object, spans: Iterator[Location], at: Location, depth: int) -> Node:
    if depth > MAX_DEPTH:
        raise FormatError(at, "expected TOML without deep nesting")
    if isinstance(value, dict):
        items = cast("dict[str, object]", value).items()
        return Mapping([(Scalar(name, at), _inline(item, spans, at, depth + 1)) for name, item in items], at)
    if isinstance(value, list):
        return Sequence([_inline(item, spans, at, depth + 1) for item in cast("list[object]", value)], at)
    place = next(spans, at)
    if isinstance(value, bool):
        return Scalar("true" if value else "false", place)
    text = str(value)
    return Scalar(HOLE if HOLE in text else text, place, plain=not isinstance(value, str))
