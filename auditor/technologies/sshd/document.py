"""One file of sshd's configuration: its lines, each with its keyword and values."""

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

from .words import QuoteError, split_arguments, split_line

_PLACEHOLDER = lazy(r"\$\{\w[^}]*\}|@[A-Z_]+@|__[A-Z][A-Z_]*__|<%.*?%>")


@dataclass(frozen=True, kw_only=True)
class Directive:
    """One line. `unknown` is why a part of it is not known; `conditional` that a template decides about it."""

    keyword: str
    words: tuple[str, ...] = field(repr=False)
    rest: str = field(repr=False)
    at: Location
    unknown: Unknown | None = None
    conditional: bool = False


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A line in whose place a template puts lines that are not known."""

    at: Location


@dataclass(frozen=True, kw_only=True)
class SshdConfig(Document):
    """A file of sshd's configuration in the order of its lines."""

    lines: tuple[Directive | Gap, ...] = ()

    def assignments(self) -> Iterator[Assignment]:
        """Yield the values that can carry a secret: variables for sessions and the options of commands."""
        for line in self.lines:
            if isinstance(line, Directive) and line.keyword == "setenv" and line.unknown is None:
                for word in line.words:
                    name, equals, value = word.partition("=")
                    if equals:
                        yield Assignment(key=name, value=value, at=line.at, container="server-config")


def read_document(source: Source) -> SshdConfig:
    """Read a file; lines whose quotes do not balance become problems, because sshd refuses them."""
    text, inserts, conditional = source.text, frozenset[int](), frozenset[int]()
    if is_templated(text):
        conditional = conditional_lines(text)
        text, inserts = mask(text)
    lines: list[Directive | Gap] = []
    problems: list[Problem] = []
    for number, written in enumerate(text.split("\n"), 1):
        if number in inserts:
            lines.append(Gap(at=source.at(number)))
            continue
        try:
            line = split_line(written)
            if line is None:
                continue
            at = source.at(number, line.start, number, line.end)
            words = tuple(split_arguments(line.rest))
        except QuoteError:
            problems.append(Problem(at=source.at(number), message="expected a closing quote"))
            continue
        if HOLE in line.keyword or _PLACEHOLDER.search(line.keyword):
            lines.append(Gap(at=at))
            continue
        is_open = HOLE in line.rest or _PLACEHOLDER.search(line.rest) is not None
        unknown = Unknown("the value is filled in by a template") if is_open else None
        lines.append(
            Directive(
                keyword=line.keyword,
                words=words,
                rest=line.rest,
                at=at,
                unknown=unknown,
                conditional=number in conditional,
            )
        )
    partial = "template expressions" if text != source.text else ""
    return SshdConfig(source=source, lines=tuple(lines), problems=tuple(problems), partial=partial)
