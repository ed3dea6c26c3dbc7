"""What Apache hands on to other servers by ProxyPass, and who gets through.

FastCGI, AJP and their like are left out: a client of Apache cannot speak them, so that it does not reach what listens.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from auditor.model.linking import Upstream
from auditor.model.unknown import Unknown

from .mapping import Upstream as Passed
from .service import Apache
from .site import Site

_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443, "h2": 443, "h2c": 80}


def handed_on(apache: Apache) -> Iterator[Upstream]:
    """Yield what each site hands on to, for each address by which clients come."""
    for site in apache.sites:
        for passed in site.upstreams:
            if not isinstance(passed, Unknown) and "|" not in passed.url:
                yield from _of(apache, site, passed)


def _of(apache: Apache, site: Site, passed: Passed) -> Iterator[Upstream]:
    try:
        parts = urlsplit(passed.url)
        port = parts.port or _PORTS.get(parts.scheme.lower(), 0)
    except ValueError:
        return
    if not parts.hostname or not port or parts.scheme.lower() not in _PORTS or "$" in parts.netloc:
        return
    guarded = (
        site.tls not in {True, False}
        or not passed.path
        or site.page(passed.path).is_open(tls=site.tls is True) is not True
        or site.redirect is not None
        or site.word("sslverifyclient", "none") not in {"none", "optional", "optional_no_ca"}
    )
    for endpoint in site.host.endpoints:
        if endpoint.port is not None:
            yield Upstream(
                host=parts.hostname,
                port=port,
                at=passed.at,
                reach=apache.reach(endpoint),
                listens=endpoint.port,
                via=f"{site.host.name}{passed.path}" if site.host.own is not None else f"path {passed.path}",
                ends_tls=site.tls is True,
                encrypts=parts.scheme.lower() in {"https", "wss", "h2"},
                guarded=guarded,
            )
