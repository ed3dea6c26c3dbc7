"""What stands in a redis.conf, sentinel.conf or ACL file, line by line."""

from collections.abc import Iterator
from dataclasses import field

from auditor.formats.template import conditional_lines, is_templated, mask
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.records import dataclass
from auditor.technologies.document import Assignment, Document

from .words import UnbalancedError, Word, settle_word, split

_SECRETS = frozenset({"requirepass", "masterauth", "tls-key-file-pass", "tls-client-key-file-pass"})
_SENTINEL_SECRETS = frozenset({"auth-pass", "sentinel-pass"})


@dataclass(frozen=True)
class Directive:
    """One line: its name in lower case and the words after it.

    `conditional` tells that a template decides whether the line is there.
    """

    name: str
    arguments: tuple[Word, ...]
    source: Source = field(repr=False)
    line: int
    column: int
    end_column: int
    conditional: bool = False

    @property
    def at(self) -> Location:
        """Place of the whole line."""
        return self.source.at(self.line, self.column, self.line, self.end_column)

    def place(self, word: Word, skip: int = 0) -> Location:
        """Place of a word's characters without its quotes and without its first `skip` characters."""
        first, last = word.inner()
        return self.source.at(self.line, first + skip, self.line, last)


@dataclass(frozen=True, kw_only=True)
class RedisConfig(Document):
    """A redis.conf, valkey.conf or sentinel.conf. `inserts` are lines where a template puts in unknown lines."""

    directives: tuple[Directive, ...] = ()
    inserts: frozenset[int] = frozenset()

    @property
    def is_sentinel(self) -> bool:
        """Whether it configures Sentinel: only Sentinel accepts a `sentinel` line with arguments."""
        return any(directive.name == "sentinel" and directive.arguments for directive in self.directives)

    def assignments(self) -> Iterator[Assignment]:
        for directive in self.directives:
            words = directive.arguments
            if directive.name in _SECRETS and len(words) == 1:
                yield _secret(directive, directive.name, words[0], principal=self._user_of(directive.name))
            elif directive.name == "sentinel" and len(words) >= 2 and words[0].value in _SENTINEL_SECRETS:
                yield _secret(directive, f"sentinel {words[0].value}", words[-1])
            elif directive.name == "user" and words:
                yield from _acl_passwords(directive, words)

    def _user_of(self, name: str) -> str | None:
        """Return whom the password of a directive logs in; a replica is the master's default user unless it says who.

        Source: redis.conf 7.2, `masteruser`.
        """
        if name == "requirepass":
            return "default"
        given = [directive.arguments[0].value for directive in self.directives if _gives_user(directive)]
        return given[-1] if given and name == "masterauth" and isinstance(given[-1], str) else None


def _gives_user(directive: Directive) -> bool:
    return directive.name == "masteruser" and len(directive.arguments) == 1


@dataclass(frozen=True, kw_only=True)
class AclFile(Document):
    """An ACL file: every line a `user`; words are split at single blanks and nothing is quoted."""

    directives: tuple[Directive, ...] = ()

    def assignments(self) -> Iterator[Assignment]:
        for directive in self.directives:
            if directive.arguments:
                yield from _acl_passwords(directive, directive.arguments)


def _secret(directive: Directive, key: str, word: Word, *, skip: int = 0, principal: str | None = None) -> Assignment:
    value = word.value if isinstance(word.value, Unknown) else word.value[skip:]
    return Assignment(
        key=key,
        value=value,
        at=directive.place(word, skip),
        container="server-config",
        server_secret=True,
        principal=principal,
    )


def _acl_passwords(directive: Directive, words: tuple[Word, ...]) -> Iterator[Assignment]:
    name = words[0].value if isinstance(words[0].value, str) else None
    for word in words[1:]:
        if isinstance(word.value, str) and word.value.startswith(">"):
            yield _secret(directive, "user password", word, skip=1, principal=name)


def parse_config(source: Source) -> RedisConfig:
    """Read a redis.conf; lines whose quotes do not balance become problems (the server refuses them)."""
    text, inserts, conditional = source.text, frozenset[int](), frozenset[int]()
    if is_templated(text):
        conditional = conditional_lines(text)
        text, inserts = mask(text)
    directives: list[Directive] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.strip(" \t\r\n")
        if not stripped or stripped.startswith("#"):
            continue
        try:
            words = split(line)
        except UnbalancedError as error:
            message = "expected a closing quote, followed by a blank or the line's end"
            problems.append(Problem(at=source.at(number, error.column), message=message))
            continue
        if not words:
            continue
        name = words[0].value
        if isinstance(name, Unknown):
            inserts |= {number}
            continue
        directives.append(
            Directive(
                name.lower(),
                tuple(words[1:]),
                source,
                number,
                words[0].column,
                words[-1].end_column,
                number in conditional,
            )
        )
    partial = "template expressions" if inserts or conditional or text != source.text else ""
    return RedisConfig(
        source=source, directives=tuple(directives), problems=tuple(problems), inserts=inserts, partial=partial
    )


def parse_acl(source: Source) -> AclFile:
    """Read an ACL file (`ACLLoadFromFile` of Redis 6.0-7.2): a line that is no `user` line is a problem."""
    text = mask(source.text)[0] if is_templated(source.text) else source.text
    directives: list[Directive] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.strip(" \t\r\n")
        if not stripped:
            continue
        words: list[Word] = []
        column = line.index(stripped) + 1
        for piece in stripped.split(" "):
            word = piece.strip("\t\r\n")
            words.append(Word(settle_word(word), column, column + max(len(piece) - 1, 0), prefix=word[:1]))
            column += len(piece) + 1
        if words[0].value != "user" or len(words) < 2:
            message = "expected a line that starts with the word user and a name (comments are not allowed)"
            problems.append(Problem(at=source.at(number), message=message))
            continue
        directives.append(Directive("user", tuple(words[1:]), source, number, words[0].column, words[-1].end_column))
    partial = "template expressions" if text != source.text else ""
    return AclFile(source=source, directives=tuple(directives), problems=tuple(problems), partial=partial)
