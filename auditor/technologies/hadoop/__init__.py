"""Apache Hadoop and HBase: the site files of one configuration directory, and the containers that run its daemons."""

from collections.abc import Iterator, Mapping, Sequence

from auditor.model.fact import Service
from auditor.model.source import Source
from auditor.model.workload import Role, Workload
from auditor.technologies.document import Document, FileView
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition import hadoop as recognition

from .containers import services_of_workload
from .directories import services_of_files
from .document import EnvironmentFile, LogFile, SiteFile, parse_file
from .listening import Purpose
from .scope import Scope
from .service import AuditLog, Hadoop, HBase, HttpFs, Kms, SiteService, asks_who, temporary_folder, titles

__all__ = [
    "HADOOP", "AuditLog", "HBase", "Hadoop", "HttpFs", "Kms", "Purpose", "Scope", "SiteService", "asks_who",
    "temporary_folder", "titles",
]  # fmt: skip


class HadoopTechnology:
    """The technology `hadoop`."""

    id = "hadoop"
    title = "Apache Hadoop and HBase"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        """Say why this is our file, or None."""
        return recognition.recognise(name, path, head)

    def parse(self, source: Source) -> Document:
        """Read a file; never raises."""
        return parse_file(source)

    def from_workload(self, workload: Workload, view: FileView) -> Sequence[Service]:
        """Return what the container runs of Hadoop and HBase."""
        return () if workload.role is Role.INIT else tuple(services_of_workload(workload, view))

    def from_files(self, documents: Sequence[Document], views: Mapping[str, FileView]) -> Iterator[Service]:
        """Yield the services of each configuration directory."""
        files = [each for each in documents if isinstance(each, SiteFile | LogFile | EnvironmentFile)]
        yield from services_of_files(files, views)


HADOOP = HadoopTechnology()
