"""How workloads reach each other: the names they have, and the ways in that proxies make."""

from collections.abc import Mapping

from auditor.records import dataclass

from .exposure import Exposure
from .location import Location

HOST_SCOPE = "host"
"""The scope of programs that use a host's own network."""
LOOPBACK = "localhost"
"""The name under which all loopback addresses are known in a scope."""


@dataclass(frozen=True, kw_only=True)
class Name:
    """A name or address that others reach a workload by, good in one scope (a network, a namespace, a host, a Pod).

    `ports` maps the ports that others ask for to those of the workload; None: they are the same. `at` is what
    declares it: a name that two declare in one scope is nobody's.
    """

    host: str
    scope: str
    at: Location
    ports: Mapping[int, int] | None = None


@dataclass(frozen=True, kw_only=True)
class Peer:
    """Workloads of one scope that a network policy lets in, by their labels; they may use `ports`, all where None."""

    scope: str
    labels: Mapping[str, str]
    ports: frozenset[int] | None = None


@dataclass(frozen=True, kw_only=True)
class Network:
    """Where a workload stands: its `names` for others, and the `scopes` whose names it can use, the nearest first."""

    names: tuple[Name, ...] = ()
    scopes: tuple[str, ...] = ()
    peers: tuple[Peer, ...] = ()
    """Whom policies let in, where one confines it."""


@dataclass(frozen=True, kw_only=True)
class Upstream:
    """Another server that a proxy hands on to, by the host and port that its configuration names.

    `reach` is from where clients come in on the proxy's port `listens`, `via` the part of the configuration that hands
    on (`location /api/`). `ends_tls` tells whether TLS with the clients ends there, `encrypts` whether what is handed
    on is encrypted again. `relays` tells whether the proxy reads requests and makes its own (HTTP), rather than passing
    bytes on; `guarded` whether not everybody gets through (a log-in, certain addresses), or whether that is not known.
    """

    host: str
    port: int
    at: Location
    reach: Exposure
    listens: int
    via: str = ""
    ends_tls: bool = False
    encrypts: bool = False
    relays: bool = True
    guarded: bool = False


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A way to the port of a workload through a proxy. `is_local`: it comes by the loopback interface."""

    port: int
    exposure: Exposure
    is_local: bool = False


@dataclass(frozen=True, kw_only=True)
class Behind:
    """What answers where a proxy hands on to at `at`: the component of that workload and its place."""

    component: str
    at: Location


NOWHERE = Network()
