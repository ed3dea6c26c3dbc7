"""MinIO: its file of variables, scripts of its client, and the servers and set-up scripts that containers run."""

from collections.abc import Iterator, Mapping, Sequence

from auditor.model.fact import Service
from auditor.model.source import Source
from auditor.model.workload import Workload
from auditor.technologies.document import Document, FileView
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.minio import recognise

from .document import MinioEnvironment, MinioScript, read_document, read_script
from .effective import container_server, file_server, setup_of, setup_of_script


class MinioTechnology:
    """The technology `minio`."""

    id = "minio"
    title = "MinIO"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        return recognise(name, path, head)

    def parse(self, source: Source) -> Document:
        is_script = source.file_name.lower().endswith((".sh", ".bash"))
        return read_script(source) if is_script else read_document(source)

    def from_workload(self, workload: Workload, view: FileView) -> Sequence[Service]:
        server = container_server(workload, view)
        if server is not None:
            return (server,)
        setup = setup_of(workload)
        return (setup,) if setup is not None else ()

    def from_files(self, documents: Sequence[Document], views: Mapping[str, FileView]) -> Iterator[Service]:
        del views
        for document in documents:
            if isinstance(document, MinioEnvironment):
                yield file_server(document)
            elif isinstance(document, MinioScript):
                yield setup_of_script(document)


MINIO = MinioTechnology()
