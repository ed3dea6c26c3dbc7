"""Shell-style variables in a text as Compose replaces them: `$V`, `${V}`, `${V:-default}` and the rest.

Source: Compose Specification, "Interpolation" (12-interpolation.md), and the grammar of an unbraced name there.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from auditor.model.unknown import HOLE

Lookup = Callable[[str], str | None]
"""The value of a variable (HOLE where a part is not known), None if the files do not set it."""

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_OPERATORS = (":-", ":?", ":+", "-", "?", "+")
_MAX_DEPTH = 30
"""Deepest nesting of defaults followed; real files use two levels."""


@dataclass(frozen=True)
class Replaced:
    """One replaced part: `start` and `end` in the result, `raw_start` and `raw_end` in the text as written."""

    start: int
    end: int
    raw_start: int
    raw_end: int


@dataclass(frozen=True)
class Interpolated:
    """A text after interpolation. `names` are the variables it refers to, `missing` those that left a HOLE."""

    text: str
    parts: tuple[Replaced, ...] = ()
    names: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    def raw_index(self, index: int, *, end: bool = False) -> int:
        """Return where in the text as written the character `index` of the result comes from.

        Inside a replaced part it is the part's start, or its end for the end of a range.
        """
        shift = 0
        for part in self.parts:
            if index < part.start or (end and index == part.start):
                break
            if index < part.end or (end and index == part.end):
                return part.raw_end if end else part.raw_start
            shift = part.raw_end - part.end
        return index + shift


def interpolate(text: str, lookup: Lookup) -> Interpolated:
    """Replace the variables of `text`.

    A variable that `lookup` does not know becomes a HOLE, because the shell may set it; with a default
    (`${V:-d}`, `${V-d}`) it becomes the default. What is no variable (`$1`, a lone `$`, `${` without an
    end) stays as written.
    """
    if "$" not in text:
        return Interpolated(text)
    return _interpolate(text, lookup, 0)


def _interpolate(text: str, lookup: Lookup, depth: int) -> Interpolated:
    out: list[str] = []
    parts: list[Replaced] = []
    names: list[str] = []
    missing: list[str] = []
    length = position = 0
    while (dollar := text.find("$", position)) >= 0:
        out.append(text[position:dollar])
        length += dollar - position
        end, value = _reference(text, dollar, lookup, depth, names, missing)
        out.append(value)
        if value != text[dollar:end]:
            parts.append(Replaced(length, length + len(value), dollar, end))
        length += len(value)
        position = end
    out.append(text[position:])
    return Interpolated("".join(out), tuple(parts), tuple(names), tuple(missing))


def _reference(
    text: str, dollar: int, lookup: Lookup, depth: int, names: list[str], missing: list[str]
) -> tuple[int, str]:
    """Return where the reference at `dollar` ends and what it stands for."""
    following = text[dollar + 1 : dollar + 2]
    if following == "$":
        return dollar + 2, "$"
    if following != "{":
        match = _NAME.match(text, dollar + 1)
        if match is None:
            return dollar + 1, "$"
        return match.end(), _apply(match[0], "", "", lookup, depth, names, missing)
    match = _NAME.match(text, dollar + 2)
    close = closing_brace(text, dollar)
    if match is None or close is None:
        return dollar + 1, "$"
    rest = text[match.end() : close]
    operator = next((operator for operator in _OPERATORS if rest.startswith(operator)), "")
    if rest and not operator:
        return dollar + 1, "$"
    operand = rest[len(operator) :]
    return close + 1, _apply(match[0], operator, operand, lookup, depth, names, missing)


def closing_brace(text: str, dollar: int) -> int | None:
    """Return the index of the brace that ends the `${` at `dollar`, None if there is none."""
    opened = 0
    index = dollar
    while index < len(text):
        if text.startswith("${", index):
            opened += 1
            index += 1
        elif text[index] == "}":
            opened -= 1
            if opened == 0:
                return index
        index += 1
    return None


def _apply(
    name: str, operator: str, operand: str, lookup: Lookup, depth: int, names: list[str], missing: list[str]
) -> str:
    names.append(name)
    value = lookup(name)
    counts_as_set = value is not None and not (operator.startswith(":") and value == "")
    takes_operand = operator.endswith("-") and not counts_as_set
    takes_operand = takes_operand or (operator.endswith("+") and counts_as_set)
    if takes_operand and depth < _MAX_DEPTH:
        inner = _interpolate(operand, lookup, depth + 1)
        names.extend(inner.names)
        missing.extend(inner.missing)
        return inner.text
    if operator.endswith("+") and value == "":
        return ""
    if value is None or takes_operand or (operator.endswith("?") and not counts_as_set):
        missing.append(name)
        return HOLE
    return value
