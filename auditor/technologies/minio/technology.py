"""MinIO: its file of variables, and the servers and set-up scripts that containers run."""

from collections.abc import Iterator, Mapping, Sequence

from auditor.model.fact import Service
from auditor.model.source import Source
from auditor.model.workload import Workload
from auditor.technologies.document import Document, FileView
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.minio import recognise

from .document import MinioEnvironment, read_document
from .effective import container_server, file_server, setup_of
from .service import Minio


class MinioTechnology:
    """The technology `minio`."""

    id = "minio"
    title = "MinIO"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        return recognise(name, path, head)

    def parse(self, source: Source) -> MinioEnvironment:
        return read_document(source)

    def from_workload(self, workload: Workload, view: FileView) -> Sequence[Service]:
        server = container_server(workload, view)
        if server is not None:
            return (server,)
        setup = setup_of(workload)
        return (setup,) if setup is not None else ()

    def from_files(self, documents: Sequence[Document], views: Mapping[str, FileView]) -> Iterator[Minio]:
        del views
        for document in documents:
            if isinstance(document, MinioEnvironment):
                yield file_server(document)


MINIO = MinioTechnology()
