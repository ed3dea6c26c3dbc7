"""Keycloak: its files, and the servers and realms that files, containers and units make."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from auditor.formats.errors import FormatError
from auditor.model.fact import Service
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Role, Workload
from auditor.technologies.document import Document, FileView
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.keycloak import recognise

from .documents import RealmFile, ServerConf, read_document
from .realm import realms_of
from .server import server_of_file, server_of_workload

_IMPORTS: Final = "/opt/keycloak/data/import/*.json"


class KeycloakTechnology:
    """The technology `keycloak`."""

    id = "keycloak"
    title = "Keycloak"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        return recognise(name, path, head)

    def parse(self, source: Source) -> RealmFile | ServerConf:
        return read_document(source)

    def from_workload(self, workload: Workload, view: FileView) -> Sequence[Service]:
        server = server_of_workload(workload, view) if workload.role is not Role.INIT else None
        if server is None:
            return ()
        return (server, *_imported(workload, view)) if server.imports else (server,)

    def from_files(self, documents: Sequence[Document], views: Mapping[str, FileView]) -> Iterator[Service]:
        del views
        for document in documents:
            if isinstance(document, RealmFile):
                yield from realms_of(document, document.source.path, "file")
            elif isinstance(document, ServerConf):
                yield server_of_file(document)


def _imported(workload: Workload, view: FileView) -> Iterator[Service]:
    """Yield the realms that a server imports when it starts (`--import-realm`)."""
    paths = view.glob(_IMPORTS)
    for path in paths if not isinstance(paths, Unknown) else ():
        source = view.open(path)
        if not isinstance(source, Source):
            continue
        try:
            document = read_document(source)
        except FormatError:
            continue  # discovery reports it
        if isinstance(document, RealmFile):
            yield from realms_of(document, workload.component, workload.origin)


KEYCLOAK = KeycloakTechnology()
