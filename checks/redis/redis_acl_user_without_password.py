"""Redis lets a user in without a password.

## Why it matters
`nopass` accepts any password for the user, so whoever knows or guesses the name has its rights. Rules apply from left
to right: `nopass` behind a password throws the password away.

## Bad: nopass behind the password
```text users.acl
user default off
user reports on #5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e nopass ~reports:* +@read  # <-
```

## Bad: the rights stand in a selector
```text users.acl
user default off
user batch on nopass -@all +ping (~* +@all)  # <-
```

## Good: for a health check, which learns nothing
```text users.acl
user default off
user health on nopass -@all +ping
```

## Good: a password behind nopass
```text users.acl
user default off
user reports on nopass #5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e ~reports:* +@read
```

## Good: the user is not switched on
```text users.acl
user default off
user reports nopass ~reports:* +@read
```

## Fix
Remove `nopass` and give the user a password as a hash:
```text
user reports on resetpass #<sha256 of the password> ~reports:* +@read
```

## References
- Redis 8.0 manual, ACL: https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.redis import Redis


@check("redis-acl-user-without-password", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=287)
def redis_acl_user_without_password(redis: Redis) -> Iterator[Diagnostic]:
    for user in known(redis.users).values():
        if user.name != "default" and user.is_open and user.acts:
            yield fail(
                f"{redis.label} lets user {user.name} in without a password (nopass)",
                at=user.at,
                severity=redis.exposure.scale(CRITICAL if user.may_administer else HIGH),
                key=user.name,
                expected="a password (#sha256) and no nopass behind it",
            )
