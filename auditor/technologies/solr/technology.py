"""The technology `solr`: its files, and the nodes and cores that files and containers make."""

from collections.abc import Iterator, Mapping, Sequence

from auditor.model.fact import Service
from auditor.model.source import Source
from auditor.model.workload import Role, Workload
from auditor.technologies.document import Document, FileView
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.solr import recognise

from .cores import core_of_file, cores_of_workload
from .documents import IncludeFile, SecurityFile, XmlFile, parse
from .nodes import node_of_include, node_of_part, node_of_workload


class SolrTechnology:
    """Apache Solr."""

    id = "solr"
    title = "Apache Solr"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        return recognise(name, path, head)

    def parse(self, source: Source) -> Document:
        return parse(source)

    def from_workload(self, workload: Workload, view: FileView) -> Sequence[Service]:
        if workload.role is Role.INIT:
            return ()
        node = node_of_workload(workload, view)
        return () if node is None else (node, *cores_of_workload(workload, view))

    def from_files(self, documents: Sequence[Document], views: Mapping[str, FileView]) -> Iterator[Service]:
        consumed: set[str] = set()
        for document in documents:
            if isinstance(document, IncludeFile) and document.assigned:
                node = node_of_include(document, views[document.source.key])
                consumed |= node.consumed
                yield node
        for document in documents:
            if document.source.key in consumed:
                continue
            if isinstance(document, SecurityFile):
                yield node_of_part(document.source, security=document)
            elif isinstance(document, XmlFile) and document.kind == "solr":
                yield node_of_part(document.source, security=None)
            elif isinstance(document, XmlFile) and document.kind == "config":
                core = core_of_file(document)
                if core is not None:
                    yield core


SOLR = SolrTechnology()
