"""Listeners with their filter chains and HTTP connection managers, and clusters.

Sources: Envoy 1.36 API, listener.proto, http_connection_manager.proto, route_components.proto (`require_tls`: ALL sends
every client without TLS to https, EXTERNAL_ONLY those of other networks), cluster.proto.
"""

import re
from collections.abc import Iterator
from typing import Final

from auditor.formats.tree import Mapping as Tree
from auditor.formats.tree import Sequence
from auditor.model.exposure import Exposure
from auditor.model.location import Location
from auditor.model.numbers import whole_number
from auditor.model.unknown import Unknown
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.common.configured import is_loopback

from .fields import field_of, is_on, is_open, message_at, messages, place_of, text_at, type_of
from .transport import Tls, tls_of

_FAILED: Final = 400
_PROBE: Final = lazy(r"acme-challenge|health|ready|live\b|ping\b|status|stats|metrics|robots\.txt|favicon", re.I)


@dataclass(frozen=True, kw_only=True)
class Route:
    """One route of a virtual host. `kind` is what becomes of a request: route, redirect, answer, other."""

    path: str
    kind: str
    clusters: tuple[str, ...]
    tree: Tree
    at: Location

    @property
    def is_probe(self) -> bool:
        """Whether it is, by its path, for probes of monitoring or of certificate authorities."""
        return _PROBE.search(self.path) is not None

    @property
    def taken(self) -> tuple[str | None, str | None]:
        """With what begin, and which are, the paths of which no request gets past this route."""
        match = message_at(self.tree, "match")
        if (
            match is None
            or match.open
            or len(match) != 1
            or text_at(match, *(key.text for key, _ in match)) != self.path
        ):
            return None, None
        if field_of(match, "prefix") is not None:
            return ("" if self.path == "/" else self.path), None
        if field_of(match, "path") is not None:
            return None, self.path
        return (f"{self.path}/", self.path) if field_of(match, "path_separated_prefix") is not None else (None, None)

    @property
    def sends_to_https(self) -> bool:
        redirect = message_at(self.tree, "redirect")
        scheme = text_at(redirect, "scheme_redirect")
        return is_on(redirect, "https_redirect") is not False or isinstance(scheme, Unknown) or scheme == "https"


@dataclass(frozen=True, kw_only=True)
class VirtualHost:
    """Routes of some host names."""

    name: str
    tree: Tree
    routes: tuple[Route, ...]
    at: Location

    @property
    def reachable(self) -> tuple[Route, ...]:
        """The routes without those behind one that takes all their requests: the first that matches is the one."""
        found: list[Route] = []
        prefixes: dict[int, set[str]] = {}
        exact: set[str] = set()

        def is_taken(path: str) -> bool:
            return any(path[:length] in known for length, known in prefixes.items())

        for route in self.routes:
            match, path = message_at(route.tree, "match"), route.path
            taken = is_taken(path)
            if field_of(match, "path") is not None:
                taken = taken or path in exact
            elif field_of(match, "path_separated_prefix") is not None:
                taken = (taken or path in exact) and is_taken(f"{path}/")
            if taken:
                continue
            found.append(route)
            prefix, whole = route.taken
            if prefix is not None:
                prefixes.setdefault(len(prefix), set()).add(prefix)
            if whole is not None:
                exact.add(whole)
        return tuple(found)

    @property
    def requires_tls(self) -> bool | Unknown:
        value = text_at(self.tree, "require_tls")
        return value if isinstance(value, Unknown) else value in {"ALL", "EXTERNAL_ONLY"}


@dataclass(frozen=True, kw_only=True)
class Manager:
    """An HTTP connection manager. `gap` is why its routes are not known, "" if they are."""

    config: Tree
    at: Location
    hosts: tuple[VirtualHost, ...]
    gap: str = ""

    def filters(self, kind: str) -> Iterator[Tree]:
        """Yield the settings of the HTTP filters of one kind that are not switched off."""
        yield from (config for _, config in self._filters(kind))

    def names(self, kind: str) -> Iterator[str]:
        """Yield the names of those filters: what settings of virtual hosts and routes are looked up by."""
        for tree, _ in self._filters(kind):
            name = text_at(tree, "name")
            if isinstance(name, str):
                yield name

    def _filters(self, kind: str) -> Iterator[tuple[Tree, Tree]]:
        for each in messages(self.config, "http_filters"):
            config = message_at(each, "typed_config")
            if type_of(each) == kind and config is not None and is_on(each, "disabled") is False:
                yield each, config

    def has_filter(self, kind: str) -> bool:
        return next(self.filters(kind), None) is not None

    @property
    def records(self) -> str | Unknown:
        """Of which requests it keeps a record: all, failed, none."""
        node = field_of(self.config, "access_log")
        if (node is None and self.config.open) or (isinstance(node, Sequence) and node.open):
            return Unknown("template expressions may add an access log")
        logs = list(messages(self.config, "access_log"))
        if not logs:
            return "none"
        return "failed" if all(_takes_failed_only(each) for each in logs) else "all"


@dataclass(frozen=True, kw_only=True)
class Chain:
    """A filter chain with its TLS."""

    tls: Tls | Unknown | None
    managers: tuple[Manager, ...]
    at: Location
    forwards: tuple[str, ...] = ()
    """The clusters that a TCP proxy passes bytes on to."""


