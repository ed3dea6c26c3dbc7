"""Apache ZooKeeper: zoo.cfg, zookeeper.properties, and the containers that start it."""

from collections.abc import Iterator, Mapping, Sequence

from auditor.model.fact import Service
from auditor.model.source import Source
from auditor.model.workload import Role, Workload
from auditor.technologies.document import Document, FileView
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition import zookeeper as recognition

from .build import service_of_file, service_of_workload
from .document import ZooKeeperConfig, parse_config
from .members import Member
from .service import ZooKeeper, is_loopback

__all__ = ["ZOOKEEPER", "Member", "ZooKeeper", "is_loopback"]


class ZooKeeperTechnology:
    """The technology `zookeeper`."""

    id = "zookeeper"
    title = "Apache ZooKeeper"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        """Say why this is our file, or None."""
        return recognition.recognise(name, path, head)

    def parse(self, source: Source) -> Document:
        """Read a configuration; never raises."""
        return parse_config(source)

    def from_workload(self, workload: Workload, view: FileView) -> Sequence[Service]:
        """Return the server that the container runs."""
        if workload.role is Role.INIT:
            return ()
        service = service_of_workload(workload, view)
        return () if service is None else (service,)

    def from_files(self, documents: Sequence[Document], views: Mapping[str, FileView]) -> Iterator[Service]:
        """Yield a server for every configuration that is more than the members of an ensemble."""
        for document in documents:
            if isinstance(document, ZooKeeperConfig) and not document.is_dynamic:
                yield service_of_file(document.source, views[document.source.key])


ZOOKEEPER = ZooKeeperTechnology()
