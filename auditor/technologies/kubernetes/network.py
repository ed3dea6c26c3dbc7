"""Services, Ingresses and what a namespace's network lets through, as facts."""

from collections.abc import Iterator, Sequence

from auditor.formats.tree import Mapping, Scalar
from auditor.model.cluster import ServiceObject
from auditor.model.unknown import Unknown
from auditor.model.workload import Located

from .catalogue import Catalogue
from .datastores import datastore_of
from .facts import Ingress, NamespaceObject, NamespaceOverview
from .manifest import Manifest
from .publishing import Fronts, leads_to, publication
from .reading import TEMPLATE, as_written, text
from .routes import TLS_ELSEWHERE

_INTERNAL = {
    "service.beta.kubernetes.io/aws-load-balancer-internal": ("true", "0.0.0.0/0"),
    "service.beta.kubernetes.io/aws-load-balancer-scheme": ("internal",),
    "service.beta.kubernetes.io/azure-load-balancer-internal": ("true",),
    "cloud.google.com/load-balancer-type": ("internal",),
    "networking.gke.io/load-balancer-type": ("internal",),
}
"""Annotations that keep a load balancer private (Kubernetes, Service, "Internal load balancer")."""
_INGRESS_GROUPS = ("networking.k8s.io", "extensions")
_POLICIES = (
    ("NetworkPolicy", "networking.k8s.io"),
    ("NetworkPolicy", "extensions"),
    ("NetworkPolicy", "projectcalico.org"),
    ("NetworkPolicy", "crd.projectcalico.org"),
    ("CiliumNetworkPolicy", "cilium.io"),
)
_CLUSTER_POLICIES = (
    ("GlobalNetworkPolicy", "projectcalico.org"),
    ("GlobalNetworkPolicy", "crd.projectcalico.org"),
    ("CiliumClusterwideNetworkPolicy", "cilium.io"),
    ("AdminNetworkPolicy", "policy.networking.k8s.io"),
    ("BaselineAdminNetworkPolicy", "policy.networking.k8s.io"),
    ("ClusterNetworkPolicy", "policy.networking.k8s.io"),
)


def network_facts(catalogue: Catalogue, fronts: Fronts) -> Iterator[ServiceObject | Ingress | NamespaceObject]:
    """Yield the Services, Ingresses and Namespaces of one installation."""
    behind: dict[int, tuple[str, Manifest, Scalar]] = {}
    for manifest, pod, _ in catalogue.pods():
        listed = pod.mapping.sequence("containers")
        for container in listed.mappings() if listed is not None else ():
            image = container.scalar("image")
            product = datastore_of(image.text) if image is not None else ""
            if image is not None and product:
                for service in (front.service for front in fronts.of(manifest)):
                    if not leads_to(service, container, pod):
                        continue
                    behind[id(service.body)] = (product, manifest, image)
    for manifest in catalogue.of("Service"):
        yield _service(manifest, behind.get(id(manifest.body)))
    for group in _INGRESS_GROUPS:
        for manifest in catalogue.of("Ingress", group):
            yield _ingress(manifest)
    for manifest in catalogue.of("Namespace"):
        labels = manifest.body.mapping("metadata", "labels")
        yield NamespaceObject(
            component=f"namespace/{manifest.shown_name}",
            technology="kubernetes",
            at=manifest.at,
            name=manifest.shown_name,
            labels=located_texts(labels),
        )


def located_texts(mapping: Mapping | None) -> dict[str, Located[str]]:
    """Return the scalars of a mapping with their places."""
    found: dict[str, Located[str]] = {}
    for key, _ in mapping or ():
        value = text(mapping, key.text)
        if value is not None:
            found[key.text] = value
    return found


def _service(manifest: Manifest, behind: tuple[str, Manifest, Scalar] | None) -> ServiceObject:
    how = publication(manifest)
    annotations = manifest.annotations()
    return ServiceObject(
        component=manifest.id,
        technology="kubernetes",
        at=manifest.at,
        name=manifest.shown_name,
        type=how if isinstance(how, Unknown) else how.type,
        type_at=manifest.at if isinstance(how, Unknown) else how.at,
        datastore=behind[0] if behind else "",
        datastore_at=behind[2].at if behind else None,
        internal=any(annotations.get(name, "").lower() in values for name, values in _INTERNAL.items()),
        source_ranges=manifest.body.sequence("spec", "loadBalancerSourceRanges") is not None,
    )


def _ingress(manifest: Manifest) -> Ingress:
    spec = manifest.body.mapping("spec")
    rules = spec.sequence("rules") if spec is not None else None
    hosts = tuple(host for rule in (rules.mappings() if rules is not None else ()) if (host := text(rule, "host")))
    tls = spec.sequence("tls") if spec is not None else None
    has_tls: bool | Unknown = tls is not None and len(tls) > 0
    if has_tls is False and (manifest.body.is_open_at("spec", "tls") or (tls is not None and tls.open)):
        has_tls = Unknown(TEMPLATE)
    annotations = located_texts(manifest.body.mapping("metadata", "annotations"))
    entries = list(tls.mappings()) if tls is not None else []
    named = [entry.sequence("hosts") for entry in entries]
    tls_hosts = frozenset(
        as_written(host, manifest.source) for hosts in named for host in (hosts or ()) if isinstance(host, Scalar)
    )
    return Ingress(
        component=manifest.id,
        technology="kubernetes",
        at=manifest.at,
        name=manifest.shown_name,
        hosts=hosts,
        has_tls=has_tls,
        tls_hosts=None if None in named else tls_hosts,
        tls_elsewhere=next((name for name in TLS_ELSEWHERE if name in annotations), ""),
        annotations=annotations,
    )


def namespaces(catalogues: Sequence[Catalogue]) -> Iterator[NamespaceOverview]:
    """Yield one overview for each namespace that the tree has Pods for, over all its installations.

    Charts are left out where they do not name a namespace: they go where the one who installs them says.
    """
    pods: dict[str, list[Manifest]] = {}
    policies: dict[str, int] = {}
    everywhere = 0
    templated: set[str] = set()
    for catalogue in catalogues:
        for manifest, pod, _ in catalogue.pods():
            on_host = pod.mapping.scalar("hostNetwork")
            on_host_network = on_host is not None and on_host.as_bool() is True
            unplaced = manifest.templated and (not manifest.namespace or "{{" in manifest.namespace)
            if not on_host_network and not unplaced and manifest.kind not in {"Job", "CronJob"}:
                pods.setdefault(manifest.scope, []).append(manifest)
        everywhere += sum(len(catalogue.of(kind, group)) for kind, group in _CLUSTER_POLICIES)
        for kind, group in _POLICIES:
            for policy in catalogue.of(kind, group):
                policies[policy.scope] = policies.get(policy.scope, 0) + 1
                if "{{" in policy.namespace or not policy.namespace:
                    templated.add(policy.scope)
    for name, manifests in sorted(pods.items()):
        first = min(manifests, key=lambda manifest: manifest.at)
        yield NamespaceOverview(
            component=f"namespace/{name}",
            technology="kubernetes",
            at=first.at,
            name=name,
            written=any(manifest.namespace for manifest in manifests),
            workloads=tuple(dict.fromkeys(manifest.id for manifest in manifests)),
            network_policies=policies.get(name, 0),
            policies_open=everywhere > 0 or (name not in policies and bool(templated)),
        )
