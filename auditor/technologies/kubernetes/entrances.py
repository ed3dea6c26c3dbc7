"""Ways into the cluster where TLS ends, and what they speak to the Pods behind.

Sources: Ingress-NGINX 1.12, Annotations, "Backend Protocol" (HTTP unless written); Traefik 3, Kubernetes Ingress
(`service.serversscheme`); HAProxy Ingress Controller 3 (`server-ssl`); HAProxy Ingress 0.14 (`backend-protocol`,
`secure-backends`); AWS Load Balancer Controller 2 and Application Gateway Ingress Controller (`backend-protocol`);
Kong 3 (`konghq.com/protocol`); Contour 1.30 (`upstream-protocol.tls`); GKE (`app-protocols`); Gateway API 1.2
(BackendTLSPolicy); OpenShift 4.17, Route (`reencrypt`); Istio 1.24, PeerAuthentication (with STRICT a Pod takes mutual
TLS only); Linkerd 2, `linkerd.io/inject`.
"""

from collections.abc import Iterator, Sequence

from auditor.formats.tree import Mapping
from auditor.model.unknown import Unknown

from .catalogue import Catalogue, label_texts
from .facts import Entrance
from .ingress_routes import KINDS as INGRESS_ROUTES
from .ingress_routes import encrypts
from .manifest import Manifest, texts
from .pods import PodSpec
from .publishing import Front, Fronts
from .reading import TEMPLATE
from .routes import Route

_PROTOCOLS = (
    "nginx.ingress.kubernetes.io/backend-protocol",
    "ingress.kubernetes.io/backend-protocol",
    "haproxy-ingress.github.io/backend-protocol",
    "alb.ingress.kubernetes.io/backend-protocol",
    "appgw.ingress.kubernetes.io/backend-protocol",
    "konghq.com/protocol",
    "traefik.ingress.kubernetes.io/service.serversscheme",
)
_SWITCHES = (
    "nginx.ingress.kubernetes.io/secure-backends",
    "ingress.kubernetes.io/secure-backends",
    "haproxy-ingress.github.io/secure-backends",
    "haproxy.org/server-ssl",
)
_ENCRYPTED = frozenset({"https", "grpcs", "h1-ssl", "h2-ssl", "tls", "wss"})
_CLEAR = frozenset({"http", "grpc", "h1", "h2", "h2c", "fcgi", "ws"})
_TLS_PORTS = frozenset({"443", "8443", "9443"})
_INJECTING = frozenset({"enabled", "ingress", "true"})
_BY_PORT = Unknown("a policy of Istio decides it for each port")
_MESH = Unknown("a service mesh may encrypt what passes between the Pods")


def entrances(catalogue: Catalogue, fronts: Fronts) -> Iterator[Entrance]:
    """Yield each way from outside to a Service with Pods of the installation at which TLS ends, or may end."""
    seen: set[tuple[int, int]] = set()
    for manifest, pod, labels in catalogue.pods():
        for front in fronts.of(manifest):
            for route in front.routes:
                identity = id(route.ingress.body), id(front.service.body)
                if route.ends.some is False or identity in seen:
                    continue
                seen.add(identity)
                yield Entrance(
                    component=route.ingress.id,
                    technology="kubernetes",
                    at=route.at,
                    kind=route.title,
                    name=route.ingress.shown_name,
                    service=front.service.shown_name,
                    ends_tls=route.ends.some,
                    encrypts=_encrypts(front, route, manifest, pod, catalogue),
                    confined=fronts.policies.confinement(manifest, labels) is not None,
                )


def _encrypts(front: Front, route: Route, manifest: Manifest, pod: PodSpec, catalogue: Catalogue) -> bool | Unknown:
    """Return whether what is passed on to the Pods is encrypted."""
    strict = _is_strict(catalogue, manifest, pod)
    if strict is True or isinstance(strict, Unknown):
        return strict
    told = _told(front, route, catalogue)
    if told is True or isinstance(told, Unknown):
        return told
    return _MESH if _may_be_meshed(catalogue, manifest, pod) else False


