"""Traefik: its files, and the servers that files, containers and units make."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from auditor.model.source import Source
from auditor.model.workload import Role, Workload
from auditor.technologies.document import Document, FileView
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.traefik import recognise

from .document import TraefikFile, read_document
from .effective import container_server, dynamic_server, folder_of, static_server
from .service import Traefik


class TraefikTechnology:
    """The technology `traefik`."""

    id = "traefik"
    title = "Traefik"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        return recognise(name, path, head)

    def parse(self, source: Source) -> TraefikFile:
        return read_document(source)

    def from_workload(self, workload: Workload, view: FileView) -> Sequence[Traefik]:
        server = container_server(workload, view) if workload.role is not Role.INIT else None
        return (server,) if server is not None else ()

    def from_files(self, documents: Sequence[Document], views: Mapping[str, FileView]) -> Iterator[Traefik]:
        files = [document for document in documents if isinstance(document, TraefikFile)]
        consumed: set[str] = set()
        for document in files:
            if document.is_static:
                server = static_server(document, views[document.source.key], files)
                consumed |= server.consumed
                yield server
        alone = [document for document in files if document.source.key not in consumed and not document.is_static]
        for _, group in groupby(sorted(alone, key=lambda one: one.source.key), key=folder_of):
            yield dynamic_server(list(group))


TRAEFIK = TraefikTechnology()
