"""Clients of Memcached may list the keys of everybody.

## Why it matters
`stats cachedump` and `lru_crawler metadump` give out all keys. With them a client fetches the sessions and records of
others, whose random keys were their only protection.

## Bad
```text memcached.conf
-l 10.20.0.5  # <-
-S
```

## Good
```text memcached.conf
-l 10.20.0.5
-S
-X
```

## Good: programs of the same host
```text memcached.conf
-l 127.0.0.1
```

## Fix
```text
-X
```

## References
- memcached 1.6 -h (-X)
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.memcached import Memcached


@check("memcached-keys-listed", severity=LOW, control=Control.INFORMATION_DISCLOSURE, cwe=749)
def memcached_keys_listed(cache: Memcached) -> Iterator[Diagnostic]:
    if known(cache.addresses) and not cache.exposure.is_loopback and not known(cache.has("-X")):
        yield fail("Clients may list all keys of the cache", at=cache.where("-l"), expected="-X")
