"""Services in front of Pods, and the ports of a container."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as ByName

from auditor.formats.tree import Mapping, Scalar
from auditor.model.location import Location
from auditor.model.unknown import HOLE, Unknown
from auditor.model.workload import Port
from auditor.records import dataclass

from .catalogue import Catalogue, label_texts
from .manifest import Manifest
from .nearby import Nearby
from .pods import PodSpec
from .policies import Policies
from .reading import TEMPLATE, shown
from .routes import Route, routes_of


@dataclass(frozen=True, kw_only=True)
class Published:
    """How a Service can be reached: its type, whether from outside the cluster, and the line that says so."""

    type: str
    outside: bool
    at: Location


def publication(service: Manifest) -> Published | Unknown:
    """Return how the Service is reached; `type` is ClusterIP unless written (Service v1)."""
    spec = service.body.mapping("spec")
    if spec is None:
        return (
            Unknown(TEMPLATE)
            if service.body.is_open_at("spec")
            else Published(type="ClusterIP", outside=False, at=service.at)
        )
    node = spec.scalar("type")
    external = spec.sequence("externalIPs")
    if external is not None and len(external):
        return Published(type="externalIPs", outside=True, at=external.at)
    if node is None:
        if spec.is_open_at("type"):
            return Unknown("a template expression may set the Service's type")
        return Published(type="ClusterIP", outside=False, at=spec.at)
    if isinstance(node.value, Unknown):
        return Unknown("a template expression sets the Service's type")
    return Published(type=node.text, outside=node.text in {"NodePort", "LoadBalancer"}, at=node.at)


def selects(service: Manifest, pod: PodSpec, labels: dict[str, str]) -> bool:
    """Tell whether the Service's selector, which must not be empty, matches the Pod, or a template may make it so."""
    spec = service.body.mapping("spec")
    if spec is None:
        return False
    written = spec.mapping("selector")
    selector = label_texts(written)
    opened = spec.is_open_at("selector") if written is None else written.open
    pod_open = _may_gain_labels(pod)
    for key, value in selector.items():
        if key not in labels:
            if not pod_open:
                return False
        elif labels[key] != value and not (HOLE in value and HOLE in labels[key]):
            return False
    return bool(selector) or (opened and (pod_open or bool(labels)))


def _may_gain_labels(pod: PodSpec) -> bool:
    """Tell whether a template may add labels to the Pod's."""
    return pod.metadata is not None and pod.metadata.is_open_at("labels", "any")


@dataclass(frozen=True)
class Front:
    """A Service with the routes of Ingresses to it."""

    service: Manifest
    routes: Sequence[Route]


