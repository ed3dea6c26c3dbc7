"""The file that `auth_hba_file` names: pg_hba.conf as PgBouncer reads it, which is not as PostgreSQL does.

A line that PgBouncer cannot read is left out with a warning, and the ones behind it stay in force: host names,
`samehost`, `+role` and most options of PostgreSQL are such lines. An address with bits outside its mask matches nobody.
Source: `parse_line`, `parse_names` and `hba_eval` of hba.c in PgBouncer 1.12 to 1.25.
"""

import ipaddress
import posixpath
from collections.abc import Iterator
from dataclasses import field

from auditor.formats.template import mask
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.common.hba import TRANSPORTS, Address, AddressKind, Gap, HbaRule, Name, NameKind, Transport
from auditor.technologies.common.versions import Range
from auditor.technologies.document import FileView

_METHODS = frozenset({"trust", "reject", "md5", "password", "peer", "cert", "scram-sha-256"})
_TYPES = frozenset({"local", "host", "hostssl", "hostnossl"})
_WORD = lazy(r'[ \t\v\f\r]*(?:(?P<end>#.*|$)|(?P<comma>,)|"(?P<quoted>(?:[^"]|"")*)"|(?P<plain>[^ \t\v\f\r",#]+))')
MAX_RULES = 1000
"""Records that are read; real files hold a few dozen."""


@dataclass
class HbaFile:
    """The records in force in order, the lines left out, and the sources read."""

    rules: list[HbaRule | Gap] = field(default_factory=list[HbaRule | Gap])
    ignored: list[Problem] = field(default_factory=list[Problem])
    consumed: set[str] = field(default_factory=set[str])


@dataclass(frozen=True)
class _Word:
    text: str
    is_quoted: bool = False
    is_comma: bool = False

    def is_keyword(self, *words: str) -> bool:
        return not self.is_quoted and not self.is_comma and self.text in words


class _LeftOutError(Exception):
    """PgBouncer leaves the line out."""


class _NotKnownError(Exception):
    """A part of the line is not known."""


def read_hba(source: Source, path: str, view: FileView | None, versions: Range) -> HbaFile:
    """Read the file; `path` is its name as the server knows it, where files named by `@` are looked up."""
    result = HbaFile(consumed={source.key})
    text, content_lines = mask(source.text)
    for number, line in enumerate(text.split("\n"), 1):
        at = source.at(number, len(line) - len(line.lstrip()) + 1, number, max(len(line.rstrip()), 1))
        if number in content_lines:
            result.rules.append(Gap("a template expression puts lines here", at))
        elif len(result.rules) >= MAX_RULES:
            result.rules.append(Gap(f"only the first {MAX_RULES} records are evaluated", at))
            break
        elif HOLE in line.partition("#")[0]:
            result.rules.append(Gap("a template expression stands here", at))
        else:
            _add(line, at, _Line(path, view, versions, result.consumed), result)
    return result


def _add(line: str, at: Location, reader: "_Line", result: HbaFile) -> None:
    try:
        rule = reader.rule(line, at)
    except _LeftOutError as error:
        result.ignored.append(Problem(at=at, message=str(error)))
    except _NotKnownError as error:
        result.rules.append(Gap(str(error), at))
    else:
        if rule is not None:
            result.rules.append(rule)


