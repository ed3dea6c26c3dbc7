"""Which Services an Ingress, a Route, an HTTPRoute or an IngressRoute leads clients to, and where TLS ends.

Sources: Kubernetes API reference, Ingress v1 and v1beta1 (a default backend, and a backend for each path); OpenShift
4.17 API reference, Route (termination edge, reencrypt, passthrough); Gateway API 1.2, HTTPRoute; Ingress-NGINX 1.12,
Annotations (hosts with TLS are redirected to it unless `ssl-redirect` is false; with `ssl-passthrough` TLS ends in the
Pod).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from auditor.formats.tree import Mapping as Tree
from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.records import dataclass

from .catalogue import Catalogue
from .gateways import Ends, ends_at_gateways
from .ingress_routes import ingress_routes
from .manifest import Manifest
from .reading import TEMPLATE, as_written

_GROUPS = ("networking.k8s.io", "extensions")
TLS_ELSEWHERE = (  # annotations of controllers that end TLS with a certificate of their own
    "alb.ingress.kubernetes.io/certificate-arn",
    "networking.gke.io/managed-certificates",
    "ingress.gcp.kubernetes.io/pre-shared-cert",
    "alb.ingress.kubernetes.io/listen-ports",
    "traefik.ingress.kubernetes.io/router.tls",
    "appgw.ingress.kubernetes.io/appgw-ssl-certificate",
)
_NONE = Ends(some=False, all=False)


@dataclass(frozen=True)
class Route:
    """A way from outside to a Service's port, by its number or name; None where it is not known which.

    `ends` tells for which clients TLS ends there.
    """

    ingress: Manifest
    port: str | None
    at: Location
    ends: Ends = _NONE

    @property
    def title(self) -> str:
        """What kind of object it is, as people write it."""
        return self.ingress.kind


def routes_of(catalogue: Catalogue) -> Mapping[tuple[str, str], Sequence[Route]]:
    """Return the routes by namespace and name of the Service."""
    found: defaultdict[tuple[str, str], list[Route]] = defaultdict(list)
    for group in _GROUPS:
        for ingress in catalogue.of("Ingress", group):
            for backend, host in _backends(ingress):
                current = backend.mapping("service")
                node = current.scalar("name") if current is not None else backend.scalar("serviceName")
                name = as_written(node, ingress.source)
                port = backend.scalar("servicePort")
                if current is not None:
                    port = current.scalar("port", "number") or current.scalar("port", "name")
                if node is not None and name:
                    known = port.text if port is not None and isinstance(port.value, str) else None
                    found[ingress.scope, name].append(Route(ingress, known, node.at, _ends_at_ingress(ingress, host)))
    for route in catalogue.of("Route", "route.openshift.io"):
        node = route.body.scalar("spec", "to", "name")
        if node is not None:
            target = route.body.text("spec", "port", "targetPort")
            way = Route(route, target, node.at, _ends_at_route(route))
            found[route.scope, as_written(node, route.source)].append(way)
    for route in catalogue.of("HTTPRoute", "gateway.networking.k8s.io"):
        ends = ends_at_gateways(route, catalogue)
        for backend in _references(route):
            node = backend.scalar("name")
            if node is not None and backend.text("kind") in {None, "Service"}:
                scope = backend.text("namespace") or route.scope
                found[scope, as_written(node, route.source)].append(Route(route, backend.text("port"), node.at, ends))
    for route, service, ends in ingress_routes(catalogue):
        node = service.scalar("name")
        if node is not None:
            scope = service.text("namespace") or route.scope
            found[scope, as_written(node, route.source)].append(Route(route, service.text("port"), node.at, ends))
    return found


def _backends(ingress: Manifest) -> Iterator[tuple[Tree, str | None]]:
    """Yield the backends with the host they serve, None for every host and one that is not known."""
    for name in ("defaultBackend", "backend"):
        default = ingress.body.mapping("spec", name)
        if default is not None:
            yield default, None
    rules = ingress.body.sequence("spec", "rules")
    for rule in rules.mappings() if rules is not None else ():
        paths = rule.sequence("http", "paths")
        host = rule.scalar("host")
        for path in paths.mappings() if paths is not None else ():
            backend = path.mapping("backend")
            if backend is not None:
                yield backend, as_written(host, ingress.source) or None


def _references(route: Manifest) -> Iterator[Tree]:
    rules = route.body.sequence("spec", "rules")
    for rule in rules.mappings() if rules is not None else ():
        references = rule.sequence("backendRefs")
        yield from references.mappings() if references is not None else ()


def _ends_at_ingress(ingress: Manifest, host: str | None) -> Ends:
    annotations = ingress.annotations()
    if annotations.get("nginx.ingress.kubernetes.io/ssl-passthrough") == "true":
        return _NONE
    forced = annotations.get("nginx.ingress.kubernetes.io/force-ssl-redirect") == "true"
    redirected = forced or annotations.get("nginx.ingress.kubernetes.io/ssl-redirect") != "false"
    if any(name in annotations for name in TLS_ELSEWHERE):
        return Ends(some=True, all=redirected)
    tls = ingress.body.sequence("spec", "tls")
    if ingress.body.is_open_at("spec", "tls") or (tls is not None and tls.open):
        return Ends(some=Unknown(TEMPLATE), all=Unknown(TEMPLATE))
    for entry in tls.mappings() if tls is not None else ():
        listed = entry.sequence("hosts")
        names = {as_written(name, ingress.source) for name in listed.scalars()} if listed is not None else None
        if names is None or (host is not None and ({host, f"*.{host.partition('.')[2]}"} & names)):
            return Ends(some=True, all=redirected)
    return _NONE


def _ends_at_route(route: Manifest) -> Ends:
    termination = route.body.scalar("spec", "tls", "termination")
    if termination is None or isinstance(termination.value, Unknown):
        is_open = termination is not None or route.body.is_open_at("spec", "tls", "termination")
        return Ends(some=Unknown(TEMPLATE), all=Unknown(TEMPLATE)) if is_open else _NONE
    if termination.text.lower() not in {"edge", "reencrypt"}:
        return _NONE
    return Ends(some=True, all=route.body.text("spec", "tls", "insecureEdgeTerminationPolicy") != "Allow")
