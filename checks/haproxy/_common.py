"""What several checks of HAProxy ask."""

import re
from collections.abc import Iterable, Iterator
from itertools import product

from auditor.api import Exposure, Reach, Unknown, lazy
from auditor.technologies.haproxy import Bind, Haproxy, Outcome, Proxy, Request

_PROBE = lazy(
    r"acme-challenge|favicon|robots\.txt|health|ping\b|status|ready|live\b|metrics|monitor|stats", re.IGNORECASE
)
_ORDER = (
    Reach.PUBLISHED,
    Reach.HOST_NETWORK,
    Reach.UNKNOWN,
    Reach.CONTAINER_NETWORK,
    Reach.NAMED_PEERS,
    Reach.LOOPBACK,
)
Answer = tuple[Bind, Request, Outcome | Unknown]


def is_probe(path: str) -> bool:
    """Tell whether a path is, by its name, for probes of monitoring or of certificate authorities."""
    return _PROBE.search(path) is not None


def widest(haproxy: Haproxy, binds: Iterable[Bind]) -> Exposure:
    """Return the exposure of that address which most clients reach."""
    return min((haproxy.reach(bind) for bind in binds), key=lambda exposure: _ORDER.index(exposure.reach))


def asked(haproxy: Haproxy, frontend: Proxy, *, tls: bool | None = None) -> Iterator[Answer]:
    """Yield what a client on another host is answered, at each address, for paths and names that rules tell apart.

    The client has no password and no certificate.
    """
    for bind in haproxy.remote(frontend, tls=tls):
        port = bind.port if isinstance(bind.port, int) else None
        for host, path in product(haproxy.hosts(frontend), haproxy.paths(frontend)):
            request = Request(tls=bind.is_tls, path=path, host=host, port=port)
            for outcome in haproxy.answers(frontend, request):
                yield bind, request, outcome


def undecided(frontend: Proxy, answers: Iterable[Answer]) -> str:
    """Return why some answer is not known, "" if all are."""
    reasons = (answer.reason for _, _, answer in answers if isinstance(answer, Unknown))
    return next((f"what {frontend} answers is not known: {reason}" for reason in reasons), "")
