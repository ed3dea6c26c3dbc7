"""Redis loses acknowledged writes in a crash.

## Why it matters
With `appendfsync no` a crash of the host loses up to half a minute of acknowledged writes; with
`no-appendfsync-on-rewrite yes` the same happens while the file is rewritten. If this holds anything but a cache, records
that users believe stored are gone.

## Bad
```text redis.conf
bind 127.0.0.1
appendonly yes
appendfsync no  # <-
```

## Bad: during a rewrite
```text redis.conf
bind 127.0.0.1
appendonly yes
no-appendfsync-on-rewrite yes  # <-
```

## Good
```text redis.conf
bind 127.0.0.1
appendonly yes
appendfsync everysec
```

## Good: there is no append-only file to sync
```text redis.conf
bind 127.0.0.1
appendonly no
appendfsync no
```

## Fix
Sync at least every second.
```text
appendfsync everysec
no-appendfsync-on-rewrite no
```

## References
- Redis 8.0 manual, Persistence: https://redis.io/docs/latest/operate/oss_and_stack/management/persistence/
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.redis import Redis


@check("redis-appendonly-not-synced", severity=MEDIUM, control=Control.DURABILITY)
def redis_appendonly_not_synced(redis: Redis) -> Iterator[Diagnostic]:
    if not known(redis.flag("appendonly")):
        return
    if known(redis.text("appendfsync")) == "no":
        yield fail(
            f"{redis.label} loses acknowledged writes in a crash: the system decides when they reach the disk",
            at=redis.where("appendfsync"),
            key="appendfsync",
            expected="appendfsync everysec",
        )
    elif known(redis.flag("no-appendfsync-on-rewrite")):
        yield fail(
            f"{redis.label} loses acknowledged writes in a crash while it rewrites the append-only file",
            at=redis.where("no-appendfsync-on-rewrite"),
            severity=LOW,
            key="no-appendfsync-on-rewrite",
            expected="no-appendfsync-on-rewrite no",
        )
