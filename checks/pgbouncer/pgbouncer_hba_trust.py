"""PgBouncer lets clients of other hosts in by a record with trust.

## Why it matters
With `auth_type = hba`, the first record that matches decides. `trust` lets every listed user in without a password, and
PostgreSQL behind the pooler never sees where the client came from, so its own pg_hba.conf cannot make up for it.

## Bad
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
listen_addr = 10.20.0.6
auth_type = hba
auth_hba_file = records.conf
```
```text records.conf
hostssl all all 10.20.0.0/16 scram-sha-256
host all all 10.0.0.0/8 trust  # <-
```

## Bad: PgBouncer leaves the reject out
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
listen_addr = 10.20.0.6
auth_type = hba
auth_hba_file = records.conf
```
```text records.conf
host all all samenet reject
host all all 10.20.0.0/16 trust  # <-
```

## Good
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
listen_addr = 10.20.0.6
auth_type = hba
auth_hba_file = records.conf
```
```text records.conf
host all all 127.0.0.1/32 trust
hostssl all all 10.20.0.0/16 scram-sha-256
```

## Good: an earlier record turns everybody away
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
listen_addr = 10.20.0.6
auth_type = hba
auth_hba_file = records.conf
```
```text records.conf
host all all 0.0.0.0/0 reject
host all all 10.20.0.0/16 trust
```

## Fix
```text
hostssl clinic clinic_app 10.20.0.0/16 scram-sha-256
```

## References
- PgBouncer 1.25 manual, HBA file format: https://www.pgbouncer.org/config.html
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail
from auditor.technologies.pgbouncer import PgBouncerHba


@check("pgbouncer-hba-trust", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=306)
def pgbouncer_hba_trust(hba: PgBouncerHba) -> Iterator[Diagnostic]:
    for rule in hba.authenticating("trust", remote=True):
        yield fail(
            f"PgBouncer lets clients from {rule.from_where} into {rule.what} as {rule.who} without a password",
            at=rule.at,
            severity=hba.exposure.scale(CRITICAL),
            key=rule.key,
        )
