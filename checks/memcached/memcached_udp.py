"""Memcached answers over UDP.

## Why it matters
Anybody can send a small request with a false sender, and the cache sends up to 50,000 times as much to the victim: the
largest floods ever measured were made this way. UDP has no log-in, whatever is set for TCP.

## Bad
```text memcached.conf
-l 10.20.0.5
-U 11211  # <-
```

## Bad: on by default up to 1.5.5
```yaml compose.yaml
services:
  cache:
    image: memcached:1.4.39  # <-
    ports: ["11211:11211"]
```

## Good: the default since 1.5.6
```text memcached.conf
-l 10.20.0.5
```

## Good: a later option
```text memcached.conf
-l 10.20.0.5
-U 11211
-U 0
```

## Fix
```text
-U 0
```

## References
- memcached 1.5.6 release notes (UDP is off by default): https://github.com/memcached/memcached/wiki/ReleaseNotes156
- CVE-2018-1000115
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.memcached import Memcached


@check("memcached-udp", severity=HIGH, control=Control.NETWORK_EXPOSURE, also=(Control.AVAILABILITY,), cwe=406)
def memcached_udp(cache: Memcached) -> Iterator[Diagnostic]:
    ports = known(cache.udp_ports)
    if ports and not cache.exposure.is_loopback:
        yield fail(
            f"Memcached answers requests over UDP on port {ports[0]}; {cache.exposure.reason}",
            at=cache.where("-U"),
            severity=cache.exposure.scale(HIGH),
            expected="-U 0",
        )
