"""PostgreSQL lets the superuser log in from other hosts.

## Why it matters
A superuser runs commands of the operating system (`COPY … PROGRAM`) and passes every permission. Its password
should be of no use from another host; administrators can log in by name and change role.

## Bad
```text pg_hba.conf
hostssl all postgres 10.20.0.0/16 scram-sha-256 # <-
```

## Bad: all users of a network
```text pg_hba.conf
hostssl clinic all 10.20.0.0/16 scram-sha-256 # <-
```

## Good
```text pg_hba.conf
hostssl all postgres all reject
hostssl clinic all 10.20.0.0/16 scram-sha-256
```

## Good: on the socket
```text pg_hba.conf
local all postgres peer
hostssl clinic clinic_app 10.20.0.0/16 scram-sha-256
```

## Fix
Reject the superuser before the lines for all users:
```text pg_hba.conf
hostssl all postgres all reject
```

## References
- PostgreSQL 18 manual, 20.1 The pg_hba.conf File: https://www.postgresql.org/docs/18/auth-pg-hba-conf.html
- PostgreSQL 18 manual, COPY (PROGRAM runs operating-system commands for a superuser): https://www.postgresql.org/docs/18/sql-copy.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.postgres import PgHba


@check(
    "postgres-hba-superuser-remote",
    severity=MEDIUM,
    control=Control.AUTHORIZATION,
    also=(Control.NETWORK_EXPOSURE,),
    cwe=250,
)
def postgres_hba_superuser_remote(hba: PgHba) -> Iterator[Diagnostic]:
    for rule in hba.reachable():
        wide = rule.address is not None and rule.address.is_any and rule.for_all_users and rule.for_all_databases
        if wide or rule.is_replication_only or rule.method in {"reject", "trust"}:
            continue  # a line for everybody from anywhere, and trust, are checks of their own
        if hba.admits(rule, hba.superuser) and known(rule.is_remote):
            yield fail(
                f"The superuser {hba.superuser} may log in from {rule.from_where} ({rule.method})",
                at=rule.at,
                severity=hba.exposure.scale(MEDIUM) if hba.exposure.is_loopback else MEDIUM,
                key=rule.key,
            )
