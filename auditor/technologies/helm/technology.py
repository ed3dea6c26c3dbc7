"""Helm charts as a kind of file, and releases of known charts as workloads."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from auditor.model.fact import Fact
from auditor.model.source import Source
from auditor.technologies.document import Document, RepositoryFiles
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.helm import recognise

from .document import HelmChart, Helmfile, parse

_MARKS = ("HelmRelease", "argoproj.io", "helm_release")
"""What stands in a file of Flux, Argo CD or Terraform that installs a chart."""


class Helm:
    """`Chart.yaml` and values files. A chart's own templates are read as Kubernetes manifests."""

    id = "helm"
    title = "Helm"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        return recognise(name, path, head)

    def parse(self, source: Source) -> Document:
        """Read the file.

        Raises:
            FormatError: it is not YAML.
        """
        return parse(source)

    def facts(self, documents: Sequence[Document], files: RepositoryFiles) -> Iterator[Fact]:
        """Yield the containers and Services of the releases that the tree declares; of two alike, both."""
        if not any(_may_hold_releases(document) for document in documents):
            return
        from .inventory import facts_of  # noqa: PLC0415  # charts are loaded where one is used

        seen: set[tuple[type, str]] = set()
        for folder, fact in facts_of(documents, files):
            identity = (type(fact), fact.component)
            yield replace(fact, component=f"{fact.component}@{folder or fact.at.path}") if identity in seen else fact
            seen.add(identity)


def _may_hold_releases(document: Document) -> bool:
    if isinstance(document, HelmChart):
        return document.has_dependencies
    return isinstance(document, Helmfile) or any(mark in document.source.text for mark in _MARKS)


HELM = Helm()
