"""Memcached writes its memory to disk when it crashes.

## Why it matters
`-r` raises the limit of core files as far as it goes: after a crash every cached record, sessions and patients' data
among them, lies in a file that nobody deletes.

## Bad
```text memcached.conf
-l 127.0.0.1
-r  # <-
```

## Good
```text memcached.conf
-l 127.0.0.1
```

## Good: the letter belongs to another option's value
```text memcached.conf
-l 127.0.0.1
-u -r
```

## Fix
Take the option away:
```text
-l 127.0.0.1
```

## References
- memcached 1.6 -h (-r)
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.memcached import Memcached


@check("memcached-core-dumps", severity=LOW, control=Control.INFORMATION_DISCLOSURE, cwe=528)
def memcached_core_dumps(cache: Memcached) -> Iterator[Diagnostic]:
    if known(cache.has("-r")):
        yield fail(
            "Memcached writes all cached records to disk when it crashes", at=cache.where("-r"), expected="no -r"
        )
