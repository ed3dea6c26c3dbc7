"""Patterns of `.gitignore` files, matched as git does (gitignore(5), Git 2.43) and in linear time per `*`.

The patterns come from the scanned repository, so they are not turned into one regular expression: a line of many
`*` would make it backtrack for years. A segment is cut at its `*` into pieces of fixed length that are searched
from left to right.
"""

import re
from typing import Final

from auditor.patterns import lazy
from auditor.records import dataclass

_NAMED_CLASSES: Final = {
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "blank": r" \t",
    "cntrl": r"\x00-\x1f\x7f",
    "digit": "0-9",
    "graph": "!-~",
    "lower": "a-z",
    "print": " -~",
    "punct": r"!-/:-@\[-`{-~",
    "space": r"\s",
    "upper": "A-Z",
    "xdigit": "0-9A-Fa-f",
}
MAX_PATTERNS: Final = 10_000
"""Patterns read from one file; git's own repository has 280."""


class _InvalidPatternError(ValueError):
    """The pattern can match nothing, for example an unclosed bracket."""


@dataclass(frozen=True)
class _Segment:
    """One path segment: fixed-length pieces with a `*` between each two. `any_depth` is the segment `**`."""

    pieces: tuple[re.Pattern[str], ...] = ()
    any_depth: bool = False

    def matches(self, name: str) -> bool:
        first = self.pieces[0].match(name)
        if first is None:
            return False
        position = first.end()
        if len(self.pieces) == 1:
            return position == len(name)
        for piece in self.pieces[1:-1]:
            found = piece.search(name, position)
            if found is None:
                return False
            position = found.end()
        last = self.pieces[-1]
        return any(
            match.end() == len(name)
            for start in range(max(position, len(name) - _length(last)), len(name) + 1)
            if (match := last.match(name, start)) is not None
        )


_AFTER_PREFIX = lazy(r"(?P<prefix>[^*?\[\\]*[^*?\[\\/])\*\*+(?:/(?P<rest>.+))?", re.DOTALL)


@dataclass(frozen=True)
class Pattern:
    """One line of an ignore file. `segments` has one element if the pattern is for a name at any depth."""

    segments: tuple[_Segment, ...]
    is_negated: bool
    directories_only: bool
    is_anchored: bool
    literal: str | None
    """The whole pattern where it has no special character: compared, not searched."""
    prefix: str | None = None
    """For `text**`: what stands before the stars. Git compares it first and then meets `**` as if at the start, so
    that the stars take slashes too (`match_pathname` in dir.c, git 2.39); `segments` follow behind them."""

    def matches(self, path: str, name: str, is_directory: bool) -> bool:
        """Tell whether the pattern names exactly `path` (relative to its file's folder), whose last part is `name`."""
        if self.directories_only and not is_directory:
            return False
        if self.literal is not None:
            return self.literal == (path if self.is_anchored else name)
        if self.prefix is not None:
            return self._matches_after_prefix(path, self.prefix)
        if not self.is_anchored:
            return self.segments[0].matches(name)
        return _match_path(self.segments, path.split("/"))

    def _matches_after_prefix(self, path: str, prefix: str) -> bool:
        if not path.startswith(prefix):
            return False
        if not self.segments:
            return True
        parts = path[len(prefix) :].split("/")
        return any(_match_path(self.segments, parts[start:]) for start in range(len(parts)))


def _length(piece: re.Pattern[str]) -> int:
    """Return how many characters a piece matches at most: each of its elements matches one."""
    return len(piece.pattern)


def _match_path(segments: tuple[_Segment, ...], parts: list[str]) -> bool:
    """Match segments with parts; `**` takes any number of parts, but at least one where it ends the pattern."""
    states = {0}
    for part in parts:
        following: set[int] = set()
        for state in _without_depth(states, segments):
            if state == len(segments):
                continue
            if segments[state].any_depth:
                following.add(state)
                if state == len(segments) - 1:
                    following.add(state + 1)
            elif segments[state].matches(part):
                following.add(state + 1)
        states = following
    return len(segments) in states


def _without_depth(states: set[int], segments: tuple[_Segment, ...]) -> set[int]:
    """Add the states reached when a `**` that is not the last segment takes no part."""
    reached = set(states)
    for state in sorted(states):
        current = state
        while current < len(segments) - 1 and segments[current].any_depth:
            current += 1
            reached.add(current)
    return reached


