"""Objects that make Pods, as a whole, and Secrets, as facts."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload

from .catalogue import Catalogue, label_texts
from .data import entries_of
from .facts import PodGroup, SecretManifest
from .manifest import Manifest
from .pods import PodSpec
from .reading import TEMPLATE


def pod_groups(catalogue: Catalogue, containers: Mapping[int, Sequence[Workload]]) -> Iterator[PodGroup]:
    """Yield every object that makes Pods; `containers` by the `id` of the object's body."""
    budgets = _Budgets(catalogue)
    for manifest, pod, labels in catalogue.pods():
        workload = next(iter(containers[id(manifest.body)]), None)
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
            disruption_budget=budgets.of(manifest, pod, labels),
            token=workload.automount_token,
            service_account=account.value if account is not None and isinstance(account.value, str) else "default",
            is_system=manifest.namespace == "kube-system"
            or (workload.host_network is not None and workload.host_network.value is True),
        )


class _Budgets:
    """PodDisruptionBudgets by namespace and one label of their selector ("" where it selects all or is not known)."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._by_label: dict[tuple[str, str, str], list[dict[str, str]]] = defaultdict(list)
        self._unknown: set[str] = set()
        self._scopes: set[str] = set()
        for budget in catalogue.of("PodDisruptionBudget", "policy"):
            self._scopes.add(budget.scope)
            selector = budget.body.mapping("spec", "selector")
            if selector is None or selector.is_open_at("matchLabels", "any") or selector.sequence("matchExpressions"):
                self._unknown.add(budget.scope)
                continue
            wanted = label_texts(selector.mapping("matchLabels"))
            key, value = next(iter(wanted.items()), ("", ""))
            self._by_label[(budget.scope, key, value)].append(wanted)

    def of(self, manifest: Manifest, pod: PodSpec, labels: dict[str, str]) -> bool | Unknown:
        """Tell whether a budget selects the Pods."""
        scope = manifest.scope
        for key, value in [*labels.items(), ("", "")]:
            for wanted in self._by_label.get((scope, key, value), ()):
                if all(labels.get(name) == text for name, text in wanted.items()):
                    return True
        opened = pod.metadata is not None and pod.metadata.is_open_at("labels", "any")
        if scope in self._unknown or (opened and scope in self._scopes):
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
