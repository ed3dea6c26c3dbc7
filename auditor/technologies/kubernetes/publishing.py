"""Services in front of Pods, and the ports of a container."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.formats.tree import Mapping, Scalar
from auditor.model.location import Location
from auditor.model.unknown import HOLE, Unknown
from auditor.model.workload import Port

from .catalogue import Catalogue, distance, label_texts
from .manifest import Manifest
from .pods import PodSpec
from .reading import TEMPLATE, shown


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


def _is_open(mapping: Mapping | None) -> bool:
    return mapping is not None and mapping.open


_Pod = tuple[Manifest, PodSpec, dict[str, str]]


class _PodIndex:
    """Pods by label, so that an estate of thousands of Services is not compared with each of its Pods."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._pods: Sequence[_Pod] = catalogue.pods()
        self._by_scope: dict[object, list[int]] = {}
        self._by_label: dict[tuple[object, str, str], list[int]] = {}
        self._uncertain: dict[object, list[int]] = {}
        """Pods whose labels a template may add to or decide."""
        for index, (manifest, pod, labels) in enumerate(self._pods):
            scope = manifest.scope
            self._by_scope.setdefault(scope, []).append(index)
            for key, value in labels.items():
                self._by_label.setdefault((scope, key, value), []).append(index)
            if _may_gain_labels(pod) or any(HOLE in value for value in labels.values()):
                self._uncertain.setdefault(scope, []).append(index)

    def candidates(self, service: Manifest) -> Iterator[_Pod]:
        """Yield the Pods that the Service's selector can match, in their order."""
        spec = service.body.mapping("spec")
        selector = label_texts(spec.mapping("selector")) if spec is not None else {}
        known = next(((key, value) for key, value in selector.items() if HOLE not in value), None)
        if known is None:
            chosen = self._by_scope.get(service.scope, [])
        else:
            chosen = sorted({*self._by_label.get((service.scope, *known), ()), *self._uncertain.get(service.scope, ())})
        return (self._pods[index] for index in chosen)


def _may_gain_labels(pod: PodSpec) -> bool:
    metadata = pod.metadata
    return metadata is not None and (metadata.is_open_at("labels") or _is_open(metadata.mapping("labels")))


class Fronts:
    """Which Services stand before which Pods of one installation."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._services: dict[int, list[Manifest]] = {}
        pods = _PodIndex(catalogue)
        for service in catalogue.of("Service"):
            matching = [m for m, pod, labels in pods.candidates(service) if selects(service, pod, labels)]
            if not matching:
                continue
            # Labels repeat across the installations of one repository; a Service is meant for the closest Pods.
            closest = min(distance(service.folder, m.folder) for m in matching)
            for manifest in matching:
                if distance(service.folder, manifest.folder) == closest:
                    self._services.setdefault(id(manifest.body), []).append(service)

    def of(self, manifest: Manifest) -> Sequence[Manifest]:
        """Return the Services in front of the Pods that the object makes."""
        return self._services.get(id(manifest.body), ())


def ports_of(container: Mapping, pod: PodSpec, services: Sequence[Manifest]) -> tuple[Port, ...]:
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
    for service in services:
        ports.extend(_through(service, container, pod))
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
