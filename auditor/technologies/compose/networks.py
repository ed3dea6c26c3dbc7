"""What the networks of a compose service let through.

Sources: Compose Specification, "network_mode" and "networks" (internal); Docker manual, "docker network create
--internal": Docker publishes no port of a container that is on internal networks alone.
"""

from collections.abc import Mapping as MappingOf

from auditor.formats.tree import Mapping, Node, Scalar, Sequence
from auditor.model.exposure import Exposure, Reach
from auditor.model.unknown import HOLE, Unknown
from auditor.model.workload import Port
from auditor.records import dataclass

from .ports import exposed, ports


@dataclass(frozen=True)
class Networks:
    """The services of a project by name, and its networks that are internal."""

    services: MappingOf[str, Mapping]
    internal: frozenset[str]

    def ports(self, service: Mapping) -> tuple[Port, ...]:
        """Return the ports that lead to a service: its own, or those of the service whose network it shares."""
        mode = _mode(service)
        owner = self.services.get(mode.text.removeprefix("service:")) if mode is not None else None
        if mode is not None and mode.text.startswith("service:") and owner is not None:
            return (*ports(owner.get("ports")), *exposed(owner.get("expose")))
        if mode is not None and (mode.text.startswith(("service:", "container:")) or HOLE in mode.text):
            reason = Unknown("it shares the network of a container that the files do not show")
            return (Port(container=reason, at=mode.at, published=True, via="network_mode"),)
        return (*ports(service.get("ports")), *exposed(service.get("expose")))

    def confinement(self, service: Mapping) -> Exposure | None:
        """Return what keeps others out whatever ports are published, None if nothing does."""
        mode = _mode(service)
        if mode is not None and mode.text == "none":
            return Exposure(Reach.LOOPBACK, "network_mode none leaves it no network", mode.at)
        if mode is not None:
            owner = self.services.get(mode.text.removeprefix("service:"))
            shares = mode.text.startswith("service:") and owner is not None and _mode(owner) is None
            return self.confinement(owner) if shares and owner is not None else None
        node = service.get("networks")
        joined = _names(node)
        if joined and joined <= self.internal:
            at = node.at if node is not None else None
            return Exposure(Reach.CONTAINER_NETWORK, "its networks are internal, so that no port is published", at)
        return None


def networks_of(services: MappingOf[str, Mapping], declared: Mapping) -> Networks:
    """Return the networks of a project; `declared` is its top-level `networks`."""
    internal = {
        key.text
        for key, network in declared
        if isinstance(network, Mapping) and (node := network.scalar("internal")) is not None and node.as_bool() is True
    }
    return Networks(services, frozenset(internal))


def _mode(service: Mapping) -> Scalar | None:
    node = service.get("network_mode")
    return node if isinstance(node, Scalar) and not node.is_null else None


def _names(node: Node | None) -> frozenset[str]:
    """Return the networks of a service: `default` unless it names some, none at all where that is not known."""
    if isinstance(node, Sequence):
        return frozenset() if node.open else frozenset(item.text for item in node.scalars())
    if isinstance(node, Mapping):
        return frozenset() if node.open else frozenset(key.text for key, _ in node)
    return frozenset({"default"})
