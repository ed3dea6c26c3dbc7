"""Which files are a chart's description or values."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_VALUES_NAME = lazy(r"(?:[\w.-]+[._-])?values(?:[._-][\w.-]+)?\.ya?ml(?:\.gotmpl)?")
_CHART_KEYS = lazy(r"^apiVersion:[ \t]*[\"']?v[12]\b", re.M)
_KEY = lazy(r"^[A-Za-z_][\w.-]*:", re.M)


def recognise(name: str, _path: str, head: str) -> Recognition | None:
    """Return why the file is one of this technology's, None if it is not."""
    if name == "chart.yaml":
        if _CHART_KEYS.search(head) and re.search(r"^name:", head, re.M):
            return Recognition("named as a chart's description, with apiVersion and name", 3)
        return None
    if _VALUES_NAME.fullmatch(name) and _KEY.search(head):
        if name in {"values.yaml", "values.yml"}:
            return Recognition("named as a chart's values", 2)
        return Recognition("named like a chart's values", 1)
    return None


TECHNOLOGY = Registered(
    "helm",
    "Helm",
    "auditor.technologies.helm:HELM",
    recognise,
    is_platform=True,
    files="Chart.yaml, values.yaml, templates",
    versions="Helm 3",
)
