"""Any client of Memcached may empty it.

## Why it matters
`flush_all` drops every record of every application at once. People are logged out, and the databases behind the cache
get the whole load.

## Bad
```text memcached.conf
-l 10.20.0.5  # <-
-S
```

## Good
```text memcached.conf
-l 10.20.0.5
-S
-F
```

## Good: programs of the same host
```text memcached.conf
-l 127.0.0.1
```

## Fix
```text
-F
```

## References
- memcached 1.6 -h (-F)
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.memcached import Memcached


@check("memcached-flush-all", severity=LOW, control=Control.AVAILABILITY, cwe=749)
def memcached_flush_all(cache: Memcached) -> Iterator[Diagnostic]:
    if known(cache.addresses) and not cache.exposure.is_loopback and not known(cache.has("-F")):
        yield fail("Any client may empty the cache with flush_all", at=cache.where("-l"), expected="-F")
