r"""The file of users: lines of `"name" "secret"`, anything behind them ignored; `;` starts a comment line.

Source: `load_auth_file` of loader.c and `get_password_type` of proto.c in PgBouncer 1.18; the manual's "Authentication
file format". At the first line that is not one, PgBouncer stops reading and keeps the users before it.
"""

from collections.abc import Iterator
from enum import StrEnum

from auditor.formats.template import mask
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown
from auditor.patterns import lazy
from auditor.records import dataclass

_SPACE = lazy(r"[ \t\n\v\f\r]*")
_COMMENT = lazy(r";[^\n]*")
_USER = lazy(r'"((?:[^"]|"")*)"[^"]*"((?:[^"]|"")*)"[^\n]*')
_MD5 = lazy(r"md5[0-9a-f]{32}")
_SCRAM = lazy(r"SCRAM-SHA-256\$\d+:[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+")


class SecretKind(StrEnum):
    """What is kept of a user's password."""

    EMPTY = "nothing"
    CLEAR = "the password itself"
    MD5 = "an MD5 hash"
    SCRAM = "a SCRAM secret"
    UNKNOWN = "not known"


@dataclass(frozen=True)
class User:
    """One user, and in which form the secret is kept."""

    name: str
    kind: SecretKind
    at: Location


@dataclass(frozen=True)
class UserList:
    """The users that PgBouncer takes from the file; `problem` is where it stops reading."""

    users: tuple[User, ...]
    problem: Problem | None = None


def parse_users(source: Source) -> UserList:
    """Read the file."""
    users: list[User] = []
    for found in written_users(source):
        if isinstance(found, Problem):
            return UserList(tuple(users), found)
        name, secret, at = found
        users.append(User(name, _kind(secret), at))
    return UserList(tuple(users))


def written_users(source: Source) -> Iterator[tuple[str, str | Unknown, Location] | Problem]:
    """Yield name, secret and the secret's place of every user, and a problem where reading stops."""
    text, _ = mask(source.text)
    position = 0
    while True:
        match = _SPACE.match(text, position)
        position = match.end() if match else position
        if position >= len(text):
            return
        if comment := _COMMENT.match(text, position):
            position = comment.end()
            continue
        user = _USER.match(text, position)
        if user is None:
            yield Problem(at=_at(source, text, position, position + 1), message='expected "user" "secret"')
            return
        at = _at(source, text, user.start(2), user.end(2))
        secret = Unknown("a template expression stands here") if HOLE in user[2] else user[2].replace('""', '"')
        yield user[1].replace('""', '"'), secret, at
        position = user.end()


def _at(source: Source, text: str, start: int, end: int) -> Location:
    line = text.count("\n", 0, start) + 1
    column = start - (text.rfind("\n", 0, start) + 1) + 1
    end_line = line + text.count("\n", start, end)
    return source.at(line, column, end_line, column + max(end - start, 1) - 1 if end_line == line else 1)


def _kind(secret: str | Unknown) -> SecretKind:
    if isinstance(secret, Unknown):
        return SecretKind.UNKNOWN
    if not secret:
        return SecretKind.EMPTY
    if _MD5.fullmatch(secret):
        return SecretKind.MD5
    return SecretKind.SCRAM if _SCRAM.fullmatch(secret) else SecretKind.CLEAR
