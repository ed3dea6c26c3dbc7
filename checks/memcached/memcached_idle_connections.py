"""Memcached keeps idle connections open forever.

## Why it matters
A connection that was logged in stays logged in. Left open it is a way in, and connections that nobody closes add up to
the limit of `-c`.

## Bad: the default
```text memcached.conf
-l 10.20.0.5
-S
```

## Bad
```text memcached.conf
-l 10.20.0.5
-S
-o idle_timeout=0  # <-
```

## Good
```text memcached.conf
-l 10.20.0.5
-S
-o modern,idle_timeout=900
```

## Fix
Close connections after a quarter of an hour without a command:
```text
-o idle_timeout=900
```

## References
- memcached 1.6 -h (idle_timeout)
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.memcached import Memcached


@check("memcached-idle-connections", severity=LOW, control=Control.SESSION_MANAGEMENT, cwe=613)
def memcached_idle_connections(cache: Memcached) -> Iterator[Diagnostic]:
    if cache.exposure.is_loopback or known(cache.authentication) is None:
        return  # without a log-in there is no session to end
    if (known(cache.text("-o idle_timeout")) or "0") == "0":
        yield fail(
            "Connections are never closed for being idle",
            at=cache.where("-o idle_timeout"),
            expected="-o idle_timeout=900",
        )
