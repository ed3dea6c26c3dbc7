"""Settings in the words of a command line: `postgres -c name=value --name=value -h … -p …`.

Source: PostgreSQL manual, "postgres", and the option letters of PostmasterMain.
"""

import posixpath
import shlex
from collections.abc import Sequence
from dataclasses import field

from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.setting import Origin
from auditor.model.unknown import Unknown
from auditor.model.workload import Located
from auditor.records import dataclass

from .conf_files import Assigned

PROGRAMS = frozenset({"postgres", "postmaster"})
SHELLS = frozenset({"sh", "bash", "ash", "dash"})
_WITH_VALUE = frozenset("BCcDdfhkNoprStvWx")
_SETTING_OF = {
    "B": "shared_buffers",
    "N": "max_connections",
    "S": "work_mem",
    "h": "listen_addresses",
    "k": "unix_socket_directories",
    "p": "port",
}
_SWITCH = {"F": ("fsync", "off"), "i": ("listen_addresses", "*"), "l": ("ssl", "on")}
_SEPARATORS = frozenset({";", "&&", "||", "|", "&"})


@dataclass
class Flags:
    """What a command line sets. `runs_server` is False if it starts another program.

    `open_reason` says why further flags may exist, None if all are known.
    """

    assignments: list[Assigned] = field(default_factory=list[Assigned])
    problems: list[Problem] = field(default_factory=list[Problem])
    data_directory: str | None = None
    open_reason: str | None = None
    runs_server: bool = True


def parse_arguments(words: Sequence[Located[str]]) -> Flags:
    """Read entrypoint and command of a container; no words mean the image's own command."""
    flags = Flags()
    found = _server_words(words, flags)
    if found is None:
        flags.runs_server = False
        return flags
    position = 0
    while position < len(found):
        word = found[position]
        following = found[position + 1] if position + 1 < len(found) else None
        position += 1 + _flag(word, following, flags)
    return flags


def _server_words(words: Sequence[Located[str]], flags: Flags) -> Sequence[Located[str]] | None:
    """Return the words after the server's name, None if these words run something else."""
    for index, word in enumerate(words):
        if isinstance(word.value, Unknown):
            flags.open_reason = flags.open_reason or word.value.reason
            continue
        name = posixpath.basename(word.value)
        if name in PROGRAMS:
            return words[index + 1 :]
        if name in SHELLS:
            return _shell_words(words[index + 1 :], flags)
        if word.value.startswith("-"):
            return words[index:]
        if not name.endswith((".sh", "tini", "dumb-init", "gosu", "exec")):
            return None
    return ()


def _shell_words(words: Sequence[Located[str]], flags: Flags) -> Sequence[Located[str]] | None:
    """Find the server in `sh -c "…"`; anything that is not one plain command leaves the flags open."""
    script = words[-1] if words else None
    if script is None or isinstance(script.value, Unknown):
        flags.open_reason = "the shell command is not known"
        return () if script is not None else None
    try:
        lexer = shlex.shlex(script.value, posix=True, punctuation_chars=True)
        lexer.whitespace_split = True
        parts = list(lexer)
    except ValueError:
        flags.open_reason = "the shell command cannot be split into words"
        return () if "postgres " in script.value else None
    starts = [
        index
        for index, part in enumerate(parts)
        if posixpath.basename(part) in PROGRAMS
        and (index == 0 or parts[index - 1] in _SEPARATORS | {"exec"} or parts[index - 1].endswith(".sh"))
    ]
    if not starts:
        return None
    rest = parts[starts[-1] + 1 :]
    end = next((index for index, part in enumerate(rest) if part in _SEPARATORS), len(rest))
    return [
        Located(value=Unknown("a shell variable") if "$" in part or "`" in part else part, at=script.at)
        for part in rest[:end]
    ]


def _flag(word: Located[str], following: Located[str] | None, flags: Flags) -> int:
    """Read one option; return 1 if it takes the following word, else 0."""
    if isinstance(word.value, Unknown):
        flags.open_reason = flags.open_reason or word.value.reason
        return 0
    text = word.value
    if text.startswith("--"):
        _assign(text[2:], word.at, flags)
        return 0
    if not text.startswith("-") or len(text) < 2:
        flags.problems.append(Problem(at=word.at, message="expected an option of the server"))
        return 0
    for position, letter in enumerate(text[1:], 2):
        if letter in _SWITCH:
            name, value = _SWITCH[letter]
            flags.assignments.append(Assigned(name, value, word.at, Origin.FLAG))
        elif letter in _WITH_VALUE:
            attached = text[position:]
            if attached:
                _option(letter, attached, word.at, flags)
                return 0
            if following is None:
                flags.problems.append(Problem(at=word.at, message="expected a value for the last option"))
                return 0
            _option(letter, following.value, following.at, flags)
            return 1
    return 0


def _option(letter: str, value: str | Unknown, at: Location, flags: Flags) -> None:
    if letter == "c":
        if isinstance(value, Unknown):
            flags.open_reason = flags.open_reason or value.reason
        else:
            _assign(value, at, flags)
    elif letter == "D" and isinstance(value, str):
        flags.data_directory = value
    elif letter in _SETTING_OF:
        flags.assignments.append(Assigned(_SETTING_OF[letter], value, at, Origin.FLAG))


def _assign(text: str, at: Location, flags: Flags) -> None:
    """Take `name=value`; dashes of the name are underscores."""
    name, equals, value = text.partition("=")
    if not equals:
        flags.problems.append(Problem(at=at, message="expected an option of the form name=value"))
        return
    flags.assignments.append(Assigned(name.replace("-", "_").lower(), value, at, Origin.FLAG))
