"""MongoDB: recognising its files, and the servers that files and containers make."""

from collections.abc import Iterator, Mapping, Sequence

from auditor.model.source import Source
from auditor.model.workload import Workload
from auditor.technologies.document import Document, FileView
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.mongodb import recognise

from .document import MongodConf
from .effective import container_server, file_server
from .reader import read
from .service import Mongod


class MongoDb:
    """The technology: `mongod.conf` in both syntaxes, and containers that run mongod or mongos."""

    id = "mongodb"
    title = "MongoDB"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        return recognise(name, path, head)

    def parse(self, source: Source) -> MongodConf:
        return read(source)

    def from_workload(self, workload: Workload, view: FileView) -> Sequence[Mongod]:
        server = container_server(workload, view)
        return (server,) if server is not None else ()

    def from_files(self, documents: Sequence[Document], views: Mapping[str, FileView]) -> Iterator[Mongod]:
        del views
        for document in documents:
            if isinstance(document, MongodConf):
                yield file_server(document)


MONGODB = MongoDb()
