"""Redis Sentinel lets clients in without a password.

## Why it matters
A client of Sentinel can change what it watches, start a failover, and make it hand out the address of a hostile primary,
to which applications then send their records. Sentinel has no protected mode unless it is switched on.

## Bad
```text sentinel.conf
port 26379
sentinel monitor records 10.20.0.5 6379 2
```

## Good: a password
```text sentinel.conf
port 26379
requirepass sample-only-not-a-real-password
sentinel monitor records 10.20.0.5 6379 2
```

## Good: loopback clients only
```text sentinel.conf
port 26379
protected-mode yes
sentinel monitor records 10.20.0.5 6379 2
```

## Fix
Set a password for its clients and tell the other Sentinels.
```text
requirepass <long random value>
sentinel sentinel-pass <the same>
```

## References
- Redis 8.0 manual, Sentinel: https://redis.io/docs/latest/operate/oss_and_stack/management/sentinel/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.redis import RedisSentinel


@check("redis-sentinel-no-authentication", severity=HIGH, control=Control.AUTHENTICATION, cwe=306)
def redis_sentinel_no_authentication(sentinel: RedisSentinel) -> Iterator[Diagnostic]:
    if known(sentinel.is_passwordless) and known(sentinel.serves_remote_clients):
        yield fail(
            f"Sentinel lets clients in without a password; {sentinel.exposure.reason}",
            at=sentinel.where("requirepass"),
            severity=sentinel.exposure.scale(HIGH),
            expected="requirepass and sentinel sentinel-pass, or user default off",
        )
