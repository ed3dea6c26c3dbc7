"""From the releases of a tree to facts."""

from collections.abc import Iterator, Sequence

from auditor.model.fact import Fact
from auditor.technologies.document import Document, RepositoryFiles

from .dependencies import ValuesFiles, releases_of_chart
from .document import HelmChart, Helmfile
from .gitops import mentions_releases, releases_of_manifests, unique, uses_of_charts
from .helmfile import releases_of_helmfile
from .helmfile import uses_of_charts as uses_in_helmfile
from .objects import read_objects
from .release import Release
from .repositories import renderer
from .terraform import RESOURCE, releases_of_terraform


def facts_of(documents: Sequence[Document], files: RepositoryFiles) -> Iterator[tuple[str, Fact]]:
    """Yield the facts of every release with the folder it is declared in."""
    for release in releases_of(documents, files):
        render = renderer(release.chart, release.repository)
        for fact in render(release) if render is not None else ():
            yield release.folder, fact


def releases_of(documents: Sequence[Document], files: RepositoryFiles) -> Iterator[Release]:
    """Yield the releases of known charts that the tree declares."""
    library = ValuesFiles(files)
    objects = read_objects(document.source for document in documents if mentions_releases(document.source))
    helmfiles = [
        (root, document.source.path)
        for document in documents
        if isinstance(document, Helmfile)
        for root in document.roots
    ]
    uses = list(uses_of_charts(objects, library))
    for root, path in helmfiles:
        uses += uses_in_helmfile(root, path, library)
        yield from releases_of_helmfile(root, path, library)
    for document in documents:
        if isinstance(document, HelmChart) and document.root is not None:
            yield from releases_of_chart(document.source.path.rpartition("/")[0], document.root, library, uses)
        elif RESOURCE in document.source.text:
            yield from releases_of_terraform(document.source, library)
    yield from unique(releases_of_manifests(objects, library))
