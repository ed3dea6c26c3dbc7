"""Words of an instruction, their quotes and their variables.

Source: Docker manual, "Dockerfile reference", "Environment replacement": `$V`, `${V}`, `${V:-w}`, `${V:+w}`, `${V:?w}`
and their forms without a colon; `${V#p}`, `${V%p}` and `${V/p/r}` of newer frontends are not worked out here. Single
quotes and a backslash before `$` keep it literal.
"""

import json
from collections.abc import Callable

from auditor.formats.interpolation import closing_braces, interpolate
from auditor.model.unknown import HOLE
from auditor.patterns import lazy
from auditor.records import dataclass

Lookup = Callable[[str], str | None]
_REFERENCE = lazy(r"\$[A-Za-z_][A-Za-z0-9_]*")
_JSON_STRING = lazy(r'"(?:\\.|[^"\\])*"')


@dataclass(frozen=True)
class Word:
    """A word as written, quotes included, with its range in the instruction's text."""

    raw: str
    start: int
    end: int


def split(text: str, escape: str = "\\") -> list[Word]:
    """Split at blanks outside quotes; quotes and escapes stay in the words."""
    found: list[Word] = []
    start = -1
    quote = ""
    index = 0
    while index < len(text):
        char = text[index]
        if not quote and char in " \t":
            if start >= 0:
                found.append(Word(text[start:index], start, index))
                start = -1
        else:
            start = index if start < 0 else start
            if char == escape and quote != "'":
                index += 1
            elif quote:
                quote = "" if char == quote else quote
            elif char in {"'", '"'}:
                quote = char
        index += 1
    if start >= 0:
        found.append(Word(text[start:], start, len(text)))
    return found


def unquoted_range(raw: str, start: int) -> tuple[int, int]:
    """Return the range of a value without the quotes that enclose it; `start` is where `raw` stands."""
    if len(raw) >= 2 and raw[0] in {"'", '"'} and raw[-1] == raw[0]:
        return start + 1, start + len(raw) - 1
    return start, start + len(raw)


def unquote(raw: str, escape: str = "\\") -> str:
    """Remove quotes and escapes and leave variables as they are written."""
    return _process(raw, escape, None)


def expand(raw: str, lookup: Lookup, escape: str = "\\") -> str:
    """Remove quotes and escapes and replace variables; one that `lookup` does not know becomes a HOLE."""
    return _process(raw, escape, lookup)


def _process(raw: str, escape: str, lookup: Lookup | None) -> str:
    out: list[str] = []
    quote = ""
    index = 0
    closing = closing_braces(raw) if lookup is not None else {}
    while index < len(raw):
        char = raw[index]
        step = 1
        if quote == "'":
            quote = "" if char == "'" else quote
            out.append("" if char == "'" else char)
        elif char == escape and index + 1 < len(raw):
            following = raw[index + 1]
            kept = quote == '"' and following not in {'"', "$", escape}
            out.append(char + following if kept else following)
            step = 2
        elif char in {"'", '"'} and quote in {"", char}:
            quote = "" if quote else char
        elif char == "$" and lookup is not None:
            end = _reference_end(raw, index, closing.get(index))
            out.append(char if end == index + 1 else _value(raw[index:end], lookup))
            step = end - index
        else:
            out.append(char)
        index += step
    return "".join(out)


def _reference_end(raw: str, dollar: int, close: int | None) -> int:
    if raw.startswith("${", dollar):
        return dollar + 1 if close is None else close + 1
    match = _REFERENCE.match(raw, dollar)
    return match.end() if match else dollar + 1


def _value(reference: str, lookup: Lookup) -> str:
    result = interpolate(reference, lookup)
    return result.text if result.names else HOLE


def json_words(text: str) -> list[tuple[str, int, int]] | None:
    """Return the strings of a JSON array with their ranges in `text`, quotes left out; None if it is no such array."""
    if not text.lstrip().startswith("["):
        return None
    try:
        values: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(values, list):
        return None
    strings = [value for value in values if isinstance(value, str)]  # pyright: ignore[reportUnknownVariableType]  # JSON
    ranges = [(match.start() + 1, match.end() - 1) for match in _JSON_STRING.finditer(text)]
    if len(strings) != len(ranges) or len(strings) != len(values):  # pyright: ignore[reportUnknownArgumentType]  # JSON
        return None
    return [(value, start, end) for value, (start, end) in zip(strings, ranges, strict=True)]
