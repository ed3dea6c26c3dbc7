"""Redis keeps data on disk and yet throws keys away when memory is full.

## Why it matters
An append-only file says that the data matters; an `allkeys-*` policy deletes any key, without a trace, once `maxmemory`
is reached. If this holds anything but a cache, records vanish silently.

## Bad
```text redis.conf
bind 127.0.0.1
appendonly yes
maxmemory 1gb
maxmemory-policy allkeys-lru  # <-
```

## Good: writes are refused instead
```text redis.conf
bind 127.0.0.1
appendonly yes
maxmemory 1gb
maxmemory-policy noeviction
```

## Good: no limit, so nothing is thrown away
```text redis.conf
bind 127.0.0.1
appendonly yes
maxmemory 0
maxmemory-policy allkeys-lru
```

## Good: a plain cache
```text redis.conf
bind 127.0.0.1
appendonly no
maxmemory 1gb
maxmemory-policy allkeys-lru
```

## Fix
Refuse writes when memory is full, and watch the memory:
```text
maxmemory-policy noeviction
```

## References
- Redis 8.0 manual, Key eviction: https://redis.io/docs/latest/develop/reference/eviction/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.redis import Redis


@check("redis-evicts-kept-data", severity=MEDIUM, control=Control.DURABILITY)
def redis_evicts_kept_data(redis: Redis) -> Iterator[Diagnostic]:
    policy = known(redis.text("maxmemory-policy"))
    if policy.startswith("allkeys") and known(redis.number("maxmemory")) and known(redis.flag("appendonly")):
        yield fail(
            f"{policy} deletes any key once memory is full, although the data is kept on disk",
            at=redis.where("maxmemory-policy"),
            expected="maxmemory-policy noeviction, unless it is a cache",
        )
