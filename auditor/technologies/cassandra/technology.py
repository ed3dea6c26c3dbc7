"""Cassandra: its files, and the servers that files and containers make."""

from collections.abc import Iterator, Mapping, Sequence

from auditor.model.source import Source
from auditor.model.workload import Role, Workload
from auditor.technologies.document import Document, FileView
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.cassandra import recognise

from .documents import CassandraYaml, parse_cqlsh
from .effective import container_server, file_server, script_server
from .reader import read
from .script import EnvScript
from .service import Cassandra


class CassandraTechnology:
    """The technology: `cassandra.yaml`, `cassandra-env.sh`, `cqlshrc`, and containers that run Cassandra."""

    id = "cassandra"
    title = "Apache Cassandra"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        return recognise(name, path, head)

    def parse(self, source: Source) -> Document:
        name = source.file_name.lower()
        if "cqlshrc" in name:
            return parse_cqlsh(source)
        return EnvScript(source=source) if "cassandra-env.sh" in name else read(source)

    def from_workload(self, workload: Workload, view: FileView) -> Sequence[Cassandra]:
        server = container_server(workload, view) if workload.role is not Role.INIT else None
        return (server,) if server is not None else ()

    def from_files(self, documents: Sequence[Document], views: Mapping[str, FileView]) -> Iterator[Cassandra]:
        read_with: set[str] = set()
        for document in documents:
            if isinstance(document, CassandraYaml):
                server = file_server(document, views[document.source.key])
                read_with |= server.consumed
                yield server
        for document in documents:
            if isinstance(document, EnvScript) and document.source.key not in read_with:
                yield script_server(document)


CASSANDRA = CassandraTechnology()
