"""Redis runs in a version that gets no more security fixes.

## Why it matters
Holes that are found in a version without support stay open, and how to use them is published with the fix of the newer
versions. Redis names the versions it mends in SECURITY.md; before 6.2, and in 7.0, it mends nothing.

## Bad
```yaml compose.yaml
services:
  cache:
    image: redis:6.0-alpine  # <-
    command: redis-server --requirepass ${REDIS_PASSWORD:?}
```

## Bad: the series between two that are mended
```yaml compose.yaml
services:
  cache:
    image: redis:7.0.15  # <-
    command: redis-server --requirepass ${REDIS_PASSWORD:?}
```

## Good
```yaml compose.yaml
services:
  cache:
    image: redis:7.4-alpine
    command: redis-server --requirepass ${REDIS_PASSWORD:?}
```

## Good: a tag that can be any version of the series
```yaml compose.yaml
services:
  cache:
    image: redis:7-alpine
    command: redis-server --requirepass ${REDIS_PASSWORD:?}
```

## Fix
Take a version that is mended:
```yaml
image: redis:8.0
```

## References
- Redis, SECURITY.md of 2024-10-18, Supported Versions: https://github.com/redis/redis/blob/unstable/SECURITY.md
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.redis import RedisServer


@check("redis-end-of-life", severity=MEDIUM, control=Control.SUPPLY_CHAIN, cwe=1104)
def redis_end_of_life(redis: RedisServer) -> Iterator[Diagnostic]:
    version = redis.parsed_version
    if version is None or redis.product != "redis" or "." not in (redis.version or ""):
        return
    if version < (6, 2) or version[:2] == (7, 0):
        yield fail(
            f"Redis {version[0]}.{version[1]} gets no more security fixes",
            at=redis.at,
            expected="a version that Redis mends",
        )
