"""A restriction of a Redis user is undone by a later rule.

## Why it matters
Rules of a user apply from left to right. `-@dangerous +@all` first takes the dangerous commands away and then allows
all commands, so FLUSHALL, CONFIG and KEYS work, although the line looks as if they did not.

## Bad
```text users.acl
user default off
user records on #5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e ~records:* -@dangerous +@all  # <-
```

## Good: what is taken away stands last
```text users.acl
user default off
user records on #5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e ~records:* +@all -@dangerous
```

## Good: starting from nothing
```text users.acl
user default off
user records on #5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e ~records:* -@all +@read -@dangerous
```

## Fix
Put restrictions behind what they restrict:
```text
user records on #<sha256 of the password> ~records:* +@all -@dangerous
```

## References
- Redis 8.0 manual, ACL: https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.redis import Redis


@check(
    "redis-acl-restriction-void",
    severity=HIGH,
    control=Control.AUTHORIZATION,
    also=(Control.CONFIGURATION_HYGIENE,),
    cwe=863,
)
def redis_acl_restriction_void(redis: Redis) -> Iterator[Diagnostic]:
    for user in known(redis.users).values():
        if user.enabled and user.void:
            yield fail(
                f"{' '.join(user.void)} of user {user.name} has no effect because +@all stands behind it",
                at=user.at,
                key=user.name,
                expected="restrictions behind +@all",
            )
