"""Paths that a configuration treats differently, to ask for each what becomes of a request."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from auditor.model.unknown import HOLE
from auditor.patterns import lazy

from .proxies import Proxy
from .sections import Line

ORDINARY = "/records"
"""A path that stands for all that no rule names."""
HOST = "records.example"
_HOST = lazy(r"\.?[a-z0-9\-]+(?:\.[a-z0-9\-]+)+\.?|(?:www|api|app)\.", re.IGNORECASE)
_METHODS = ("path", "path_beg", "path_dir", "path_sub", "path_end", "url", "url_beg", "capture.req.uri", "base_beg")
_MOST = 60
_LEAST = 6
_MOST_LINES = 240_000
"""Paths asked for at each frontend, and lines that all these requests together pass; real files have fewer."""
_MOST_HOSTS = 12
"""Names of hosts asked for at each frontend."""


def paths_of(frontend: Proxy, proxies: Sequence[Proxy]) -> tuple[str, ...]:
    """Return an ordinary path, then those that rules of the frontend and of its backends name."""
    names = {word for line in frontend.lines if line.name in {"use_backend", "default_backend"} for word in line.words}
    lines = [line for proxy in proxies if proxy is frontend or proxy.name in names for line in proxy.lines]
    most = max(_LEAST, min(_MOST, _MOST_LINES // (len(lines) + 1)))
    found = chain((ORDINARY,), (path for line in lines for path in _named(line)))
    return tuple(islice(dict.fromkeys(found), most))


def hosts_of(frontend: Proxy) -> tuple[str, ...]:
    """Return an ordinary host, then those that the frontend's rules name."""
    words = [word for line in frontend.lines if any("hdr" in word for word in line.words) for word in line.words]
    found = [word for word in words if _HOST.fullmatch(word) and not word.startswith("-")]
    whole = [f"www{word}" if word.startswith(".") else word + "example" * word.endswith(".") for word in found]
    return tuple(dict.fromkeys((HOST, *whole)))[:_MOST_HOSTS]


def _named(line: Line) -> Iterator[str]:
    if line.starts("stats", "uri") or line.starts("monitor-uri"):
        yield line.words[-1]
        return
    if line.name == "stats":
        yield "/haproxy?stats"
        return
    if not any(word.startswith(_METHODS) for word in line.words):
        return
    for word in line.words:
        if word.startswith("/") and HOLE not in word:
            yield word
            yield f"{word.rstrip('/')}/records"
        elif word.startswith(".") and HOLE not in word:
            yield f"{ORDINARY}{word}"
