"""What the networks of a compose service let through, and how services name each other on them.

Sources: Compose Specification, "network_mode", "networks" (internal, aliases), "links", "container_name" and "Networks
top-level element" (name, external): a service is known on each of its networks by its own name, its container's and its
aliases there; Docker manual, "docker network create
--internal": Docker publishes no port of a container that is on internal networks alone.
"""

from collections import defaultdict
from collections.abc import Iterator
from collections.abc import Mapping as MappingOf
from dataclasses import field

from auditor.formats.tree import Mapping, Node, Scalar, Sequence
from auditor.model.exposure import Exposure, Reach
from auditor.model.linking import HOST_SCOPE, LOOPBACK, Name, Network
from auditor.model.location import Location
from auditor.model.unknown import HOLE, Unknown
from auditor.model.workload import Port
from auditor.records import dataclass
from auditor.technologies.common.configured import is_loopback

from .ports import exposed, ports


@dataclass(frozen=True)
class Networks:
    """The services of a project by name, and its networks that are internal.

    `projects` are the project's own identity and those of the projects it is merged over, nearest first; `shared` are
    the networks that have a name of their own on the host, by their key.
    """

    services: MappingOf[str, Mapping]
    internal: frozenset[str]
    projects: tuple[str, ...] = ("",)
    shared: MappingOf[str, str] = field(default_factory=dict[str, str])
    links: MappingOf[str, list[tuple[str, str]]] = field(default_factory=dict[str, list[tuple[str, str]]])
    """The services with `links`, and the names they give, by the service they lead to."""

    def network(self, name: str, at: Location) -> Network:
        """Return how others reach the service `name`, declared at `at`, and whom it can name."""
        service = self.services[name]
        mode = _mode(service)
        if mode is not None and mode.text.startswith("service:"):
            owner = mode.text.removeprefix("service:")
            if owner not in self.services or _mode(self.services[owner]) is not None:
                return Network()
            return self._network(owner, self.services[owner])
        if mode is not None and mode.text == "host":
            return Network(names=(Name(host=LOOPBACK, scope=HOST_SCOPE, at=at),), scopes=(HOST_SCOPE,))
        return self._network(name, service) if mode is None else Network()

    def _network(self, name: str, service: Mapping) -> Network:
        """Return the network of a service, which all have in common that share it."""
        inside, at = f"inside {self.projects[0]} {name}", service.at
        names = [Name(host=LOOPBACK, scope=inside, at=at)]
        scopes = [inside]
        own = {name, service.text("container_name") or name}
        for network, aliases in _joined(service.get("networks")):
            found = [self._scope(network, project) for project in self.projects]
            scopes += found
            names += [Name(host=host, scope=found[0], at=at) for host in sorted(own | aliases) if HOLE not in host]
        names += [
            Name(host=alias, scope=f"inside {self.projects[0]} {client}", at=at)
            for client, alias in self.links.get(name, ())
        ]
        published = {
            port.host: port.container
            for port in ports(service.get("ports"))
            if isinstance(port.host, int) and isinstance(port.container, int) and _is_on_loopback(port)
        }
        names += [
            Name(host=LOOPBACK, scope=HOST_SCOPE, at=at, ports={port: inner}) for port, inner in published.items()
        ]
        return Network(names=tuple(names), scopes=tuple(dict.fromkeys(scopes)))

    def _scope(self, network: str, project: str) -> str:
        shared = self.shared.get(network)
        return f"network {shared}" if shared is not None else f"network {network} of {project}"

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


def networks_of(services: MappingOf[str, Mapping], declared: Mapping, projects: tuple[str, ...] = ("",)) -> Networks:
    """Return the networks of a project; `declared` is its top-level `networks`, `projects` as `Networks` has them."""
    internal = {
        key.text
        for key, network in declared
        if isinstance(network, Mapping) and (node := network.scalar("internal")) is not None and node.as_bool() is True
    }
    shared = {
        key.text: network.text("name") or key.text
        for key, network in declared
        if isinstance(network, Mapping) and (network.text("name") or _is_external(network))
    }
    links: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for client, service in services.items():
        listed = service.sequence("links")
        for item in listed.scalars() if listed is not None else ():
            target, _, alias = item.text.partition(":")
            links[target].append((client, alias or target))
    return Networks(services, frozenset(internal), projects, shared, links)


def _is_on_loopback(port: Port) -> bool:
    """Tell whether programs on the host reach a published port by a loopback address."""
    return port.protocol == "tcp" and (not port.host_ip or is_loopback(port.host_ip))


def _is_external(network: Mapping) -> bool:
    node = network.get("external")
    return isinstance(node, Mapping) or (isinstance(node, Scalar) and node.as_bool() is True)


def _joined(node: Node | None) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the networks of a service, each with the service's aliases on it."""
    for name in sorted(_names(node)):
        entry = node.get(name) if isinstance(node, Mapping) else None
        aliases = entry.get("aliases") if isinstance(entry, Mapping) else None
        listed = aliases.scalars() if isinstance(aliases, Sequence) else ()
        yield name, frozenset(item.text for item in listed)


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
