"""Shell patterns and regular expressions of sections, matched without letting a hostile one take long."""

import re
from functools import lru_cache

from auditor.model.unknown import Unknown
from auditor.patterns import lazy

_LONGEST = 200
_QUANTIFIERS = lazy(r"(?<!\\)(?:[*+]|\{\d)")
_REPEATED_GROUP = lazy(r"\)(?:[*+]|\{\d)")
_NOT_FOLLOWED = Unknown("a regular expression is not followed")
_MOST_QUANTIFIERS = 3


def is_pattern(text: str) -> bool:
    """Tell whether Apache takes the path of a section for a shell pattern (`apr_fnmatch_test`)."""
    return any(character in text for character in "*?[")


@lru_cache(maxsize=512)
def _shell(pattern: str) -> re.Pattern[str] | None:
    """Translate a pattern in which `*` and `?` match no slash; None for one with too many of them."""
    if pattern.count("*") > _MOST_QUANTIFIERS + 1 or len(pattern) > _LONGEST:
        return None
    parts: list[str] = []
    place = 0
    while place < len(pattern):
        character = pattern[place]
        closing = pattern.find("]", place + 2) if character == "[" else -1
        if character == "*":
            parts.append("[^/]*")
        elif character == "?":
            parts.append("[^/]")
        elif closing > 0:
            inside = pattern[place + 1 : closing]
            negated = inside[0] in "!^"
            parts.append(f"[{'^' if negated else ''}{re.escape(inside[negated:]).replace(chr(92) + '-', '-')}]")
            place = closing
        elif character == "\\" and place + 1 < len(pattern):
            place += 1
            parts.append(re.escape(pattern[place]))
        else:
            parts.append(re.escape(character))
        place += 1
    try:
        return re.compile("".join(parts), re.DOTALL)
    except re.error:
        return None


def matches_shell(pattern: str, text: str) -> bool | Unknown:
    """Tell whether the whole text matches a shell pattern."""
    compiled = _shell(pattern)
    if compiled is None or len(text) > _LONGEST:
        return Unknown("a pattern is not followed")
    return compiled.fullmatch(text) is not None


@lru_cache(maxsize=512)
def _regex(pattern: str) -> re.Pattern[str] | None:
    too_many = len(_QUANTIFIERS.findall(pattern)) > _MOST_QUANTIFIERS
    if len(pattern) > _LONGEST or too_many or _REPEATED_GROUP.search(pattern) or "(?" in pattern.replace("(?:", ""):
        return None
    try:
        return re.compile(pattern)
    except re.error:
        return None


def matches_regex(pattern: str, text: str) -> bool | Unknown:
    """Tell whether a regular expression is found in the text; Unknown for one that could take long."""
    compiled = _regex(pattern)
    if compiled is None or len(text) > _LONGEST:
        return _NOT_FOLLOWED
    return compiled.search(text) is not None
