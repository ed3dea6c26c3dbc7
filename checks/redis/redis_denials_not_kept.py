"""Redis keeps no record of refused log-ins and commands.

## Why it matters
`ACL LOG` is the only place where Redis keeps failed log-ins and commands or keys that a user may not use. With
`acllog-max-len 0` it stays empty, and nobody notices somebody who tries passwords or reaches for records.

## Bad
```text redis.conf
bind 10.20.0.5
requirepass sample-only-not-a-real-password
acllog-max-len 0  # <-
```

## Good
```text redis.conf
bind 10.20.0.5
requirepass sample-only-not-a-real-password
acllog-max-len 1000
```

## Good: the default
```text redis.conf
bind 10.20.0.5
requirepass sample-only-not-a-real-password
```

## Fix
```text
acllog-max-len 1000
```

## References
- https://raw.githubusercontent.com/redis/redis/7.0/redis.conf (7.0), section SECURITY (ACL LOG)
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.redis import Redis


@check("redis-denials-not-kept", severity=LOW, control=Control.AUDIT_LOGGING, cwe=778)
def redis_denials_not_kept(redis: Redis) -> Iterator[Diagnostic]:
    if known(redis.number("acllog-max-len")) == 0:
        yield fail(
            f"{redis.label} keeps no record of failed log-ins and refused commands (acllog-max-len 0)",
            at=redis.where("acllog-max-len"),
            expected="acllog-max-len 1000",
        )
