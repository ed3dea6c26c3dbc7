"""PgBouncer's files as they were parsed, before it is known which server uses them."""

from collections.abc import Iterator

from auditor.formats.errors import FormatError
from auditor.formats.template import is_templated
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.records import dataclass
from auditor.technologies.document import Assignment, Document
from auditor.technologies.recognition.pgbouncer import is_user_list

from .connection import RefusedError, pairs
from .ini import Entry, Section, known_part, parse_ini
from .names import SECRETS
from .userlist import SecretKind, parse_users, written_users


@dataclass(frozen=True, kw_only=True)
class PgBouncerIni(Document):
    """A pgbouncer.ini or a part of one."""

    def assignments(self) -> Iterator[Assignment]:
        """Yield the parameters, and the pairs of connection strings: a password stands there in clear text."""
        section = ""
        for item in parse_ini(self.source).items:
            if isinstance(item, Section):
                section = item.name
            elif isinstance(item, Entry) and (section in {"databases", "peers"} or item.key in SECRETS):
                yield from _of_connection(item, section)
            elif isinstance(item, Entry):
                yield Assignment(key=item.key, value=item.value, at=item.at, container="server-config")


@dataclass(frozen=True, kw_only=True)
class PgBouncerUsers(Document):
    """A file of users."""

    def assignments(self) -> Iterator[Assignment]:
        kinds = [user.kind for user in parse_users(self.source).users]
        for found, kind in zip(written_users(self.source), kinds, strict=False):
            if not isinstance(found, Problem) and kind in {SecretKind.CLEAR, SecretKind.UNKNOWN}:
                name, secret, at = found
                yield Assignment(
                    key="password",
                    value=secret,
                    at=at,
                    container="server-config",
                    path=("pgbouncer", name),
                    server_secret=True,
                    principal=name,
                )


def read_document(source: Source) -> PgBouncerIni | PgBouncerUsers:
    """Read either file.

    Raises:
        FormatError: it is no text.
    """
    if "\0" in source.text:
        raise FormatError(source.at(), "expected text without NUL characters")
    partial = "template expressions" if is_templated(source.text) else ""
    if is_user_list(source.text):
        problem = parse_users(source).problem
        return PgBouncerUsers(source=source, partial=partial, problems=() if problem is None else (problem,))
    problems = tuple(item for item in parse_ini(source).items if isinstance(item, Problem))
    return PgBouncerIni(source=source, partial=partial, problems=problems)


def _of_connection(entry: Entry, section: str) -> Iterator[Assignment]:
    try:
        found = list(pairs(entry.written))
    except RefusedError:
        return
    at = entry.at
    users = [pair.value for pair in found if pair.key == "user"]
    for pair in found:
        place = Location(at.path, at.line, at.column + pair.start, at.line, at.column + pair.end - 1)
        yield Assignment(
            key=pair.key,
            value=known_part(pair.value),
            at=place if at.end_line else at,
            container="server-config",
            path=("pgbouncer", section, entry.key),
            server_secret=pair.key in {"password", "ldapbindpasswd"},
            principal=users[-1] if users and pair.key == "password" else None,
        )
