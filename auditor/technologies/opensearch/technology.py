"""OpenSearch: its files, and the nodes that files and containers make."""

from collections.abc import Iterator, Mapping, Sequence

from auditor.model.fact import Service
from auditor.model.source import Source
from auditor.model.workload import Role, Workload
from auditor.technologies.common.searchnode.document import NodeFile
from auditor.technologies.document import Document, FileView
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.opensearch import recognise

from .documents import SecurityFile, parse_node, parse_security
from .effective import container_facts, facts_of, file_node


class OpenSearchTechnology:
    """The technology: `opensearch.yml`, the security plugin's files, and containers that run OpenSearch."""

    id = "opensearch"
    title = "OpenSearch and Open Distro"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        return recognise(name, path, head)

    def parse(self, source: Source) -> Document:
        found = parse_security(source) if "_meta" in source.text else None
        return found or parse_node(source)

    def from_workload(self, workload: Workload, view: FileView) -> Sequence[Service]:
        return tuple(container_facts(workload, view)) if workload.role is not Role.INIT else ()

    def from_files(self, documents: Sequence[Document], views: Mapping[str, FileView]) -> Iterator[Service]:
        del views
        for document in documents:
            if isinstance(document, NodeFile):
                yield file_node(document)
            elif isinstance(document, SecurityFile):
                yield from facts_of(document, document.source.path)


OPENSEARCH = OpenSearchTechnology()