class Fronts:
    """Which Services and Ingresses stand before which Pods of one installation, and which policies keep clients off.

    Pods are found by label, so that thousands of Services are not each compared with thousands of Pods.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.policies = Policies(catalogue)
        self._services: dict[int, list[Front]] = {}
        self._pods: dict[int, tuple[PodSpec, dict[str, str]]] = {}
        self._all: dict[str, Nearby[Manifest]] = defaultdict(Nearby)
        self._open: dict[str, Nearby[Manifest]] = defaultdict(Nearby)
        self._labelled: dict[tuple[str, str, str], Nearby[Manifest]] = defaultdict(Nearby)
        """By namespace, label and value."""
        for manifest, pod, labels in catalogue.pods():
            self._pods[id(manifest.body)] = pod, labels
            self._all[manifest.scope].add(manifest)
            if _may_gain_labels(pod):
                self._open[manifest.scope].add(manifest)
            for key, value in labels.items():
                self._labelled[(manifest.scope, key, _label(value))].add(manifest)
        services = catalogue.of("Service")
        routes = _routes_to(services, routes_of(catalogue))
        for service in services:
            front = Front(service, routes.get(id(service.body), ()))
            for manifest in self._behind(service):
                self._services.setdefault(id(manifest.body), []).append(front)

    def _behind(self, service: Manifest) -> list[Manifest]:
        """Return what makes the Service's Pods, the closest ones: labels repeat over a repository's installations."""

        def accept(manifest: Manifest) -> bool:
            return selects(service, *self._pods[id(manifest.body)])

        selector = label_texts(service.body.mapping("spec", "selector"))
        if not selector:
            return self._all[service.scope].closest(service.folder, accept)
        found = [self._labelled[(service.scope, key, _label(value))] for key, value in selector.items()]
        return min(found, key=len).closest(service.folder, accept) or self._open[service.scope].closest(
            service.folder, accept
        )

    def of(self, manifest: Manifest) -> Sequence[Front]:
        """Return the Services in front of the Pods that the object makes."""
        return self._services.get(id(manifest.body), ())


def _routes_to(
    services: Sequence[Manifest], routes: ByName[tuple[str, str], Sequence[Route]]
) -> dict[int, list[Route]]:
    """Return the routes to each Service, by the identity of its body.

    Of several with one namespace and name, which belong to several installations, the closest to the route is meant.
    """
    named: dict[tuple[str, str], Nearby[Manifest]] = defaultdict(Nearby)
    for service in services:
        named[service.scope, service.name].add(service)
    found: dict[int, list[Route]] = {}
    for name, ways in routes.items():
        for route in ways:
            for service in named[name].closest(route.ingress.folder, lambda _: True):
                found.setdefault(id(service.body), []).append(route)
    return found


def _label(value: str) -> str:
    return HOLE if HOLE in value else value


def ports_of(container: Mapping, pod: PodSpec, fronts: Sequence[Front]) -> tuple[Port, ...]:
    """Return the ports the container declares and those that Services lead to it."""
    ports: list[Port] = []
    for item in _ports(container):
        number = _number(item, "containerPort")
        host = _number(item, "hostPort")
        ports.append(
            Port(
                container=number if number is not None else Unknown("it has no containerPort"),
                at=item.at,
                published=host is not None,
                host_ip=item.text("hostIP") or "",
                host=host,
                protocol=(item.text("protocol") or "TCP").lower(),
                via="hostPort" if host is not None else "",
            )
        )
    for front in fronts:
        ports.extend(_through(front.service, container, pod))
        ports.extend(_routed(front, container, pod))
    return tuple(ports)


def _ports(container: Mapping) -> Iterator[Mapping]:
    listed = container.sequence("ports")
    return listed.mappings() if listed is not None else iter(())


def _number(item: Mapping, key: str) -> int | Unknown | None:
    node = item.scalar(key)
    if node is None:
        return None
    value = node.as_int()
    return Unknown("it is not a number") if value is None else value


def _through(service: Manifest, container: Mapping, pod: PodSpec) -> Iterator[Port]:
    """Yield the container's ports that a Service reachable from outside the cluster leads to.

    Where it is not known whether it is, one port without a number stands for "not known".
    """
    how = publication(service)
    if isinstance(how, Unknown):
        yield Port(container=how, at=service.at, published=True, via=f"Service {shown(service.name)}")
        return
    if not how.outside:
        return
    for item in _ports(service.body.mapping("spec") or service.body):
        target = item.scalar("targetPort") or item.scalar("port")
        if target is None:
            continue
        number = _resolve(target, container, pod)
        if number is None:
            continue
        yield Port(
            container=number,
            at=how.at,
            published=True,
            host=_number(item, "nodePort") if how.type == "NodePort" else _number(item, "port"),
            protocol=(item.text("protocol") or "TCP").lower(),
            via=f"Service {shown(service.name)} ({how.type})",
        )


def _routed(front: Front, container: Mapping, pod: PodSpec) -> Iterator[Port]:
    """Yield the container's ports that an Ingress leads to through the Service."""
    for item in _ports(front.service.body.mapping("spec") or front.service.body):
        written, name = _number(item, "port"), item.text("name")
        target = item.scalar("targetPort") or item.scalar("port")
        number = _resolve(target, container, pod) if target is not None else None
        if number is None:
            continue
        for route in front.routes:
            # A Route of OpenShift names the Pod's port, the others the Service's.
            told = number if route.title == "Route" else written
            if route.port in {None, name} or (isinstance(told, int) and route.port == str(told)):
                via = f"{route.title} {shown(route.ingress.name)} and Service {shown(front.service.name)}"
                tls_ends = route.ends.all is True
                yield Port(container=number, at=route.at, published=True, via=via, tls_ends=tls_ends)


def service_ports(service: Manifest, container: Mapping, pod: PodSpec) -> dict[int, int]:
    """Return the Service's ports with the ports of the container that they lead to, as far as both are known."""
    found: dict[int, int] = {}
    for item in _ports(service.body.mapping("spec") or service.body):
        written, target = _number(item, "port"), item.scalar("targetPort") or item.scalar("port")
        number = _resolve(target, container, pod) if target is not None else None
        if isinstance(written, int) and isinstance(number, int) and (item.text("protocol") or "TCP").upper() == "TCP":
            found[written] = number
    return found


def leads_to(service: Manifest, container: Mapping, pod: PodSpec) -> bool:
    """Tell whether a port of the Service may be this container's."""
    items = _ports(service.body.mapping("spec") or service.body)
    targets = [item.scalar("targetPort") or item.scalar("port") for item in items]
    return any(target is not None and _resolve(target, container, pod) is not None for target in targets)


def _resolve(target: Scalar, container: Mapping, pod: PodSpec) -> int | Unknown | None:
    """Return the number of the port that `targetPort` means in this container, None if it is another container's."""
    value = target.as_int()
    if isinstance(value, Unknown):
        return value
    if value is None:
        named = next((item for item in _ports(container) if item.text("name") == target.text), None)
        return _number(named, "containerPort") if named is not None else None
    if any(_number(item, "containerPort") == value for item in _ports(container)):
        return value
    containers = pod.mapping.sequence("containers")
    declared = any(
        _number(item, "containerPort") == value
        for other in (containers.mappings() if containers is not None else ())
        for item in _ports(other)
    )
    # A port need not be declared to be open; one that no container declares may be any container's.
    return None if declared else value
