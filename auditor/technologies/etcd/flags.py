"""etcd's command line as Go's package `flag` reads it."""

from collections.abc import Sequence
from dataclasses import field
from typing import Final

from auditor.model.fact import Problem
from auditor.model.unknown import Unknown
from auditor.model.workload import Located
from auditor.records import dataclass

from .document import Option
from .names import SWITCHES, VALUED

TRUE: Final = frozenset({"1", "t", "T", "true", "TRUE", "True"})
FALSE: Final = frozenset({"0", "f", "F", "false", "FALSE", "False"})


@dataclass
class Flags:
    """The options of a command line, what etcd refuses of it, and why there may be more options ("" if not).

    `unlisted` are flags that no version known here has.
    """

    options: list[Option] = field(default_factory=list[Option])
    refused: list[Problem] = field(default_factory=list[Problem])
    unlisted: list[Problem] = field(default_factory=list[Problem])
    incomplete: str = ""


def read_flags(words: Sequence[Located[str]]) -> Flags:
    """Read the words behind `etcd`."""
    found = Flags()
    options, refused = found.options, found.refused
    index = 0
    while index < len(words):
        word = words[index]
        index += 1
        if isinstance(word.value, Unknown):
            found.incomplete = word.value.reason
            continue
        if not word.value.startswith("-") or word.value in {"-", "--"}:
            refused.append(
                Problem(at=word.at, message="expected a flag; a switch takes its value after an equals sign")
            )
            break
        name, equals, text = word.value.lstrip("-").partition("=")
        if name in SWITCHES:
            options.append(Option(name, text if equals else "true", word.at))
        elif equals:
            options.append(Option(name, text, word.at))
        elif index < len(words):
            options.append(Option(name, words[index].value, words[index].at))
            index += 1
        else:
            refused.append(Problem(at=word.at, message=f"expected a value for --{name}"))
        if name not in SWITCHES | VALUED and not name.startswith("experimental-"):
            found.unlisted.append(Problem(at=word.at, message="expected a flag that etcd knows"))
    return found
