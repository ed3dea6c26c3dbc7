"""Which files configure Traefik 2 and 3: the static one, and those that its file provider reads."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

GROUPS = frozenset({"traefik.io", "traefik.containo.us"})
"""API groups of Traefik's custom resources; the second is the one of version 2."""
KINDS = frozenset(
    "IngressRoute IngressRouteTCP Middleware MiddlewareTCP TLSOption TLSStore ServersTransport ServersTransportTCP "
    "TraefikService".split()
)
RESOURCE = "object.traefik"
"""The name under which a custom resource is handed on."""
_ENDINGS = (".yml", ".yaml", ".toml")
_TEMPLATES = (".j2", ".jinja", ".tmpl", ".tpl", ".template", ".sample", ".example", ".dist", ".erb")
_VARIANTS = lazy(r"(?:\.(?:j2|jinja2?|tmpl|tpl|template|sample|example|dist|erb))+$")
_STATIC = lazy(
    r"^(?:\[+[ ]*)?(entryPoints|providers|certificatesResolvers|serversTransport)\b[^=\n]*?(?::|\])", re.M | re.I
)
_POINT = lazy(r"^[ \t]*address[ \t]*[:=][ \t]*[\"']?[\w.:\[\]-]*:\d", re.M | re.I)
_PROVIDER = lazy(r"^(?:[ \t]+|\[providers\.)(?:docker|swarm|file|kubernetes\w+|consul\w*)\b", re.M | re.I)
_OWN = ("routers", "middlewares", "serversTransports")
_ELEMENTS = ("routers", "middlewares", "serversTransports", "options", "certificates", "stores")
_DYNAMIC = lazy(r"^(?:\[+[ ]*)?(http|tcp|tls|udp)\b(?:\.\S*)?[ \t]*(?::|\])", re.M)
_BELOW = lazy(
    r"^(?:[ \t]+|\[+(?:http|tcp|tls|udp)\.)"
    r"(routers|middlewares|serversTransports|services|options|certificates|stores)\b",
    re.M,
)
_INNER = lazy(
    r"^[ \t\[]*(?:\S*\.)?(entryPoints|loadBalancer|basicAuth|redirectScheme|headers|minVersion|certFile|chain"
    r"|stripPrefix|insecureSkipVerify|rule|clientAuth|ipAllowList|ipWhiteList|forwardAuth|defaultCertificate|rateLimit)\b",
    re.M,
)
_FOREIGN = lazy(
    r"^(?:apiVersion|kind|services|openapi|swagger|image|on|jobs|server|receivers|static_resources|defaultEntryPoints)\b"
    r"[ \t]*[:=]|^\[(?:web|acme|docker|kubernetes)\]",
    re.M,
)
"""Other products; the last of them are what Traefik 1 read."""


def recognise(name: str, path: str, head: str) -> Recognition | None:
    """Return why the file is one of Traefik's, None if it is not."""
    if name == RESOURCE:
        return Recognition("a custom resource of Traefik", 3)
    if not name.endswith(_ENDINGS) and not (name.endswith(_TEMPLATES) and _VARIANTS.sub("", name).endswith(_ENDINGS)):
        return None
    if "compose" in name:
        return None
    named = "traefik" in name or "traefik" in path.lower()
    if (named and "providers" in head) or ("ntry" in head and ("ntryPoints" in head or "ntrypoints" in head)):
        tops = {top.lower() for top in _STATIC.findall(head)}
        if tops and not _FOREIGN.search(head):
            sure = len(tops) > 1 or ("entrypoints" in tops and _POINT.search(head) is not None)
            if named and (sure or "entrypoints" in tops or _PROVIDER.search(head) is not None):
                return Recognition("named after Traefik, with entry points or providers", 3)
            if sure and "entrypoints" in tops:
                return Recognition("entry points of Traefik", 2)
    if not any(word in head for word in (_ELEMENTS if named else _OWN)):
        return None
    return _dynamic(head, named=named)


def _dynamic(head: str, *, named: bool) -> Recognition | None:
    tops, below = set(_DYNAMIC.findall(head)), set(_BELOW.findall(head))
    if not tops or not below or _FOREIGN.search(head):
        return None
    inner = set(_INNER.findall(head))
    if named and inner:
        return Recognition("in a folder of Traefik, with routers, middlewares or TLS options", 3)
    if tops & {"http", "tcp"} and below & {"routers", "middlewares", "serversTransports"} and inner:
        return Recognition("routers and middlewares of Traefik", 2)
    return None


TECHNOLOGY = Registered(
    "traefik",
    "Traefik",
    "auditor.technologies.traefik:TRAEFIK",
    recognise,
    words=("traefik",),
    files="traefik.yml, traefik.toml, files of the file provider, labels of Compose services, custom resources",
    versions="2.0 to 3.7",
)
