"""PostgreSQL's replication is open to any address, without TLS or a password.

## Why it matters
Whoever may open a physical replication connection copies every database of the server, byte for byte, past
all permissions on tables. `all` does not cover replication; such lines are always written on purpose.

## Bad: without a password
```text pg_hba.conf
host replication all 10.20.0.0/16 trust # <-
```

## Bad: any address
```text pg_hba.conf
hostssl replication replicator 0.0.0.0/0 scram-sha-256 # <-
```

## Bad: unencrypted
```text pg_hba.conf
host replication replicator 10.20.0.7/32 scram-sha-256 # <-
```

## Good
```text pg_hba.conf
hostssl replication replicator 10.20.0.7/32 scram-sha-256
```

## Good: a database of that name
```text pg_hba.conf
host "replication" clinic 10.20.0.7/32 scram-sha-256
```

## Fix
Name the standby's address and role, and demand TLS:
```text pg_hba.conf
hostssl replication replicator 10.20.0.7/32 scram-sha-256
```

## References
- PostgreSQL 18 manual, 26.2.5.1 Authentication (of replication): https://www.postgresql.org/docs/18/warm-standby.html#STREAMING-REPLICATION-AUTHENTICATION
- PostgreSQL 18 manual, 20.1 The pg_hba.conf File: https://www.postgresql.org/docs/18/auth-pg-hba-conf.html
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.postgres import PgHba, Transport


@check(
    "postgres-hba-replication",
    severity=HIGH,
    control=Control.AUTHORIZATION,
    also=(Control.ENCRYPTION_IN_TRANSIT, Control.NETWORK_EXPOSURE),
    cwe=306,
)
def postgres_hba_replication(hba: PgHba) -> Iterator[Diagnostic]:
    for rule in hba.reachable():
        if not rule.for_replication or rule.method == "reject" or rule.address is None or not known(rule.is_remote):
            continue
        reasons = [
            *(["without a password"] if rule.method == "trust" else []),
            *(["from any address"] if rule.address.is_any else []),
            *(["without TLS"] if Transport.PLAIN in rule.transports and hba.ssl is not False else []),
        ]
        if reasons:
            severity = CRITICAL if rule.method == "trust" else HIGH
            yield fail(
                f"{rule.subject} may copy the whole server by replication {', '.join(reasons)} ({rule.from_where})",
                at=rule.at,
                severity=hba.exposure.scale(severity),
                key=rule.key,
            )
