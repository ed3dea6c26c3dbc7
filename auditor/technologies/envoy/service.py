"""An Envoy as it runs."""

from collections.abc import Iterable, Iterator

from auditor.formats.tree import Mapping as Tree
from auditor.model.exposure import Exposure
from auditor.model.fact import Service
from auditor.model.linking import Upstream
from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.records import dataclass
from auditor.technologies.common.configured import version_of

from .resources import Chain, Cluster, Listener, Manager
from .transport import Tls


@dataclass(frozen=True, kw_only=True)
class Admin:
    """The administration interface. `is_limited` tells whether only named paths are answered."""

    host: str | Unknown
    port: int
    at: Location
    exposure: Exposure
    is_limited: bool

    @property
    def address(self) -> str | Unknown:
        """Host and port, without a port that a template or variable supplies."""
        if isinstance(self.host, Unknown):
            return self.host
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}" if self.port else host


@dataclass(frozen=True, kw_only=True)
class Envoy(Service):
    """An Envoy: what its bootstrap declares. `unknown` is why there may be more listeners and clusters."""

    root: Tree
    admin: Admin | None = None
    listeners: tuple[Listener, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    unknown: str = ""

    def hands_on(self) -> Iterable[Upstream]:
        from .handing import handed_on  # noqa: PLC0415  # it needs this class

        return handed_on(self)

    def managers(self) -> Iterator[tuple[Listener, Chain, Manager]]:
        """Yield every HTTP connection manager with the listener and chain it is in."""
        for listener in self.listeners:
            for chain in listener.chains:
                for manager in chain.managers:
                    yield listener, chain, manager

    def secured(self) -> Iterator[tuple[Listener, Tls]]:
        """Yield the TLS of every filter chain that has it."""
        for listener in self.listeners:
            for chain in listener.chains:
                if isinstance(chain.tls, Tls):
                    yield listener, chain.tls

    def used_clusters(self) -> Iterator[Cluster]:
        """Yield the clusters that routes name."""
        named = {
            name
            for _, _, manager in self.managers()
            for host in manager.hosts
            for route in host.reachable
            for name in route.clusters
        }
        yield from (cluster for cluster in self.clusters if cluster.name in named)

    def old_versions(self, tls: Tls) -> tuple[str, ...] | Unknown:
        """Return which of TLS 1.0 and 1.1 clients of a listener can negotiate.

        The least version was 1.0 before 1.22, and 1.23 took the ciphers for old versions out of the default ones
        (version histories of both); a version of Envoy that is not known is a newer one.
        """
        version = version_of(self.version)
        least = "TLSv1_0" if version is not None and version < (1, 22) else "TLSv1_2"
        return tls.old_versions(least, old_ciphers=version is not None and version < (1, 23))
