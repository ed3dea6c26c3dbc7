"""Memcached accepts TLS 1.0 or 1.1.

## Why it matters
Both versions were withdrawn in 2021 (RFC 8996): they rest on broken hashes and let an attacker force old ciphers.

## Bad
```text memcached.conf
-l 10.20.0.5
-S
-Z
-o ssl_chain_cert=/etc/memcached/server.crt,ssl_key=/etc/memcached/server.key
-o ssl_min_version=1  # <-
```

## Good
```text memcached.conf
-l 10.20.0.5
-S
-Z
-o ssl_chain_cert=/etc/memcached/server.crt,ssl_key=/etc/memcached/server.key
-o ssl_min_version=3
```

## Good: the default, and a later option
```text memcached.conf
-l 10.20.0.5
-S
-Z
-o ssl_min_version=0
-o ssl_chain_cert=/etc/memcached/server.crt,ssl_key=/etc/memcached/server.key
-o ssl_min_version=2
```

## Fix
Leave the option out, or ask for TLS 1.3:
```text
-o ssl_min_version=3
```

## References
- memcached 1.6 -h (ssl_min_version)
- RFC 8996, Deprecating TLS 1.0 and TLS 1.1 (2021)
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.memcached import Memcached


@check("memcached-old-tls", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=326)
def memcached_old_tls(cache: Memcached) -> Iterator[Diagnostic]:
    lowest = known(cache.text("-o ssl_min_version"))
    if known(cache.has_tls) and lowest in {"0", "1"}:
        yield fail(
            f"Memcached accepts TLS 1.{lowest}",
            at=cache.where("-o ssl_min_version"),
            severity=cache.exposure.scale(MEDIUM),
            expected="-o ssl_min_version=2",
        )
