"""What HAProxy hands on to the servers behind it, and who gets through."""

from collections.abc import Iterator
from typing import TypeGuard

from auditor.model.linking import Upstream
from auditor.model.numbers import whole_number
from auditor.model.unknown import Unknown

from .binds import Bind
from .outcomes import Kind, Outcome
from .probes import HOST, ORDINARY
from .proxies import Proxy
from .requests import Request
from .servers import Server
from .service import Haproxy

_TURNS_AWAY = frozenset({"reject", "silent-drop"})


def handed_on(haproxy: Haproxy) -> Iterator[Upstream]:
    """Yield what each frontend hands on to, for each address by which clients come."""
    for frontend in haproxy.proxies:
        mode = frontend.mode
        if not frontend.is_frontend or frontend.is_disabled is not False or mode not in {"http", "tcp"}:
            continue
        backends = _open_ones(haproxy, frontend) if mode == "http" else {}
        own = [frontend] if frontend.is_backend else []
        for backend in (*own, *(each for each in haproxy.backends_of(frontend) if each is not frontend)):
            for bind in haproxy.known_binds(frontend):
                if not isinstance(bind.port, int) or bind.is_socket_file:
                    continue
                guarded = bind.client_certificates == "required" and bind.is_tls
                if mode == "http":
                    guarded = guarded or backend not in backends.get(bind, ())
                else:
                    guarded = guarded or _may_turn_away(frontend) or _may_turn_away(backend)
                for server in haproxy.servers(backend):
                    if isinstance(server, Server) and not server.address.startswith(("unix@", "/", "abns")):
                        port = _port(server, bind.port)
                        if port:
                            yield _upstream(
                                haproxy, frontend, bind, server, port, relays=mode == "http", guarded=guarded
                            )


def _upstream(
    haproxy: Haproxy, frontend: Proxy, bind: Bind, server: Server, port: int, *, relays: bool, guarded: bool
) -> Upstream:
    assert isinstance(bind.port, int)
    return Upstream(
        host=server.host.removeprefix("ipv4@").removeprefix("ipv6@").strip("[]"),
        port=port,
        at=server.at,
        reach=haproxy.reach(bind),
        listens=bind.port,
        via=str(frontend),
        ends_tls=bind.is_tls,
        encrypts=server.is_tls,
        relays=relays,
        guarded=guarded,
    )


def _port(server: Server, listens: int) -> int:
    """Return a server's port: without one it is that by which the client came (configuration manual 2.6, `server`)."""
    _, colon, port = server.address.rpartition(":")
    if not colon or port.endswith("]"):
        return listens
    return whole_number(port) or 0


def _open_ones(haproxy: Haproxy, frontend: Proxy) -> dict[Bind, set[Proxy]]:
    """Return the backends that a request of a stranger gets to, whatever is not known, by the address it came to."""
    found: dict[Bind, set[Proxy]] = {}
    asked = [(path, HOST) for path in haproxy.paths(frontend)]
    asked += [(ORDINARY, host) for host in haproxy.hosts(frontend)]
    for bind in haproxy.known_binds(frontend):
        port = bind.port if isinstance(bind.port, int) else None
        for path, host in asked:
            for outcome in haproxy.answers(frontend, Request(tls=bind.is_tls, path=path, host=host, port=port)):
                if _passes(outcome) and outcome.backend is not None:
                    found.setdefault(bind, set()).add(outcome.backend)
    return found


def _passes(outcome: Outcome | Unknown) -> TypeGuard[Outcome]:
    return isinstance(outcome, Outcome) and outcome.kind is Kind.SERVERS and not outcome.doubts


def _may_turn_away(proxy: Proxy) -> bool:
    """Tell whether rules of a proxy that passes bytes on may keep somebody out."""
    return any(word in _TURNS_AWAY for line in proxy.all("tcp-request") for word in line.words)
