"""OpenSSH's server: sshd_config, its drop-ins, and the containers and units that start it."""

import posixpath
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from auditor.model.source import Source
from auditor.model.workload import Role, Workload
from auditor.technologies.document import Document, FileView
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.sshd import is_drop_in, recognise

from .build import drop_in_server, file_server, workload_server
from .document import SshdConfig, read_document
from .service import Sshd


class SshdTechnology:
    """The technology `sshd`."""

    id = "sshd"
    title = "OpenSSH server"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        """Say why this is our file, or None."""
        return recognise(name, path, head)

    def parse(self, source: Source) -> SshdConfig:
        """Read a file; never raises."""
        return read_document(source)

    def from_workload(self, workload: Workload, view: FileView) -> Sequence[Sshd]:
        """Return the server that the container or unit runs."""
        server = workload_server(workload, view) if workload.role is not Role.INIT else None
        return (server,) if server is not None else ()

    def from_files(self, documents: Sequence[Document], views: Mapping[str, FileView]) -> Iterator[Sshd]:
        """Yield a server for every main file, and one for each folder of drop-ins that none of them includes."""
        servers = [
            file_server(document.source, views[document.source.key])
            for document in documents
            if isinstance(document, SshdConfig) and not is_drop_in(document.source.path)
        ]
        included = {key for server in servers for key in server.consumed if key != server.component}
        yield from (server for server in servers if server.component not in included)
        folders: dict[str, list[Source]] = defaultdict(list)
        for document in documents:
            source = document.source
            if isinstance(document, SshdConfig) and is_drop_in(source.path) and source.key not in included:
                folders[posixpath.dirname(source.path)].append(source)
        for folder, sources in folders.items():
            ordered = sorted(sources, key=lambda source: source.path)
            yield drop_in_server(folder, ordered, views[ordered[0].key])


SSHD = SshdTechnology()
