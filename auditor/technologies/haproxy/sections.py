"""The sections of one or more files in the order in which HAProxy reads them, with variables and conditions settled."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from functools import cached_property

from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown
from auditor.records import dataclass
from auditor.technologies.common.configured import Version

from .acl import Acls, Condition, read_condition
from .conditions import Blocks
from .document import SECTIONS, HaproxyConfig, RawLine
from .lines import LineError, Word, cut
from .requests import Request

_LINE_FEED_SINCE: Version = (2, 3)
"""From here on a last line without a line feed is refused (`readcfgfile` of 2.3; 2.2 warns)."""
_FILLED = "a variable or a template fills it in"
MAX_SECTIONS = 4096
"""Most sections that are read; what frontends and backends do is asked for each pair of them."""


@dataclass(frozen=True)
class Line:
    """A line of a section. `doubt` says what decides whether it is there, "" if nothing does."""

    words: tuple[str, ...] = field(repr=False)
    at: Location
    doubt: str = ""

    @property
    def name(self) -> str:
        return self.words[0]

    @cached_property
    def condition(self) -> Condition | None:
        """The condition of a rule, None where it always applies."""
        return read_condition(self.words)

    def applies(self, acls: Acls, request: Request) -> bool | Unknown:
        """Return whether a rule applies to a request, and is there."""
        if self.doubt:
            return Unknown(self.doubt)
        return self.condition.met(acls, request) if self.condition is not None else True

    def starts(self, *words: str) -> bool:
        """Tell whether the line begins with these words."""
        return self.words[: len(words)] == words

    def word(self, place: int) -> str | Unknown:
        """Return a word, "" behind the last one."""
        text = self.words[place] if place < len(self.words) else ""
        return Unknown(_FILLED) if HOLE in text else text

    @property
    def is_open(self) -> bool:
        """Whether a part of it is not known."""
        return any(HOLE in word for word in self.words)

    def shown(self, start: int = 0) -> str | Unknown:
        """Return the words from `start` on as one text."""
        if self.is_open:
            return Unknown(_FILLED)
        return " ".join(self.words[start:])


@dataclass
class Section:
    """A section. `order` counts sections over all files; `open` says why it may have other lines, "" if it has not."""

    kind: str
    name: str
    parent: str | None
    at: Location
    order: int
    lines: list[Line] = field(default_factory=list[Line])
    doubt: str = ""
    open: str = ""


@dataclass
class Reader:
    """Reads files one after another; `setenv` and `presetenv` act on what follows.

    `environment` are the variables of the process, `complete` whether there can be no others.
    """

    environment: Mapping[str, str | Unknown] = field(default_factory=dict[str, str | Unknown])
    complete: bool = False
    version: Version | None = None
    sections: list[Section] = field(default_factory=list[Section])
    problems: list[Problem] = field(default_factory=list[Problem])
    consumed: list[str] = field(default_factory=list[str])
    open: str = ""
    """Why nothing is known of the sections, "" if they are all read."""
    _set: dict[str, str | Unknown] = field(default_factory=dict[str, str | Unknown])

    def lookup(self, name: str) -> str | Unknown | None:
        """Return the value of an environment variable as HAProxy sees it at this point."""
        if name in self._set:
            return self._set[name]
        if name in self.environment:
            return self.environment[name]
        if self.complete and not name.startswith(("HAPROXY_", ".")):
            return None
        return Unknown("the environment of the process is not known")

    def read(self, document: HaproxyConfig) -> None:
        """Add the sections of a file; a file begins and ends on the bounds of sections."""
        self.consumed.append(document.source.key)
        blocks = Blocks(self.lookup, self.version)
        section: Section | None = None
        for line in document.lines:
            if line.number in document.inserts and section is not None:
                section.open = "a template puts in lines"
            words = self._cut(document, line)
            if not words:
                continue
            if words[0].text.startswith("."):
                self._directive(document, blocks, words)
                continue
            reads = blocks.reads
            if reads is False:
                continue
            doubt = line.doubt or (reads.reason if isinstance(reads, Unknown) else "")
            section = self._line(document.source, section, words, doubt)
            if len(self.sections) > MAX_SECTIONS:
                self.open = f"it has more than {MAX_SECTIONS} sections"
                self.sections.clear()
                return
        if blocks.open and not document.partial:
            self.problems.append(Problem(at=document.source.at(len(document.lines)), message="expected .endif"))
        if not document.ends and (self.version is None or self.version >= _LINE_FEED_SINCE):
            at = document.source.at(len(document.lines))
            self.problems.append(Problem(at=at, message="expected a line feed behind the last line"))

    def _cut(self, document: HaproxyConfig, line: RawLine) -> tuple[Word, ...]:
        try:
            return cut(line.text, line.number, self.lookup)
        except LineError as error:
            if not document.partial:
                self.problems.append(Problem(at=document.source.at(line.number), message=str(error)))
            return ()

    def _directive(self, document: HaproxyConfig, blocks: Blocks, words: tuple[Word, ...]) -> None:
        expected = blocks.take(words[0].text, " ".join(word.text for word in words[1:]))
        if expected and not document.partial:
            self.problems.append(Problem(at=document.source.at(words[0].line), message=expected))
        if words[0].text == ".alert" and blocks.reads is True:
            self.problems.append(Problem(at=document.source.at(words[0].line), message="expected no .alert to be read"))

    def _line(self, source: Source, section: Section | None, words: tuple[Word, ...], doubt: str) -> Section | None:
        first, last = words[0], words[-1]
        at = source.at(first.line, first.column, last.line, last.end_column)
        texts = tuple(word.text for word in words)
        if texts[0] in SECTIONS:
            return self._section(texts, at, doubt)
        if section is None:
            if HOLE not in texts[0] and not doubt:
                self.problems.append(Problem(at=at, message="expected a section before the first setting"))
            return None
        section.lines.append(Line(texts, at, doubt or section.doubt))
        if section.kind == "global":
            self._variables(texts, doubt)
        return section

    def _section(self, texts: tuple[str, ...], at: Location, doubt: str) -> Section:
        kind, *rest = texts
        parent = rest[rest.index("from") + 1] if "from" in rest[:-1] else None
        name = rest[0] if rest and rest[0] != "from" else ""
        found = Section(kind, name, parent, at, len(self.sections), doubt=doubt)
        self.sections.append(found)
        return found

    def _variables(self, texts: tuple[str, ...], doubt: str) -> None:
        if texts[0] not in {"setenv", "presetenv"} or len(texts) < 3:
            return
        name, value = texts[1], texts[2]
        if texts[0] == "presetenv":
            before = self.lookup(name)
            if isinstance(before, str):
                return
            doubt = doubt or (before.reason if isinstance(before, Unknown) else "")
        self._set[name] = Unknown(doubt or _FILLED) if doubt or HOLE in value else value


def each(sections: Iterable[Section], *kinds: str) -> Iterator[Section]:
    """Yield the sections of some kinds."""
    yield from (section for section in sections if section.kind in kinds)
