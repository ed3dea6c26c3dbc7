"""Command lines as kingpin reads them, which these programs use.

Tried with prometheus 2.42: a flag may stand once, unless it is a list; a switch takes no value, `--no-` turns it off; a
flag has two dashes.
"""

from collections.abc import Sequence
from dataclasses import field
from typing import Final

from auditor.model.fact import Problem
from auditor.model.unknown import HOLE, Unknown
from auditor.model.workload import Located
from auditor.records import dataclass
from auditor.technologies.common.program import written

SWITCHES: Final = frozenset(
    {"web.enable-admin-api", "web.enable-lifecycle", "web.enable-remote-write-receiver", "web.systemd-socket"}
)
_OPEN: Final = "a word of its command is not known"
_ONCE: Final = SWITCHES | {"web.config.file", "web.cors.origin", "config.file", "cluster.listen-address"}


@dataclass
class Flags:
    """The flags of a command line by name, what the program refuses of it, and why there may be more ("" if not)."""

    values: dict[str, list[Located[str]]] = field(default_factory=dict[str, list[Located[str]]])
    refused: list[Problem] = field(default_factory=list[Problem])
    incomplete: str = ""

    def last(self, name: str) -> Located[str] | None:
        """Return the last value of a flag."""
        found = self.values.get(name)
        return found[-1] if found else None

    def add(self, name: str, value: str | Unknown, word: Located[str]) -> None:
        found = self.values.setdefault(name, [])
        if found and name in _ONCE:
            self.refused.append(Problem(at=word.at, message=f"expected --{name} once"))
        found.append(Located(value=value, at=word.at))


def read_flags(words: Sequence[Located[str]]) -> Flags:
    """Read the words behind the program's name. A word whose flag is known leaves only that flag's value open."""
    flags = Flags()
    index = 0
    while index < len(words):
        word, text = words[index], written(words[index])
        index += 1
        name, equals, value = text.lstrip("-").partition("=")
        if not text.startswith("-"):
            if HOLE in text:
                flags.incomplete = _OPEN
            continue
        if HOLE in name:
            flags.incomplete = _OPEN
            continue
        if not text.startswith("--") and name.partition(".")[0] in {"web", "config", "storage"}:
            flags.refused.append(Problem(at=word.at, message=f"expected two dashes before {name}"))
            continue
        switch = name.removeprefix("no-")
        following = written(words[index]) if index < len(words) else None
        if switch in SWITCHES:
            stray = following is not None and not following.startswith(("-", HOLE))
            if equals or stray:
                flags.refused.append(Problem(at=word.at, message=f"expected no value for --{switch}"))
            flags.add(switch, "true" if switch == name else "false", word)
        elif equals:
            flags.add(name, _settled(value, word), word)
        elif following is not None and not following.startswith("-"):
            flags.add(name, _settled(following, words[index]), words[index])
            index += 1
        else:
            flags.add(name, "true", word)
    return flags


def _settled(text: str, word: Located[str]) -> str | Unknown:
    """Return the value that a flag gets from `word`, Unknown where a part of it is not known."""
    if HOLE not in text:
        return text
    return word.value if isinstance(word.value, Unknown) else Unknown("a part of its command is not known")
