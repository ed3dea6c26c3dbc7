"""Elasticsearch: its settings file, and the nodes that files and containers make."""

from collections.abc import Iterator, Mapping, Sequence

from auditor.model.source import Source
from auditor.model.workload import Role, Workload
from auditor.technologies.common.searchnode.document import NodeFile
from auditor.technologies.document import Document, FileView
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.elasticsearch import recognise

from .effective import container_node, file_node, parse
from .service import Elasticsearch


class ElasticsearchTechnology:
    """The technology: `elasticsearch.yml`, and containers that run Elasticsearch."""

    id = "elasticsearch"
    title = "Elasticsearch"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        return recognise(name, path, head)

    def parse(self, source: Source) -> NodeFile:
        return parse(source)

    def from_workload(self, workload: Workload, view: FileView) -> Sequence[Elasticsearch]:
        node = container_node(workload, view) if workload.role is not Role.INIT else None
        return (node,) if node is not None else ()

    def from_files(self, documents: Sequence[Document], views: Mapping[str, FileView]) -> Iterator[Elasticsearch]:
        del views
        for document in documents:
            if isinstance(document, NodeFile):
                yield file_node(document)


ELASTICSEARCH = ElasticsearchTechnology()
