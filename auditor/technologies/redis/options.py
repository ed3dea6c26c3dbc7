"""Options on a server's command line, joined into lines as `main` in `src/server.c` of Redis 7.0 does it."""

from collections.abc import Iterator

from auditor.model.location import Location
from auditor.model.unknown import Unknown

Argument = tuple[str | Unknown, Location]


def option_lines(
    words: list[Argument],
) -> Iterator[tuple[str, list[str | Unknown], Location]]:
    """Yield (text of the option, its further words, place) for every `--option` with what follows it.

    Words behind an option are quoted by the server, so they are words as they are; the option itself is not.
    An option directly behind another that has no value yet is taken for its value (7.0.1 and later), but
    `--save` and `--sentinel` may stand alone.
    """
    line: str | None = None
    parts: list[str | Unknown] = []
    at = words[0][1] if words else Location("", 1)
    has_value = True
    for place, (word, where) in enumerate(words):
        following = words[place + 1][0] if place + 1 < len(words) else None
        if isinstance(word, str) and word.startswith("--") and has_value:
            if line is not None:
                yield line, parts, at
            line, parts, at = word[2:], [], where
            has_value = len(word.split()) > 1
            next_is_option = isinstance(following, str) and following.startswith("--")
            if word.lower() == "--save" and (following is None or next_is_option):
                parts.append("")
                has_value = True
            elif word.lower() == "--sentinel" and next_is_option:
                has_value = True
        elif not (word == "-" and place in {0, len(words) - 1}):
            if line is None:
                line, at = "", where
            parts.append(word)
            has_value = True
    if line is not None:
        yield line, parts, at
