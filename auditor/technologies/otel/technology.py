"""The OpenTelemetry Collector: its files, and the servers that files, containers and units make."""

from collections.abc import Iterator, Mapping, Sequence

from auditor.model.source import Source
from auditor.model.workload import Role, Workload
from auditor.technologies.document import Document, FileView
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.otel import recognise

from .document import CollectorFile, read_document
from .effective import container_server, file_server
from .service import Collector


class OtelTechnology:
    """The technology `otel`."""

    id = "otel"
    title = "OpenTelemetry Collector"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        return recognise(name, path, head)

    def parse(self, source: Source) -> CollectorFile:
        return read_document(source)

    def from_workload(self, workload: Workload, view: FileView) -> Sequence[Collector]:
        server = container_server(workload, view) if workload.role is not Role.INIT else None
        return (server,) if server is not None else ()

    def from_files(self, documents: Sequence[Document], views: Mapping[str, FileView]) -> Iterator[Collector]:
        del views
        for document in documents:
            if isinstance(document, CollectorFile):
                yield file_server(document)


OTEL = OtelTechnology()
