"""Memcached listens on every address of its host.

## Why it matters
Every network that the host is on, also one added later, reaches the cache; only the password stands before the data.
Containers listen on all of their own addresses as a rule, so this looks at servers on a host and at host networking.

## Bad: no address
```text memcached.conf
-m 64
-S
```

## Bad
```text memcached.conf
-l 127.0.0.1,0.0.0.0  # <-
-S
```

## Good
```text memcached.conf
-l 127.0.0.1,10.20.0.5
-S
```

## Good: the cache has no TCP port
```text memcached.conf
-s /run/memcached/memcached.sock
```

## Fix
List the addresses that clients use:
```text
-l 127.0.0.1,10.20.0.5
```

## References
- memcached 1.6 -h (-l)
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, Reach, check, fail, known
from auditor.technologies.memcached import Memcached


@check("memcached-binds-all-interfaces", severity=LOW, control=Control.NETWORK_EXPOSURE, cwe=1327)
def memcached_binds_all_interfaces(cache: Memcached) -> Iterator[Diagnostic]:
    if cache.exposure.reach is not Reach.HOST_NETWORK or known(cache.authentication) is None:
        return  # without a password, memcached-no-authentication says more
    if any(address.is_any for address in known(cache.addresses)):
        yield fail(
            "Memcached listens on every address of its host",
            at=cache.where("-l"),
            expected="-l with the addresses that clients use",
        )
