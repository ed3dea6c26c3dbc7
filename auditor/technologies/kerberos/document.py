"""krb5.conf and kdc.conf as MIT's profile library reads them (`prof_parse.c`; tried with libkrb5 1.20.1).

Sections in brackets, `name = value`, and subsections in braces. Names count to the letter, case included. There are no
comments behind a value. What stands before the first section is passed over. `*` behind a name or section makes it
final, which matters between several files only.
"""

import re
from dataclasses import field

from auditor.formats.template import conditional_lines, is_templated, mask
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.document import Document

_MAX_DEPTH = 50
"""Subsections inside each other that are read; those of real files have two levels."""
_PLACEHOLDER = lazy(r"\$\{\w[^}]{0,300}\}|\$[A-Z_]{2,}|@[A-Z][A-Z_]*@|__[A-Z][A-Z_]*__|<[%=]?\w[^<>\n]*>")
_BLANK = " \t\r\n\v\f"
_QUOTED = lazy(r'"((?:[^"\\]|\\.)*)')
_ESCAPES = {"n": "\n", "t": "\t", "b": "\b"}


@dataclass(frozen=True)
class Relation:
    """A value below the names `path`; the last of them is its own. `at` covers the line from its name on."""

    path: tuple[str, ...]
    value: str | Unknown = field(repr=False)
    at: Location


@dataclass(frozen=True)
class Include:
    """A line that reads a file, or all files of a folder."""

    target: str | Unknown
    is_folder: bool
    at: Location


@dataclass(frozen=True, kw_only=True)
class KrbConf(Document):
    """What a file says, in order. `gap` is why lines are not known, "" if all are; `headers` are the names in use."""

    steps: tuple[Relation | Include, ...] = field(default=(), repr=False)
    headers: tuple[tuple[tuple[str, ...], Location], ...] = field(default=(), repr=False)
    gap: str = ""


@dataclass(frozen=True, kw_only=True)
class KeyTable(Document):
    """A table of keys, of which nothing is read."""


class _RefusedError(Exception):
    """The library gives the file up; the text says what it expects."""


class _Reader:
    """Reads the lines of one file; what it has found stays where a later line is refused."""

    def __init__(self, source: Source, conditional: frozenset[int]) -> None:
        self._source = source
        self._conditional = conditional
        self._path: list[str] = []
        self._in_section = False
        self._wants_brace = False
        self.steps: list[Relation | Include] = []
        self.headers: list[tuple[tuple[str, ...], Location]] = []

    def read(self, line: str, number: int) -> None:
        include = re.match(r"include(?P<folder>dir)?[ \t\r\v\f]+(?P<target>.*)", line)
        at = self._source.at(number, 1, number, max(len(line), 1))
        if include is not None:
            self._include(include["target"].strip(_BLANK), include["folder"] is not None, at)
        elif self._wants_brace:
            if not line.lstrip(_BLANK).startswith("{"):
                raise _RefusedError("expected a brace on the line behind a name without a value")
            self._wants_brace = False
        elif self._in_section or line.startswith("["):
            self._in_section = True
            self._line(line.strip(_BLANK), number, len(line) - len(line.lstrip(_BLANK)), line)

    @property
    def depth(self) -> int:
        """How many sections are open."""
        return len(self._path)

    def _include(self, target: str, is_folder: bool, at: Location) -> None:
        known = Unknown("a template fills in which file is read") if HOLE in target else target
        self.steps.append(Include(known, is_folder, at))

    def _line(self, text: str, number: int, start: int, line: str) -> None:
        at = self._source.at(number, start + 1, number, max(len(line.rstrip()), start + 1))
        if not text or text[0] in ";#":
            return
        if text[0] == "[":
            self._section(text, at)
        elif text[0] == "}":
            if len(self._path) < 2:
                raise _RefusedError("expected no closing brace outside a subsection")
            self._path.pop()
        else:
            self._relation(text, number, at)

    def _section(self, text: str, at: Location) -> None:
        if len(self._path) > 1:
            raise _RefusedError("expected the closing brace before the next section")
        name, bracket, rest = text[1:].partition("]")
        rest = rest.removeprefix("*")
        if not bracket or rest.strip(_BLANK):
            raise _RefusedError("expected nothing but a name in brackets on the line of a section")
        self._path = [name]
        self.headers.append(((name,), at))

    def _relation(self, text: str, number: int, at: Location) -> None:
        name, equals, value = text.partition("=")
        name = name.rstrip(_BLANK)
        if not equals or not name or any(blank in name for blank in _BLANK):
            raise _RefusedError("expected one name, an equals sign and a value")
        name = name.partition("*")[0]
        value = value.lstrip(_BLANK)
        is_open = value.startswith("{") and not value[1:].strip(_BLANK)
        if not value or is_open:
            self._path.append(name)
            self._wants_brace = not value
            self.headers.append((tuple(self._path), at))
            return
        self.steps.append(Relation((*self._path, name), self._value(value, number), at))

    def _value(self, value: str, number: int) -> str | Unknown:
        if number in self._conditional:
            return Unknown("a template decides whether it is set")
        if HOLE in value:
            return Unknown("the value is filled in by a template")
        quoted = _QUOTED.match(value)
        if quoted is None:
            return value
        return re.sub(r"\\(.)", lambda match: _ESCAPES.get(match[1], match[1]), quoted[1])


def read_profile(source: Source) -> KrbConf:
    """Read a file; what the library refuses becomes a problem, and nothing behind it is read."""
    text, inserts = source.text, frozenset[int]()
    conditional = conditional_lines(text)
    if is_templated(text):
        text, inserts = mask(text)
    text = _PLACEHOLDER.sub(lambda match: HOLE * len(match[0]), text)
    reader, gap = _Reader(source, conditional), "a template puts in lines" if inserts else ""
    problems: list[Problem] = []
    for number, line in enumerate(text.removesuffix("\n").split("\n"), 1):
        name = line.partition("=")[0]
        if HOLE in name and not line.startswith("include") and "=" not in line and "[" not in line:
            gap = "a template puts in lines"
            continue
        if reader.depth > _MAX_DEPTH:
            gap = f"it nests more than {_MAX_DEPTH} subsections"
            break
        try:
            reader.read(line, number)
        except _RefusedError as refused:
            if gap or conditional:
                gap = "a template puts in lines"
            else:
                problems.append(Problem(at=source.at(number), message=str(refused)))
            break
    return KrbConf(
        source=source,
        steps=tuple(reader.steps),
        headers=tuple(reader.headers),
        problems=tuple(problems),
        gap=gap,
        partial="template expressions" if text != source.text else "",
    )
