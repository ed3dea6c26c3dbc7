"""Memcached serves clients of other hosts without TLS.

## Why it matters
Cached records, sessions and passwords cross the network readable and changeable for anybody on the path. TLS is off
until `-Z` is given.

## Bad
```text memcached.conf
-l 10.20.0.5  # <-
-S
```

## Bad: a published port
```yaml compose.yaml
services:
  cache:
    image: memcached:1.6  # <-
    ports: ["11211:11211"]
```

## Good
```text memcached.conf
-l 10.20.0.5
-S
-Z
-o ssl_chain_cert=/etc/memcached/server.crt,ssl_key=/etc/memcached/server.key
```

## Good: no remote client
```text memcached.conf
-l 127.0.0.1,::1
-S
```

## Fix
```text
-Z
-o ssl_chain_cert=/etc/memcached/server.crt,ssl_key=/etc/memcached/server.key
```

## References
- memcached 1.6 documentation, TLS: https://docs.memcached.org/features/tls/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.memcached import Memcached


@check("memcached-no-tls", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def memcached_no_tls(cache: Memcached) -> Iterator[Diagnostic]:
    if known(cache.plain_remote) and not known(cache.has_tls):
        yield fail(
            f"Memcached serves clients without TLS; {cache.exposure.reason}",
            at=cache.where("-l"),
            severity=cache.exposure.scale(HIGH),
            expected="-Z with a certificate",
        )
