r"""PostgreSQL would refuse this pg_hba.conf.

## Why it matters
One line that cannot be read keeps the server from starting; on a reload the old rules stay in force, so that
the file on disk is not the policy that protects the data. (With a postgresql.conf beside it the server's own
check reports the line.)

## Bad
```text pg_hba.conf
host all all 10.20.0.0/16 SCRAM-SHA-256 # <-
```

## Bad: no mask
```text pg_hba.conf
host all all 10.20.0.0 scram-sha-256 # <-
```

## Bad: the connection type in capitals
```text pg_hba.conf
HOST all all all scram-sha-256 # <-
```

## Good
```text pg_hba.conf
host all all 10.20.0.0/16 scram-sha-256
```

## Good: a continued line
```text pg_hba.conf
host all all \
 10.20.0.0/16 scram-sha-256
```

## Fix
Correct the line and look at `pg_hba_file_rules` before a reload:
```text pg_hba.conf
hostssl all all 10.20.0.0/16 scram-sha-256
```

## References
- PostgreSQL 18 manual, 20.1 The pg_hba.conf File: https://www.postgresql.org/docs/18/auth-pg-hba-conf.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.postgres import PgHba


@check("postgres-hba-refused", severity=MEDIUM, control=Control.CONFIGURATION_HYGIENE, also=(Control.AVAILABILITY,))
def postgres_hba_refused(hba: PgHba) -> Iterator[Diagnostic]:
    if hba.server is None:
        for problem in hba.refused:
            yield fail(f"PostgreSQL would refuse this file: {problem.message}", at=problem.at, key=problem.message)
