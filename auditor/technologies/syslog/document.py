"""One file of rsyslog."""

from collections.abc import Iterator, Sequence
from dataclasses import field

from auditor.model.source import Source
from auditor.records import dataclass
from auditor.technologies.document import Assignment, Document

from .reader import read_statements
from .statements import Filter, Object, Other, Statement

_SECRET = frozenset({"pwd", "password", "db.pwd"})


@dataclass(frozen=True, kw_only=True)
class RsyslogConf(Document):
    """The statements of a file, in order."""

    statements: tuple[Statement, ...] = field(default=(), repr=False)

    def assignments(self) -> Iterator[Assignment]:
        """Yield the passwords of databases and other servers."""
        yield from _secrets(self.statements)


def _secrets(statements: Sequence[Statement]) -> Iterator[Assignment]:
    for statement in statements:
        if isinstance(statement, Object):
            for name, parameter in statement.parameters.items():
                if name in _SECRET:
                    yield Assignment(
                        key=name,
                        value=parameter.text,
                        at=parameter.at,
                        container="server-config",
                        path=(statement.kind,),
                        server_secret=True,
                    )
        if isinstance(statement, Object | Other):
            yield from _secrets(statement.body)
        elif isinstance(statement, Filter):
            yield from _secrets((*statement.then, *statement.otherwise))


def read_rsyslog(source: Source) -> RsyslogConf:
    """Read a file; what rsyslog refuses becomes a problem."""
    statements, problems, gap = read_statements(source)
    return RsyslogConf(source=source, statements=statements, problems=problems, partial=gap)
