"""From where a server can be reached, and what that does to a severity."""

from collections.abc import Iterable
from enum import StrEnum

import msgspec

from .location import Location
from .severity import Severity


class Reach(StrEnum):
    """The widest place from which a client can open a connection."""

    LOOPBACK = "loopback"
    """Only the same host or the same container or pod."""
    NAMED_PEERS = "named peers"
    """Only the pods that a network policy names, or none at all."""
    CONTAINER_NETWORK = "container network"
    """Other containers or pods, by no published port."""
    HOST_NETWORK = "host network"
    """A non-loopback address of the host: host networking, or a server outside containers."""
    PUBLISHED = "published"
    """A port published on all addresses of the host, a NodePort or a LoadBalancer."""
    UNKNOWN = "unknown"


_STEPS_DOWN = {
    Reach.PUBLISHED: 0,
    Reach.HOST_NETWORK: 0,
    Reach.UNKNOWN: 1,
    Reach.CONTAINER_NETWORK: 1,
    Reach.NAMED_PEERS: 2,
    Reach.LOOPBACK: 2,
}
_WIDER = (
    Reach.LOOPBACK,
    Reach.NAMED_PEERS,
    Reach.CONTAINER_NETWORK,
    Reach.HOST_NETWORK,
    Reach.PUBLISHED,
    Reach.UNKNOWN,
)


class Exposure(msgspec.Struct, frozen=True):
    """Reach with its reason (shown to the reader) and, where one line decides it, that line."""

    reach: Reach
    reason: str
    at: Location | None = None
    tls_ends: bool = False
    """Whether clients outside of its network reach it only through something that speaks TLS with them and ends it."""
    relayed: bool = False
    """Whether they reach it only through a proxy that reads their requests and makes its own: how clients speak with
    that one is judged there."""
    through: str = ""
    """The component of the proxy that they come through, "" if they come without one."""

    @property
    def is_outside(self) -> bool:
        """Whether clients that are neither on the host nor on a network of containers reach it."""
        return self.reach in {Reach.PUBLISHED, Reach.HOST_NETWORK}

    @property
    def ends_before(self) -> bool:
        """Whether what clients from outside send and get is not what goes to and from the server itself."""
        return self.tls_ends or self.relayed

    @property
    def is_loopback(self) -> bool:
        return self.reach is Reach.LOOPBACK

    @property
    def in_clear(self) -> "Exposure":
        """From where one can read what the server sends without TLS: behind the end of TLS, from its network only."""
        if not self.ends_before:
            return self
        where = ", where TLS ends; behind it," if self.tls_ends and not self.through else "; behind the proxy,"
        reason = f"{self.reason}{where} whatever is on its network can reach it"
        return Exposure(reach=Reach.CONTAINER_NETWORK, reason=reason, at=self.at)

    def is_within(self, other: "Exposure") -> bool:
        """Tell whether nobody reaches it whom `other` would keep out; what is not known may be the widest."""
        return _WIDER.index(self.reach) <= _WIDER.index(other.reach)

    def or_by_loopback(self, way: "Exposure | None") -> "Exposure":
        """Return the same, or `way` where only loopback addresses are listened on: a proxy beside it reaches these."""
        return way if way is not None and self.is_loopback else self

    def widened(self, ways: Iterable["Exposure"]) -> "Exposure":
        """Return from where it is reached if clients from outside also come by `ways`.

        One that hands on what clients send as it is counts before one that ends their connections.
        """
        best = min(ways, key=lambda way: way.ends_before, default=None)
        if best is None or (best.ends_before and (self.is_outside or self.reach is Reach.UNKNOWN)):
            return self
        return self if self.is_outside and not self.ends_before else best

    def scale(self, severity: Severity) -> Severity:
        """Lower a severity meant for a server that anybody can reach.

        The one table for the whole product: published or on the host's network 0 steps, reachable by
        other containers or not known 1, by named pods only or loopback 2. (Breaches spread sideways, so a
        container network lowers by one step only.) docs/effective-configuration.md has the whole table.
        """
        return severity.lowered(_STEPS_DOWN[self.reach])