def _told(front: Front, route: Route, catalogue: Catalogue) -> bool | Unknown:
    if route.title == "Route":
        return route.ingress.body.text("spec", "tls", "termination") == "reencrypt"
    if route.title in INGRESS_ROUTES:
        return encrypts(route.ingress, front.service.name, route.port)
    if route.title == "HTTPRoute" and _has_backend_policy(front.service, catalogue):
        return True
    for holder in (route.ingress, front.service):
        if holder.body.is_open_at("metadata", "annotations", "any"):
            return Unknown(TEMPLATE)
    annotations = {**route.ingress.annotations(), **front.service.annotations()}
    if "projectcontour.io/upstream-protocol.tls" in annotations:
        return True
    if "https" in annotations.get("cloud.google.com/app-protocols", "").lower():
        return True
    if any(annotations.get(name, "").lower() == "true" for name in _SWITCHES):
        return True
    protocols = [annotations[name].lower() for name in _PROTOCOLS if name in annotations]
    if _ENCRYPTED.intersection(protocols):
        return True
    if not protocols and any(_sounds_like_tls(port) for port in _ports(front, route)):
        return Unknown("the name or the number of the Service's port is one of TLS")
    return False if _CLEAR.issuperset(protocols) else Unknown("the protocol that is passed on is not one we know")


def _ports(front: Front, route: Route) -> Sequence[Mapping]:
    """Return the ports of the Service that the route may mean."""
    listed = front.service.body.sequence("spec", "ports")
    ports = list(listed.mappings()) if listed is not None else []
    named = [port for port in ports if route.port in {port.text("name"), port.text("port")}]
    return named or ports


def _sounds_like_tls(port: Mapping) -> bool:
    words = [port.text("name"), port.text("targetPort"), port.text("appProtocol")]
    if any("https" in word.lower() or word.lower() in {"tls", "ssl"} for word in words if word is not None):
        return True
    return bool(_TLS_PORTS & {port.text("port"), port.text("targetPort")})


def _has_backend_policy(service: Manifest, catalogue: Catalogue) -> bool:
    for policy in catalogue.of("BackendTLSPolicy", "gateway.networking.k8s.io"):
        targets = policy.body.sequence("spec", "targetRefs")
        for target in targets.mappings() if targets is not None else ():
            if policy.scope == service.scope and target.text("name") == service.name:
                return True
    return False


def _is_strict(catalogue: Catalogue, manifest: Manifest, pod: PodSpec) -> bool | Unknown:
    """Tell whether a policy of Istio makes the Pod take mutual TLS only: its own, its namespace's or the mesh's."""
    labels = label_texts(pod.metadata.mapping("labels") if pod.metadata is not None else None)
    strict: dict[str, bool | Unknown] = {}
    for policy in catalogue.of("PeerAuthentication", "security.istio.io"):
        mode = policy.body.text("spec", "mtls", "mode")
        selector = policy.body.mapping("spec", "selector", "matchLabels")
        if selector is not None:
            chosen = policy.scope == manifest.scope and label_texts(selector).items() <= labels.items()
            place = "pod" if chosen else ""
        else:
            place = "namespace" if policy.scope == manifest.scope else "mesh" if policy.scope == "istio-system" else ""
        if place and mode not in {None, "UNSET"}:
            by_port = policy.body.mapping("spec", "portLevelMtls") is not None
            strict[place] = _BY_PORT if by_port else mode == "STRICT"
    return next((strict[place] for place in ("pod", "namespace", "mesh") if place in strict), False)


def _may_be_meshed(catalogue: Catalogue, manifest: Manifest, pod: PodSpec) -> bool:
    """Tell whether a proxy of Istio or Linkerd is put beside the Pod's containers."""
    own = {
        **texts(pod.metadata.mapping("labels") if pod.metadata is not None else None),
        **texts(pod.metadata.mapping("annotations") if pod.metadata is not None else None),
    }
    for namespace in catalogue.of("Namespace"):
        if namespace.name == manifest.scope:
            own = {**namespace.labels(), **namespace.annotations(), **own}
    names = ("linkerd.io/inject", "sidecar.istio.io/inject", "istio-injection")
    return any(own.get(name) in _INJECTING for name in names) or "istio.io/rev" in own
