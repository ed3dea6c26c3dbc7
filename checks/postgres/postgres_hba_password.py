"""PostgreSQL accepts passwords in clear text without TLS.

## Why it matters
With the method `password` the client sends the password itself. On a connection without TLS whoever sits on
the path reads it and logs in with it.

## Bad
```text pg_hba.conf
host clinic clinic_app 10.20.0.0/16 password # <-
```

## Good
```text pg_hba.conf
host clinic clinic_app 10.20.0.0/16 scram-sha-256
```

## Good: only over TLS
```text pg_hba.conf
hostssl clinic clinic_app 10.20.0.0/16 password
```

## Good: unencrypted connections are turned away first
```text pg_hba.conf
hostnossl all all all reject
host clinic clinic_app 10.20.0.0/16 password
```

## Fix
Use SCRAM, over TLS:
```text pg_hba.conf
hostssl clinic clinic_app 10.20.0.0/16 scram-sha-256
```

## References
- PostgreSQL 18 manual, 20.5 Password Authentication: https://www.postgresql.org/docs/18/auth-password.html
- PostgreSQL 18 manual, 20.1 The pg_hba.conf File: https://www.postgresql.org/docs/18/auth-pg-hba-conf.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail
from auditor.technologies.postgres import PgHba, Transport


@check(
    "postgres-hba-password",
    severity=HIGH,
    control=Control.ENCRYPTION_IN_TRANSIT,
    also=(Control.AUTHENTICATION,),
    cwe=319,
)
def postgres_hba_password(hba: PgHba) -> Iterator[Diagnostic]:
    for rule in hba.authenticating("password", remote=True):
        if Transport.PLAIN in rule.transports:
            yield fail(
                f"{rule.subject} sends the password in clear text from {rule.from_where}, also without TLS",
                at=rule.at,
                severity=hba.exposure.scale(HIGH),
                key=rule.key,
            )
