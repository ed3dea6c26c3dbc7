"""Which files are a chart's description or values."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_VALUES_NAME = lazy(r"(?:[\w.-]+[._-])?values(?:[._-][\w.-]+)?\.ya?ml(?:\.gotmpl)?")
_CHART_KEYS = lazy(r"^apiVersion:[ \t]*[\"']?v[12]\b", re.M)
_HELMFILE_KEYS = lazy(r"^(?:releases|helmfiles|repositories|bases|environments):", re.M)
_KEY = lazy(r"^[A-Za-z_][\w.-]*:", re.M)


_HELMFILE_NAMES = frozenset({"helmfile.yaml", "helmfile.yml", "helmfile.yaml.gotmpl", "helmfile.yml.gotmpl"})


def is_helmfile(name: str, path: str) -> bool:
    """Tell whether helmfile reads a file by default: by this name, or any of the folder helmfile.d."""
    is_part = "helmfile.d/" in f"/{path}" and name.endswith((".yaml", ".yml", ".yaml.gotmpl", ".yml.gotmpl"))
    return name in _HELMFILE_NAMES or (is_part and f"/{path}".rpartition("/")[0].endswith("/helmfile.d"))


def recognise(name: str, path: str, head: str) -> Recognition | None:
    """Return why the file is one of this technology's, None if it is not."""
    if name == "chart.yaml":
        if _CHART_KEYS.search(head) and re.search(r"^name:", head, re.M):
            return Recognition("named as a chart's description, with apiVersion and name", 3)
        return None
    if "helmfile" in path and is_helmfile(name, path):
        return Recognition("named as a helmfile, with its keys", 3) if _HELMFILE_KEYS.search(head) else None
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
    reads=("kubernetes", "terraform"),
    files="Chart.yaml, values.yaml, templates, helmfiles; releases in Flux, Argo CD and Terraform",
    versions="Helm 3",
)
