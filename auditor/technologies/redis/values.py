"""Read one value of a directive as the server does (`src/config.c`, `memtoull` in `src/util.c`; Redis 7.0)."""

import re

from auditor.patterns import lazy

from .parameters import Kind, Parameter

_MEMORY = lazy(r"(\d*)([a-z]*)", re.IGNORECASE | re.ASCII)
_UNITS = {"": 1, "b": 1, "k": 1000, "kb": 1024, "m": 1000**2, "mb": 1024**2, "g": 1000**3, "gb": 1024**3}
_INTEGER = lazy(r"0|-?[1-9]\d*", re.ASCII)
_OCTAL = lazy(r"[+-]?[0-7]+", re.ASCII)


def normalise(parameter: Parameter, text: str) -> str | None:
    """Return the value as `CONFIG GET` reports it, None if the server refuses it."""
    if parameter.kind in {Kind.TEXT, Kind.SECRET, Kind.WORDS}:
        return text
    if parameter.kind is Kind.YES_NO:
        return text.lower() if text.lower() in {"yes", "no"} else None
    if parameter.kind is Kind.ENUM:
        return text.lower() if text.lower() in parameter.choices else None
    number = _number(parameter.kind, text)
    if number is None or not parameter.low <= number <= parameter.high:
        return None
    return f"{number:o}" if parameter.kind is Kind.OCTAL else str(number)


def _number(kind: Kind, text: str) -> int | None:
    if kind is Kind.MEMORY:
        match = _MEMORY.fullmatch(text)
        unit = _UNITS.get(match[2].lower()) if match else None
        # At most 20 digits: the range of the server's 64-bit number.
        return int(match[1] or 0) * unit if match and unit and len(match[1]) <= 20 else None
    if kind is Kind.OCTAL:
        return int(text, 8) if _OCTAL.fullmatch(text) else None
    return int(text) if _INTEGER.fullmatch(text) and len(text) <= 20 else None


def save_points(words: list[str], *, several: bool) -> list[str] | None:
    """Return the numbers of a `save` line with at least one word; None if the server refuses them.

    `several` tells whether one line may hold several pairs (Redis 7.0); before, such a line sets nothing.
    """
    if len(words) == 1 and not words[0]:
        return []
    if not several and len(words) != 2:
        return []
    if len(words) % 2:
        return None
    numbers: list[str] = []
    for place, word in enumerate(words):
        if not re.fullmatch(r"\s*[+-]?\d{1,18}", word, re.ASCII):
            return None
        number = int(word)
        if number < (1 if place % 2 == 0 else 0):
            return None
        numbers.append(str(number))
    return numbers
