"""A Traefik as it runs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from functools import cached_property
from typing import Final
from urllib.parse import urlsplit

from auditor.model.exposure import Exposure
from auditor.model.fact import Problem, Service
from auditor.model.linking import Upstream
from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.records import dataclass
from auditor.technologies.common.configured import is_loopback, version_of

from .parts import Part
from .routes import EntryPoint, Route, Router


@dataclass(frozen=True, kw_only=True)
class TlsOptions:
    """TLS options that routers use, or that all do (`default`)."""

    name: str
    part: Part

    @property
    def is_default(self) -> bool:
        """Whether they hold for every router that names no others."""
        return self.name.lower() == "default"

    def __str__(self) -> str:
        return f"The TLS options {self.name}"


@dataclass(frozen=True, kw_only=True)
class Target:
    """A server that a service of a file hands requests to."""

    service: str
    scheme: str
    host: str
    at: Location
    is_used: bool
    """Whether a router names the service, as far as the routers are known."""

    @property
    def is_local(self) -> bool:
        return is_loopback(self.host)


_INTERNAL: Final = "@internal"


@dataclass(frozen=True, kw_only=True)
class Traefik(Service):
    """A Traefik: its static configuration, entry points, and what its providers give it.

    `unknown` is why there may be more routers, middlewares and services than `providers` holds, "" if there are none.
    `ignored` are elements of the static file that only a file of the file provider may have.
    """

    static: Part
    points: tuple[EntryPoint, ...] = ()
    providers: Mapping[str, Part] = field(default_factory=dict[str, Part])
    holders: Mapping[tuple[str, str, str], str] = field(default_factory=dict[tuple[str, str, str], str])
    """The containers whose labels declare a router or service: by protocol, `routers` or `services`, and name."""
    unknown: str = ""
    ignored: tuple[Part, ...] = ()
    broken: tuple[Problem, ...] = ()

    def hands_on(self) -> Iterable[Upstream]:
        from .handing import handed_on  # noqa: PLC0415  # it needs this class

        return handed_on(self)

    @cached_property
    def routes(self) -> list[Route | Unknown]:
        """The routers at their entry points, without those that a redirection hides."""
        return list(Router(self.points, self.providers, self.unknown).routes())

    def guards(self, name: str) -> bool | Unknown:
        """Return whether the middlewares of the entry point `name` ask for a log-in."""
        router = Router(self.points, self.providers, self.unknown)
        return next((router.guards(point) for point in self.points if point.name.lower() == name), False)

    def asks_who(self, route: Route) -> bool | Unknown:
        """Return whether a router asks for a log-in or a client certificate, or lets in certain addresses only."""
        if any(each.asks_who for each in route.middlewares):
            return True
        if route.doubt:
            return Unknown(route.doubt)
        if route.tls is None:
            return False
        named = (part for name, part in self.elements("tls", "options") if route.options in {name.lower(), part.name})
        kinds = [part.text("clientauth", "clientauthtype") for part in named]
        if not kinds and route.options != "default" and self.unknown:
            return Unknown(self.unknown)
        return any(not isinstance(kind, Unknown) and kind == "RequireAndVerifyClientCert" for kind in kinds)

    def may_serve_in_clear(self) -> bool:
        """Tell whether an entry point for other hosts neither has TLS for all routers nor sends clients to https."""
        router = Router(self.points, self.providers, self.unknown)
        return not self.points or any(
            not point.is_internal
            and not point.exposure.is_loopback
            and point.part.has("http", "tls") is not True
            and router.redirection(point) is None
            for point in self.points
        )

    def known_routes(self) -> list[Route]:
        return [route for route in self.routes if isinstance(route, Route)]

    def doubts(self) -> Iterator[str]:
        """Yield why what clients reach is not known in full."""
        yield from (route.reason for route in self.routes if isinstance(route, Unknown))
        if gap := self.static.gap("entrypoints"):
            yield gap
        if self.unknown:
            yield self.unknown

    def reach(self, name: str) -> Exposure:
        """Return from where an entry point is reached, or the whole server if there is none of that name."""
        return next((point.exposure for point in self.points if point.name == name), self.exposure)

    def elements(self, *path: str) -> Iterator[tuple[str, Part]]:
        """Yield the elements at a path, such as `http`, `middlewares`, with their qualified names."""
        for provider, root in self.providers.items():
            for part in root.each(*path):
                yield f"{part.name}@{provider}", part

    def tls_options(self) -> Iterator[TlsOptions]:
        """Yield the TLS options that count: the default ones, and those that a router or an entry point names."""
        used = set(self._named("http", "tls", "options"))
        used |= {route.options for route in self.known_routes() if route.tls is not None}
        used |= set(self._named("tcp", "tls", "options"))
        for name, part in self.elements("tls", "options"):
            if part.name.lower() == "default" or name.lower() in used or self._is_object(name):
                yield TlsOptions(name=part.name, part=part)

    @staticmethod
    def _is_object(name: str) -> bool:
        """Tell whether an element is an object of Kubernetes, which annotations of Ingresses can name as well."""
        return name.endswith("@kubernetescrd")

    def least_tls(self, *, is_default: bool) -> str:
        """Return the least version of TLS where no `minVersion` is set, as `minVersion` would name it.

        The default options say TLS 1.2 since 2.9 (pkg/tls/tlsmanager.go); others take Go's least version, TLS 1.2 since
        Go 1.22, with which 2.11 is built. A version that is not known is taken for a supported one.
        """
        version = version_of(self.version)
        return (
            "VersionTLS10" if version is not None and version < ((2, 9) if is_default else (2, 11)) else "VersionTLS12"
        )

    def has_tls(self) -> bool:
        """Tell whether an entry point or a router has TLS."""
        return any(point.part.has("http", "tls") is True for point in self.points) or any(
            route.tls is not None for route in self.known_routes()
        )

    def _named(self, protocol: str, *path: str) -> Iterator[str]:
        """Yield the qualified names that routers have at a path."""
        for provider, root in self.providers.items():
            for router in root.each(protocol, "routers"):
                name = router.text(*path)
                if isinstance(name, str) and name:
                    yield name.lower() if "@" in name else f"{name.lower()}@{provider}"

    def transports(self) -> Iterator[tuple[str, Part]]:
        """Yield the transports of dynamic configuration that a service names, with their qualified names."""
        for protocol in ("http", "tcp"):
            used = set(self._transports_named(protocol))
            for name, part in self.elements(protocol, "serverstransports"):
                if name.lower() in used or self._is_object(name):
                    yield name, part

    def _transports_named(self, protocol: str) -> Iterator[str]:
        for provider, root in self.providers.items():
            for service in root.each(protocol, "services"):
                name = service.text("loadbalancer", "serverstransport")
                if isinstance(name, str) and name:
                    yield name.lower() if "@" in name else f"{name.lower()}@{provider}"

    def targets(self) -> Iterator[Target]:
        """Yield the servers that services name by a known address."""
        named = set(self._named("http", "service"))
        for name, part in self.elements("http", "services"):
            for server in part.each("loadbalancer", "servers"):
                url = server.text("url")
                if not isinstance(url, str):
                    continue
                try:
                    parsed = urlsplit(url)
                    host = parsed.hostname
                except ValueError:
                    continue
                if host and parsed.scheme.lower() in {"http", "https", "h2c"}:
                    yield Target(
                        service=name,
                        scheme=parsed.scheme.lower(),
                        host=host,
                        at=server.where("url"),
                        is_used=name.lower() in named or bool(self.unknown),
                    )

    def serves_api(self) -> Iterator[Route]:
        """Yield the routers to the API and the dashboard; without the latter, none that names its path only."""
        dashboard = self.static.text("api", "dashboard")
        for route in self.known_routes():
            if route.service.lower() not in {"api@internal", "dashboard@internal"}:
                continue
            if dashboard != "false" or "/dashboard" not in route.rule or "/api" in route.rule:
                yield route

    def content(self) -> Iterator[Route]:
        """Yield the routers that hand requests to a service of somebody's, not to Traefik itself."""
        for route in self.known_routes():
            if not route.service.lower().endswith(_INTERNAL) and not route.redirects:
                yield route
