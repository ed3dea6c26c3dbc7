"""What addresses lead to."""

import re

from auditor.api import Unknown, known, lazy

_HTTP = lazy(r"http://(?P<host>\[[^\]]*\]|[^/:?#]+)", re.IGNORECASE)
_LOCAL = frozenset({"localhost", "::1"})


def http_host(address: str | Unknown) -> str | None:
    """Return the host of a plain HTTP address, None for other addresses and the user's own machine."""
    found = _HTTP.match(known(address))
    if found is None:
        return None
    host = found["host"].strip("[]").lower()
    return None if host in _LOCAL or host.startswith("127.") else host
