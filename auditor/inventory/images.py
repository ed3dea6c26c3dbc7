"""Bring what an image's Dockerfile sets into the workloads that are built from it."""

from collections.abc import Iterable, Mapping

from auditor.formats.errors import FormatError
from auditor.model.fact import Fact
from auditor.model.workload import Role, Workload
from auditor.technologies.dockerfile import DOCKERFILE, DockerfileDocument
from auditor.technologies.dockerfile.image import merge_image
from auditor.technologies.document import Document, RepositoryFiles


def with_images(facts: Iterable[Fact], documents: Iterable[Document], files: RepositoryFiles) -> list[Fact]:
    """Return the facts with every workload that is built from a Dockerfile of the tree completed by it."""
    known = {document.source.key: document for document in documents if isinstance(document, DockerfileDocument)}
    return [_completed(fact, known, files) for fact in facts]


def _completed(fact: Fact, known: Mapping[str, DockerfileDocument], files: RepositoryFiles) -> Fact:
    if not isinstance(fact, Workload) or fact.role is Role.IMAGE or fact.built_from is None:
        return fact
    document = known.get(fact.built_from) or _read(fact.built_from, files)
    return merge_image(fact, document, files) if document is not None else fact


def _read(path: str, files: RepositoryFiles) -> DockerfileDocument | None:
    """Read a Dockerfile whose name does not tell that it is one."""
    source = files.source(path)
    try:
        return DOCKERFILE.parse(source) if source is not None else None
    except FormatError:
        return None
