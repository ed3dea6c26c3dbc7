"""dockerd's command line, and the variable of /etc/default/docker that becomes a part of it.

Source: spf13/pflag as dockerd uses it: `--name value`, `--name=value`, `-H value`, `-Hvalue`; a boolean takes its value
behind `=` only; the last of a flag's values counts, and those of a list add up.
"""

import re
from collections.abc import Sequence
from dataclasses import field

from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.setting import Origin
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Located
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.document import Document

from .given import Given
from .settings import KINDS, LISTS, OBJECTS, PAIRS, PLURALS, SHORT

_TRUE = frozenset({"1", "t", "T", "true", "TRUE", "True"})
_FALSE = frozenset({"0", "f", "F", "false", "FALSE", "False"})
_SWITCHES = frozenset({"--validate", "--version", "-v", "--help", "-h", "-r"})
"""Switches that daemon.json has not."""


@dataclass
class CommandLine:
    """What flags say. `gap` is why there may be more of them, "" if there are not."""

    given: list[Given] = field(default_factory=list[Given])
    problems: list[Problem] = field(default_factory=list[Problem])
    config_file: Located[str] | None = None
    gap: str = ""


def read_flags(words: Sequence[Located[str]]) -> CommandLine:
    """Read the words behind `dockerd`."""
    found = CommandLine()
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if isinstance(word.value, Unknown):
            found.gap = found.gap or word.value.reason
        elif word.value.startswith("-") and len(word.value) > 1:
            _take(word.value, word.at, rest, found)
        elif word.value.strip():
            found.problems.append(Problem(at=word.at, message="expected no word that is not an option"))
    return found


def _take(text: str, at: Location, rest: list[Located[str]], found: CommandLine) -> None:
    name, equals, inline = text.partition("=")
    value: str | Unknown | None = inline if equals else None
    if not text.startswith("--") and name[1:2] in SHORT:
        flag = SHORT[name[1:2]]
        if len(name) > 2:
            value = text[2:].removeprefix("=")
    else:
        flag = name.removeprefix("--") if name.startswith("--") else name
    is_switch = KINDS.get(flag) == "boolean" or name in _SWITCHES
    if value is None and is_switch:
        value = "true"
    elif value is None:
        if not rest:
            found.problems.append(Problem(at=at, message="expected a value behind the last option"))
            return
        following = rest.pop(0)
        value, at = following.value, following.at
    if name == "--config-file":
        found.config_file = Located(value=value, at=at)
    elif flag in KINDS:
        _single(flag, value, at, found)
    elif flag in PLURALS:
        _repeated(PLURALS[flag], value, at, found)
    elif name not in _SWITCHES:
        found.problems.append(Problem(at=at, message="expected an option that dockerd has"))


def _single(name: str, value: str | Unknown, at: Location, found: CommandLine) -> None:
    if name in LISTS:
        _repeated(name, value, at, found)
        return
    if isinstance(value, str) and KINDS[name] == "boolean":
        if value not in _TRUE | _FALSE:
            found.problems.append(Problem(at=at, message=f"expected true or false for --{name}"))
            return
        value = "true" if value in _TRUE else "false"
    if isinstance(value, str) and KINDS[name] == "number" and not re.fullmatch(r"-?\d{1,18}", value):
        found.problems.append(Problem(at=at, message=f"expected a whole number for --{name}"))
        return
    found.given.append(Given(name, value, at, Origin.FLAG))


def _repeated(name: str, value: str | Unknown, at: Location, found: CommandLine) -> None:
    key = ""
    if name in PAIRS and isinstance(value, str):
        key, _, value = value.partition("=")
    if name in OBJECTS:
        value = "(set)"
    found.given.append(Given(name, value, at, Origin.FLAG, key))


_ASSIGNED = lazy(
    r"^[ \t]*(?:export[ \t]+)?(?P<name>DOCKER_OPTS|OPTIONS|other_args)="
    r"(?:\"(?P<double>(?:\\.|[^\"\\])*)\"|'(?P<single>[^']*)'|(?P<bare>\S*))",
    re.M,
)
_WORD = lazy(r"(?:[^\s'\"]|'[^']*'|\"[^\"]*\")+")


@dataclass(frozen=True, kw_only=True)
class OptionsFile(Document):
    """/etc/default/docker: the words that are put behind dockerd (contrib/init/sysvinit-debian of moby)."""

    words: tuple[Located[str], ...] = ()


def read_options(source: Source) -> OptionsFile:
    """Read the last assignment of each variable; `$DOCKER_OPTS` inside it stands for what it was."""
    held: dict[str, list[Located[str]]] = {}
    for match in _ASSIGNED.finditer(source.text):
        group = next(name for name in ("double", "single", "bare") if match[name] is not None)
        words: list[Located[str]] = []
        for word in _WORD.finditer(match[group]):
            if word[0].strip("\"'") in {f"${match['name']}", f"${{{match['name']}}}"}:
                words += held.get(match["name"], [])
            else:
                words.append(_located(source, word[0], match.start(group) + word.start()))
        held[match["name"]] = words
    return OptionsFile(source=source, words=tuple(word for words in held.values() for word in words))


def _located(source: Source, text: str, start: int) -> Located[str]:
    line = source.text.count("\n", 0, start) + 1
    column = start - source.text.rfind("\n", 0, start)
    at = source.at(line, column, line, column + len(text) - 1)
    plain = re.sub(r"[\"'\\]", "", text)
    templated = "$" in plain or "{{" in plain or "`" in plain
    return Located(value=Unknown("a variable supplies it") if templated else plain, at=at)
