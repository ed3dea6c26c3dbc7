"""Traefik: its files, and the servers that files, containers and units make."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from auditor.model.source import Source
from auditor.model.workload import Role, Workload
from auditor.technologies.document import Document, FileView
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.traefik import RESOURCE, recognise

from .document import TraefikFile, read_document
from .effective import container_server, dynamic_server, folder_of, resource_server, static_server
from .resources import TraefikResource, read_resource
from .service import Traefik


class TraefikTechnology:
    """The technology `traefik`."""

    id = "traefik"
    title = "Traefik"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        return recognise(name, path, head)

    def parse(self, source: Source) -> TraefikFile:
        return read_resource(source) if source.name == RESOURCE else read_document(source)

    def from_workload(self, workload: Workload, view: FileView) -> Sequence[Traefik]:
        server = container_server(workload, view) if workload.role is not Role.INIT else None
        return (server,) if server is not None else ()

    def from_files(self, documents: Sequence[Document], views: Mapping[str, FileView]) -> Iterator[Traefik]:
        resources = [document for document in documents if isinstance(document, TraefikResource)]
        files = [one for one in documents if isinstance(one, TraefikFile) and not isinstance(one, TraefikResource)]
        for _, objects in groupby(sorted(resources, key=lambda one: one.source.path), key=lambda one: one.source.path):
            yield resource_server(list(objects))
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
