"""A file of PostgreSQL as it was parsed, before it is known which server uses it."""

from collections.abc import Iterator

from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.records import dataclass
from auditor.technologies.common.hba.rule import Gap
from auditor.technologies.document import Assignment, Document
from auditor.technologies.recognition.postgres import FileKind

from .auth_files import lines_of
from .conf import Entry
from .hba import SECRET_OPTIONS


@dataclass(frozen=True, kw_only=True)
class PostgresDocument(Document):
    """One file; `entries` are the assignments of a postgresql.conf."""

    kind: FileKind
    entries: tuple[Entry, ...] = ()

    def assignments(self) -> Iterator[Assignment]:
        """Yield settings, and the options of pg_hba.conf records (an LDAP bind password stands there)."""
        for entry in self.entries:
            yield Assignment(key=entry.name, value=entry.value, at=entry.at, container="server-config")
        if self.kind is FileKind.HBA:
            yield from self._options()

    def _options(self) -> Iterator[Assignment]:
        for record in lines_of(self.source):
            if isinstance(record, Gap):
                continue
            for token in (token for field in record.fields for token in field):
                name, equals, value = token.text.partition("=")
                if equals and name.isidentifier():
                    yield Assignment(
                        key=name,
                        value=value if token.is_known else Unknown("a template expression stands here"),
                        at=_value_place(token.at, len(name) + 1 + token.quoted),
                        container="server-config",
                        server_secret=name in SECRET_OPTIONS,
                    )


def _value_place(at: Location, skipped: int) -> Location:
    """Leave the option's name and the equals sign out of the place of `name=value`."""
    if not at.end_line or at.line != at.end_line:
        return at
    return Location(at.path, at.line, at.column + skipped, at.end_line, at.end_column)
