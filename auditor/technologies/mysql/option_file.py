"""What stands in an option file (my.cnf), line by line.

The grammar is that of `search_default_file_with_ext` in `mysys/my_default.c` of MariaDB 10.11 and `my_default.cc` of
MySQL 8.0, which agree (manual of MySQL 8.4, section 6.2.2.2 "Using Option Files").
"""

import re
from collections.abc import Iterator
from dataclasses import field

from auditor.formats.template import conditional_lines, is_templated, mask
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.document import Assignment, Document

_BLANK = " \t\n\v\f\r"
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "s": " ", '"': '"', "'": "'", "\\": "\\"}
_PLACEHOLDER = lazy(r"\$\{\w[^}]*\}|\$\(\w+\)|\$[A-Z_][A-Z0-9_]*|@[A-Z_]+@|__[A-Z][A-Z_]*__|%[A-Z_]+%")
_SECRETS = frozenset({"password", "wsrep_sst_auth", "file_key_management_filekey", "master_password"})


@dataclass(frozen=True)
class Option:
    """A line of a group: `name` as written, `value` None where no `=` follows. Columns cover the value without quotes.

    `conditional` tells that a template decides whether the line is there.
    """

    group: str
    name: str
    value: str | Unknown | None = field(repr=False)
    source: Source = field(repr=False)
    line: int
    column: int
    end_column: int
    value_column: int = 0
    value_end: int = 0
    conditional: bool = False

    @property
    def at(self) -> Location:
        """Place of the whole line."""
        return self.source.at(self.line, self.column, self.line, self.end_column)

    @property
    def value_at(self) -> Location:
        """Place of the value's characters."""
        return self.source.at(self.line, self.value_column, self.line, self.value_end)


@dataclass(frozen=True)
class Include:
    """`!include FILE` or `!includedir FOLDER`. It stands outside groups: the group above goes on below it."""

    path: str | Unknown
    is_folder: bool
    at: Location
    line: int
    conditional: bool = False


@dataclass(frozen=True)
class Insertion:
    """A line where a template puts in lines that are not known."""

    group: str
    at: Location
    line: int


Entry = Option | Include | Insertion


@dataclass(frozen=True, kw_only=True)
class OptionFile(Document):
    """An option file. `fatal` is where a server gives up reading it; what stands below is not in `entries`."""

    entries: tuple[Entry, ...] = ()
    groups: tuple[str, ...] = ()
    """Names of the groups in lower case, each once, in order."""
    fatal: Problem | None = None

    @property
    def options(self) -> Iterator[Option]:
        """The options of all groups in order."""
        return (entry for entry in self.entries if isinstance(entry, Option))

    def assignments(self) -> Iterator[Assignment]:
        users = {option.group: option.value for option in self.options if option.name.lower() == "user"}
        for option in self.options:
            name = option.name.lower().replace("-", "_").removeprefix("loose_")
            if name not in _SECRETS or option.value is None:
                continue
            user = users.get(option.group)
            yield Assignment(
                key=name,
                value=option.value,
                at=option.value_at,
                container="server-config",
                path=(option.group,),
                server_secret=name != "file_key_management_filekey" or not str(option.value).startswith("FILE:"),
                principal=user if isinstance(user, str) else None,
            )


def parse(source: Source) -> OptionFile:
    """Read an option file; never raises. A line that makes the server give up is `fatal` and a problem."""
    text, inserts, conditional = source.text, frozenset[int](), frozenset[int]()
    if is_templated(text):
        conditional = conditional_lines(text)
        text, inserts = mask(text)
    entries: list[Entry] = []
    groups: dict[str, None] = {}
    group: str | None = None
    fatal: Problem | None = None
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        stripped = line.strip(_BLANK)
        at = source.at(number, len(line) - len(line.lstrip(_BLANK)) + 1)
        if number in inserts:
            entries.append(Insertion(group or "", source.at(number), number))
        if not stripped or stripped[0] in "#;":
            continue
        if stripped[0] == "[" and "]" in stripped:
            group = stripped[1 : stripped.index("]")].rstrip(_BLANK)
            groups[group.lower()] = None
        elif fatal is not None:
            pass  # the server reads no further; the groups below only tell whose file it is
        elif stripped[0] == "[":
            fatal = Problem(at=at, message="expected a group's name in square brackets")
        elif stripped[0] == "!":
            # Where no line end follows, the server cuts the last character of the path off.
            written = line.lstrip(_BLANK)[:-1] if number == len(lines) else stripped
            found = _include(written, at, number, conditional=number in conditional)
            if found is None:
                fatal = Problem(at=at, message="expected a path after !include or !includedir")
            entries += [found] if isinstance(found, Include) else []
        elif group is None:
            fatal = Problem(at=at, message="expected a group such as [mysqld] before the first option")
        else:
            entries.append(_option(group.lower(), line, source, number, conditional=number in conditional))
    return OptionFile(
        source=source,
        entries=tuple(entries),
        groups=tuple(groups),
        fatal=fatal,
        problems=(fatal,) if fatal else (),
        partial="template expressions" if inserts or conditional or text != source.text else "",
    )


def _include(stripped: str, at: Location, line: int, *, conditional: bool) -> Include | bool | None:
    """Return the include, True for a directive that servers ignore, None where the path is missing."""
    match = re.match(r"(include(?:dir)?)(?:[ \t\v\f\r]+(.*)|$)", stripped[1:].lstrip(_BLANK), re.S)
    if match is None:
        return True
    word, path = match[1], (match[2] or "").strip(_BLANK)
    if not path:
        return None
    known: str | Unknown = Unknown("the path is not known") if HOLE in path or _PLACEHOLDER.search(path) else path
    return Include(known, word == "includedir", at, line, conditional)


def _option(group: str, line: str, source: Source, number: int, *, conditional: bool) -> Option:
    body = line[: _comment(line)]
    name, equals, rest = body.partition("=")
    column = len(line) - len(line.lstrip(_BLANK)) + 1
    end = len(body.rstrip(_BLANK))
    value: str | Unknown | None = None
    first = last = 0
    if equals:
        written = rest.strip(_BLANK)
        first = len(name) + 1 + len(rest) - len(rest.lstrip(_BLANK)) + 1
        if len(written) > 1 and written[0] in "\"'" and written[0] == written[-1]:
            written, first = written[1:-1], first + 1
        last = first + len(written) - 1
        if HOLE in written:
            value = Unknown("the value is a template expression")
        elif _PLACEHOLDER.search(written):
            value = Unknown("the value is a placeholder that something else fills in")
        else:
            value = unescape(written)
    return Option(group, name.strip(_BLANK), value, source, number, column, end, first, last, conditional)


def _comment(line: str) -> int:
    """Return where a comment at the line's end starts: at a # outside quotes, wherever the quotes stand."""
    if "#" not in line:
        return len(line)
    quote, escaped = "", False
    for place, character in enumerate(line):
        if character in "\"'" and not escaped:
            quote = "" if quote == character else quote or character
        if not quote and character == "#":
            return place
        escaped = bool(quote) and character == "\\" and not escaped
    return len(line)


def unescape(text: str) -> str:
    """Replace the escapes of an option file; a backslash before another character stays, and one at the end."""
    return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[0]), text, flags=re.S)
