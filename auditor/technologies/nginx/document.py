"""What stands in an nginx configuration file."""

import re
from collections.abc import Iterable, Iterator
from enum import Enum

from auditor.formats.nginx_directives import Directive, Word, parse
from auditor.formats.template import conditional_lines, is_templated, mask
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.document import Assignment, Document

_SETTERS = frozenset({"proxy_set_header", "grpc_set_header", "fastcgi_param", "uwsgi_param", "set", "add_header"})
_SCHEME = lazy(r"(?:Basic|Bearer|Token|ApiKey)\s+", re.IGNORECASE)
_BLOCK = lazy(r"^[ \t]*(http|events|stream|mail|server)[ \t]*\{", re.MULTILINE)
_USER_INFO = lazy(r"://[^/:@\s]*:([^/@\s]+)@")


class Kind(Enum):
    """Which part of a whole configuration a file is."""

    MAIN = "a whole configuration"
    HTTP = "what stands in the http block"
    STREAM = "what stands in the stream block"
    PART = "what stands in a server or location"


@dataclass(frozen=True, kw_only=True)
class NginxConfig(Document):
    """A configuration file. `conditional` and `inserts` are lines that a template decides on or fills.

    `cut` tells that a template leaves the braces unbalanced, so that reading stopped there.
    """

    directives: tuple[Directive, ...] = ()
    conditional: frozenset[int] = frozenset()
    inserts: frozenset[int] = frozenset()
    cut: bool = False

    @property
    def kind(self) -> Kind:
        names = {directive.name.text for directive in self.directives if directive.block is not None}
        if self.problems or self.cut:  # the block with the fault in it is not among the directives
            names |= set(_BLOCK.findall(self.source.text))
        if names & {"http", "events", "stream", "mail"}:
            return Kind.MAIN
        servers = [directive.block for directive in self.directives if directive.name.text == "server"]
        lines = {inner.name.text for block in servers for inner in block or ()}
        if "proxy_pass" in lines and not lines & {"location", "server_name", "root"}:
            return Kind.STREAM
        return Kind.HTTP if "server" in names else Kind.PART

    def assignments(self) -> Iterator[Assignment]:
        """Yield headers, variables and parameters with a literal value, and passwords in addresses."""
        for directive in _all(self.directives):
            words = directive.arguments
            if directive.name.text in _SETTERS and len(words) >= 2 and "$" not in words[1].text:
                yield self._assignment(words[0].text.lstrip("$"), words[1])
            elif directive.name.text == "env" and words and "=" in words[0].text:
                name, _, value = words[0].text.partition("=")
                yield self._part(name, words[0], len(name) + 1, len(value))
            elif directive.name.text.endswith("_pass") and words and (found := _USER_INFO.search(words[0].text)):
                yield self._part(
                    f"{directive.name.text} password", words[0], found.start(1), len(found[1]), secret=True
                )

    def _assignment(self, key: str, word: Word) -> Assignment:
        scheme = _SCHEME.match(word.text) if key.lower() == "authorization" else None
        skip = scheme.end() if scheme else 0
        return self._part(key, word, skip, len(word.text) - skip, secret=scheme is not None)

    def _part(self, key: str, word: Word, start: int, length: int, *, secret: bool = False) -> Assignment:
        text = word.text[start : start + length]
        value = Unknown("the value is a template expression") if HOLE in text else text
        return Assignment(
            key=key, value=value, at=self._at(word, start, length), container="server-config", server_secret=secret
        )

    def _at(self, word: Word, start: int, length: int) -> Location:
        if word.line != word.end_line or word.end_column - word.column + 1 != len(word.text):
            return self.source.at(word.line, word.column, word.end_line, word.end_column)
        return self.source.at(word.line, word.column + start, word.line, word.column + start + length - 1)


def _all(directives: Iterable[Directive]) -> Iterator[Directive]:
    for directive in directives:
        yield directive
        yield from _all(directive.block or ())


def read(source: Source) -> NginxConfig:
    """Read a configuration; what the server would refuse to read becomes a problem, unless a template fills it."""
    text, inserts, conditional = source.text, frozenset[int](), frozenset[int]()
    if is_templated(text):
        conditional = conditional_lines(text)
        text, inserts = mask(text)
    parsed = parse(text)
    partial = "template expressions" if text != source.text else ""
    problems: tuple[Problem, ...] = ()
    if parsed.fault is not None and not partial:
        at = source.at(parsed.fault.line, parsed.fault.column)
        problems = (Problem(at=at, message=f"expected {parsed.fault.expected}"),)
    return NginxConfig(
        source=source,
        directives=parsed.directives,
        problems=problems,
        partial=partial,
        conditional=conditional,
        inserts=inserts,
        cut=parsed.fault is not None and bool(partial),
    )
