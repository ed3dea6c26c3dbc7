"""Grafana: its files, and the servers that files, containers and units make."""

from collections.abc import Iterator, Mapping, Sequence

from auditor.formats.errors import FormatError
from auditor.model.fact import Service
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Role, Workload
from auditor.technologies.document import Document, FileView
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.grafana import recognise

from .connections import data_sources, ldap_servers
from .document import DataSourceFile, GrafanaIni, LdapToml, read_document
from .effective import container_server, file_server
from .service import Grafana


class GrafanaTechnology:
    """The technology `grafana`."""

    id = "grafana"
    title = "Grafana"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        return recognise(name, path, head)

    def parse(self, source: Source) -> GrafanaIni | DataSourceFile | LdapToml:
        return read_document(source)

    def from_workload(self, workload: Workload, view: FileView) -> Sequence[Service]:
        server = container_server(workload, view) if workload.role is not Role.INIT else None
        return (server, *_connections(server, workload, view)) if server is not None else ()

    def from_files(self, documents: Sequence[Document], views: Mapping[str, FileView]) -> Iterator[Service]:
        del views
        for document in documents:
            if isinstance(document, GrafanaIni):
                yield file_server(document)
            elif isinstance(document, DataSourceFile):
                yield data_sources(document, document.source.path, "file")
            elif isinstance(document, LdapToml):
                yield ldap_servers(document, document.source.path, "file")


def _connections(server: Grafana, workload: Workload, view: FileView) -> Iterator[Service]:
    """Yield the data sources and LDAP servers of the files that a container's server loads."""
    folder = server.text("paths.provisioning")
    if server.is_default("paths.provisioning"):
        folder = "/etc/grafana/provisioning"  # GF_PATHS_PROVISIONING of the image and of the packages
    if isinstance(folder, str):
        paths = [view.glob(f"{folder.rstrip('/')}/datasources/*.{ending}") for ending in ("yaml", "yml")]
        for path in (path for found in paths if not isinstance(found, Unknown) for path in found):
            document = _read(view.open(path))
            if isinstance(document, DataSourceFile):
                yield data_sources(document, workload.component, workload.origin)
    ldap = server.text("auth.ldap.config_file")
    if server.is_on("auth.ldap.enabled") is not False and isinstance(ldap, str):
        document = _read(view.open(ldap))
        if isinstance(document, LdapToml):
            yield ldap_servers(document, workload.component, workload.origin)


def _read(source: Source | Unknown | None) -> Document | None:
    """Return the document, None if it is not in the tree or cannot be read (discovery reports that)."""
    if not isinstance(source, Source):
        return None
    try:
        return read_document(source)
    except FormatError:
        return None


GRAFANA = GrafanaTechnology()
