"""PostgreSQL lets clients of other hosts in without a password.

## Why it matters
`trust` skips authentication: whoever reaches the port logs in as any matching role, a superuser included, so
nothing ties a session to a person or a service. The first matching line decides; a `reject` further down does
not help.

## Bad
```text pg_hba.conf
local all all peer
host clinic all 10.20.0.0/16 trust # <-
```

## Bad: a later reject comes too late
```text pg_hba.conf
host all all 0.0.0.0/0 trust # <-
host all all 0.0.0.0/0 reject
```

## Bad: address and mask in two columns
```text pg_hba.conf
host "patients" clinic 10.20.0.0 255.255.0.0 trust # <-
```

## Good
```text pg_hba.conf
local all all peer
host clinic all 10.20.0.0/16 scram-sha-256
```

## Good: an earlier line already rejects the clients
```text pg_hba.conf
host all all 0.0.0.0/0 reject
host all all 10.20.0.0/16 trust
```

## Good: trust for the same host only is another check
```text pg_hba.conf
host all all 127.0.0.1/32 trust
```

## Fix
Ask for a password or a certificate over TLS:
```text pg_hba.conf
hostssl clinic clinic_app 10.20.0.0/16 scram-sha-256
```

## References
- PostgreSQL 18 manual, 20.4 Trust Authentication: https://www.postgresql.org/docs/18/auth-trust.html
- PostgreSQL 18 manual, 20.1 The pg_hba.conf File: https://www.postgresql.org/docs/18/auth-pg-hba-conf.html
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail
from auditor.technologies.postgres import PgHba


@check("postgres-hba-trust", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=306)
def postgres_hba_trust(hba: PgHba) -> Iterator[Diagnostic]:
    seen: set[tuple[str, str]] = set()
    for rule in hba.authenticating("trust", remote=True):
        message = f"PostgreSQL lets clients from {rule.from_where} into {rule.what} as {rule.who} without a password"
        if rule.is_replication_only or rule.from_environment or (str(rule.at), message) in seen:
            continue  # an image writes one record for IPv4 and one for IPv6 because of one variable
        seen.add((str(rule.at), message))
        yield fail(message, at=rule.at, severity=hba.exposure.scale(CRITICAL), key=rule.key)
