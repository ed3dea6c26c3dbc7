"""Words of a value: quotes, escapes, and the variables in a command line.

Source: systemd.syntax(7), "QUOTING", and systemd.service(5), "COMMAND LINES", of systemd 252.
"""

import re
from collections.abc import Mapping
from dataclasses import field

from auditor.model.unknown import HOLE, Unknown
from auditor.model.value import PartlyKnown
from auditor.patterns import lazy
from auditor.records import dataclass

_ESCAPES = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "s": " "}
_CODE = lazy(r"x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([0-7]{3})")
_VARIABLE = lazy(r"\$\{([A-Za-z_]\w*)\}|\$\$|\$([A-Za-z_]\w*)(?!\w)")


@dataclass(frozen=True)
class Word:
    """A word without its quotes, and where it stands in the value, quotes included."""

    text: str = field(repr=False)
    start: int
    end: int


def split(value: str) -> list[Word]:
    """Split at blanks outside quotes, quotes and escapes taken away; an open quote ends with the value."""
    words: list[Word] = []
    index = 0
    while index < len(value):
        if value[index] in " \t\n\r":
            index += 1
            continue
        start = index
        text: list[str] = []
        quote = ""
        while index < len(value):
            char = value[index]
            if char == "\\":
                part, index = _unescape(value, index + 1)
                text.append(part)
                continue
            if quote:
                quote = "" if char == quote else quote
                if quote:
                    text.append(char)
            elif char in "\"'":
                quote = char
            elif char in " \t\n\r":
                break
            else:
                text.append(char)
            index += 1
        words.append(Word("".join(text), start, index))
    return words


def _unescape(value: str, index: int) -> tuple[str, int]:
    """Return what the escape at `index` (behind its backslash) stands for, and the index behind it."""
    if index >= len(value):
        return "\\", index
    char = value[index]
    code = _CODE.match(value, index)
    if code is not None:
        digits = code[1] or code[2] or code[3]
        number = int(digits, 16) if digits else int(code[4], 8)
        return chr(number) if number <= 0x10FFFF else "", code.end()
    if char in _ESCAPES:
        return _ESCAPES[char], index + 1
    return (char, index + 1) if char in "\\\"'" else (f"\\{char}", index + 1)


def expand(word: str, variables: Mapping[str, str | Unknown], missing: Unknown | None) -> list[str | Unknown]:
    """Put environment variables into one word of a command line.

    `$NAME` alone becomes the words of its value, `${NAME}` stays one word, `$$` is a dollar sign.

    Args:
        word: a word without quotes.
        variables: the service's environment.
        missing: why variables that are not among them may be set all the same; None if they are not, and empty.
    """
    alone = re.fullmatch(r"\$([A-Za-z_]\w*)", word)
    if alone is not None:
        value = variables.get(alone[1], "" if missing is None else missing)
        return [value] if isinstance(value, Unknown) else [each.text for each in split(value)]
    reason: list[Unknown] = []

    def replace(match: re.Match[str]) -> str:
        if match[1] is None:
            return "$" if match[0] == "$$" else match[0]
        value = variables.get(match[1], "" if missing is None else missing)
        if isinstance(value, Unknown):
            reason.append(value)
            return HOLE
        return value

    text = _VARIABLE.sub(replace, word)
    return [PartlyKnown(reason[0].reason, text)] if reason else [text]
