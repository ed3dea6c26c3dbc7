"""Redis writes nothing to disk.

## Why it matters
Neither an append-only file nor snapshots are configured, so a restart or a crash loses everything. That is right for a
cache that can be filled again. If this holds anything but a cache (appointments, device readings, sessions, queues), it
is lost.

## Bad
```text redis.conf
bind 127.0.0.1
appendonly no
save ""  # <-
```

## Bad: a flag takes the snapshots away
```yaml compose.yaml
services:
  queue:
    image: redis:7.2
    command: redis-server --save "" --requirepass sample-only-not-a-real-password  # <-
```

## Good: an append-only file
```text redis.conf
bind 127.0.0.1
appendonly yes
save ""
```

## Good: a later line switches snapshots on again
```text redis.conf
bind 127.0.0.1
save ""
save 900 1
```

## Good: the snapshots of a container without a configuration
```yaml compose.yaml
services:
  queue:
    image: redis:7.2
```

## Fix
Log every write, unless it is only a cache.
```text
appendonly yes
appendfsync everysec
```

## References
- Redis 8.0 manual, Persistence: https://redis.io/docs/latest/operate/oss_and_stack/management/persistence/
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.redis import Redis

from ._common import is_cache


@check("redis-no-persistence", severity=MEDIUM, control=Control.DURABILITY, also=(Control.BACKUP,))
def redis_no_persistence(redis: Redis) -> Iterator[Diagnostic]:
    if not known(redis.keeps_data) and known(redis.primary) is None:
        yield fail(
            f"{redis.label} loses all data at a restart; if it holds anything but a cache, records are lost",
            at=redis.where("save") if redis.is_set("save") else redis.where("appendonly"),
            severity=LOW if is_cache(redis) else MEDIUM,
            expected="appendonly yes, unless it is a cache",
        )
