"""What several checks of Kubernetes share."""

from auditor.api import lazy

_HOST = lazy(r"[a-z]+://(?:\[(?P<v6>[^\]]*)\]|(?P<host>[^:/,]*))")


def beyond_loopback(urls: str) -> list[str]:
    """Return those of a comma-separated list of URLs that are reachable from other hosts."""
    found: list[str] = []
    for url in urls.split(","):
        match = _HOST.match(url.strip())
        if match is None:
            continue
        host = match["v6"] if match["v6"] is not None else match["host"]
        if host not in {"localhost", "::1"} and not host.startswith("127."):
            found.append(url.strip())
    return found
