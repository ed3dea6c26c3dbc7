"""Kubernetes as a kind of file and as a platform that declares workloads."""

from collections.abc import Iterator, Sequence

from auditor.model.fact import Fact
from auditor.model.source import Source
from auditor.technologies.document import Document, RepositoryFiles
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.kubernetes import is_kustomization, recognise

from .document import KubernetesDocument, parse
from .inventory import facts_of


class Kubernetes:
    """Manifests, kustomizations and Helm templates."""

    id = "kubernetes"
    title = "Kubernetes"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        return recognise(name, path, head)

    def parse(self, source: Source) -> KubernetesDocument:
        """Read a file of manifests or a kustomization.

        Raises:
            FormatError: it is not YAML.
        """
        return parse(source, is_kustomization=is_kustomization(source.file_name))

    def facts(self, documents: Sequence[Document], files: RepositoryFiles) -> Iterator[Fact]:
        """Yield every container as a workload, then what the checks of a cluster look at."""
        yield from facts_of([d for d in documents if isinstance(d, KubernetesDocument)], files)


KUBERNETES = Kubernetes()