def parse_patterns(text: str) -> tuple[Pattern, ...]:
    """Read an ignore file; lines that can match nothing are left out."""
    found: list[Pattern] = []
    for line in text.removeprefix("\ufeff").split("\n")[:MAX_PATTERNS]:
        try:
            pattern = _parse_line(line.removesuffix("\r"))
        except (_InvalidPatternError, re.error, OverflowError):
            continue
        if pattern is not None:
            found.append(pattern)
    return tuple(found)


def _parse_line(line: str) -> Pattern | None:
    if line.startswith("#"):
        return None
    text = _strip_trailing_spaces(line)
    is_negated = text.startswith("!")
    text = text.removeprefix("!")
    directories_only = text.endswith("/")
    text = text.removesuffix("/")
    if not text:
        return None
    is_anchored = "/" in text
    text = text.removeprefix("/")
    literal = None if re.search(r"[*?\[\\]", text) else text
    if is_anchored and (after := _AFTER_PREFIX.fullmatch(text)) is not None:
        rest = tuple(_parse_segment(part, is_anchored) for part in _split(after["rest"])) if after["rest"] else ()
        return Pattern(rest, is_negated, directories_only, is_anchored, None, after["prefix"])
    parts = _split(text) if is_anchored else [text]
    segments = tuple(_parse_segment(part, is_anchored) for part in parts)
    return Pattern(segments, is_negated, directories_only, is_anchored, literal)


def _strip_trailing_spaces(line: str) -> str:
    """Remove spaces at the end, except one that a backslash quotes and those before it."""
    end = 0
    position = 0
    while position < len(line):
        if line[position] == "\\":
            position += 2
            end = min(position, len(line))
        else:
            position += 1
            if line[position - 1] != " ":
                end = position
    return line[:end]


def _split(text: str) -> list[str]:
    """Cut a pattern at its slashes; one inside a bracket expression does not separate."""
    parts: list[str] = []
    start = position = 0
    while position < len(text):
        if text[position] == "[":
            position = _parse_class(text, position)[1]
        elif text[position] == "\\" and text[position + 1 : position + 2] != "/":
            position += 1
        elif text[position] == "/" or text.startswith("\\/", position):
            parts.append(text[start:position])
            position += text[position] == "\\"
            start = position + 1
        position += 1
    return [*parts, text[start:]]


def _parse_segment(text: str, is_anchored: bool) -> _Segment:
    if is_anchored and len(text) > 1 and not text.strip("*"):
        return _Segment(any_depth=True)
    pieces = [""]
    position = 0
    while position < len(text):
        char = text[position]
        if char == "*":
            pieces.append("")
        elif char == "?":
            pieces[-1] += "."
        elif char == "[":
            expression, position = _parse_class(text, position)
            pieces[-1] += expression
        elif char == "\\":
            position += 1
            if position == len(text):
                raise _InvalidPatternError
            pieces[-1] += re.escape(text[position])
        else:
            pieces[-1] += re.escape(char)
        position += 1
    return _Segment(tuple(re.compile(piece, re.DOTALL) for piece in pieces))


def _parse_class(text: str, start: int) -> tuple[str, int]:
    """Translate the bracket expression at `start`; return the regular expression and the place of its `]`."""
    position = start + 1
    negated = text[position : position + 1] in {"!", "^"} and position < len(text)
    position += negated
    items = ""
    first = position
    while position < len(text) and (text[position] != "]" or position == first):
        if text.startswith("[:", position) and (end := text.find(":]", position)) > 0:
            name = text[position + 2 : end]
            if name not in _NAMED_CLASSES:
                raise _InvalidPatternError
            items += _NAMED_CLASSES[name]
            position = end + 2
            continue
        low, position = _class_character(text, position)
        if text[position : position + 1] == "-" and text[position + 1 : position + 2] not in {"", "]"}:
            high, position = _class_character(text, position + 1)
            if low <= high:
                items += f"{re.escape(low)}-{re.escape(high)}"
        else:
            items += re.escape(low)
    if position >= len(text):
        raise _InvalidPatternError
    if not items:
        return (r"(?:.)" if negated else r"(?!)"), position
    return f"[{'^' if negated else ''}{items}]", position


def _class_character(text: str, position: int) -> tuple[str, int]:
    if text[position] == "\\":
        position += 1
        if position == len(text):
            raise _InvalidPatternError
    return text[position], position + 1
