"""Objects that make Pods, as a whole, and Secrets, as facts."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from auditor.model.location import Location
from auditor.model.unknown import HOLE, Unknown
from auditor.model.workload import Workload

from .catalogue import Catalogue, label_texts
from .data import entries_of
from .facts import PodGroup, SecretManifest
from .manifest import Manifest
from .pods import PodSpec
from .reading import TEMPLATE, as_written


def pod_groups(catalogue: Catalogue, containers: Mapping[int, Sequence[Workload]]) -> Iterator[PodGroup]:
    """Yield every object that makes Pods; `containers` by the `id` of the object's body."""
    budgets = _Budgets(catalogue)
    autoscalers = _Autoscalers(catalogue)
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
            autoscaler=autoscalers.of(manifest),
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


class _Autoscalers:
    """Targets of autoscalers by kind and name, with the namespaces they are in ("" where none is written).

    Sources: HorizontalPodAutoscaler v2 of Kubernetes 1.34; KEDA 2.15, ScaledObject (`kind` is Deployment by default).
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._targets: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._namespaces: set[str] = set()
        self._unknown: set[str] = set()
        for scaler in (
            *catalogue.of("HorizontalPodAutoscaler", "autoscaling"),
            *catalogue.of("ScaledObject", "keda.sh"),
        ):
            self._namespaces.add(scaler.namespace)
            target = scaler.body.mapping("spec", "scaleTargetRef")
            name = target.scalar("name") if target is not None else None
            if target is None or name is None or HOLE in name.text:
                self._unknown.add(scaler.namespace)
            if target is not None and name is not None:
                key = (target.text("kind") or "Deployment", as_written(name, scaler.source))
                self._targets[key].add(scaler.namespace)

    def of(self, manifest: Manifest) -> bool | Unknown:
        """Tell whether an autoscaler targets the object; one without a namespace may be put into any."""
        if _may_share(self._targets.get((manifest.kind, manifest.name), set()), manifest.namespace):
            return True
        name = manifest.body.scalar("metadata", "name")
        undecided = self._namespaces if name is None or HOLE in name.text else self._unknown
        return Unknown(TEMPLATE) if _may_share(undecided, manifest.namespace) else False


def _may_share(namespaces: set[str], namespace: str) -> bool:
    return bool(namespaces) and (not namespace or not namespaces.isdisjoint({"", namespace}))


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
