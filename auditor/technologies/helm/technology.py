"""Helm charts as a kind of file."""

import re

from auditor.model.source import Source
from auditor.technologies.document import Document, Recognition

from .document import parse

_VALUES_NAME = re.compile(r"(?:[\w.-]+[._-])?values(?:[._-][\w.-]+)?\.ya?ml(?:\.gotmpl)?")
_CHART_KEYS = re.compile(r"^apiVersion:[ \t]*[\"']?v[12]\b", re.M)
_KEY = re.compile(r"^[A-Za-z_][\w.-]*:", re.M)


class Helm:
    """`Chart.yaml` and values files. The templates are read as Kubernetes manifests."""

    id = "helm"
    title = "Helm"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        del path  # the name and the keys tell
        if name == "chart.yaml":
            if _CHART_KEYS.search(head) and re.search(r"^name:", head, re.M):
                return Recognition("named as a chart's description, with apiVersion and name", 3)
            return None
        if _VALUES_NAME.fullmatch(name) and _KEY.search(head):
            if name in {"values.yaml", "values.yml"}:
                return Recognition("named as a chart's values", 2)
            return Recognition("named like a chart's values", 1)
        return None

    def parse(self, source: Source) -> Document:
        """Read the file.

        Raises:
            FormatError: it is not YAML.
        """
        return parse(source)


HELM = Helm()
