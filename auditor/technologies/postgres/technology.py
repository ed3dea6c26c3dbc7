"""PostgreSQL as a technology: which files are its own, how they are read, which servers they make."""

from collections.abc import Iterator, Mapping, Sequence

from auditor.formats.errors import FormatError
from auditor.formats.template import is_templated
from auditor.model.fact import Problem, Service
from auditor.model.source import Source
from auditor.model.workload import Workload
from auditor.technologies.document import Document, FileView
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.postgres import FileKind, recognise, recognise_kind

from . import from_files, from_host, from_workload
from .auth_files import read_hba, read_ident
from .conf import Entry, parse_conf
from .documents import PostgresDocument


class PostgresTechnology:
    """Implements `Technology` and `Server`."""

    id = "postgres"
    title = "PostgreSQL"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        return recognise(name, path, head)

    def parse(self, source: Source) -> Document:
        if "\0" in source.text:
            raise FormatError(source.at(), "expected text without NUL characters")
        found = recognise_kind(source.file_name.lower(), source.path, source.text[: 16 * 1024])
        kind = found[0] if found else FileKind.CONF
        entries: tuple[Entry, ...] = ()
        problems: tuple[Problem, ...]
        if kind is FileKind.HBA:
            problems = tuple(read_hba(source, source.file_name, None, None).problems)
        elif kind is FileKind.IDENT:
            problems = tuple(read_ident(source, source.file_name, None, None).problems)
        else:
            parsed = parse_conf(source)
            entries, problems = parsed.entries, parsed.problems
        partial = "template expressions" if is_templated(source.text) or "@authmethod" in source.text else ""
        return PostgresDocument(source=source, problems=problems, partial=partial, kind=kind, entries=entries)

    def from_workload(self, workload: Workload, view: FileView) -> Sequence[Service]:
        if workload.on_host:
            return from_host.services(workload, view)
        return from_workload.services(workload, view)

    def from_files(self, documents: Sequence[Document], views: Mapping[str, FileView]) -> Iterator[Service]:
        return from_files.services(documents, views)


POSTGRES = PostgresTechnology()
