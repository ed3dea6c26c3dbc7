"""Memcached writes cached records to disk in clear text.

## Why it matters
With `ext_path` values go to a file, and `-e` maps all memory into one. A cache has no encryption at rest: what was meant
to be forgotten stays on the disk, and in its copies.

## Bad
```text memcached.conf
-l 127.0.0.1
-o ext_path=/var/cache/memcached/data:5G  # <-
```

## Bad: memory in a file
```yaml compose.yaml
services:
  cache:
    image: memcached:1.6
    command:
      - memcached
      - --memory-file=/data/cache  # <-
```

## Good
```text memcached.conf
-l 127.0.0.1
-o idle_timeout=900
```

## Good: a file in memory
```text memcached.conf
-l 127.0.0.1
-e /dev/shm/cache
```

## Fix
Keep records in memory, or put the file on an encrypted volume and note that decision:
```text
-m 1024
```

## References
- memcached 1.6 documentation, Flash storage: https://docs.memcached.org/features/flashstorage/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Confidence, Control, Diagnostic, check, fail, known
from auditor.technologies.memcached import Memcached

_IN_MEMORY = ("/dev/shm/", "/run/", "/tmpfs/")  # noqa: S108  # compared with, not written to


@check("memcached-disk-in-clear", severity=MEDIUM, control=Control.ENCRYPTION_AT_REST, cwe=311)
def memcached_disk_in_clear(cache: Memcached) -> Iterator[Diagnostic]:
    for name in ("-o ext_path", "-e"):
        path = known(cache.text(name))
        if path and not path.startswith(_IN_MEMORY):
            yield fail(
                "Memcached writes cached records to a file without encryption",
                at=cache.where(name),
                confidence=Confidence.MEDIUM,
                key=name,
                expected="records in memory, or a file on an encrypted volume",
            )
