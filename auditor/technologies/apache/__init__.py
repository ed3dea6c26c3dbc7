"""Apache HTTPD: its configuration files with their includes, and the containers and units that start it."""

from collections.abc import Iterator, Mapping, Sequence

from auditor.model.fact import Service
from auditor.model.source import Source
from auditor.model.workload import Role, Workload
from auditor.technologies.common.availability import left_out
from auditor.technologies.document import Document, FileView
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition import apache as recognition

from .access_rules import Client, Group, Rule, is_about_users
from .build import service_of_file, service_of_workload
from .document import ApacheConfig, parse_config
from .headers import hsts_seconds
from .images import start_of
from .mapping import Upstream
from .nodes import Node
from .options import overrides_of
from .page import STRANGER, Page
from .service import Apache
from .site import Site
from .tls import OLD, overridden, weak_ciphers

__all__ = [
    "APACHE",
    "OLD",
    "STRANGER",
    "Apache",
    "Client",
    "Group",
    "Node",
    "Page",
    "Rule",
    "Site",
    "Upstream",
    "hsts_seconds",
    "is_about_users",
    "overridden",
    "overrides_of",
    "weak_ciphers",
]


class ApacheTechnology:
    """The technology `apache`."""

    id = "apache"
    title = "Apache HTTPD"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        """Say why this is our file, or None."""
        return recognition.recognise(name, path, head)

    def parse(self, source: Source) -> Document:
        """Read a configuration file; never raises."""
        return parse_config(source)

    def from_workload(self, workload: Workload, view: FileView) -> Sequence[Service]:
        """Return the server that the container or unit runs."""
        start = None if workload.role is Role.INIT else start_of(workload)
        service = None if start is None else service_of_workload(workload, start, view)
        return () if service is None else (service,)

    def from_files(self, documents: Sequence[Document], views: Mapping[str, FileView]) -> Iterator[Service]:
        """Yield a server for every file that no other one includes; a .htaccess is not one."""
        files = [each for each in documents if isinstance(each, ApacheConfig) and not each.is_htaccess]
        services: list[tuple[str, Service]] = []
        included: set[str] = set()
        unused = left_out(files, views)
        for document in sorted(files, key=lambda each: not each.is_main):
            key = document.source.key
            if key not in included and key not in unused:
                service = service_of_file(document, views[key])
                services.append((key, service))
                included |= service.consumed - {key}
        yield from (service for key, service in services if key not in included)


APACHE = ApacheTechnology()
