"""Where each kind of object keeps its Pod template."""

from auditor.formats.tree import Mapping
from auditor.records import dataclass

from .manifest import Manifest

_SPEC = {
    ("", "Pod"): ("spec",),
    ("", "ReplicationController"): ("spec", "template", "spec"),
    ("apps", "Deployment"): ("spec", "template", "spec"),
    ("apps", "StatefulSet"): ("spec", "template", "spec"),
    ("apps", "DaemonSet"): ("spec", "template", "spec"),
    ("apps", "ReplicaSet"): ("spec", "template", "spec"),
    ("extensions", "Deployment"): ("spec", "template", "spec"),
    ("extensions", "DaemonSet"): ("spec", "template", "spec"),
    ("extensions", "ReplicaSet"): ("spec", "template", "spec"),
    ("batch", "Job"): ("spec", "template", "spec"),
    ("batch", "CronJob"): ("spec", "jobTemplate", "spec", "template", "spec"),
}
REPLICATED = frozenset(["Deployment", "StatefulSet", "ReplicaSet", "ReplicationController"])
"""Kinds with `spec.replicas`, 1 by default (Kubernetes API 1.34)."""


@dataclass(frozen=True)
class PodSpec:
    """The Pod that an object makes: its `spec`, and the template's metadata (None where nothing is written)."""

    mapping: Mapping
    metadata: Mapping | None


def pod_spec(manifest: Manifest) -> PodSpec | None:
    """Return the Pod that the object makes, None if it makes none."""
    path = _SPEC.get((manifest.group, manifest.kind))
    if path is None:
        return None
    spec = manifest.body.mapping(*path)
    if spec is None:
        return None
    return PodSpec(spec, manifest.body.mapping(*path[:-1], "metadata"))
