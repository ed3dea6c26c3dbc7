"""What Envoy hands on to its clusters, and who gets through."""

from collections.abc import Iterator

from auditor.model.linking import Upstream

from .fields import is_on
from .resources import Chain, Listener, Manager
from .service import Envoy
from .transport import Tls

_GUARDS = ("JwtAuthentication", "ExtAuthz", "RBAC", "OAuth2", "BasicAuth", "ApiKeyAuth", "GcpAuthnFilterConfig")
"""HTTP filters that may turn a request away for who sends it (Envoy 1.36, "HTTP filters")."""


def handed_on(envoy: Envoy) -> Iterator[Upstream]:
    """Yield what each filter chain hands on to."""
    for listener in envoy.listeners:
        for chain in listener.chains if listener.port else ():
            for manager in chain.managers:
                guarded = any(manager.has_filter(kind) for kind in _GUARDS)
                for cluster, path in _routed(manager):
                    yield from _to(envoy, listener, chain, cluster, via=f"path {path}" if path else "", guarded=guarded)
            for cluster in chain.forwards:
                yield from _to(envoy, listener, chain, cluster, relays=False)


def _routed(manager: Manager) -> Iterator[tuple[str, str]]:
    """Yield the clusters that routes for more than probes name, with the route's path."""
    for host in manager.hosts:
        for route in host.routes:
            if route.kind == "route" and not route.is_probe:
                yield from ((name, route.path) for name in route.clusters)


def _to(
    envoy: Envoy,
    listener: Listener,
    chain: Chain,
    name: str,
    *,
    via: str = "",
    relays: bool = True,
    guarded: bool = False,
) -> Iterator[Upstream]:
    asks = isinstance(chain.tls, Tls) and is_on(chain.tls.context, "require_client_certificate") is not False
    for cluster in envoy.clusters:
        for host, port in cluster.endpoints if cluster.name == name else ():
            yield Upstream(
                host=host,
                port=port,
                at=cluster.hosts_at,
                reach=listener.exposure,
                listens=listener.port,
                via=via,
                ends_tls=isinstance(chain.tls, Tls),
                encrypts=isinstance(cluster.tls, Tls),
                relays=relays,
                guarded=guarded or asks or not isinstance(chain.tls, Tls | None),
            )
