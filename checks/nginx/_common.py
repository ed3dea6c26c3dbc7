"""What several checks of nginx ask."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from auditor.api import Diagnostic, Exposure, Reach, Unknown, each_decided, lazy
from auditor.technologies.nginx import Listen, Nginx, Place, VirtualServer

TLS_PORTS = frozenset({443, 8443})
"""Ports on which clients expect TLS."""
SECURITY_HEADERS = {
    "strict-transport-security": "Strict-Transport-Security",
    "content-security-policy": "Content-Security-Policy",
    "x-frame-options": "X-Frame-Options",
    "x-content-type-options": "X-Content-Type-Options",
}
_ASSET = lazy(
    r"favicon|robots|\b(?:css|js|png|jpe?g|gif|ico|svg|woff2?|ttf|webp|map)\b|static|assets|images|fonts|health|ping"
    r"|status|ready|live|metrics",
    re.IGNORECASE,
)


def is_asset(place: Place) -> bool:
    """Tell whether a place is, by its path, for parts of pages or for probes of monitoring."""
    return place.head is not None and _ASSET.search(place.path) is not None


def answering(server: VirtualServer) -> Iterator[Place]:
    """Yield the places that a client may ask for and that answer with content."""
    for place in server.places:
        if not place.is_internal and place.returns is None and not place.redirects:
            yield place


def each_place_decided(
    nginx: Nginx,
    places: Callable[[VirtualServer], Iterable[Place]],
    judge: Callable[[VirtualServer, Place], Iterator[Diagnostic]],
) -> Iterator[Diagnostic]:
    """Yield what is said of each place of each server; one that is not decided does not hide the others."""
    for server in nginx.each_server():
        yield from each_decided(places(server), partial(judge, server))


def widest(nginx: Nginx, listens: tuple[Listen, ...]) -> Exposure:
    """Return the exposure of that socket which most clients reach."""
    order = [Reach.PUBLISHED, Reach.HOST_NETWORK, Reach.UNKNOWN, Reach.CONTAINER_NETWORK, Reach.LOOPBACK]
    return min((nginx.reach(listen) for listen in listens), key=lambda exposure: order.index(exposure.reach))


def needs_login(place: Place) -> bool:
    """Tell whether nobody gets in here without logging in; False where that is not known."""
    access = place.access
    return not isinstance(access, Unknown) and access.needs_login
