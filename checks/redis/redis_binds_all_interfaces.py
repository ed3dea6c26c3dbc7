"""Redis listens on every address of its host.

## Why it matters
Every network that the host is on, also one added later, reaches the server; only the password stands before the data.
Containers listen on all of their own addresses as a rule, so this looks at servers on a host and at host networking.

## Bad: no bind line means all addresses
```text redis.conf
port 6379  # <-
requirepass sample-only-not-a-real-password
```

## Bad
```text redis.conf
bind * -::*  # <-
requirepass sample-only-not-a-real-password
```

## Good: the later line decides
```text redis.conf
bind 0.0.0.0
requirepass sample-only-not-a-real-password
bind 10.20.0.5 127.0.0.1
```

## Fix
List the addresses that clients use:
```text
bind 127.0.0.1 10.20.0.5
```

## References
- Redis 8.0 manual, Security: https://redis.io/docs/latest/operate/oss_and_stack/management/security/
- redis.conf of Redis 7.0, section NETWORK: https://raw.githubusercontent.com/redis/redis/7.0/redis.conf
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, Reach, check, fail, known
from auditor.technologies.redis import Redis


@check("redis-binds-all-interfaces", severity=LOW, control=Control.NETWORK_EXPOSURE, cwe=1327)
def redis_binds_all_interfaces(redis: Redis) -> Iterator[Diagnostic]:
    if redis.exposure.reach is not Reach.HOST_NETWORK or known(redis.is_passwordless):
        return  # without a password, redis-no-authentication says more
    wide = [address for address in known(redis.addresses) if address in {"*", "0.0.0.0", "::", "::*"}]  # noqa: S104  # read, not bound
    if wide:
        yield fail(
            f"{redis.label} listens on every address of its host ({', '.join(wide)})",
            at=redis.where("bind"),
            expected="bind with the addresses that clients use",
        )
