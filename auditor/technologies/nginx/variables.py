"""Variables that the configuration itself gives a value (ngx_http_rewrite_module, nginx 1.22-1.29)."""

import re

from auditor.patterns import lazy

from .levels import Level, Line

_VARIABLE = lazy(r"\$(?:\{(\w+)\}|(\w+))")
MAX_DEPTH = 4


def name_in(text: str) -> str | None:
    """Return the variable that a text consists of, without its sign and braces."""
    found = _VARIABLE.fullmatch(text.strip())
    return (found[1] or found[2]) if found else None


def setters(level: Level, name: str) -> list[tuple[Level, Line]]:
    """Return every `set` of a variable in the server around `level`, with the block that it stands in."""
    server = level
    while server.kind != "server" and server.parent is not None:
        server = server.parent
    return [
        (block, line)
        for block in server.walk()
        for line in block.own("set")
        if isinstance(line.word, str) and name_in(line.word) == name
    ]


def expanded(text: str, level: Level, depth: int = MAX_DEPTH) -> str:
    """Put in the values of variables that have one only: a single `set`, which every request of the level passes.

    The server's own `set` lines run for every request, those of a location for the requests that it answers itself.
    """

    def value(match: re.Match[str]) -> str:
        found = setters(level, match[1] or match[2])
        if len(found) != 1 or depth == 0:
            return match[0]
        block, line = found[0]
        given = line.words[1] if len(line.words) == 2 else None
        runs = block is level or block.kind == "server" or (level.kind == "if" and block is level.parent)
        if not isinstance(given, str) or line.conditional or not runs:
            return match[0]
        return expanded(given, level, depth - 1)

    return _VARIABLE.sub(value, text) if "$" in text else text
