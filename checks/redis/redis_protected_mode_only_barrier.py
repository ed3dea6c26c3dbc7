"""Only protected mode keeps remote clients out of a Redis without a password.

## Why it matters
The server listens on the network and its default user has no password. From Redis 7.0 on, protected mode answers only
local clients then; one `protected-mode no`, one `CONFIG SET`, or the official container image (which is built with the
mode off) opens everything. Up to 6.2 the mode does not even act once a `bind` line is there, and the server is open.

## Bad: the version is not known, so it may be open already
```text redis.conf
bind 0.0.0.0  # <-
appendonly yes
```

## Bad: a directive of 7.0 tells that the mode acts
```text redis.conf
bind 10.20.0.5  # <-
latency-tracking yes
appendonly yes
```

## Good: a password
```text redis.conf
bind 0.0.0.0
requirepass sample-only-not-a-real-password
appendonly yes
```

## Good: loopback only
```text redis.conf
bind 127.0.0.1 -::1
appendonly yes
```

## Fix
Set a password or switch the default user off, and listen only where clients are.
```text
bind 127.0.0.1 -::1
requirepass <long random value>
```

## References
- Redis 8.0 manual, Security: https://redis.io/docs/latest/operate/oss_and_stack/management/security/
- redis.conf of Redis 7.0, section NETWORK: https://raw.githubusercontent.com/redis/redis/7.0/redis.conf
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, Unknown, check, fail, known
from auditor.technologies.redis import Redis


@check(
    "redis-protected-mode-only-barrier",
    severity=HIGH,
    control=Control.AUTHENTICATION,
    also=(Control.NETWORK_EXPOSURE,),
    cwe=1188,
)
def redis_protected_mode_only_barrier(redis: Redis) -> Iterator[Diagnostic]:
    if known(redis.is_passwordless) and not redis.exposure.is_loopback and known(redis.listens_beyond_loopback):
        protected = redis.is_protected
        if protected is True:
            yield fail(
                f"{redis.label} has no password and {redis.exposure.reason}; only protected mode turns remote clients away",
                at=redis.where("bind"),
                severity=MEDIUM,
                expected="a password for the default user, or user default off",
            )
        elif isinstance(protected, Unknown) and not isinstance(redis.flag("protected-mode"), Unknown):
            yield fail(
                f"{redis.label} has no password and {redis.exposure.reason}; Redis 7.0 and later turn remote clients away by "
                "protected mode, 6.2 and earlier let them in",
                at=redis.where("bind"),
                severity=HIGH,
                expected="a password for the default user, or user default off",
            )
