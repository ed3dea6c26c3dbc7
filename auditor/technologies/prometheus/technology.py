"""Prometheus, Alertmanager and exporters: their files, and the servers that files, containers and units make."""

from collections.abc import Iterator, Mapping, Sequence

from auditor.model.fact import Service
from auditor.model.source import Source
from auditor.model.workload import Role, Workload
from auditor.technologies.document import Document, FileView
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.prometheus import recognise

from .document import MonitoringFile, read_document
from .effective import of_file, of_workload


class PrometheusTechnology:
    """The technology `prometheus`."""

    id = "prometheus"
    title = "Prometheus and Alertmanager"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        return recognise(name, path, head)

    def parse(self, source: Source) -> MonitoringFile:
        return read_document(source)

    def from_workload(self, workload: Workload, view: FileView) -> Sequence[Service]:
        return tuple(of_workload(workload, view)) if workload.role is not Role.INIT else ()

    def from_files(self, documents: Sequence[Document], views: Mapping[str, FileView]) -> Iterator[Service]:
        del views
        for document in documents:
            if isinstance(document, MonitoringFile) and document.root is not None:
                yield of_file(document)


PROMETHEUS = PrometheusTechnology()
