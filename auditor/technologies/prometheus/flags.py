"""Command lines as kingpin reads them, which these programs use.

Tried with prometheus 2.42: a flag may stand once, unless it is a list; a switch takes no value, `--no-` turns it off; a
flag has two dashes.
"""

from collections.abc import Sequence
from dataclasses import field
from typing import Final

from auditor.model.fact import Problem
from auditor.model.unknown import Unknown
from auditor.model.workload import Located
from auditor.records import dataclass

SWITCHES: Final = frozenset(
    {"web.enable-admin-api", "web.enable-lifecycle", "web.enable-remote-write-receiver", "web.systemd-socket"}
)
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
    """Read the words behind the program's name."""
    flags = Flags()
    index = 0
    while index < len(words):
        word = words[index]
        index += 1
        if isinstance(word.value, Unknown):
            flags.incomplete = "a word of its command is not known"
            continue
        if not word.value.startswith("-"):
            continue
        name, equals, value = word.value.lstrip("-").partition("=")
        if not word.value.startswith("--") and name.partition(".")[0] in {"web", "config", "storage"}:
            flags.refused.append(Problem(at=word.at, message=f"expected two dashes before {name}"))
            continue
        switch = name.removeprefix("no-")
        following = words[index].value if index < len(words) else None
        if switch in SWITCHES:
            stray = isinstance(following, str) and not following.startswith("-")
            if equals or stray:
                flags.refused.append(Problem(at=word.at, message=f"expected no value for --{switch}"))
            flags.add(switch, "true" if switch == name else "false", word)
        elif equals:
            flags.add(name, value, word)
        elif following is not None and not (isinstance(following, str) and following.startswith("-")):
            flags.add(name, following, words[index])
            index += 1
        else:
            flags.add(name, "true", word)
    return flags
