"""What Envoy refuses to start with.

Sources: Envoy 1.36 API, route.proto (`validate_clusters` is true for routes in the file), route_components.proto (a
virtual host has domains, no two of a route configuration the same; a route has an action); Envoy 1.40 itself: names in
certificates are looked at only where their chain is verified.
"""

from collections.abc import Iterator

from auditor.formats.tree import Scalar, Sequence
from auditor.model.fact import Problem
from auditor.model.unknown import HOLE

from .fields import field_of, is_on, message_at, place_of, text_at
from .resources import Manager, Route, VirtualHost
from .service import Envoy
from .transport import Tls

_ACTIONS = ("route", "redirect", "direct_response", "filter_action", "non_forwarding_action")


def refusals(envoy: Envoy) -> Iterator[Problem]:
    """Yield what makes Envoy stop; nothing of the file may be templated."""
    names = {cluster.name for cluster in envoy.clusters}
    for _, _, manager in envoy.managers():
        if text_at(manager.config, "stat_prefix") in {None, ""}:
            yield Problem(at=manager.at, message="expected a stat_prefix in the HTTP connection manager")
        if text_at(manager.config, "route_config", "validate_clusters") != "false":
            yield from (
                Problem(at=route.at, message="expected a route to a cluster of static_resources")
                for host in manager.hosts
                for route in host.routes
                if any(name not in names for name in route.clusters)
            )
        yield from _routes(manager)
    for tls in (*(tls for _, tls in envoy.secured()), *(each.tls for each in envoy.clusters)):
        if isinstance(tls, Tls):
            yield from _verification(tls)


def _routes(manager: Manager) -> Iterator[Problem]:
    seen: set[str] = set()
    for host in manager.hosts:
        domains = list(_domains(host))
        if not domains and field_of(host.tree, "matcher") is None:
            yield Problem(at=host.at, message="expected domains of the virtual host")
        for domain in domains:
            if domain.text.lower() in seen and HOLE not in domain.text:
                yield Problem(at=domain.at, message="expected each domain in one virtual host only")
            seen.add(domain.text.lower())
        for route in host.routes:
            if not _is_whole(route):
                yield Problem(at=route.at, message="expected a match and an action of the route")


def _domains(host: VirtualHost) -> Iterator[Scalar]:
    node = field_of(host.tree, "domains")
    if isinstance(node, Sequence):
        yield from node.scalars()


def _is_whole(route: Route) -> bool:
    has_action = any(field_of(route.tree, name) is not None for name in _ACTIONS)
    return has_action and message_at(route.tree, "match") is not None


def _verification(tls: Tls) -> Iterator[Problem]:
    if tls.is_fetched:
        return
    if tls.names_peer_alone:
        at = tls.where("common_tls_context", "validation_context")
        yield Problem(at=at, message="expected a trusted_ca beside names that certificates must have")
    if tls.validation is None and is_on(tls.context, "auto_sni_san_validation") is True:
        at = place_of(tls.context, "auto_sni_san_validation")
        yield Problem(at=at, message="expected a validation_context beside auto_sni_san_validation")