@dataclass(frozen=True, kw_only=True)
class Listener:
    """An address that Envoy listens on. `is_local` tells whether other hosts cannot reach it."""

    name: str
    host: str
    port: int
    at: Location
    chains: tuple[Chain, ...]
    exposure: Exposure

    @property
    def place(self) -> str:
        """On which port it listens, in words; 0 stands for one that a template or variable supplies."""
        return f"port {self.port}" if self.port else "a port that is not known"

    def __str__(self) -> str:
        return f"the listener {self.name} ({self.place})"


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """Servers that requests are handed to."""

    name: str
    tree: Tree
    hosts: tuple[str, ...]
    tls: Tls | Unknown | None
    at: Location
    hosts_at: Location
    endpoints: tuple[tuple[str, int], ...] = ()
    """Hosts with their ports, as far as both are known."""

    @property
    def remote(self) -> tuple[str, ...]:
        """The hosts that are not this one."""
        return tuple(host for host in self.hosts if not is_loopback(host))

    @property
    def checks_name_by_itself(self) -> bool:
        """Whether options of HTTP make the name that a request is for be looked at in the certificate."""
        options = message_at(self.tree, "typed_extension_protocol_options")
        for _, each in options or ():
            if is_on(each, "upstream_http_protocol_options", "auto_san_validation") is not False:
                return True
        return is_on(self.tree, "upstream_http_protocol_options", "auto_san_validation") is not False


def _takes_failed_only(log: Tree) -> bool:
    """Tell whether an access log's filter lets through only requests with statuses from 400 on."""
    comparison = message_at(log, "filter", "status_code_filter", "comparison")
    bound = text_at(comparison, "value", "default_value")
    least = whole_number(bound) if isinstance(bound, str) else None
    return text_at(comparison, "op") == "GE" and least is not None and least >= _FAILED


def managers_of(chain: Tree) -> Iterator[Manager]:
    """Yield the HTTP connection managers of a filter chain."""
    for each in messages(chain, "filters"):
        config = message_at(each, "typed_config")
        if type_of(each) == "HttpConnectionManager" and config is not None:
            yield _manager(config, place_of(each, "typed_config"))


def _manager(config: Tree, at: Location) -> Manager:
    routes = message_at(config, "route_config")
    hosts = tuple(_host(each) for each in messages(routes, "virtual_hosts"))
    gap = ""
    if routes is None:
        gap = "its routes are fetched from elsewhere"
    elif field_of(routes, "vhds") is not None:
        gap = "virtual hosts are fetched from elsewhere"
    elif is_open(routes, "virtual_hosts") or any(is_open(each.tree, "routes") for each in hosts):
        gap = "template expressions may add routes"
    return Manager(config=config, at=at, hosts=hosts, gap=gap)


def _host(tree: Tree) -> VirtualHost:
    name = text_at(tree, "name")
    return VirtualHost(
        name=name if isinstance(name, str) else "",
        tree=tree,
        routes=tuple(_route(each) for each in messages(tree, "routes")),
        at=place_of(tree, "name"),
    )


def _route(tree: Tree) -> Route:
    match = message_at(tree, "match")
    names = ("prefix", "path", "path_separated_prefix")
    paths = [value for value in (text_at(match, name) for name in names) if isinstance(value, str)]
    kinds = {"route": "route", "redirect": "redirect", "direct_response": "answer"}
    kind = next((what for name, what in kinds.items() if field_of(tree, name) is not None), "other")
    action = message_at(tree, "route")
    found = [text_at(action, "cluster")]
    found += [text_at(each, "name") for each in messages(action, "weighted_clusters", "clusters")]
    clusters = tuple(name for name in found if isinstance(name, str))
    return Route(path=paths[0] if paths else "", kind=kind, clusters=clusters, tree=tree, at=place_of(tree, "match"))


def chains_of(listener: Tree) -> Iterator[Chain]:
    """Yield the filter chains of a listener, the default one at the end."""
    default = message_at(listener, "default_filter_chain")
    for each in (*messages(listener, "filter_chains"), *((default,) if default is not None else ())):
        yield Chain(tls=tls_of(each), managers=tuple(managers_of(each)), at=each.at, forwards=tuple(_forwards(each)))


def _forwards(chain: Tree) -> Iterator[str]:
    """Yield the clusters of the TCP proxies of a filter chain, if no other filter stands before them."""
    filters = list(messages(chain, "filters"))
    config = message_at(filters[0], "typed_config") if len(filters) == 1 else None
    if config is not None and type_of(filters[0]) == "TcpProxy":
        named = [text_at(config, "cluster")]
        named += [text_at(each, "name") for each in messages(config, "weighted_clusters", "clusters")]
        yield from (name for name in named if isinstance(name, str))


def cluster_of(tree: Tree) -> Cluster:
    """Return a cluster with the addresses of its endpoints that are known."""
    name = text_at(tree, "name")
    hosts: list[str] = []
    endpoints: list[tuple[str, int]] = []
    at = place_of(tree, "load_assignment")
    for group in messages(tree, "load_assignment", "endpoints"):
        for each in messages(group, "lb_endpoints"):
            address = message_at(each, "endpoint", "address", "socket_address")
            host = text_at(address, "address")
            if isinstance(host, str) and address is not None:
                at = at if hosts else place_of(address, "address")
                hosts.append(host)
                port = text_at(address, "port_value")
                number = whole_number(port) if isinstance(port, str) else None
                endpoints += [] if number is None else [(host, number)]
    return Cluster(
        name=name if isinstance(name, str) else "",
        tree=tree,
        hosts=tuple(hosts),
        tls=tls_of(tree),
        at=place_of(tree, "name"),
        hosts_at=at,
        endpoints=tuple(endpoints),
    )
