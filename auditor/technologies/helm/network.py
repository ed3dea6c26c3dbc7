"""From where a chart's containers are reached: its Services and its network policy."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from auditor.formats.tree import Mapping
from auditor.formats.tree import Sequence as Items
from auditor.model.cluster import ServiceObject
from auditor.model.exposure import Exposure, Reach
from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.model.workload import Located, Port
from auditor.records import dataclass

from .release import Release

_PRIVATE = {
    "service.beta.kubernetes.io/aws-load-balancer-internal": ("true", "0.0.0.0/0"),
    "service.beta.kubernetes.io/aws-load-balancer-scheme": ("internal",),
    "service.beta.kubernetes.io/azure-load-balancer-internal": ("true",),
    "cloud.google.com/load-balancer-type": ("internal",),
    "networking.gke.io/load-balancer-type": ("internal",),
}
"""Annotations that keep a load balancer private (Kubernetes, Service, "Internal load balancer")."""


@dataclass(frozen=True, kw_only=True)
class Front:
    """A Service of a chart: its name and the values that describe it. `datastore` is the product behind it."""

    name: str
    type: Located[str]
    block: tuple[str, ...]
    datastore: str = ""
    is_default: bool = False
    """Whether nothing but the chart sets the type."""

    def placed(self, at: Location) -> "Front":
        """Return it with `at` as the place of its type where only the chart sets that."""
        return replace(self, type=replace(self.type, at=at)) if self.is_default else self

    def is_outside(self, release: Release) -> bool | Unknown:
        if release.values.is_given(*self.block, "externalIPs") is True:
            return True
        kind = self.type.value
        return kind if isinstance(kind, Unknown) else kind in {"NodePort", "LoadBalancer"}

    def port(self, release: Release, container: int | Unknown) -> Iterator[Port]:
        """Yield the container's port as the Service publishes it."""
        outside, at = self.is_outside(release), self.type.at
        if isinstance(outside, Unknown):
            yield Port(container=outside, at=at, published=True, via=f"Service {self.name}")
        elif outside:
            yield Port(container=container, at=at, published=True, via=f"Service {self.name} ({self.type.value})")

    def fact(self, release: Release) -> ServiceObject:
        """Return the Service as a fact."""
        values = release.values
        ranges = values.node(*self.block, "loadBalancerSourceRanges")
        notes = values.node(*self.block, "annotations")
        texts = {key.text: notes.text(key.text) for key, _ in notes} if isinstance(notes, Mapping) else {}
        return ServiceObject(
            component=f"service/{release.namespace or 'default'}/{self.name}",
            technology="kubernetes",
            at=release.at,
            name=self.name,
            type=self.type.value,
            type_at=self.type.at,
            datastore=self.datastore,
            internal=any((texts.get(name) or "").lower() in words for name, words in _PRIVATE.items()),
            source_ranges=isinstance(ranges, Items) and len(ranges) > 0,
        )


def front(release: Release, name: str, *block: str, datastore: str = "", default: str | Unknown = "ClusterIP") -> Front:
    """Return the Service that the values at `block` describe; an empty type is ClusterIP (Service v1)."""
    found = release.values.text(*block, "type", default=default)
    kind = Located[str](value="ClusterIP", at=found.at) if found.value == "" else found
    is_default = release.values.node(*block, "type") is None
    return Front(name=name, type=kind, block=block, datastore=datastore, is_default=is_default)


def ports_of(release: Release, number: Located[int], fronts: Sequence[Front]) -> tuple[Port, ...]:
    """Return a container's port, and as its Services publish it."""
    published = [port for each in fronts for port in each.port(release, number.value)]
    return (Port(container=number.value, at=number.at), *published)


def routed_ports(release: Release, number: Located[int], *block: str) -> Iterator[Port]:
    """Yield a container's port as an Ingress or an HTTPRoute that the values at `block` switch on leads to it."""
    for kind, path in (("Ingress", (*block, "ingress")), ("HTTPRoute", (*block, "route", "main"))):
        enabled = release.values.boolean(*path, "enabled", default=False)
        if enabled.value is not False:
            container = enabled.value if isinstance(enabled.value, Unknown) else number.value
            yield Port(container=container, at=enabled.at, published=True, via=f"{kind} {release.full_name}")


def confinement(release: Release, *block: str, default: bool | Unknown) -> Exposure | None:
    """Return what the chart's network policy leaves, None if it lets everybody in or there may be none.

    Bitnami's charts let in every Pod unless `allowExternal` is false: then those with the release's client label.
    """
    enabled = release.values.boolean(*block, "enabled", default=default)
    allowed = release.values.boolean(*block, "allowExternal", default=True)
    if enabled.value is not True or allowed.value is not False:
        return None
    return Exposure(Reach.NAMED_PEERS, "the chart's network policy lets only pods that it names in", allowed.at)
