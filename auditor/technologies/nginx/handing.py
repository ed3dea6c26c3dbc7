"""What nginx hands on to other servers, and who gets through.

FastCGI and its like are left out: a client of nginx cannot speak them, so that it does not reach what listens there.
"""

from collections.abc import Iterator

from auditor.model.linking import Upstream
from auditor.model.unknown import Unknown

from .listening import Listen
from .places import Place, Target
from .service import Nginx, VirtualServer

_RELAYED = frozenset({"http", "https", "grpc", "grpcs"})


def handed_on(nginx: Nginx) -> Iterator[Upstream]:
    """Yield what each place of each server hands on to, for each socket by which clients come."""
    for server in () if isinstance(nginx.servers, Unknown) else nginx.servers:
        for place in server.places:
            for target in _known(nginx, place):
                if target.scheme in _RELAYED:
                    yield from _by_socket(nginx, server, place, target)
    for server in () if isinstance(nginx.streams, Unknown) else nginx.streams:
        place = Place(server.level, None)
        for target in _known(nginx, place):
            yield from _by_socket(nginx, server, place, target, relays=False)


def _known(nginx: Nginx, place: Place) -> list[Target]:
    if place.returns is not None or place.redirects:
        return []
    targets = nginx.targets(place)
    return [] if isinstance(targets, Unknown) else [each for each in targets if each.port and each.host != "unix:"]


def _by_socket(
    nginx: Nginx, server: VirtualServer, place: Place, target: Target, *, relays: bool = True
) -> Iterator[Upstream]:
    sends_to_tls = place.redirects_clear_text or Place(server.level, None).redirects_clear_text
    for listen in server.listens:
        is_tls = nginx.is_tls(listen)
        if listen.address.startswith("unix:") or (sends_to_tls and not is_tls):
            continue
        yield Upstream(
            host=target.host,
            port=target.port,
            at=target.line.at,
            reach=nginx.reach(listen),
            listens=listen.port,
            via=str(place.head) if place.head is not None else "",
            ends_tls=is_tls,
            encrypts=target.is_encrypted if relays else server.level.flag("proxy_ssl") is True,
            relays=relays,
            guarded=_is_guarded(server, place, listen, is_tls=is_tls),
        )


def _is_guarded(server: VirtualServer, place: Place, listen: Listen, *, is_tls: bool) -> bool:
    """Tell whether not everybody gets through, or only to one address, or whether that is not known."""
    access = place.access
    if isinstance(access, Unknown) or access.is_restricted or "quic" in listen.flags:
        return True
    if place.head is not None and (place.head.sign == "=" or bool(place.level.own("internal"))):
        return True
    return is_tls and server.level.text("ssl_verify_client", "off") == "on"
