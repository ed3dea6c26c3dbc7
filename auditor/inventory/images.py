"""Bring what an image's Dockerfile sets into the workloads that are built from it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from auditor.formats.errors import FormatError
from auditor.model.fact import Fact
from auditor.model.workload import Role, Workload
from auditor.technologies.dockerfile import DOCKERFILE, DockerfileDocument
from auditor.technologies.dockerfile.image import image_of, merge_image
from auditor.technologies.dockerfile.stage import Image
from auditor.technologies.document import Document, RepositoryFiles


def with_images(facts: Iterable[Fact], documents: Iterable[Document], files: RepositoryFiles) -> list[Fact]:
    """Return the facts with every workload that is built from a Dockerfile of the tree completed by it."""
    found = list(facts)
    known = {document.source.key: document for document in documents if isinstance(document, DockerfileDocument)}
    images = _Images([fact for fact in found if isinstance(fact, Workload) and _is_built(fact)], known, files)
    return [_completed(fact, images, files) for fact in found]


def _is_built(workload: Workload) -> bool:
    return workload.role is not Role.IMAGE and workload.built_from is not None


def _completed(fact: Fact, images: "_Images", files: RepositoryFiles) -> Fact:
    if not isinstance(fact, Workload) or not _is_built(fact):
        return fact
    image = images.of(fact)
    return merge_image(fact, image, files) if image is not None else fact


_MAX_BASES = 40
"""Longest chain of images of the tree, each built from the one before, that is followed."""


class _Images:
    """The images of workloads, which may start from one another by the names that they are built as."""

    def __init__(
        self, workloads: Sequence[Workload], known: Mapping[str, DockerfileDocument], files: RepositoryFiles
    ) -> None:
        self._known = known
        self._files = files
        self._named: dict[str, list[Workload]] = defaultdict(list)
        self._done: dict[str, Image | None] = {}
        self._depth = 0
        for workload in workloads:
            if workload.built_as is not None:
                self._named[_tagged(workload.built_as)].append(workload)

    def of(self, workload: Workload) -> Image | None:
        """Return the image that a workload is built to, None if its Dockerfile cannot be read."""
        assert workload.built_from is not None
        document = self._known.get(workload.built_from) or self._read(workload.built_from)
        return image_of(workload, document, self._built) if document is not None else None

    def _built(self, name: str) -> Image | None:
        """Return the image that workloads are built to as `name`, None if there is none or more than one way."""
        name = _tagged(name)
        if name not in self._done and self._depth < _MAX_BASES:
            self._done[name] = None  # which also ends a circle
            makers = self._named.get(name) or []
            ways = {(each.built_from, each.build_context, each.build_target) for each in makers}
            self._depth += 1
            image = self.of(makers[0]) if len(ways) == 1 else None
            self._depth -= 1
            self._done[name] = image.built_in(makers[0].build_context or "") if image is not None else None
        return self._done.get(name)

    def _read(self, path: str) -> DockerfileDocument | None:
        """Read a Dockerfile whose name does not tell that it is one."""
        source = self._files.source(path)
        try:
            return DOCKERFILE.parse(source) if source is not None else None
        except FormatError:
            return None


def _tagged(name: str) -> str:
    """Return an image's name with its tag, `latest` where none is written."""
    return name if ":" in name.rpartition("/")[2] or "@" in name else f"{name}:latest"
