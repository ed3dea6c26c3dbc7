"""Redis keeps idle connections open forever.

## Why it matters
A connection that was logged in stays logged in. Left open on an unattended machine it is a way in, and connections that
nobody closes add up to `maxclients`. `timeout` is 0 by default, which is never.

## Bad: the default
```text redis.conf
bind 10.20.0.5
requirepass sample-only-not-a-real-password
```

## Bad
```text redis.conf
bind 10.20.0.5
requirepass sample-only-not-a-real-password
timeout 900
timeout 0  # <-
```

## Good
```text redis.conf
bind 10.20.0.5
requirepass sample-only-not-a-real-password
timeout 0
timeout 900
```

## Good: no remote client
```text redis.conf
bind 127.0.0.1
requirepass sample-only-not-a-real-password
```

## Good: a flag says otherwise
```yaml compose.yaml
services:
  cache:
    image: redis:7.2
    command: redis-server --requirepass sample-only-not-a-real-password --timeout 900
```

## Fix
Programs with a pool of connections open new ones; subscribers and replicas are not affected:
```text
timeout 900
```

## References
- https://raw.githubusercontent.com/redis/redis/7.0/redis.conf (7.0), section NETWORK (timeout)
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.redis import Redis


@check("redis-idle-timeout", severity=LOW, control=Control.SESSION_MANAGEMENT, cwe=613)
def redis_idle_timeout(redis: Redis) -> Iterator[Diagnostic]:
    if redis.exposure.is_loopback or known(redis.is_passwordless):
        return  # without a log-in there is no session to end
    if known(redis.number("timeout")) == 0:
        yield fail("Connections are never closed for being idle", at=redis.where("timeout"), expected="timeout 900")
