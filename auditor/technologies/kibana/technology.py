"""The technology `kibana`: settings files, and the servers that files and containers make."""

from collections.abc import Iterator, Mapping, Sequence

from auditor.model.source import Source
from auditor.model.workload import Role, Workload
from auditor.technologies.common.searchnode.document import NodeFile
from auditor.technologies.document import Document, FileView
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.kibana import recognise

from .effective import container_server, file_server, parse
from .service import Kibana


class KibanaTechnology:
    """The technology `kibana`."""

    id = "kibana"
    title = "Kibana"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        return recognise(name, path, head)

    def parse(self, source: Source) -> NodeFile:
        return parse(source)

    def from_workload(self, workload: Workload, view: FileView) -> Sequence[Kibana]:
        server = container_server(workload, view) if workload.role is not Role.INIT else None
        return (server,) if server is not None else ()

    def from_files(self, documents: Sequence[Document], views: Mapping[str, FileView]) -> Iterator[Kibana]:
        del views
        for document in documents:
            if isinstance(document, NodeFile):
                yield file_server(document)


KIBANA = KibanaTechnology()
