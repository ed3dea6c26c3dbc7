"""What Traefik hands on to servers of files and to containers with labels, and who gets through.

Source: Traefik 3.7, pkg/provider/docker/config.go: a container's service has the container itself as its server, at the
port of `loadbalancer.server.port`; a router without a service takes the only one of its container. Without a port it
is the lowest one that the image exposes, which is not known here.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from auditor.model.linking import Upstream
from auditor.model.location import Location
from auditor.model.numbers import whole_number
from auditor.records import dataclass

from .parts import Part
from .routes import EntryPoint, Router
from .service import Traefik


@dataclass(frozen=True)
class _Server:
    host: str
    port: int
    at: Location
    encrypts: bool


def handed_on(traefik: Traefik) -> Iterator[Upstream]:
    """Yield what each router hands on to, for each entry point by which clients come, those that redirect last."""
    router_of = Router(traefik.points, traefik.providers, traefik.unknown)
    for route in sorted(traefik.content(), key=lambda each: router_of.redirection(each.point) is not None):
        guarded = traefik.asks_who(route) is not False
        for server in _servers(traefik, "http", route.provider, route.name, route.service):
            via = f"router {route}"
            yield _upstream(route.point, server, via, ends_tls=route.tls is not None, guarded=guarded)
    for provider, root in traefik.providers.items():
        for router in root.each("tcp", "routers"):
            yield from _of_tcp(traefik, provider, router)


def _of_tcp(traefik: Traefik, provider: str, router: Part) -> Iterator[Upstream]:
    points, tls, service = router.words("entrypoints"), router.has("tls"), router.text("service")
    limits = router.words("middlewares") != ()
    passes = router.is_on("tls", "passthrough")
    if not isinstance(points, tuple) or not isinstance(tls, bool) or not isinstance(passes, bool):
        return
    for point in traefik.points:
        if point.name.lower() in {name.lower() for name in points} or (not points and not point.is_internal):
            for server in _servers(traefik, "tcp", provider, router.name, service if isinstance(service, str) else ""):
                via = f"router {router.name}@{provider}"
                yield _upstream(point, server, via, ends_tls=tls and not passes, guarded=limits, relays=False)


def _upstream(
    point: EntryPoint, server: _Server, via: str, *, ends_tls: bool, guarded: bool, relays: bool = True
) -> Upstream:
    return Upstream(
        host=server.host,
        port=server.port,
        at=server.at,
        reach=point.exposure,
        listens=point.port,
        via=via,
        ends_tls=ends_tls,
        encrypts=server.encrypts,
        relays=relays,
        guarded=guarded,
    )


def _servers(traefik: Traefik, kind: str, provider: str, router: str, named: str) -> Iterator[_Server]:
    """Yield the servers of the service that a router names, or of the only one of its container."""
    name, _, other = named.lower().partition("@")
    provider = other or provider
    root = traefik.providers.get(provider)
    if root is None:
        return
    if not name and provider == "docker":
        holder = traefik.holders.get((kind, "routers", router.lower()))
        own = [
            key[2]
            for key, container in traefik.holders.items()
            if key[:2] == (kind, "services") and container == holder
        ]
        name = own[0] if len(own) == 1 else ""
    service = root.find(kind, "services", name) if name else None
    if not isinstance(service, Part):
        return
    port = service.text("loadbalancer", "server", "port")
    holder = traefik.holders.get((kind, "services", name))
    number = whole_number(port) if isinstance(port, str) else None
    if provider == "docker" and holder is not None and number is not None:
        scheme = service.text("loadbalancer", "server", "scheme")
        at = service.where("loadbalancer", "server", "port")
        yield _Server(holder, number, at, encrypts=scheme == "https")
    for server in service.each("loadbalancer", "servers"):
        yield from _of_address(server)


def _of_address(server: Part) -> Iterator[_Server]:
    url, address = server.text("url"), server.text("address")
    written = url if isinstance(url, str) else f"//{address}" if isinstance(address, str) else ""
    try:
        parts = urlsplit(written)
        host, port = parts.hostname, parts.port
    except ValueError:
        return
    scheme = parts.scheme.lower()
    port = port or {"http": 80, "h2c": 80, "https": 443}.get(scheme, 0)
    if host and port:
        yield _Server(
            host, port, server.where("url" if isinstance(url, str) else "address"), encrypts=scheme == "https"
        )
