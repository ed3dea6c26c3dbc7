"""Which Services the custom resources of Traefik lead clients to, and where TLS ends.

Sources: Traefik 3.7, Kubernetes IngressRoute and IngressRouteTCP (a router with `tls` answers TLS only; `passthrough`
leaves it to the Pod; without `tls` the entry point decides for HTTP), pkg/provider/kubernetes/crd/kubernetes_http.go
(`scheme`, else https for port 443 and for ports whose name begins with https).
"""

from collections.abc import Iterator
from typing import Final

from auditor.formats.tree import Mapping
from auditor.model.unknown import Unknown
from auditor.technologies.recognition.traefik import GROUPS

from .catalogue import Catalogue
from .gateways import Ends
from .manifest import Manifest
from .reading import TEMPLATE, is_true

KINDS: Final = ("IngressRoute", "IngressRouteTCP", "IngressRouteUDP")
_ENTRY_POINT: Final = Unknown("the entry point of Traefik decides it")
_ENCRYPTED: Final = frozenset({"https", "wss"})


def ingress_routes(catalogue: Catalogue) -> Iterator[tuple[Manifest, Mapping, Ends]]:
    """Yield each service that a route names, with the route's object and for whom TLS ends there."""
    for group in GROUPS:
        for kind in KINDS:
            for manifest in catalogue.of(kind, group):
                ends = _ends(manifest)
                for service in services(manifest):
                    if service.text("kind") in {None, "Service"}:
                        yield manifest, service, ends


def services(manifest: Manifest) -> Iterator[Mapping]:
    """Yield the services of an object's routes."""
    routes = manifest.body.sequence("spec", "routes")
    for route in routes.mappings() if routes is not None else ():
        listed = route.sequence("services")
        yield from listed.mappings() if listed is not None else ()


def _ends(manifest: Manifest) -> Ends:
    tls = manifest.body.get("spec", "tls")
    if manifest.kind == "IngressRouteUDP":
        return Ends(some=False, all=False)
    if isinstance(tls, Mapping):
        passes = is_true(tls.scalar("passthrough"))
        return Ends(some=not passes, all=not passes)
    if manifest.body.is_open_at("spec", "tls"):
        return Ends(some=Unknown(TEMPLATE), all=Unknown(TEMPLATE))
    if manifest.kind == "IngressRouteTCP":
        return Ends(some=False, all=False)
    return Ends(some=_ENTRY_POINT, all=_ENTRY_POINT)


def encrypts(manifest: Manifest, name: str, port: str | None) -> bool:
    """Tell whether what the object passes on to a Service is encrypted again."""
    for service in services(manifest):
        if service.text("name") == name and port in {None, service.text("port")}:
            scheme, number = service.text("scheme"), service.text("port") or ""
            if manifest.kind == "IngressRouteTCP":
                return is_true(service.scalar("tls"))
            return scheme in _ENCRYPTED if scheme is not None else number == "443" or number.startswith("https")
    return False
