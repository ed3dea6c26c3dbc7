"""Which files are Kubernetes manifests or kustomizations."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_API_VERSION = lazy(r"""^[ ]{0,8}(?:-[ ])?["']?apiVersion["']?:[ \t]*["']?(?:v\d\w*|[\w.-]+/v\d\w*|\{\{)""", re.M)
_KIND = lazy(r"""^[ \t]{0,8}(?:-[ ])?["']?kind["']?:[ \t]*["']?(?:[A-Z][A-Za-z]+|\{\{)""", re.M)
_JSON_API_VERSION = lazy(r"""["']apiVersion["']\s*:\s*["'](?:v\d\w*|[\w.-]+/v\d\w*)["']""")
_JSON_KIND = lazy(r"""["']kind["']\s*:\s*["'][A-Z][A-Za-z]+["']""")
_START = lazy(r"(?:[ \t]*(?:#[^\n]*)?\n)*(?:---|apiVersion:|kind:|metadata:|\{)")
_KUSTOMIZATION_KEYS = lazy(
    r"^(?:resources|bases|patches|patchesStrategicMerge|patchesJson6902|configMapGenerator|secretGenerator|components"
    r"|namespace|namePrefix|nameSuffix|images|commonLabels|generators|transformers|helmCharts):",
    re.M,
)
_KUSTOMIZATION_NAMES = frozenset(["kustomization.yaml", "kustomization.yml", "kustomization"])
_ENDINGS = (".yaml", ".yml", ".json")
_TEMPLATE_ENDINGS = (".j2", ".tmpl", ".tpl", ".template", ".sample", ".example", ".dist", ".gotmpl")


def is_kustomization(name: str) -> bool:
    """Tell whether `kubectl apply -k` reads a file of this name."""
    return name.lower() in _KUSTOMIZATION_NAMES


def recognise(name: str, path: str, head: str) -> Recognition | None:
    """Recognise a manifest by `apiVersion` and `kind` at the top of a document, a kustomization by name or keys."""
    if is_kustomization(name) and (_KUSTOMIZATION_KEYS.search(head) or "kustomize.config.k8s.io" in head):
        return Recognition("named as a kustomization, with its keys", 3)
    if "apiVersion" not in head or "kind" not in head:
        return None
    plain = name
    for ending in _TEMPLATE_ENDINGS:
        plain = plain.removesuffix(ending)
    is_yaml = plain.endswith(_ENDINGS)
    has_ending = "." in plain.strip(".")
    if head.lstrip()[:1] == "{" and not head.lstrip().startswith("{{"):
        found = _JSON_API_VERSION.search(head) is not None and _JSON_KIND.search(head) is not None
    else:
        found = _has_top_level(head)
    if not found:
        return None
    if is_yaml:
        in_chart = "/templates/" in f"/{path}" and "{{" in head
        reason = "a Helm template with apiVersion and kind" if in_chart else "apiVersion and kind"
        return Recognition(reason, 3)
    # A manifest inside a script or a text stands behind an ending of its own.
    return None if has_ending or not _START.match(head) else Recognition("apiVersion and kind", 2)


def _has_top_level(head: str) -> bool:
    """Tell whether one document of YAML text has both keys at its outermost level."""
    for document in re.split(r"^---", head, flags=re.M):
        version, kind = _API_VERSION.search(document), _KIND.search(document)
        if version and kind and _indent(version[0]) == _indent(kind[0]) and _is_outermost(document, _indent(kind[0])):
            return True
    return False


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" -\t"))


def _is_outermost(document: str, indent: int) -> bool:
    """Tell whether no key stands further left, save template expressions and the head of a list."""
    if indent == 0:
        return True
    pattern = lazy(rf"^[ ]{{0,{indent - 1}}}[\"']?(?!apiVersion|kind|items)[A-Za-z][\w.-]*[\"']?:", re.M)
    return pattern.search(document) is None


TECHNOLOGY = Registered(
    "kubernetes",
    "Kubernetes",
    "auditor.technologies.kubernetes:KUBERNETES",
    recognise,
    is_platform=True,
    files="manifests, kustomizations, static Pods, kubelet and audit policy files",
    versions="up to 1.34",
)
