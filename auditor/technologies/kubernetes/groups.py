"""Objects that make Pods, as a whole, and Secrets, as facts."""

from collections.abc import Iterator

from auditor.model.location import Location
from auditor.model.unknown import Unknown

from .catalogue import Catalogue, label_texts
from .data import entries_of
from .facts import PodGroup, SecretManifest
from .manifest import Manifest
from .pods import PodSpec
from .publishing import Fronts
from .reading import TEMPLATE
from .workloads import workloads_of


def pod_groups(catalogue: Catalogue, fronts: Fronts) -> Iterator[PodGroup]:
    """Yield every object that makes Pods."""
    for manifest, pod, labels in catalogue.pods():
        workload = next(workloads_of(manifest, pod, catalogue, fronts), None)
        if workload is None:
            continue
        account = workload.service_account
        yield PodGroup(
            component=manifest.id,
            technology="kubernetes",
            at=manifest.at,
            kind=manifest.kind,
            name=manifest.shown_name,
            namespace=manifest.namespace,
            replicas=workload.replicas,
            disruption_budget=_budget(manifest, pod, labels, catalogue),
            token=workload.automount_token,
            service_account=account.value if account is not None and isinstance(account.value, str) else "default",
            is_system=manifest.namespace == "kube-system"
            or (workload.host_network is not None and workload.host_network.value is True),
        )


def _budget(manifest: Manifest, pod: PodSpec, labels: dict[str, str], catalogue: Catalogue) -> bool | Unknown:
    """Tell whether a PodDisruptionBudget selects the Pods."""
    metadata = pod.metadata
    opened = metadata is not None and metadata.is_open_at("labels", "any")
    for budget in catalogue.of("PodDisruptionBudget", "policy"):
        if budget.scope != manifest.scope:
            continue
        selector = budget.body.mapping("spec", "selector")
        if selector is None or selector.is_open_at("matchLabels", "any") or selector.sequence("matchExpressions"):
            return Unknown(TEMPLATE)
        wanted = label_texts(selector.mapping("matchLabels"))
        if all(labels.get(key) == value for key, value in wanted.items()):
            return True
        if opened:
            return Unknown(TEMPLATE)
    return False


def secret_manifests(catalogue: Catalogue) -> Iterator[SecretManifest]:
    """Yield every Secret."""
    for manifest in catalogue.of("Secret"):
        refused: list[Location] = [e.problem.at for e in entries_of(manifest) if e.problem is not None]
        node = manifest.body.scalar("type")
        yield SecretManifest(
            component=manifest.id,
            technology="kubernetes",
            at=manifest.at,
            name=manifest.shown_name,
            type=node.text if node is not None else "Opaque",
            type_at=node.at if node is not None else None,
            refused=tuple(refused),
        )
