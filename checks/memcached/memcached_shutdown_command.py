"""Any client may stop Memcached.

## Why it matters
`-A` adds the command `shutdown`. Whoever may connect ends the cache with one word: sessions are lost, and the databases
behind it get the whole load at once.

## Bad
```text memcached.conf
-l 127.0.0.1
-A  # <-
```

## Bad: by its long name
```yaml compose.yaml
services:
  cache:
    image: memcached:1.6
    command: ["--enable-shutdown", "-m", "128"]  # <-
```

## Good
```text memcached.conf
-l 127.0.0.1
```

## Fix
Take the option away:
```text
-l 127.0.0.1
```

## References
- memcached 1.6 -h (-A)
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.memcached import Memcached


@check(
    "memcached-shutdown-command", severity=MEDIUM, control=Control.AVAILABILITY, also=(Control.AUTHORIZATION,), cwe=749
)
def memcached_shutdown_command(cache: Memcached) -> Iterator[Diagnostic]:
    if known(cache.has("-A")):
        yield fail(
            "Any client may stop the cache with the command shutdown",
            at=cache.where("-A"),
            severity=cache.exposure.scale(MEDIUM),
            expected="no -A",
        )
