"""Helm charts as a kind of file."""

from auditor.model.source import Source
from auditor.technologies.document import Document
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.helm import recognise

from .document import parse


class Helm:
    """`Chart.yaml` and values files. The templates are read as Kubernetes manifests."""

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


HELM = Helm()
