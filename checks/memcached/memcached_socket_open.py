"""Memcached lets every local user connect to its Unix socket.

## Why it matters
There is no log-in on a Unix socket: the mode of its file is the only protection. `-a 0777` lets each process of the host
read and change everything.

## Bad
```text memcached.conf
-s /run/memcached/memcached.sock
-a 0777  # <-
```

## Bad: the group bits are fine, the last digit is not
```text memcached.conf
-s /run/memcached/memcached.sock
-a 0762  # <-
```

## Good
```text memcached.conf
-s /run/memcached/memcached.sock
-a 0770
```

## Good: a mode without a socket
```text memcached.conf
-l 127.0.0.1
-a 0777
```

## Fix
```text
-a 0770
```

## References
- memcached 1.6 -h (-s, -a)
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.memcached import Memcached


@check("memcached-socket-open", severity=MEDIUM, control=Control.AUTHORIZATION, cwe=732)
def memcached_socket_open(cache: Memcached) -> Iterator[Diagnostic]:
    mode = known(cache.text("-a")) or ""
    # Connecting to a socket takes the right to write to it.
    if known(cache.has("-s")) and mode[-1:] in {"2", "3", "6", "7"}:
        yield fail(
            f"Mode {mode} of the Unix socket lets every local user connect",
            at=cache.where("-a"),
            expected="-a 0770",
        )
