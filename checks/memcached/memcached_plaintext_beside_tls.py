"""Memcached keeps an address without TLS open beside those with TLS.

## Why it matters
`notls:` takes TLS off one address. A client that uses it sends records in clear text, and nobody notices.

## Bad
```text memcached.conf
-l 10.20.0.5,notls:10.20.0.5:11212  # <-
-S
-Z
-o ssl_chain_cert=/etc/memcached/server.crt,ssl_key=/etc/memcached/server.key
```

## Good
```text memcached.conf
-l 10.20.0.5
-S
-Z
-o ssl_chain_cert=/etc/memcached/server.crt,ssl_key=/etc/memcached/server.key
```

## Good: for programs of the same host
```text memcached.conf
-l 10.20.0.5,notls:127.0.0.1:11212
-S
-Z
-o ssl_chain_cert=/etc/memcached/server.crt,ssl_key=/etc/memcached/server.key
```

## Fix
Take `notls:` away, or give it a loopback address:
```text
-l 10.20.0.5,notls:127.0.0.1:11212
```

## References
- memcached 1.6 -h (-l, notls)
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.memcached import Memcached


@check("memcached-plaintext-beside-tls", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def memcached_plaintext_beside_tls(cache: Memcached) -> Iterator[Diagnostic]:
    if not known(cache.has_tls):
        return
    for address in known(cache.plain_remote):
        yield fail(
            f"Memcached serves clients without TLS on port {address.port} of {address.host or 'all addresses'}",
            at=address.at,
            severity=cache.exposure.scale(MEDIUM),
            key=f"{address.host}:{address.port}",
            expected="no notls: before an address that other hosts reach",
        )
