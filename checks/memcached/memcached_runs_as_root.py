"""Memcached runs as root.

## Why it matters
A fault in the server then gives away the whole host. It needs no right of root: its port is above 1024.

## Bad
```text memcached.conf
-l 127.0.0.1
-u root  # <-
```

## Good
```text memcached.conf
-l 127.0.0.1
-u memcache
```

## Good: a later option
```text memcached.conf
-l 127.0.0.1
-u root
-u memcache
```

## Fix
```text
-u memcache
```

## References
- memcached 1.6 -h (-u)
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.memcached import Memcached


@check("memcached-runs-as-root", severity=MEDIUM, control=Control.PRIVILEGE, cwe=250)
def memcached_runs_as_root(cache: Memcached) -> Iterator[Diagnostic]:
    if known(cache.text("-u")) in {"root", "0"}:
        yield fail("Memcached runs as root", at=cache.where("-u"), expected="-u memcache")
