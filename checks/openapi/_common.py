"""What several checks of APIs ask."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from auditor.api import key_words, lazy
from auditor.technologies.openapi import Operation

_OPEN_WORDS = frozenset(
    "health healthz healthcheck live livez liveness ready readyz readiness ping status version info metrics heartbeat up "
    "login logout signin signup register registration token oauth oauth2 auth authenticate authorize callback session "
    "forgot reset recover verify activate captcha docs openapi swagger metadata jwks robots favicon public webhook "
    "webhooks".split()
)
_LOOPBACK = lazy(r"localhost|.*\.localhost|127\.\d+\.\d+\.\d+|::1|0\.0\.0\.0")


def is_meant_to_be_open(operation: Operation) -> bool:
    """Tell whether an operation has to answer everybody: health, log-in, documentation."""
    return (
        operation.path == "/" or "/.well-known" in operation.path or not _OPEN_WORDS.isdisjoint(_words(operation.path))
    )


def _words(path: str) -> set[str]:
    return {word for part in path.split("/") if not part.startswith("{") for word in key_words(part)}


def listed(operations: Iterable[Operation], most: int = 3) -> str:
    """Return the first operations and how many more there are."""
    labels = [operation.label for operation in operations]
    more = len(labels) - most
    return ", ".join(labels[:most]) + (f" and {more} more" if more > 0 else "")


def clear_host(url: str) -> str | None:
    """Return the host of an address with http, None for https, for a relative one and for this computer."""
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "ws"} or not host or _LOOPBACK.fullmatch(host):
        return None
    return host
