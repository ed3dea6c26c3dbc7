"""vsftpd: its configuration, and the servers that files, containers and units make."""

from collections.abc import Iterator, Mapping, Sequence

from auditor.model.source import Source
from auditor.model.workload import Role, Workload
from auditor.technologies.document import Document, FileView
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.vsftpd import recognise

from .build import file_server, workload_server
from .document import VsftpdConf, read_document
from .service import Vsftpd


class VsftpdTechnology:
    """The technology `vsftpd`."""

    id = "vsftpd"
    title = "vsftpd"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        """Say why this is our file, or None."""
        return recognise(name, path, head)

    def parse(self, source: Source) -> VsftpdConf:
        """Read a file; never raises."""
        return read_document(source)

    def from_workload(self, workload: Workload, view: FileView) -> Sequence[Vsftpd]:
        """Return the server that the container or unit runs."""
        server = workload_server(workload, view) if workload.role is not Role.INIT else None
        return (server,) if server is not None else ()

    def from_files(self, documents: Sequence[Document], views: Mapping[str, FileView]) -> Iterator[Vsftpd]:
        """Yield a server for every file; one file is a whole configuration."""
        del views
        yield from (file_server(document) for document in documents if isinstance(document, VsftpdConf))


VSFTPD = VsftpdTechnology()
