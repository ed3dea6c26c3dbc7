"""By which names the containers of a cluster reach each other.

Source: Kubernetes manual, "DNS for Services and Pods": a Service is `name` to the Pods of its namespace and
`name.namespace`, `name.namespace.svc` and `name.namespace.svc.cluster.local` to all; "StatefulSets", "Stable Network
ID": its Pods are `name-0.service` and so on. The containers of a Pod share its loopback interface.
"""

from collections.abc import Iterator, Sequence

from auditor.formats.tree import Mapping
from auditor.model.linking import LOOPBACK, Name, Network
from auditor.model.location import Location

from .catalogue import Catalogue, pod_labels
from .manifest import Manifest
from .pods import PodSpec
from .publishing import Front, Fronts, service_ports
from .reading import as_written

_WHOLE = ("", ".svc", ".svc.cluster.local")
_MAX_PODS = 20
"""Most Pods of a StatefulSet that are known by their own names."""


def network_of(container: Mapping, manifest: Manifest, pod: PodSpec, catalogue: Catalogue, fronts: Fronts) -> Network:
    """Return how others reach a container of the Pods that `manifest` makes, and whom it can name."""
    cluster, namespace = _scopes(manifest, catalogue)
    inside = f"pod {catalogue.folder} {manifest.path} {manifest.id}"
    names = [Name(host=LOOPBACK, scope=inside, at=container.at)]
    names += _of_services(container, pod, fronts.of(manifest), catalogue)
    names += _of_pods(manifest, cluster, namespace)
    peers = fronts.policies.peers(manifest, pod_labels(pod), namespace)
    return Network(names=tuple(names), scopes=(inside, namespace, cluster), peers=tuple(peers))


def _of_services(container: Mapping, pod: PodSpec, fronts: Sequence[Front], catalogue: Catalogue) -> Iterator[Name]:
    for front in fronts:
        service = front.service
        ports = service_ports(service, container, pod)
        if not ports:
            continue
        at = Location(service.at.path, service.at.line)
        cluster, namespace = _scopes(service, catalogue)
        yield Name(host=service.name, scope=namespace, at=at, ports=ports)
        for ending in _WHOLE:
            yield Name(host=f"{service.name}.{service.scope}{ending}", scope=cluster, at=at, ports=ports)


def _of_pods(manifest: Manifest, cluster: str, namespace: str) -> Iterator[Name]:
    """Yield the names of the Pods of a StatefulSet."""
    service = manifest.body.scalar("spec", "serviceName") if manifest.kind == "StatefulSet" else None
    if service is None:
        return
    written = manifest.body.scalar("spec", "replicas")
    number = written.as_int() if written is not None else 1
    for index in range(min(number, _MAX_PODS) if isinstance(number, int) else 1):
        name = f"{manifest.name}-{index}.{as_written(service, manifest.source)}"
        yield Name(host=name, scope=namespace, at=manifest.at)
        for ending in _WHOLE:
            yield Name(host=f"{name}.{manifest.scope}{ending}", scope=cluster, at=manifest.at)


def _scopes(manifest: Manifest, catalogue: Catalogue) -> tuple[str, str]:
    """Return the cluster's and the namespace's scope; where nothing names a namespace, it is what lies together."""
    place = catalogue.folder or ("" if manifest.namespace else manifest.folder)
    return f"cluster {catalogue.folder}", f"namespace {manifest.scope} of {place}"
