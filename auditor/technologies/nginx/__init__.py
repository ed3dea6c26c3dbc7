"""nginx: nginx.conf with its includes, and the containers that start it."""

from collections.abc import Iterator, Mapping, Sequence

from auditor.model.fact import Service
from auditor.model.source import Source
from auditor.model.workload import Role, Workload
from auditor.technologies.common.availability import left_out
from auditor.technologies.document import Document, FileView
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition import nginx as recognition

from .access import Access
from .build import service_of_file, service_of_workload
from .document import Kind, NginxConfig, read
from .headers import Header, own_headers
from .levels import Level, Line
from .listening import Listen
from .locations import location_for
from .origins import stranger_let_in
from .places import Place, Target
from .service import Nginx, VirtualServer
from .tls import NAMES
from .variables import expanded

__all__ = [
    "NAMES", "NGINX", "Access", "Header", "Level", "Line", "Listen", "Nginx", "Place", "Target",
    "VirtualServer", "expanded", "location_for", "own_headers", "stranger_let_in",
]  # fmt: skip


class NginxTechnology:
    """The technology `nginx`."""

    id = "nginx"
    title = "nginx"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        """Say why this is our file, or None."""
        return recognition.recognise(name, path, head)

    def parse(self, source: Source) -> Document:
        """Read a configuration file or a part of one; never raises."""
        return read(source)

    def from_workload(self, workload: Workload, view: FileView) -> Sequence[Service]:
        """Return the nginx server that the container runs."""
        if workload.role is Role.INIT:
            return ()
        service = service_of_workload(workload, view)
        return () if service is None else (service,)

    def from_files(self, documents: Sequence[Document], views: Mapping[str, FileView]) -> Iterator[Service]:
        """Yield a server for every whole configuration, then for every file with server blocks that none includes."""
        configurations = [document for document in documents if isinstance(document, NginxConfig)]
        services: list[tuple[str, Service]] = [
            (document.source.key, service_of_file(document, views[document.source.key]))
            for document in configurations
            if document.kind is Kind.MAIN
        ]
        included = {key for own, service in services for key in service.consumed if key != own}
        yield from (service for own, service in services if own not in included)
        sites = [d for d in configurations if d.kind in {Kind.HTTP, Kind.STREAM} and d.source.key not in included]
        unused = left_out(sites, views)
        for document in sites:
            if document.source.key not in unused:
                yield service_of_file(document, views[document.source.key])


NGINX = NginxTechnology()
