"""InfluxDB: its configuration files, and the servers that files and containers make."""

from collections.abc import Iterator, Mapping, Sequence

from auditor.model.source import Source
from auditor.model.workload import Role, Workload
from auditor.technologies.document import Document, FileView
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.influxdb import recognise

from .document import InfluxConfig, read_document
from .effective import container_server, file_server
from .service import InfluxDb
from .third import third_server


class InfluxDbTechnology:
    """The technology `influxdb`."""

    id = "influxdb"
    title = "InfluxDB"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        return recognise(name, path, head)

    def parse(self, source: Source) -> InfluxConfig:
        return read_document(source)

    def from_workload(self, workload: Workload, view: FileView) -> Sequence[InfluxDb]:
        if workload.role is Role.INIT:
            return ()
        server = container_server(workload, view) or third_server(workload)
        return (server,) if server is not None else ()

    def from_files(self, documents: Sequence[Document], views: Mapping[str, FileView]) -> Iterator[InfluxDb]:
        del views
        for document in documents:
            if isinstance(document, InfluxConfig):
                yield file_server(document)


INFLUXDB = InfluxDbTechnology()
