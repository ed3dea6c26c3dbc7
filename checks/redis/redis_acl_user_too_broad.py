"""A Redis user of an application may run every command on every key.

## Why it matters
With `+@all ~*` one stolen application password is enough to read every record, to delete them all with FLUSHALL and to
reconfigure the server with CONFIG. Users whose names mark them as administrators are left out.

## Bad
```text users.acl
user default off
user records on #5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e ~* +@all  # <-
```

## Bad: in redis.conf
```text redis.conf
user default off
user records on #5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e allkeys allcommands  # <-
```

## Bad: in a selector
```text users.acl
user default off
user portal on #5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e +ping (~* +@all)  # <-
```

## Good: its keys, its commands
```text users.acl
user default off
user records on #5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e ~records:* +@all -@dangerous -@admin
```

## Good: an administrator
```text users.acl
user default off
user admin on #5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e ~* +@all
```

## Good: all keys, but no dangerous commands
```text users.acl
user default off
user records on #5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e ~* +@all -@dangerous
```

## Fix
Name the keys and the commands that the application needs; what is taken away stands last:
```text
user records on #<sha256 of the password> ~records:* +@read +@write -@dangerous
```

## References
- Redis 8.0 manual, ACL: https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/
"""

import re
from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known, lazy
from auditor.technologies.redis import Redis

_ADMINISTRATOR = lazy(r"admin|root|super|operator|sentinel|dba", re.IGNORECASE)
"""Names of users who administer the server, or fail it over."""


@check("redis-acl-user-too-broad", severity=MEDIUM, control=Control.AUTHORIZATION, cwe=250)
def redis_acl_user_too_broad(redis: Redis) -> Iterator[Diagnostic]:
    for user in known(redis.users).values():
        broad = [part for part in user.parts if part.administers and part.all_keys]
        if user.name != "default" and user.enabled and broad and not _ADMINISTRATOR.search(user.name):
            commands = (
                "every command" if any(part.all_commands for part in broad) else "administrative and dangerous commands"
            )
            yield fail(
                f"User {user.name} may run {commands} on all keys",
                at=user.at,
                key=user.name,
                expected="named keys, and -@dangerous -@admin behind the commands that are allowed",
            )
