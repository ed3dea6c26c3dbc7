"""One Kubernetes object as a file declares it."""

from collections.abc import Iterator
from dataclasses import field, replace

from auditor.formats.tree import Mapping, Node, Scalar
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE
from auditor.records import dataclass

from .reading import as_written, is_true, shown

CORE_GROUPS = frozenset(["", "apps", "batch", "extensions", "autoscaling", "policy"])
"""API groups of Kubernetes itself whose names hold no dot (API reference 1.34)."""


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """An object: what it is, its name as written, and its whole text as a tree.

    `name` and `namespace` stand as the file writes them, template expressions included, so that two references
    to `{{ .Release.Name }}-config` are equal; `namespace` is "" where the file leaves it to the deployment.
    `templated` tells whether its file holds template expressions; `chart` is the Helm chart it belongs to.
    """

    group: str
    kind: str
    name: str
    namespace: str
    body: Mapping = field(repr=False)
    source: Source
    templated: bool = False
    chart: str = ""

    @property
    def at(self) -> Location:
        return self.body.at

    @property
    def scope(self) -> str:
        """The namespace it is in: the one written, else `default`."""
        return self.namespace or "default"

    @property
    def path(self) -> str:
        return self.source.path

    @property
    def folder(self) -> str:
        return self.source.path.rpartition("/")[0]

    def is_a(self, kind: str, group: str = "") -> bool:
        return self.kind == kind and self.group == group

    @property
    def shown_name(self) -> str:
        """The name as reports show it: the chart's name stands for template expressions."""
        return show_name(self.name, self.chart)

    @property
    def id(self) -> str:
        """Kind, namespace and name, as component ids have them."""
        namespace = shown(self.namespace) if self.namespace else "default"
        return f"{self.kind.lower()}/{'default' if '*' in namespace else namespace}/{self.shown_name}"

    def labels(self) -> dict[str, str]:
        """Return the object's own labels, as far as they are known."""
        return texts(self.body.mapping("metadata", "labels"))

    def annotations(self) -> dict[str, str]:
        """Return the object's annotations, as far as they are known."""
        return texts(self.body.mapping("metadata", "annotations"))

    def with_body(self, body: Mapping) -> "Manifest":
        """Return the same object with another content (patched)."""
        return replace(self, body=body)


def show_name(name: str, chart: str) -> str:
    """Return a name with the chart's in place of template expressions, `*` if there is no chart."""
    name = shown(name)
    return name.replace("*", chart) if chart else name


def texts(mapping: Mapping | None) -> dict[str, str]:
    """Return the entries of `mapping` whose values are known texts."""
    if mapping is None:
        return {}
    return {key.text: node.text for key, node in mapping if isinstance(node, Scalar) and HOLE not in node.text}


def manifests_of(node: Node, source: Source, *, templated: bool) -> Iterator[Manifest]:
    """Yield the object that `node` is, or the objects of a `List`; nothing if it is something else."""
    if not isinstance(node, Mapping):
        return
    kind = node.text("kind")
    version = node.scalar("apiVersion")
    if kind is None or version is None:
        return
    items = node.sequence("items")
    if kind.endswith("List") and items is not None:
        for item in items:
            yield from manifests_of(item, source, templated=templated)
        return
    group = version.text.rpartition("/")[0] if HOLE not in version.text else _group_of(kind)
    yield Manifest(
        group=group,
        kind=kind,
        name=as_written(node.scalar("metadata", "name"), source),
        namespace=as_written(node.scalar("metadata", "namespace"), source),
        body=node,
        source=source,
        templated=templated,
    )


def _group_of(kind: str) -> str:
    """Return the API group of a kind whose `apiVersion` is a template expression (charts choose it by version)."""
    return {
        "Deployment": "apps",
        "StatefulSet": "apps",
        "DaemonSet": "apps",
        "ReplicaSet": "apps",
        "Job": "batch",
        "CronJob": "batch",
        "Ingress": "networking.k8s.io",
        "NetworkPolicy": "networking.k8s.io",
        "PodDisruptionBudget": "policy",
        "HorizontalPodAutoscaler": "autoscaling",
        "Role": RBAC,
        "ClusterRole": RBAC,
        "RoleBinding": RBAC,
        "ClusterRoleBinding": RBAC,
    }.get(kind, "")


RBAC = "rbac.authorization.k8s.io"


def is_optional(reference: Mapping) -> bool:
    """Tell whether a reference to a ConfigMap or Secret may go nowhere."""
    return is_true(reference.scalar("optional"))
