"""ProFTPD: its configuration, and the servers that files, containers and units make."""

from collections.abc import Iterator, Mapping, Sequence

from auditor.model.source import Source
from auditor.model.workload import Role, Workload
from auditor.technologies.document import Document, FileView
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.proftpd import is_main, recognise

from .build import file_server, workload_server
from .document import ProftpdConf, read_document
from .service import Proftpd


class ProftpdTechnology:
    """The technology `proftpd`."""

    id = "proftpd"
    title = "ProFTPD"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        """Say why this is our file, or None."""
        return recognise(name, path, head)

    def parse(self, source: Source) -> ProftpdConf:
        """Read a file; never raises."""
        return read_document(source)

    def from_workload(self, workload: Workload, view: FileView) -> Sequence[Proftpd]:
        """Return the server that the container or unit runs."""
        server = workload_server(workload, view) if workload.role is not Role.INIT else None
        return (server,) if server is not None else ()

    def from_files(self, documents: Sequence[Document], views: Mapping[str, FileView]) -> Iterator[Proftpd]:
        """Yield a server for every main file; a part that no main file includes says too little to be judged."""
        for document in documents:
            if isinstance(document, ProftpdConf) and is_main(document.source.file_name.lower()):
                yield file_server(document.source, views[document.source.key])


PROFTPD = ProftpdTechnology()
