"""What clients of an entry point reach: routers with their TLS, middlewares and services.

Sources: Traefik 3.7, pkg/server/aggregator.go (an entry point's TLS and middlewares are added to routers, TLS where
they have none), pkg/provider/traefik/internal.go (routers of redirections, the API and the dashboard; one to an
entry point that is not there is dropped), documentation, "Routers" (priority: the rule's length; default entry points).
"""

import re
import sys
from collections.abc import Iterator, Mapping
from typing import Final

from auditor.model.exposure import Exposure
from auditor.model.location import Location
from auditor.model.numbers import is_whole_number, whole_number
from auditor.model.unknown import Unknown
from auditor.patterns import lazy
from auditor.records import dataclass

from .parts import Part

_CATCH_ALL: Final = lazy(
    r"(?:HostRegexp\([`\"'](?:\{\w+:)?\^?(?:\.[+*]|\(\.[+*]\))\$?\}?[`\"']\)|PathPrefix\([`\"']/[`\"']\))"
)
MAX_MIDDLEWARES: Final = 200
"""Most middlewares of one router, those in chains included; chains nest no deeper."""
HIGHEST: Final = sys.maxsize
LOGINS: Final = frozenset(
    {"basicauth", "digestauth", "forwardauth", "jwt", "oidc", "oauthintrospection", "ldap", "hmac"}
)
ADDRESSES: Final = frozenset({"ipallowlist", "ipwhitelist"})


@dataclass(frozen=True, kw_only=True)
class EntryPoint:
    """An address that Traefik listens on. `part` holds its options; `exposure` is from where it is reached."""

    name: str
    address: str
    host: str
    port: int
    at: Location
    part: Part
    exposure: Exposure
    is_internal: bool = False
    """Whether routers use it only if they name it."""

    def __str__(self) -> str:
        return f"the entry point {self.name} ({self.address})"


@dataclass(frozen=True, kw_only=True)
class Middleware:
    """A middleware as a router uses it; `kind` is its lower-case type, "" where it is not known."""

    name: str
    kind: str
    part: Part

    @property
    def asks_who(self) -> bool:
        """Whether it asks for a log-in, or lets in certain addresses only."""
        return self.kind in LOGINS or (self.kind in ADDRESSES and _narrows(self))


@dataclass(frozen=True, kw_only=True)
class Route:
    """A router at one entry point. `tls` holds its TLS options, None without TLS.

    `doubt` is why some of its middlewares are not known, "" if all are.
    """

    name: str
    provider: str
    point: EntryPoint
    at: Location
    tls: Part | None
    options: str
    """The qualified name of its TLS options."""
    middlewares: tuple[Middleware, ...]
    service: str
    rule: str
    priority: int
    doubt: str = ""

    def __str__(self) -> str:
        return f"{self.name}@{self.provider}"

    @property
    def redirects(self) -> bool:
        """Whether a middleware sends clients that come without TLS to https."""
        return any(_sends_to_https(each) for each in self.middlewares)

    @property
    def is_catch_all(self) -> bool:
        return _CATCH_ALL.fullmatch(self.rule.strip()) is not None


def _sends_to_https(middleware: Middleware) -> bool:
    if middleware.kind == "redirectscheme":
        return middleware.part.text("redirectscheme", "scheme") == "https"
    if middleware.kind == "redirectregex":
        target = middleware.part.text("redirectregex", "replacement")
        return isinstance(target, str) and target.startswith("https://")
    return False


def _narrows(middleware: Middleware) -> bool:
    ranges = middleware.part.words(middleware.kind, "sourcerange")
    return isinstance(ranges, Unknown) or not any(one in {"0.0.0.0/0", "::/0"} for one in ranges)


