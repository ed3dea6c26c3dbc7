"""Apache NiFi and NiFi Registry: their property files, the XML that these select, and the official images."""

from collections.abc import Iterator, Mapping, Sequence

from auditor.model.fact import Service
from auditor.model.source import Source
from auditor.model.workload import Workload
from auditor.technologies.document import Document, FileView
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition import nifi as recognition

from .build import registry_of_file, service_of_file, service_of_workload
from .document import NiFiProperties, parse_document
from .parameters import BUILT_IN_KEY, SHORTEST_KEY
from .service import Debugger, LdapConnection, NiFi, NiFiRegistry

__all__ = ["BUILT_IN_KEY", "NIFI", "SHORTEST_KEY", "Debugger", "LdapConnection", "NiFi", "NiFiRegistry"]


class NiFiTechnology:
    """The technology `nifi`."""

    id = "nifi"
    title = "Apache NiFi"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        """Say why this is our file, or None."""
        return recognition.recognise(name, path, head)

    def parse(self, source: Source) -> Document:
        """Read a file; never raises."""
        return parse_document(source)

    def from_workload(self, workload: Workload, view: FileView) -> Sequence[Service]:
        """Return the server that a container or a unit runs."""
        service = service_of_workload(workload, view)
        return () if service is None else (service,)

    def from_files(self, documents: Sequence[Document], views: Mapping[str, FileView]) -> Iterator[Service]:
        """Yield a server for every property file, with the files beside it that it selects from."""
        for document in documents:
            if isinstance(document, NiFiProperties) and document.kind == recognition.PROPERTIES:
                yield service_of_file(document.source, views[document.source.key])
            elif isinstance(document, NiFiProperties) and document.kind == recognition.REGISTRY:
                yield registry_of_file(document.source)


NIFI = NiFiTechnology()
