"""Apache Tomcat: server.xml and the files beside it, deployment descriptors, and containers of the official image."""

from collections.abc import Iterator, Mapping, Sequence

from auditor.formats.xml import Element
from auditor.model.fact import Service
from auditor.model.source import Source
from auditor.model.workload import Role, Workload
from auditor.technologies.document import Document, FileView
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition import tomcat as recognition
from auditor.technologies.recognition.xml_root import root_name

from .build import by_folder, service_of_part, service_of_server, service_of_workload
from .document import TomcatFile, parse_file, value_of
from .service import Connector, Tomcat, User, application_of, parameter_of

__all__ = ["TOMCAT", "Connector", "Element", "Tomcat", "User", "application_of", "parameter_of", "value_of"]


class TomcatTechnology:
    """The technology `tomcat`."""

    id = "tomcat"
    title = "Apache Tomcat"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        """Say why this is our file, or None."""
        return recognition.recognise(name, path, head)

    def parse(self, source: Source) -> Document:
        """Read a file; never raises."""
        return parse_file(source)

    def from_workload(self, workload: Workload, view: FileView) -> Sequence[Service]:
        """Return the server that a container of the official image runs."""
        starts = not workload.arguments or any(
            isinstance(word.value, str) and word.value.endswith("catalina.sh") for word in workload.arguments
        )
        official = workload.image_repository == "tomcat" and workload.is_official_image
        if workload.role is Role.INIT or not official or not starts:
            return ()
        service = service_of_workload(workload, view)
        return () if service is None else (service,)

    def from_files(self, documents: Sequence[Document], views: Mapping[str, FileView]) -> Iterator[Service]:
        """Yield a server for every server.xml with what lies beside it, then for files without one."""
        files = [each for each in documents if isinstance(each, TomcatFile)]
        taken: set[str] = set()
        for document in files:
            if document.kind == "Server" or root_name(document.source.text) == "Server":
                service = service_of_server(document, views[document.source.key])
                taken |= service.consumed
                yield service
        for rest in by_folder([each for each in files if each.source.key not in taken]).values():
            yield from (service_of_part([each]) for each in rest)


TOMCAT = TomcatTechnology()
