"""Envoy: its bootstrap files, and the servers that files, containers and units make."""

from collections.abc import Iterator, Mapping, Sequence

from auditor.model.source import Source
from auditor.model.workload import Role, Workload
from auditor.technologies.document import Document, FileView
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.envoy import recognise

from .document import EnvoyFile, read_document
from .effective import container_server, file_server
from .service import Envoy


class EnvoyTechnology:
    """The technology `envoy`."""

    id = "envoy"
    title = "Envoy"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        return recognise(name, path, head)

    def parse(self, source: Source) -> EnvoyFile:
        return read_document(source)

    def from_workload(self, workload: Workload, view: FileView) -> Sequence[Envoy]:
        server = container_server(workload, view) if workload.role is not Role.INIT else None
        return (server,) if server is not None else ()

    def from_files(self, documents: Sequence[Document], views: Mapping[str, FileView]) -> Iterator[Envoy]:
        del views
        for document in documents:
            if isinstance(document, EnvoyFile):
                yield file_server(document)


ENVOY = EnvoyTechnology()
