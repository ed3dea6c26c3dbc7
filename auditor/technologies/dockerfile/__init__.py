"""Dockerfiles: what an image is built from, and what its containers run with unless told otherwise."""

from collections.abc import Iterator, Sequence

from auditor.model.fact import Fact
from auditor.model.source import Source
from auditor.records import dataclass
from auditor.technologies.document import Document, RepositoryFiles
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.dockerfile import recognise

from .build import build_of
from .document import DockerfileDocument, parse
from .image import image_workload

__all__ = ["DOCKERFILE", "Dockerfile", "DockerfileDocument"]


@dataclass(frozen=True)
class Dockerfile:
    """Recognises and reads Dockerfiles."""

    id: str = "dockerfile"
    title: str = "Dockerfile"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        return recognise(name, path, head)

    def parse(self, source: Source) -> DockerfileDocument:
        return parse(source)

    def facts(self, documents: Sequence[Document], files: RepositoryFiles) -> Iterator[Fact]:
        """Yield for each Dockerfile how it is built, and the container that its image runs by default."""
        for document in documents:
            if isinstance(document, DockerfileDocument):
                yield build_of(document)
                yield image_workload(document, files)


DOCKERFILE = Dockerfile()