@dataclass(frozen=True)
class Router:
    """Makes routes of the routers of all providers."""

    points: tuple[EntryPoint, ...]
    providers: Mapping[str, Part]
    unknown: str

    def routes(self) -> Iterator[Route | Unknown]:
        """Yield each router at each of its entry points, those that a redirection hides left out.

        Unknown stands for a router whose entry points or TLS are not known.
        """
        found = [route for provider in self.providers for route in self._of_provider(provider)]
        hiding: dict[str, int] = {}
        for route in found:
            if isinstance(route, Route) and route.redirects and route.is_catch_all and route.tls is None:
                hiding[route.point.name] = max(route.priority, hiding.get(route.point.name, 0))
        for route in found:
            if isinstance(route, Unknown):
                yield route
                continue
            hidden = self._is_hidden(route, hiding)
            if isinstance(hidden, Unknown):
                yield hidden
            elif not hidden:
                yield route

    def _of_provider(self, provider: str) -> Iterator[Route | Unknown]:
        root = self.providers[provider]
        for router in root.each("http", "routers"):
            names = router.words("entrypoints")
            if isinstance(names, Unknown):
                yield Unknown(f"which entry points the router {router.name} uses is not known: {names.reason}")
                continue
            for point in self._points(names):
                yield self._route(router, provider, point)
        if gap := root.gap("http", "routers"):
            yield Unknown(gap)

    def _points(self, names: tuple[str, ...]) -> Iterator[EntryPoint]:
        if names:
            wanted = {name.lower() for name in names}
            yield from (point for point in self.points if point.name.lower() in wanted)
            return
        chosen = [point for point in self.points if point.part.is_on("asdefault") is True]
        yield from chosen or (point for point in self.points if not point.is_internal)

    def _route(self, router: Part, provider: str, point: EntryPoint) -> Route | Unknown:
        own = router.has("tls")
        general = point.part.has("http", "tls")
        if isinstance(own, Unknown):
            return Unknown(f"whether the router {router.name} has TLS is not known: {own.reason}")
        if not own and isinstance(general, Unknown):
            return Unknown(f"whether {point} has TLS is not known: {general.reason}")
        tls = router.find("tls") if own else point.part.find("http", "tls") if general is True else None
        above, below = point.part.words("http", "middlewares"), router.words("middlewares")
        names = [*(above if isinstance(above, tuple) else ()), *(below if isinstance(below, tuple) else ())]
        doubt = next((one.reason for one in (above, below) if isinstance(one, Unknown)), "")
        middlewares: list[Middleware] = []
        seen: set[str] = set()
        for name in names:
            doubt = self._expand(name, provider, middlewares, seen) or doubt
        rule = router.text("rule")
        rule = rule if isinstance(rule, str) else ""
        priority = router.text("priority")
        service = router.text("service")
        return Route(
            name=router.name,
            provider=provider,
            point=point,
            at=router.at,
            tls=tls if isinstance(tls, Part) else None,
            options=self._options(tls, provider if own else "internal"),
            middlewares=tuple(middlewares),
            service=service if isinstance(service, str) else "",
            rule=rule,
            priority=(whole_number(priority) if isinstance(priority, str) else None) or len(rule),
            doubt=doubt,
        )

    def guards(self, point: EntryPoint) -> bool | Unknown:
        """Return whether an entry point's own middlewares ask for a log-in, whatever the router."""
        names = point.part.words("http", "middlewares")
        if isinstance(names, Unknown):
            return names
        found: list[Middleware] = []
        doubt = ""
        seen: set[str] = set()
        for name in names:
            doubt = self._expand(name, "internal", found, seen) or doubt
        if any(each.asks_who for each in found):
            return True
        return Unknown(doubt) if doubt else False

    def _options(self, tls: Part | Unknown | None, provider: str) -> str:
        name = tls.text("options") if isinstance(tls, Part) else None
        if not isinstance(name, str) or name.lower() in {"", "default"}:
            return "default"
        return name.lower() if "@" in name else f"{name.lower()}@{provider}"

    def _expand(self, name: str, provider: str, into: list[Middleware], seen: set[str]) -> str:
        """Add a middleware, a chain's in order, each once; return why one is not known."""
        bare, _, origin = name.lower().partition("@")
        origin = origin or provider
        if f"{bare}@{origin}" in seen:
            return ""
        seen.add(f"{bare}@{origin}")
        root = self.providers.get(origin)
        part = root.find("http", "middlewares", bare) if root is not None else None
        if not isinstance(part, Part):
            return self.unknown or f"the middleware {name} is not in the scanned files"
        if len(seen) > MAX_MIDDLEWARES:
            return "it has too many middlewares"
        for kind in part.parts:
            if kind == "chain":
                inner = part.words("chain", "middlewares")
                if isinstance(inner, Unknown):
                    return inner.reason
                reasons = [self._expand(each, origin, into, seen) for each in inner]
                return next((reason for reason in reasons if reason), "")
            into.append(Middleware(name=part.name, kind=kind, part=part))
            if kind == "plugin":
                return f"what the plugin of the middleware {name} does is not known"
        return ""

    def redirection(self, point: EntryPoint) -> int | Unknown | None:
        """Return the priority of an entry point's redirection, None if it has none that Traefik heeds."""
        to = point.part.text("http", "redirections", "entrypoint", "to")
        if to is None or isinstance(to, Unknown):
            return to
        if not re.fullmatch(r":\d+", to) and all(other.name.lower() != to.lower() for other in self.points):
            return None
        scheme = point.part.text("http", "redirections", "entrypoint", "scheme")
        if isinstance(scheme, Unknown) or (scheme or "https") != "https":
            return scheme if isinstance(scheme, Unknown) else None
        priority = point.part.text("http", "redirections", "entrypoint", "priority")
        return int(priority) if isinstance(priority, str) and is_whole_number(priority) else HIGHEST - 1

    def _is_hidden(self, route: Route, hiding: Mapping[str, int]) -> bool | Unknown:
        """Tell whether clients without TLS are sent to https before they get to a router.

        `hiding` has the highest priority of routers for everything, by entry point, that do so.
        """
        if route.tls is not None:
            return False
        general = self.redirection(route.point)
        if isinstance(general, Unknown):
            return general
        if general is not None and general > route.priority:
            return True
        return hiding.get(route.point.name, 0) > route.priority
