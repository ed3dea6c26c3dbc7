"""nginx as a fact: what its configuration means to a request."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property

from auditor.model.exposure import Exposure, Reach
from auditor.model.fact import Service
from auditor.model.linking import Upstream
from auditor.model.location import Location
from auditor.model.unknown import Unknown, known
from auditor.records import dataclass

from .levels import Level
from .listening import Listen
from .places import Place, Target, targets_of
from .tls import PER_NAME_SINCE, Protocols, Version, is_before, protocols_of

SocketKey = tuple[str, int, bool]


@dataclass(frozen=True, eq=False)
class VirtualServer:
    """A `server` block of the http or stream context with its sockets and places."""

    level: Level
    names: tuple[str, ...]
    listens: tuple[Listen, ...]
    places: tuple[Place, ...] = ()

    @property
    def at(self) -> Location:
        return self.level.at

    def __str__(self) -> str:
        name = next((name for name in self.names if name not in {"", "_"}), "")
        return f"the server {name}" if name else f"the server on {self.listens[0]}"

    @property
    def key(self) -> str:
        """What tells it from the other servers, in names."""
        return " ".join([*self.names[:1], *(str(listen) for listen in self.listens)])

    def keyed(self, *parts: object) -> str:
        return " ".join([self.key, *(str(part) for part in parts)])

    @property
    def cases(self) -> Iterator[Place]:
        """The places, each followed by the `if` blocks in it."""
        for place in self.places:
            yield place
            yield from place.cases


@dataclass(frozen=True, kw_only=True)
class Nginx(Service):
    """An nginx server. `servers` are those of the http context, `streams` those of the stream context.

    `exposures` says from where a port can be reached. `main` is the outermost level, for what stands outside http.
    """

    main: Level
    http: Level | None = None
    servers: tuple[VirtualServer, ...] | Unknown = ()
    streams: tuple[VirtualServer, ...] | Unknown = ()
    exposures: Mapping[int, Exposure] = field(default_factory=dict[int, Exposure])
    parsed_version: Version | None = None

    def hands_on(self) -> Iterable[Upstream]:
        from .handing import handed_on  # noqa: PLC0415  # it needs this class

        return handed_on(self)

    def reach(self, listen: Listen) -> Exposure:
        """Return from where a socket can be reached."""
        if listen.is_local:
            return Exposure(reach=Reach.LOOPBACK, reason=f"it listens on {listen} only", at=listen.at)
        return self.exposures.get(listen.port, self.exposure)

    def is_tls(self, listen: Listen) -> bool:
        """Tell whether a socket speaks TLS: `ssl` of one server holds for all that share the socket."""
        return listen.socket in self._tls_sockets

    @cached_property
    def _tls_sockets(self) -> frozenset[SocketKey]:
        return frozenset(listen.socket for server in self._all() for listen in server.listens if listen.is_tls)

    @cached_property
    def _by_socket(self) -> Mapping[SocketKey, tuple[VirtualServer, ...]]:
        found: dict[SocketKey, list[VirtualServer]] = {}
        for server in self._all():
            for socket in dict.fromkeys(listen.socket for listen in server.listens):
                found.setdefault(socket, []).append(server)
        return {socket: tuple(servers) for socket, servers in found.items()}

    def _all(self) -> Iterator[VirtualServer]:
        for servers in (self.servers, self.streams):
            if not isinstance(servers, Unknown):
                yield from servers

    def tls(self, server: VirtualServer) -> tuple[Listen, ...]:
        """Return the sockets of a server that speak TLS."""
        return tuple(listen for listen in server.listens if self.is_tls(listen))

    def plain(self, server: VirtualServer) -> tuple[Listen, ...]:
        """Return the sockets of a server without TLS that another host or container may reach."""
        return tuple(listen for listen in server.listens if not self.is_tls(listen) and not listen.is_local)

    def sharing(self, listen: Listen) -> tuple[VirtualServer, ...]:
        """Return the servers on one socket, in their order."""
        return self._by_socket[listen.socket]

    def default_of(self, listen: Listen) -> VirtualServer:
        """Return the server that answers on a socket where no name matches: the marked one, or else the first."""
        return self._defaults[listen.socket]

    @cached_property
    def _defaults(self) -> Mapping[SocketKey, VirtualServer]:
        found: dict[SocketKey, VirtualServer] = {socket: servers[0] for socket, servers in self._by_socket.items()}
        for server in reversed(tuple(self._all())):
            found |= {listen.socket: server for listen in server.listens if listen.is_default}
        return found

    def server_for(self, listen: Listen, host: str) -> VirtualServer | Unknown:
        """Return the server that answers on a socket for a host: by name, `*.name`, `name.*`, or the default."""
        sharing, host = self.sharing(listen), host.lower()
        if any(name.startswith("~") or "$" in name for server in sharing for name in server.names):
            return Unknown("a server name is a regular expression or a variable")
        best: tuple[int, int] = (0, 0)
        found = self.default_of(listen)
        for server in sharing:
            for name in server.names:
                rank = _rank(name.lower(), host)
                if rank > best:
                    best, found = rank, server
        return found

    def protocols(self, server: VirtualServer, listen: Listen) -> Protocols | Unknown:
        """Return what a client that asks for this server on this socket can negotiate."""
        own = protocols_of(server.level, self.parsed_version)
        deciding = self.default_of(listen)
        before = is_before(self.parsed_version, PER_NAME_SINCE)
        if deciding is server or before is False:
            return own
        default = protocols_of(deciding.level, self.parsed_version)
        if before or (isinstance(own, Protocols) and isinstance(default, Protocols) and own.names == default.names):
            return default
        return Unknown("which server's ssl_protocols count depends on the version of nginx, which is not known")

    @cached_property
    def upstreams(self) -> dict[str, Level]:
        """The `upstream` blocks by name."""
        contexts = [block for block in self.main.blocks if block.kind in {"http", "stream"}]
        found = [block for context in contexts for block in context.children("upstream")]
        return {str(block.words[0]): block for block in found if block.words and isinstance(block.words[0], str)}

    def targets(self, place: Place) -> tuple[Target, ...] | Unknown:
        """Return where a place hands requests to; empty if it answers them itself."""
        line = place.passes
        return () if line is None else targets_of(line, place.level, self.upstreams)

    def content_in_clear(self, server: VirtualServer) -> tuple[Place, ...]:
        """Return the places that answer requests without TLS with more than a redirect, a refusal or a fixed word."""
        root = Place(server.level, None)
        if not self.plain(server) or root.returns is not None or root.redirects or root.redirects_clear_text:
            return ()
        # Beside what certificate authorities ask for, a server without a root shows nothing but nginx's own page.
        is_for_challenges = any(place.is_challenge for place in server.places)
        return tuple(
            place for place in server.places if _shows_content(place) and not (is_for_challenges and place.is_bare)
        )

    def each_server(self) -> Sequence[VirtualServer]:
        """Return the servers of the http context, or end the check as not evaluated."""
        return known(self.servers)


def _shows_content(place: Place) -> bool:
    if place.is_internal or place.is_challenge or place.is_status or place.redirects or place.redirects_clear_text:
        return False
    access = place.access
    denied = not isinstance(access, Unknown) and access.denies_everybody and not access.any_suffices
    return place.returns is None and not denied


def _rank(name: str, host: str) -> tuple[int, int]:
    """Return how well a server name fits, the greater the better; (0, 0) if it does not."""
    if name == host and name:
        return (3, 0)
    if name.startswith(".") and (host == name[1:] or host.endswith(name)):
        return (3, 0) if host == name[1:] else (2, len(name))
    if name.startswith("*.") and host.endswith(name[1:]) and len(host) > len(name) - 1:
        return (2, len(name) - 1)
    if name.endswith(".*") and host.startswith(name[:-1]):
        return (1, len(name))
    return (0, 0)