class _Line:
    """Reads one line; words are taken off the front."""

    def __init__(self, path: str, view: FileView | None, versions: Range, consumed: set[str]) -> None:
        self._path = path
        self._view = view
        self._versions = versions
        self._consumed = consumed
        self._words: list[_Word] = []

    def rule(self, line: str, at: Location) -> HbaRule | None:
        self._words = list(_words(line))
        if not self._words:
            return None
        kind = self._words.pop(0)
        if not kind.is_keyword(*_TYPES):
            raise _LeftOutError("expected local, host, hostssl or hostnossl")
        databases = self._names(self._path, is_database=True)
        users = self._names(self._path, is_database=False)
        address, matches = (None, True) if kind.text == "local" else self._address()
        method = self._next("an authentication method")
        options = self._options(method)
        transports = TRANSPORTS[kind.text] - {Transport.GSS}  # PgBouncer has no GSSAPI encryption
        return HbaRule(
            type=kind.text,
            databases=databases,
            users=users,
            address=address,
            method=method.text,
            options=options,
            at=at,
            transports=transports if matches else frozenset(),
        )

    def _next(self, what: str) -> _Word:
        if not self._words or self._words[0].is_comma:
            raise _LeftOutError(f"expected {what}")
        return self._words.pop(0)

    def _names(self, path: str, *, is_database: bool) -> tuple[Name, ...]:
        names: list[Name] = []
        while True:
            word = self._next("a database" if is_database else "a user")
            names += self._name(word, path, is_database=is_database)
            if not self._words or not self._words[0].is_comma:
                return tuple(names)
            self._words.pop(0)

    def _name(self, word: _Word, path: str, *, is_database: bool) -> tuple[Name, ...]:
        """Return what one word stands for; PgBouncer knows `sameuser` in the users' column too."""
        if word.is_keyword("all"):
            return (Name(NameKind.ALL, "all"),)
        if word.is_keyword("sameuser"):
            return (Name(NameKind.SAME_USER, "sameuser"),)
        if word.is_keyword("samerole", "samegroup"):
            raise _LeftOutError("samerole is not possible in PgBouncer")
        if word.is_keyword("replication") and is_database:
            if self._versions.is_at_least(1, 23):
                return (Name(NameKind.REPLICATION, "replication"),)
            if not self._versions.is_below(1, 23):
                raise _NotKnownError("what replication stands for depends on the version, which is not known")
        if not word.is_quoted and word.text.startswith("+"):
            raise _LeftOutError("roles' members are not possible in PgBouncer")
        if not word.is_quoted and word.text.startswith("@"):
            return self._listed(word.text[1:], path, is_database=is_database)
        return (Name(NameKind.LITERAL, word.text),)

    def _listed(self, name: str, path: str, *, is_database: bool) -> tuple[Name, ...]:
        full = posixpath.join(posixpath.dirname(path), name)
        found = self._view.open(full) if self._view is not None else Unknown("a named file is not known")
        if isinstance(found, Unknown) or found is None or full == path:
            raise _NotKnownError("the file named by @ is not in the scanned files")
        self._consumed.add(found.key)
        names: list[Name] = []
        for line in found.text.split("\n"):
            inner = _Line(full, None, self._versions, self._consumed)
            inner._words = list(_words(line))
            if inner._words:
                names += inner._names(full, is_database=is_database)
        return tuple(names)

    def _address(self) -> tuple[Address, bool]:
        """Return the address, and whether a client can match it at all."""
        word = self._next("an address")
        if word.is_keyword("all"):
            if self._versions.is_below(1, 23):
                raise _LeftOutError("the address all is possible from version 1.23 on")
            if not self._versions.is_at_least(1, 23):
                raise _NotKnownError("whether the line is read depends on the version, which is not known")
            return Address(AddressKind.ANY, "all"), True
        base, slash, bits = word.text.partition("/")
        try:
            address = ipaddress.ip_address(base)
        except ValueError:
            raise _LeftOutError("expected an address in numbers; host names are not possible in PgBouncer") from None
        if word.is_quoted or "%" in base:
            raise _LeftOutError("expected an address without quotes or zone")
        length = 32 if address.version == 4 else 128
        masked = self._mask(address.version, length, bits) if slash else self._mask_column(address.version)
        number = int(address)
        text = word.text if slash else f"{base} {ipaddress.ip_address(masked)}"
        return Address(AddressKind.MASK, text, address.version, number, masked), number & masked == number

    @staticmethod
    def _mask(version: int, length: int, bits: str) -> int:
        digits = bits.lstrip(" +")
        if not digits.isdecimal() or not digits.isascii() or int(digits[:6]) > length:
            raise _LeftOutError(f"expected a length of at most {length} bits for IPv{version}")
        return ((1 << int(digits)) - 1) << (length - int(digits))

    def _mask_column(self, version: int) -> int:
        word = self._next("a mask behind the address")
        try:
            found = ipaddress.ip_address(word.text)
        except ValueError:
            raise _LeftOutError("expected a mask behind the address") from None
        if found.version != version or word.is_quoted:
            raise _LeftOutError("expected a mask of the address's kind")
        return int(found)

    def _options(self, method: _Word) -> dict[str, str | Unknown]:
        """Check the method and what stands behind it: `map=` and the options of ldap, in versions that have them."""
        rest, self._words = self._words, []
        if method.is_keyword("ldap"):
            self._require(1, 25, "the method ldap is possible from version 1.25 on")
            return {}
        if not method.is_keyword(*_METHODS):
            raise _LeftOutError("expected a method that PgBouncer has")
        if not rest:
            return {}
        if len(rest) > 1 or not rest[0].text.startswith("map=") or rest[0].is_quoted:
            raise _LeftOutError("expected nothing behind the method")
        self._require(1, 23, "maps are possible from version 1.23 on")
        return {"map": rest[0].text.removeprefix("map=")}

    def _require(self, major: int, minor: int, otherwise: str) -> None:
        if self._versions.is_below(major, minor):
            raise _LeftOutError(otherwise)
        if not self._versions.is_at_least(major, minor):
            raise _NotKnownError("whether the line is read depends on the version, which is not known")


def _words(line: str) -> Iterator[_Word]:
    position = 0
    while True:
        match = _WORD.match(line, position)
        if match is None:
            raise _LeftOutError("expected a closing quote")
        if match["end"] is not None:
            return
        if match["quoted"] is not None:
            yield _Word(match["quoted"].replace('""', '"'), is_quoted=True)
        else:
            yield _Word(match["comma"] or match["plain"], is_comma=match["comma"] is not None)
        position = match.end()
