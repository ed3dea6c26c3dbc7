"""Commands and environment of a service.

Source: systemd.service(5), "COMMAND LINES", and systemd.exec(5), "ENVIRONMENT", of 252.
"""

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from auditor.formats.template import is_templated
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown, settle
from auditor.model.workload import Located, Variable
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.document import FileView

from .directives import Directives
from .document import TEMPLATE
from .syntax import Entry
from .words import expand, split

_SPECIFIER = lazy(r"%(?!%)")
_NAME = lazy(r"[A-Za-z_]\w*")
_INTERPRETER = lazy(r"(?:ba|da|z)?sh|python[\d.]*|perl|ruby|node(?:js)?|php[\d.]*|env")
_PREFIXES = "@-:+!|"


@dataclass(frozen=True)
class Command:
    """One command. `prefixes` are the special characters before the program; `words` begin with the program."""

    directive: str
    prefixes: str
    words: tuple[Located[str], ...] = field(repr=False)
    at: Location

    @property
    def program(self) -> str | Unknown:
        return self.words[0].value if self.words else ""

    @property
    def programs(self) -> tuple[str, ...]:
        """What it runs: the program, and behind a shell or an interpreter the script."""
        texts = [word.value for word in self.words if isinstance(word.value, str)]
        if texts and _INTERPRETER.fullmatch(posixpath.basename(texts[0])):
            scripts = (text for text in texts[1:] if not text.startswith("-"))
            return (texts[0], *list(scripts)[:1])
        return tuple(texts[:1])

    @property
    def has_full_privileges(self) -> bool:
        """Whether it runs as root outside the sandbox (`+`), or without User= and the like (`!`).

        `!!` does so only on kernels before 4.3, which have no ambient capabilities.
        """
        return "+" in self.prefixes or self.prefixes.count("!") == 1


@dataclass(frozen=True)
class Environment:
    """Variables in force. `open_reason` names a file that is not scanned, None if there is none."""

    variables: Mapping[str, Variable]
    open_reason: str | None
    consumed: frozenset[str]


def commands(directives: Directives, name: str, environment: Environment) -> Iterator[Command]:
    """Yield the commands of one directive, e.g. `ExecStart`."""
    for entry in directives.in_force(name):
        yield from _commands(entry, environment)


def _commands(entry: Entry, environment: Environment) -> Iterator[Command]:
    values = {key: variable.value for key, variable in environment.variables.items()}
    missing = Unknown(f"{environment.open_reason} may set it") if environment.open_reason else None
    row: list[Located[str]] = []
    prefixes: str | None = None
    names_itself = False
    first = entry.at
    for word in [*split(entry.value), None]:
        if word is None or (word.text == ";" and prefixes is not None):
            if row:
                yield Command(entry.name, prefixes or "", tuple(row), first)
            row, prefixes = [], None
            continue
        text, at = word.text, entry.place(word.start, word.end)
        if prefixes is None:
            bare = text.lstrip(_PREFIXES)
            prefixes, text, first = text[: len(text) - len(bare)], bare, at
            names_itself = "@" in prefixes
            row.append(Located(value=_resolved(text), at=at))
        elif names_itself:
            names_itself = False  # with @ this word is argv[0], the name that the process goes by
        elif ":" in prefixes:
            row.append(Located(value=_resolved(text), at=at))
        else:
            row += [Located(value=_resolved(each), at=at) for each in expand(text, values, missing)]


def _resolved(text: str | Unknown) -> str | Unknown:
    """Return a word with `%%` as a percent sign, Unknown where a specifier or a template supplies a part."""
    if isinstance(text, Unknown):
        return text
    if _SPECIFIER.search(text.replace("%%", "")):
        return Unknown("a specifier of the unit supplies a part")
    return settle(text.replace("%%", "%"), TEMPLATE)


def environment(directives: Directives, view: FileView) -> Environment:
    """Return the variables that `Environment=` and then `EnvironmentFile=` set, less those that are unset."""
    variables: dict[str, Variable] = {}
    open_reason: str | None = directives.open_reason or None
    consumed: set[str] = set()
    for entry in directives.in_force("Environment"):
        for word in split(entry.value):
            name, equals, value = word.text.partition("=")
            if equals and _NAME.fullmatch(name):
                at = entry.place(max(word.start, word.end - len(value)), word.end)
                variables[name] = Variable(name=name, value=_resolved(value), at=at)
    for entry in directives.in_force("EnvironmentFile"):
        optional, path = entry.value.startswith("-"), entry.value.lstrip("-")
        found = Unknown(TEMPLATE) if HOLE in path or "%" in path or "*" in path else view.open(path)
        if isinstance(found, Source):
            consumed.add(found.key)
            variables.update(_of_file(found))
        elif isinstance(found, Unknown) or not optional:
            open_reason = open_reason or path.replace(HOLE, "")
    for entry in directives.in_force("UnsetEnvironment"):
        for word in split(entry.value):
            variables.pop(word.text.partition("=")[0], None)
    passed = [(word.text, entry.at) for entry in directives.in_force("PassEnvironment") for word in split(entry.value)]
    for name, at in passed:
        if name not in variables:
            variables[name] = Variable(
                name=name,
                value=Unknown("the service manager's own environment supplies it"),
                at=at,
                reference=f"the service manager's {name}",
            )
    return Environment(variables, open_reason, frozenset(consumed))


_LINE = lazy(r"[ \t]*(?P<name>[A-Za-z_]\w*)[ \t]*=[ \t]*(?P<value>.*?)[ \t]*")


def _of_file(source: Source) -> dict[str, Variable]:
    """Read an environment file: quotes join lines, no variable is put in (systemd.exec(5), EnvironmentFile=)."""
    found: dict[str, Variable] = {}
    lines: Sequence[str] = source.text.replace("\r", "").split("\n")
    number = 0
    while number < len(lines):
        first, line = number, lines[number]
        number += 1
        while line.endswith("\\") and number < len(lines):
            line, number = line[:-1] + lines[number], number + 1
        match = _LINE.fullmatch(line)
        if match is None or line.lstrip()[:1] in {"#", ";"}:
            continue
        column = match.start("value") + 1
        at = source.at(first + 1, column, first + 1, max(column, min(match.end("value"), len(lines[first]))))
        written = match["value"]
        quoted = any(char in written for char in "\"'\\")
        value: str | Unknown = " ".join(word.text for word in split(written)) if quoted else written
        if is_templated(line):
            value = Unknown(TEMPLATE)
        found[match["name"]] = Variable(name=match["name"], value=value, at=at)
    return found
