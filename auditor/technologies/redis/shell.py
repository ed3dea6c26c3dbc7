"""The words of a shell script's commands, as far as they can be told without running it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import field

from auditor.model.unknown import HOLE, Unknown
from auditor.patterns import lazy
from auditor.records import dataclass

_VARIABLE = lazy(r"\$(?:(\w+)|\{(\w+)(?:(:?[-?+])([^{}$`]*))?\})")
_BREAKS = frozenset(";&|\n()")


@dataclass
class _Command:
    words: list[str | Unknown] = field(default_factory=list[str | Unknown])
    current: list[str] | None = None

    def add(self, text: str) -> None:
        if self.current is None:
            self.current = []
        self.current.append(text)

    def close(self) -> None:
        if self.current is not None:
            text = "".join(self.current)
            self.words.append(Unknown("a part of the shell command is not known") if HOLE in text else text)
        self.current = None


def commands(script: str, variables: Mapping[str, str | Unknown], *, complete: bool) -> Iterator[list[str | Unknown]]:
    """Yield the words of every simple command in `script`, redirections left out.

    A variable is replaced by its value in `variables`; one that is not there is empty if they are `complete`, else
    not known. Unquoted values are split at blanks and vanish if they are empty, as the shell does it.
    """
    command = _Command()
    # `fresh` tells whether a word may start here, so that a # starts a comment.
    quote, place, fresh = "", 0, True
    while place < len(script):
        character = script[place]
        was_fresh, fresh = fresh, False
        if quote == "'":
            if character == "'":
                quote = ""
            else:
                command.add(character)
            place += 1
        elif character == "\\" and place + 1 < len(script):
            following = script[place + 1]
            if following == "\n":
                fresh = was_fresh
            else:
                command.add(following if not quote or following in '"\\$`' else "\\" + following)
            place += 2
        elif character in "\"'" and (not quote or quote == character):
            quote = "" if quote else character
            command.add("")
            place += 1
        elif character in "$`":
            place = _expand(script, place, command, variables, quoted=bool(quote), complete=complete)
        elif quote:
            command.add(character)
            place += 1
        elif character in " \t":
            command.close()
            fresh = True
            place += 1
        elif character == "#" and was_fresh:
            place = _until(script, place, "\n")
        elif character in "<>":
            place = _redirection(script, place, command)
        elif character in _BREAKS:
            command.close()
            if command.words:
                yield command.words
            command = _Command()
            fresh = True
            place += 1
        else:
            command.add(character)
            place += 1
    command.close()
    if command.words:
        yield command.words


def _expand(
    script: str, place: int, command: _Command, variables: Mapping[str, str | Unknown], *, quoted: bool, complete: bool
) -> int:
    if script[place] == "`" or script.startswith("$(", place):
        closing = script.find("`" if script[place] == "`" else ")", place + 1)
        command.add(HOLE)
        return closing + 1 if closing >= 0 else len(script)
    match = _VARIABLE.match(script, place)
    if match is None:
        command.add("$")
        return place + 1
    value = _value(match, variables, complete=complete)
    if isinstance(value, Unknown):
        command.add(HOLE)
    elif quoted:
        command.add(value)
    else:
        pieces = re.split(r"[ \t\n]+", value)
        for number, piece in enumerate(pieces):
            if number:
                command.close()
            if piece:
                command.add(piece)
    return match.end()


def _value(match: re.Match[str], variables: Mapping[str, str | Unknown], *, complete: bool) -> str | Unknown:
    name, operator, word = match[1] or match[2], match[3] or "", match[4] or ""
    value = variables.get(
        name, "" if complete and name.isidentifier() else Unknown(f"the value of {name} is not known")
    )
    if isinstance(value, Unknown):
        return value
    is_set = bool(value) if operator.startswith(":") else name in variables
    if operator.endswith("-"):
        return value if is_set else word
    if operator.endswith("+"):
        return word if is_set else ""
    if operator.endswith("?") and not is_set:
        return Unknown(f"the shell stops because {name} is not set")
    return value


def _until(script: str, place: int, end: str) -> int:
    found = script.find(end, place)
    return found if found >= 0 else len(script)


def _redirection(script: str, place: int, command: _Command) -> int:
    """Skip `> file`, `2>&1` and the like; the digit before belongs to it."""
    if command.current is not None and "".join(command.current).isdigit():
        command.current = None
    command.close()
    match = re.compile(r"[<>]+[&|]?[ \t]*[^\s;|&]*").match(script, place)
    return match.end() if match else place + 1
