"""PostgreSQL believes the client host about who the user is.

## Why it matters
`ident` on a TCP connection asks a service on the client's own host for the user name. Whoever controls that
host, or can answer on its port 113, logs in as anybody. (On a Unix socket `ident` means `peer`, which the
kernel vouches for.)

## Bad
```text pg_hba.conf
host clinic all 10.20.0.0/16 ident # <-
```

## Good
```text pg_hba.conf
hostssl clinic all 10.20.0.0/16 scram-sha-256
```

## Good: on the socket it is peer
```text pg_hba.conf
local all all ident
```

## Fix
Use SCRAM or client certificates:
```text pg_hba.conf
hostssl clinic all 10.20.0.0/16 scram-sha-256
```

## References
- PostgreSQL 18 manual, 20.8 Ident Authentication: https://www.postgresql.org/docs/18/auth-ident.html
- PostgreSQL 18 manual, 20.1 The pg_hba.conf File: https://www.postgresql.org/docs/18/auth-pg-hba-conf.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.postgres import PgHba


@check("postgres-hba-ident", severity=HIGH, control=Control.AUTHENTICATION, cwe=290)
def postgres_hba_ident(hba: PgHba) -> Iterator[Diagnostic]:
    for rule in hba.authenticating("ident"):
        severity = HIGH if rule.is_remote is True else MEDIUM
        yield fail(
            f"{rule.subject} from {rule.from_where} is whoever the ident service of the client's host says",
            at=rule.at,
            severity=hba.exposure.scale(severity),
            key=rule.key,
        )
