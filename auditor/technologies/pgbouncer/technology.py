"""PgBouncer as a technology: which files are its own, and which servers files and containers make."""

from collections.abc import Iterator, Mapping, Sequence

from auditor.model.fact import Service
from auditor.model.source import Source
from auditor.model.workload import Role, Workload
from auditor.technologies.document import Document, FileView
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.pgbouncer import recognise

from .build import container_services, file_services
from .document import PgBouncerIni, read_document
from .ini import Section, parse_ini


class PgBouncerTechnology:
    """Implements `Technology` and `Server`."""

    id = "pgbouncer"
    title = "PgBouncer"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        return recognise(name, path, head)

    def parse(self, source: Source) -> Document:
        return read_document(source)

    def from_workload(self, workload: Workload, view: FileView) -> Sequence[Service]:
        return container_services(workload, view) if workload.role is not Role.INIT else ()

    def from_files(self, documents: Sequence[Document], views: Mapping[str, FileView]) -> Iterator[Service]:
        """Yield the servers of files with a section [pgbouncer] that no other one includes."""
        inis = [document for document in documents if isinstance(document, PgBouncerIni)]
        found = {document.source.key: file_services(document.source, views[document.source.key]) for document in inis}
        included = {
            name for key, services in found.items() for service in services for name in service.consumed if name != key
        }
        for document in inis:
            is_main = any(
                isinstance(item, Section) and item.name == "pgbouncer" for item in parse_ini(document.source).items
            )
            if is_main and document.source.key not in included:
                yield from found[document.source.key]


PGBOUNCER = PgBouncerTechnology()
