"""haproxy.cfg as a file: its lines, and the values in it that may be secret."""

import re
from collections.abc import Iterator

from auditor.formats.template import conditional_lines, is_templated, mask
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.document import Assignment, Document

from .lines import LineError, Word, cut

SECTIONS = frozenset(
    "global defaults frontend backend listen userlist peers resolvers cache program http-errors mailers ring fcgi-app "
    "log-forward log-profile traces crt-store acme spoe-agent healthcheck haterm dynamic-update".split()
)
"""Words that begin a section (configuration manual 3.4, sections 3, 4, 10, 11 and 12)."""
_SCHEME = lazy(r"(?:Basic|Bearer|Token|ApiKey)\s+", re.IGNORECASE)
_SECRETS = frozenset({"ca-sign-pass", "cluster-secret", "dynamic-cookie-key", "server-secret"})
_FILLED = "a variable or a template fills it in"


@dataclass(frozen=True)
class RawLine:
    """A line with its number. `doubt` says what decides whether it is there, "" if nothing does."""

    number: int
    text: str
    doubt: str = ""


@dataclass(frozen=True, kw_only=True)
class HaproxyConfig(Document):
    """A configuration file.

    `inserts` are lines into which a template puts others; `ends` is False where the last line has no line feed.
    """

    lines: tuple[RawLine, ...] = ()
    inserts: frozenset[int] = frozenset()
    ends: bool = True

    def words(self) -> Iterator[tuple[Word, ...]]:
        """Yield the words of each line that can be cut, with all variables unknown."""
        for line in self.lines:
            try:
                words = cut(line.text, line.number, lambda _: Unknown(_FILLED))
            except LineError:
                continue
            if words:
                yield words

    def assignments(self) -> Iterator[Assignment]:
        """Yield passwords of users and of the statistics, variables that are set, and headers with literal values."""
        for words in self.words():
            texts = [word.text for word in words]
            if texts[:2] == ["stats", "auth"] and len(words) > 2 and ":" in texts[2]:
                user, _, password = texts[2].partition(":")
                yield self._part("stats auth password", words[2], len(user) + 1, len(password), user)
            elif texts[0] == "user" and "insecure-password" in texts[2:-1]:
                place = texts.index("insecure-password", 2) + 1
                yield self._part("user password", words[place], 0, len(texts[place]), texts[1])
            elif texts[0] in {"setenv", "presetenv"} and len(words) > 2:
                yield self._part(texts[1], words[2], 0, len(texts[2]), secret=False)
            elif texts[0] in _SECRETS and len(words) > 1:
                yield self._part(texts[0], words[1], 0, len(texts[1]))
            else:
                yield from self._headers(words, texts)

    def _headers(self, words: tuple[Word, ...], texts: list[str]) -> Iterator[Assignment]:
        for place, text in enumerate(texts[:-2]):
            if text in {"set-header", "add-header", "hdr"} and "%[" not in texts[place + 2]:
                name, value = texts[place + 1], texts[place + 2]
                scheme = _SCHEME.match(value) if name.lower() == "authorization" else None
                skip = scheme.end() if scheme is not None else 0
                yield self._part(name, words[place + 2], skip, len(value) - skip, secret=scheme is not None)

    def _part(
        self, key: str, word: Word, start: int, length: int, principal: str | None = None, *, secret: bool = True
    ) -> Assignment:
        text = word.text[start : start + length]
        return Assignment(
            key=key,
            value=Unknown(_FILLED) if HOLE in text else text,
            at=self._at(word, start, length),
            container="server-config",
            server_secret=secret,
            principal=principal,
        )

    def _at(self, word: Word, start: int, length: int) -> Location:
        if not word.is_literal or not length:
            return self.source.at(word.line, word.column, word.line, word.end_column)
        first = word.column + start
        return self.source.at(word.line, first, word.line, first + length - 1)


def read(source: Source) -> HaproxyConfig:
    """Read a configuration; what cannot be cut into words becomes a problem, unless a template fills it."""
    text, inserts, conditional = source.text, frozenset[int](), frozenset[int]()
    if is_templated(text):
        conditional = conditional_lines(text)
        text, inserts = mask(text)
    partial = "template expressions" if text != source.text else ""
    doubt = "a template decides whether the line is there"
    lines = tuple(
        RawLine(number, line, doubt if number in conditional else "") for number, line in enumerate(text.split("\n"), 1)
    )
    return HaproxyConfig(
        source=source,
        lines=lines,
        inserts=inserts,
        ends=not text.strip() or text.endswith("\n") or bool(partial),
        problems=() if partial else tuple(_faults(source, lines)),
        partial=partial,
    )


def _faults(source: Source, lines: tuple[RawLine, ...]) -> Iterator[Problem]:
    for line in lines:
        try:
            cut(line.text, line.number, lambda _: Unknown(_FILLED))
        except LineError as error:
            yield Problem(at=source.at(line.number), message=str(error))
