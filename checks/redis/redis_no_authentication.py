"""Redis lets clients in without a password.

## Why it matters
A client that connects is the default user at once, and the default user may do everything: read and change every
record, delete them all, and on older versions write files on the host. Nothing ties an access to a person or a service.
A container of the official image is open in this way until it is told otherwise: the image switches protected mode off,
and it reads no password variable.

## Bad: protected mode is switched off and there is no password
```text redis.conf
bind 10.20.0.5
protected-mode no
appendonly yes
```

## Bad: a container on its image's defaults
```yaml compose.yaml
services:
  cache:
    image: redis:7.2  # <-
    ports:
      - "6379:6379"
```

## Bad: a variable that the image does not read
```yaml compose.yaml
services:
  cache:
    image: redis:7.2  # <-
    environment:
      REDIS_PASSWORD: ${REDIS_PASSWORD:-sample}
```

## Bad: a later line takes the password away
```text redis.conf
bind 10.20.0.5
protected-mode no
requirepass sample-only-not-a-real-password
requirepass ""  # <-
```

## Bad: every local process is let in
```text redis.conf
bind 127.0.0.1
port 6379
appendonly yes
```

## Good: the default user may do nothing
```text redis.conf
bind 10.20.0.5
protected-mode no
user default on nopass ~* -@all
```

## Good: the default user may only ask whether the server is there
```text redis.conf
bind 10.20.0.5
protected-mode no
user default on nopass -@all +ping
```

## Good: a password
```text redis.conf
bind 10.20.0.5
protected-mode no
requirepass sample-only-not-a-real-password
appendonly yes
```

## Good: the default user is off and each service has its own user
```text redis.conf
bind 10.20.0.5
protected-mode no
user default off
user records on #5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e ~records:* +@read +@write -@dangerous
```

## Good: the password stands in an included file
```text redis.conf
bind 10.20.0.5
protected-mode no
include users.conf
```
```text users.conf
requirepass sample-only-not-a-real-password
```

## Good: the flag of the container sets one
```yaml compose.yaml
services:
  cache:
    image: redis:7.2
    command: redis-server --requirepass sample-only-not-a-real-password
```

## Good: only clients with a certificate of our authority get in
```text redis.conf
bind 10.20.0.5
protected-mode no
tls-port 6379
port 0
tls-cert-file /etc/redis/tls/redis.crt
tls-key-file /etc/redis/tls/redis.key
tls-ca-cert-file /etc/redis/tls/ca.crt
```

## Fix
Give each service its own user and switch the default user off, in an ACL file that is not in the repository.
```text
user default off
user records on #<sha256 of the password> ~records:* +@read +@write -@dangerous
```

or set one long random password with `requirepass`. In a container pass the file with `--aclfile` or mount a
configuration; the official image reads no `REDIS_PASSWORD`.

## References
- Redis 8.0 manual, Security: https://redis.io/docs/latest/operate/oss_and_stack/management/security/
- Redis 8.0 manual, ACL: https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/
- Docker Official Image redis, "Security": https://hub.docker.com/_/redis
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.redis import Redis


@check("redis-no-authentication", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=306)
def redis_no_authentication(redis: Redis) -> Iterator[Diagnostic]:
    user = known(redis.default_user)
    if not (user.is_open and user.acts) or known(redis.addresses) == ():
        return
    if known(redis.has_tls_port) and not known(redis.has_plain_port):
        return  # who may connect is then a matter of certificates: redis-tls-clients-not-verified
    if not redis.exposure.is_loopback and known(redis.listens_beyond_loopback) and known(redis.is_protected):
        return  # redis-protected-mode-only-barrier
    ignored = "REDIS_PASSWORD" in redis.environment and redis.users_source == "requirepass"
    note = "; REDIS_PASSWORD is set, but the server does not read it" if ignored else ""
    rights = "who may do everything" if user.may_administer else "with the rights its rules give"
    yield fail(
        f"{redis.label} lets clients in without a password as the default user, {rights}; {redis.exposure.reason}{note}",
        at=user.at or redis.where("requirepass"),
        severity=redis.exposure.scale(CRITICAL if user.may_administer else HIGH),
        expected="user default off, or requirepass with a long random value",
    )
