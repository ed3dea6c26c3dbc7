"""Shell-style variables in a text as Compose replaces them: `$V`, `${V}`, `${V:-default}` and the rest.

Source: Compose Specification, "Interpolation" (12-interpolation.md), and the grammar of an unbraced name there.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable

from auditor.model.unknown import HOLE
from auditor.patterns import lazy
from auditor.records import dataclass

Lookup = Callable[[str], str | None]
"""The value of a variable (HOLE where a part is not known), None if the files do not set it."""

_NAME = lazy(r"[A-Za-z_][A-Za-z0-9_]*")
_BRACE = lazy(r"\$\{|\}")
_OPERATORS = (":-", ":?", ":+", "-", "?", "+")
_MAX_DEPTH = 30
"""Deepest nesting of defaults followed; real files use two levels."""
_MAX_LENGTH = 128 * 1024
"""Longest result in characters; Linux passes no longer argument or variable to a process (MAX_ARG_STRLEN)."""


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
        find = bisect_left if end else bisect_right
        found = find(self.parts, index, key=lambda part: part.start) - 1
        if found < 0:
            return index
        part = self.parts[found]
        if index < part.end:
            return part.raw_end if end else part.raw_start
        return index - part.end + part.raw_end


def interpolate(text: str, lookup: Lookup) -> Interpolated:
    """Replace the variables of `text`.

    A variable that `lookup` does not know becomes a HOLE, because the shell may set it; with a default
    (`${V:-d}`, `${V-d}`) it becomes the default. What is no variable (`$1`, a lone `$`, `${` without an
    end) stays as written.
    """
    if "$" not in text:
        return Interpolated(text)
    run = _Run(lookup)
    result, parts = run.replace(text)
    return Interpolated(result, tuple(parts), tuple(run.names), tuple(run.missing))


class _Run:
    """One interpolation: collects the names of variables met and missing, also inside defaults."""

    def __init__(self, lookup: Lookup) -> None:
        self.lookup = lookup
        self.names: list[str] = []
        self.missing: list[str] = []
        self.depth = 0
        self.length = 0
        """Characters put in so far, so that variables that repeat each other do not grow without end."""

    def replace(self, text: str) -> tuple[str, list[Replaced]]:
        out: list[str] = []
        parts: list[Replaced] = []
        length = position = 0
        closing = closing_braces(text)
        while (dollar := text.find("$", position)) >= 0:
            out.append(text[position:dollar])
            length += dollar - position
            end, value = self.reference(text, dollar, closing.get(dollar))
            out.append(value)
            if value != text[dollar:end]:
                parts.append(Replaced(length, length + len(value), dollar, end))
            length += len(value)
            position = end
        out.append(text[position:])
        return "".join(out), parts

    def reference(self, text: str, dollar: int, close: int | None) -> tuple[int, str]:
        """Return where the reference at `dollar` (its brace closed at `close`) ends and what it stands for."""
        following = text[dollar + 1 : dollar + 2]
        if following == "$":
            return dollar + 2, "$"
        if following != "{":
            match = _NAME.match(text, dollar + 1)
            return (match.end(), self.apply(match[0], "", "")) if match else (dollar + 1, "$")
        match = _NAME.match(text, dollar + 2)
        if match is None or close is None:
            return dollar + 1, "$"
        rest = text[match.end() : close]
        operator = next((operator for operator in _OPERATORS if rest.startswith(operator)), "")
        if rest and not operator:
            return dollar + 1, "$"
        return close + 1, self.apply(match[0], operator, rest[len(operator) :])

    def apply(self, name: str, operator: str, operand: str) -> str:
        self.names.append(name)
        value = self.lookup(name)
        counts_as_set = value is not None and not (operator.startswith(":") and value == "")
        takes_operand = counts_as_set if operator.endswith("+") else operator.endswith("-") and not counts_as_set
        if takes_operand and self.depth < _MAX_DEPTH:
            self.depth += 1
            inner, _ = self.replace(operand)
            self.depth -= 1
            return inner
        if operator.endswith("+") and value == "":
            return ""
        self.length += len(value or "")
        if value is None or takes_operand or not counts_as_set or self.length > _MAX_LENGTH:
            self.missing.append(name)
            return HOLE
        return value


def closing_braces(text: str) -> dict[int, int]:
    """Return for the dollar sign of every `${` the index of the brace that closes it; in linear time."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for match in _BRACE.finditer(text):
        if match[0] == "${":
            opened.append(match.start())
        elif opened:
            found[opened.pop()] = match.start()
    return found
