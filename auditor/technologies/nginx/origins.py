"""Which web sites a header with the client's Origin lets in (`map`, `set` and `if` around it)."""

from auditor.model.unknown import Unknown
from auditor.technologies.common.origins import ANYBODY, strangers

from .levels import Level
from .patterns import matches
from .variables import name_in, setters

_ORIGIN = "http_origin"
_NOT = frozenset({"!~", "!~*", "!="})


def stranger_let_in(level: Level, value: str) -> str | None:
    """Return an origin of somebody else that `value`, a header on `level`, names back; None if none is known.

    It is looked for among the origins that a test without an anchor, or with a wildcard before the domain, lets in.
    """
    name = name_in(value)
    if name is None or _is_tested_before(level):
        return None
    if name == _ORIGIN:
        return _through_test(level)
    return _through_map(level, name) or _through_set(level, name)


def _through_test(level: Level) -> str | None:
    """Return whom the `if` lets in that a block stands in; anybody if it stands in none, or asks for something else."""
    words = _test_of(level)
    if words:
        return _stranger(words[1], words[2])
    asks_for = str(level.words[0]).lstrip("(") if level.kind == "if" and level.words else "$request_method"
    return ANYBODY if name_in(asks_for) == "request_method" else None


def _test_of(level: Level) -> tuple[str, str, str] | None:
    """Return the words of `if ($http_origin ~ "…")`, None for any other block."""
    words = [word for word in level.words if isinstance(word, str)]
    if level.kind != "if" or len(words) < 3 or name_in(words[0].lstrip("(")) != _ORIGIN:
        return None
    return words[0], words[1], " ".join(words[2:]).removesuffix(")").strip()


def _is_tested_before(level: Level) -> bool:
    """Tell whether a block on the way turns origins away by a test of its own."""
    step: Level | None = level
    while step is not None:
        for block in step.children("if"):
            words = _test_of(block)
            if words and words[1] in _NOT and (block.own("return") or block.own("set")):
                return True
        step = step.parent
    return False


def _through_map(level: Level, name: str) -> str | None:
    http = level
    while http.parent is not None and http.kind != "http":
        http = http.parent
    for block in http.children("map"):
        words = [word for word in block.words if isinstance(word, str)]
        if len(words) != 2 or name_in(words[0]) != _ORIGIN or name_in(words[1]) != name or block.open:
            continue
        for line in block.lines:
            if line.conditional or not isinstance(line.word, str) or name_in(line.word) != _ORIGIN:
                continue
            if line.name == "default":
                return ANYBODY
            if line.name.startswith("~"):
                sign = "~*" if line.name.startswith("~*") else "~"
                found = _stranger(sign, line.name.removeprefix(sign))
                if found is not None:
                    return found
    return None


def _through_set(level: Level, name: str) -> str | None:
    for block, line in setters(level, name):
        given = line.words[1] if len(line.words) == 2 else None
        if isinstance(given, str) and name_in(given) == _ORIGIN and not line.conditional:
            return _through_test(block)
    return None


def _stranger(sign: str, pattern: str) -> str | None:
    """Return an origin outside the domains in a regular expression that it matches all the same."""
    if sign not in {"~", "~*"}:
        return None
    for origin in strangers(pattern):
        found = matches(pattern, origin, ignore_case=sign == "~*")
        if not isinstance(found, Unknown) and found:
            return origin
    return None
